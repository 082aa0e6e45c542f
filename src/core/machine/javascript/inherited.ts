/**
 * What an object inherits from a class nobody can see into: its methods, and what its constructor may have set. A
 * property that the program's own class assigns somewhere is not taken for inherited before it is assigned.
 */
import type { Module } from '../../program/program.ts';
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { newOpaque, opaquePart } from './opaque.ts';
import { state } from './state.ts';
import { JsFunction, JsObject, type Key } from './values.ts';

/** Names that are asked of anything, to find out what it is. */
const questions = /^(then|toJSON|__esModule|default|constructor|nodeType|\$\$typeof|asymmetricMatch)$/;

/** The part of an object that a base class of it gave, undefined when there is no such class. */
export function inheritedPart(m: Machine, o: JsObject, key: Key): Value {
  if (typeof key !== 'string' || questions.test(key)) return undefined;
  let base: Opaque | null = null;
  let isOwn = false;
  for (let p: JsObject | null = o; p && base === null; p = p.proto) {
    if (p.className === 'Unknown' && p.slot instanceof Opaque) base = p.slot;
    else isOwn ||= assigns(p, key);
  }
  return base === null || isOwn ? undefined : opaquePart(m, instanceOf(m, o, base), key);
}

/**
 * A method that a class of the program calls on itself and nobody there defines: subclasses elsewhere do (`abstract`, which
 * compiled code does not tell of). Undefined when there is another reason for it not to be there.
 */
export function abstractMethod(m: Machine, o: Value, key: string): Value {
  if (!m.isDriven() || !(o instanceof JsObject) || o.intrinsic || questions.test(key)) return undefined;
  let cls: JsFunction | null = null;
  for (let p: JsObject | null = o; p; p = p.proto) {
    if (p.prototypeOf?.classDef && !p.intrinsic) cls ??= p.prototypeOf;
    if (assigns(p, key)) return undefined;
  }
  if (cls === null || cls.name === '') return undefined;
  m.assume(`\`${cls.name}.${key}\` is defined by no class here; what it does is taken to be unknown`);
  const base = newOpaque(m, cls.name);
  base.definite = true;
  return opaquePart(m, instanceOf(m, o, base), key);
}

/** What stands for the part of an object that its base class made: one for each object. */
function instanceOf(m: Machine, o: JsObject, base: Opaque): Opaque {
  const { bases } = state(m);
  const known = bases.get(o.id);
  if (known) return known;
  const made = newOpaque(m, base.name);
  if (o.shared) m.share(made);
  m.trail.mapSet(bases, o.id, made);
  return made;
}

/** A class, or what its instances inherit, of a module that sets such a property. */
function assigns(p: JsObject, key: string): boolean {
  return (p.prototypeOf !== null || p instanceof JsFunction) && assignedNames(p).has(key);
}

const assigned = new WeakMap<Module, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** Names of properties that the module of a class assigns or declares. */
function assignedNames(p: JsObject): ReadonlySet<string> {
  let module: Module | undefined;
  for (const { value } of p.properties.values())
    if (value instanceof JsFunction && (module = value.closure?.code.module ?? undefined) !== undefined) break;
  if (!module) return none;
  let names = assigned.get(module);
  if (!names) {
    const found = new Set<string>();
    // Of itself, by whatever name, or of an object it makes: not of just any (`runtime.state = …`).
    const made = [...module.text.matchAll(/([\w$]+)\s*(?::[^=\n]{1,60})?=\s*new\s/g)].map(([, name = '']) => name);
    const isOne = (name: string): boolean => /^_?(?:this|self|that|me|proto|prototype)\d*$/.test(name) || made.includes(name);
    for (const [, of = '', name = ''] of module.text.matchAll(
      /(?:([\w$]+)[!?]?)?\.([\w$]+)\s*(?:=(?![=>])|(?:[-+*/%|&^]|\|\||&&|\?\?|\*\*|<<|>>>?)=|\+\+|--)/g,
    ))
      if (of === '' || isOne(of)) found.add(name);
    // Parameter properties, on lines of their own; what merely looks like a field is a part of an object literal.
    for (const [, name = ''] of module.text.matchAll(
      /(?:^|\n)\s*(?:(?:public|private|protected|readonly|declare|static|override)\s+)+([\w$]+)\s*[?!]?\s*[=;:,]/g,
    ))
      found.add(name);
    for (const cls of module.classes) for (const { kind, name } of cls.members) if (kind === 'field' && name !== null) found.add(name);
    assigned.set(module, (names = found));
  }
  return names;
}
