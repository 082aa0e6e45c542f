/**
 * Instances of classes that a decorator nobody can see into was given (`@attr.s`, `@attrs.define`): arguments
 * become the attributes that the class names, in that order, as such decorators do.
 */
import type { Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, PyTuple, type Value } from '../values.ts';
import { setInstance } from './attributes.ts';
import { PyClass, PyDict, type PyObject } from './objects.ts';
import { entriesOf } from './text.ts';

/** Names with an annotation, or whose value only the decorator's library knows (`x = attr.ib()`). */
function fieldsOf(cls: PyClass): string[] {
  const names = new Set<string>();
  for (const c of [...cls.mro].reverse()) {
    if (c.builtin) continue;
    const notes = c.dict.get('__annotations__');
    if (notes instanceof PyDict) for (const e of entriesOf(notes)) names.add(String(e.key));
    for (const [name, v] of c.dict) if (v instanceof Opaque && v.from?.kind === 'call') names.add(name);
  }
  return [...names];
}

/** What an attribute that no argument was given for starts as; undefined where the class's own value serves. */
function startOf(m: Machine, cls: PyClass, name: string): Value {
  const given = cls.mro.map((c) => c.dict.get(name)).find((v) => v !== undefined);
  if (!(given instanceof Opaque) || given.from?.kind !== 'call') return undefined;
  const factory = given.from.keywords?.get('factory') ?? given.from.keywords?.get('default_factory');
  if (factory instanceof PyClass && factory.builtin) return factory.allocate?.(m, factory, [], null);
  const value = given.from.keywords?.get('default');
  return value instanceof Opaque ? undefined : value;
}

export function fillFields(m: Machine, o: PyObject, args: readonly Value[], keywords: Keywords): void {
  const fields = fieldsOf(o.cls);
  m.assume(`how an instance of \`${o.cls.name}\` is made is not known; its arguments were taken to become its attributes`);
  const values = new Map<string, Value>();
  fields.forEach((name, i) => {
    const value = args[i] ?? startOf(m, o.cls, name);
    if (value !== undefined) values.set(name, value);
  });
  // Those before its own fields that it does not name are not known either.
  for (const [name, value] of keywords ?? []) values.set(fields.includes(`_${name}`) ? `_${name}` : name, value);
  if (args.length > fields.length) values.set('args', new PyTuple(args.slice(fields.length)));
  for (const [name, value] of values) setInstance(m, o, name, value);
}
