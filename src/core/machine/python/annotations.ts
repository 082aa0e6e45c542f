/** What annotations of functions name: their texts are resolved when somebody asks, among the names of the module. */
import type { Machine } from '../machine.ts';
import { Cell, Closure, PyTuple, UNBOUND, type Value } from '../values.ts';
import { find } from './attributes.ts';
import { builtins } from './builtins.ts';
import { makeDictFrom } from './dicts.ts';
import { PyClass } from './objects.ts';
import { unmodelled } from './opaque.ts';

/** What a name is where a function was defined; undefined when it is bound by nobody. */
function nameAt(m: Machine, f: Closure, name: string): Value {
  const free = f.code.freeSources.findIndex((s) => s.name === name);
  const cell = free >= 0 ? f.free[free] : m.namespaceOf(f.code).cells.get(name);
  if (cell instanceof Cell && cell.value !== UNBOUND) return cell.value;
  return builtins.get(name);
}

/** The value of an annotation that is a dotted name, None or a quoted one of these; undefined for any other. */
function named(m: Machine, f: Closure, text: string): Value {
  const bare = text.trim().replace(/^(['"])(.*)\1$/s, '$2');
  if (bare === 'None') return null;
  if (!/^\w+(\.\w+)*$/.test(bare)) return undefined;
  const [first, ...rest] = bare.split('.');
  let v = nameAt(m, f, first ?? '');
  for (const part of rest) v = v === undefined ? undefined : find(m, v, part);
  return v;
}

/** Parts of `A | B`, `Union[A, B]` and `Optional[A]`. */
function alternatives(text: string): string[] {
  const bare = text.trim().replace(/^(['"])(.*)\1$/s, '$2');
  const inner = /^(?:typing\.)?(Union|Optional)\[(.*)\]$/s.exec(bare);
  if (!inner) return bare.split('|');
  return inner[1] === 'Optional' ? [inner[2] ?? '', 'None'] : (inner[2] ?? '').split(',');
}

/** The classes that the annotation of a function's first parameter names; null when it has none or names something else. */
export function firstAnnotation(m: Machine, f: Value): Value {
  const param = f instanceof Closure ? f.code.fn.params.find((p) => p.annotation !== undefined) : undefined;
  if (!(f instanceof Closure) || param?.annotation === undefined) return null;
  const classes = alternatives(param.annotation).map((part) => {
    const v = named(m, f, part);
    return v === null ? builtins.get('__rr_NoneType') : v;
  });
  return classes.every((c) => c instanceof PyClass) ? new PyTuple(classes) : null;
}

/** `f.__annotations__`: what is not a name is unknown. */
export function annotationsOf(m: Machine, f: Closure): Value {
  const pairs: [Value, Value][] = [];
  const note = (name: string, text: string | undefined): void => {
    if (text !== undefined) pairs.push([name, named(m, f, text) ?? unmodelled(m, 'annotation', text)]);
  };
  for (const p of f.code.fn.params) note(p.name, p.annotation);
  note('return', f.code.fn.returnAnnotation);
  return makeDictFrom(m, pairs);
}
