/** Unknown values in JSON texts (`../unknown-text.ts`), and methods that change the program's own copy of one. */
import type { Machine } from '../machine.ts';
import { changedName, deletedName, isOwnPart, placeholder, type UnknownJson } from '../unknown-text.ts';
import { Opaque, type Value } from '../values.ts';
import { newArray } from './objects.ts';
import { newOpaque, opaquePart } from './opaque.ts';

/** A value like any other that is made of the same text. */
export function fromText(m: Machine, name: string): Opaque {
  const o = newOpaque(m, name);
  o.same = o.name;
  return o;
}

export function textOf(m: Machine, o: Opaque): string {
  const number = m.resolvedNumber(o);
  return number === undefined ? placeholder(changedName(o)) : String(number);
}

/** Items the program set, as [key, value]; one that it took away has a value that says so. */
export function changedItems(m: Machine, o: Opaque): Value {
  const items: Value[] = [];
  for (const [key, v] of o.parts) {
    if (key.startsWith('!') && v === true && o.parts.get(key.slice(1)) === undefined)
      items.push(newArray(m, [key.slice(1), fromText(m, deletedName)]));
    else if (!/^[!(]/.test(key) && isOwnPart(o, v)) items.push(newArray(m, [key, v]));
  }
  return newArray(m, items);
}

export function makeUnknown(m: Machine, unknown: UnknownJson, make: (v: unknown) => Value): Opaque {
  const o = fromText(m, unknown.name);
  for (const [k, x] of unknown.items) {
    if (x === undefined) deleteItem(m, o, k);
    else m.trail.mapSet(o.parts, k, make(x));
  }
  return o;
}

/** `delete o[key]` of something unknown: not there any more, whatever was there. */
export function deleteItem(m: Machine, o: Opaque, key: string): void {
  m.trail.mapSet(o.parts, `!${key}`, true);
  m.trail.mapSet(o.parts, key, undefined);
}

/** Is the key there? Known when the program put it there or took it away. */
export function knownItem(o: Opaque, key: string): boolean | undefined {
  if (o.parts.get(`!${key}`) === true && o.parts.get(key) === undefined) return false;
  return isOwnPart(o, o.parts.get(key)) ? true : undefined;
}

/** Entries of something unknown that the program does not know of are at most so many. */
const mostEntries = 2;

/** What the program put into something unknown, and what else may be in it: asked once. Null: the step is to end for the question. */
export function unknownEntries(m: Machine, o: Opaque): [Value, Value][] | null {
  const entries: [Value, Value][] = [];
  for (const [key, v] of o.parts) if (!/^[!(]/.test(key) && isOwnPart(o, v)) entries.push([key, v]);
  for (let i = 0; i < mostEntries; i++) {
    const what = `${o.name} has property ${String(i)}`;
    const answer = m.chooseOnce(what, what, ['true', 'false']);
    if (answer < 0) return null;
    if (answer === 1) break;
    const key = opaquePart(m, o, `key ${String(i)}`);
    if (key instanceof Opaque) key.definite = true;
    entries.push([key, opaquePart(m, o, `property ${String(i)}`)]);
  }
  return entries;
}

const changers = /^(push|pop|shift|unshift|splice|sort|reverse|set|add|delete|clear|fill)$/;

/** A method that changes a value made of text, which is the program's own; undefined when it is not one. */
export function changeByMethod(m: Machine, callee: Opaque, args: readonly Value[]): Value {
  const { from } = callee;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.of.same === null || !changers.test(from.name)) return undefined;
  const o = from.of;
  const change = `.${from.name}(${args.map((a) => m.ops.show(a)).join(', ')})`;
  const result = fromText(m, `${o.name}${change}`);
  result.from = { kind: 'call', callee, args, keywords: null };
  m.trail.mapSet(o.parts, `(${String(o.parts.size)})`, change);
  return result;
}
