/** Unknown values in Python's texts (`../unknown-text.ts`): what files hold, and JSON. */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { changedName, deletedName, hasUnknown, isOwnPart, onlyUnknown, placeholder, plainText, unknownJson } from '../unknown-text.ts';
import { Opaque, type Value } from '../values.ts';
import { newList } from './lists.ts';
import { opaque, opaquePart } from './opaque.ts';
import { reprOf } from './text.ts';

/** A value like any other that is made of the same text. */
export function fromText(m: Machine, name: string): Opaque {
  const o = opaque(m, name);
  o.same = o.name;
  return o;
}

/** What was read: the text itself, or an unknown value when it has unknown parts. */
export function readText(m: Machine, text: string): Value {
  if (!hasUnknown(text)) return text;
  const o = fromText(m, onlyUnknown(text) ?? `text ${text}`);
  o.text = text;
  return o;
}

/** What stands for an unknown value in a text. Its items that the program set are not in it. */
export function textOf(m: Machine, o: Opaque): string {
  const number = m.resolvedNumber(o);
  if (number !== undefined) return String(number);
  if (o.text !== null) return o.text;
  return placeholder(changedName(o));
}

/** Items set (a list of key and value) or taken away (a placeholder as the value), by their keys in JSON. */
export function changedItems(m: Machine, o: Opaque): Value {
  const items: Value[] = [];
  for (const [key, v] of o.parts) {
    const text = keyText(key.replace(/^!/, ''));
    if (text === null || v === undefined) continue;
    if (key.startsWith('!')) items.push(newList(m, [text, fromText(m, deletedName)]));
    else if (isOwnPart(o, v)) items.push(newList(m, [text, v]));
  }
  return newList(m, items);
}

/** `['a']` names the item of key `a`. */
function keyText(part: string): string | null {
  const inner = /^\[(.*)\]$/s.exec(part)?.[1];
  if (inner === undefined) return null;
  return /^'([^'\\]*)'$/.exec(inner)?.[1] ?? inner;
}

export function itemName(key: Value): string {
  return `[${reprOf(key) ?? '…'}]`;
}

/** The program sets an item of something unknown. */
export function setItem(m: Machine, o: Opaque, key: Value, v: Value): void {
  const name = itemName(key);
  if (o.parts.get(`!${name}`) !== undefined) m.trail.mapSet(o.parts, `!${name}`, undefined);
  m.trail.mapSet(o.parts, name, v);
}

export function deleteItem(m: Machine, o: Opaque, key: Value): void {
  const name = itemName(key);
  if (o.parts.get(name) !== undefined) m.trail.mapSet(o.parts, name, undefined);
  m.trail.mapSet(o.parts, `!${name}`, true);
}

/** Is the key there? Known when the program put it there or took it away. */
export function knownItem(o: Opaque, key: Value): boolean | undefined {
  const name = itemName(key);
  if (o.parts.get(`!${name}`) !== undefined) return false;
  const v = o.parts.get(name);
  return v !== undefined && isOwnPart(o, v) ? true : undefined;
}

/** `hass.data.setdefault(DOMAIN, {})` of an unknown table: what is under the key, which is there afterwards. Undefined for any other call. */
export function setDefault(m: Machine, callee: Opaque, args: readonly Value[]): Value {
  const { from } = callee;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.name !== 'setdefault' || args.length !== 2) return undefined;
  const name = itemName(args[0]);
  const known = from.of.parts.get(name);
  if (known !== undefined) return known;
  const made = opaquePart(m, from.of, name, `${from.of.name}${name}`) as Opaque;
  made.definite = true;
  return made;
}

/**
 * `pools.get(key)` of an unknown table in which the program sets that item: what it set, the default where it took
 * it away, else whatever was there. STOP when the step is to end first; undefined for any other call.
 */
export function getItem(m: Machine, callee: Opaque, args: readonly Value[]): Value {
  const { from } = callee;
  const [key, otherwise = null] = args;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.name !== 'get' || key === undefined) return undefined;
  const o = from.of;
  const name = itemName(key);
  if (o.same !== null || !m.tables.has(`${o.name}${name}`)) return undefined;
  if (o.shared && m.stopBefore(o)) return STOP;
  const known = knownItem(o, key);
  const value = known === true ? (o.parts.get(name) as Value) : known === false ? otherwise : wasThere(m, o, key);
  m.read(o, name, value);
  return value;
}

/** What an unknown table held from the start: perhaps nothing. */
function wasThere(m: Machine, o: Opaque, key: Value): Value {
  const there = opaquePart(m, o, `(${itemName(key)})`, `${o.name}.get(${itemName(key).slice(1, -1)})`);
  if (there instanceof Opaque) there.definite = false;
  return there;
}

const adders = /^(append|extend|insert|remove|update|setdefault|clear|add|discard|sort|reverse|appendleft|popleft|popitem|pop)$/;

/**
 * A method of a value made of text: the program's own copy, so that what the method does is known as
 * far as it can be. Undefined when it is not such a method.
 */
export function changeByMethod(m: Machine, callee: Opaque, args: readonly Value[]): Value {
  const { from } = callee;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.of.same === null) return undefined;
  const o = from.of;
  const [key] = args;
  if (from.name === 'get' && key !== undefined) {
    const known = knownItem(o, key);
    if (known === true) return o.parts.get(itemName(key));
    if (known === false) return args[1] ?? null;
    return undefined;
  }
  if (!adders.test(from.name)) return undefined;
  const name = `${o.name}.${from.name}(${args.map((a) => (a instanceof Opaque ? a.name : (reprOf(a) ?? '…'))).join(', ')})`;
  const result = fromText(m, name);
  result.from = { kind: 'call', callee, args, keywords: null };
  if (from.name === 'pop' && typeof key === 'string') deleteItem(m, o, key);
  else m.trail.mapSet(o.parts, `(${String(o.parts.size)})`, name.slice(o.name.length));
  return result;
}

/** The JSON text of something unknown: itself when it is what was read of a file that the program wrote. */
export function jsonOf(o: Opaque): string {
  return o.text !== null && !/^⟨content of /.test(o.text) ? o.text : placeholder(`JSON of ${o.name}`);
}

/**
 * A JSON text taken apart, its unknown parts as unknown values; undefined when it is none. `scalars` makes
 * the values of numbers, strings and the like, which it is given in the order of the text it gets.
 */
export function parseJson(m: Machine, text: string, scalars: (text: string) => (v: unknown) => Value): Value {
  const prepared = plainText(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(prepared);
  } catch {
    return undefined;
  }
  const plain = scalars(prepared);
  const make = (v: unknown): Value => {
    if (Array.isArray(v)) return newList(m, v.map(make));
    const unknown = unknownJson(v);
    if (unknown === null) {
      if (typeof v !== 'object' || v === null) return plain(v);
      const d = m.ops.makeDict(m);
      for (const [k, x] of Object.entries(v)) m.ops.dictSet(m, d, k, make(x));
      return d;
    }
    const o = fromText(m, unknown.name);
    for (const [k, x] of unknown.items) {
      if (x === undefined) deleteItem(m, o, k);
      else setItem(m, o, k, make(x));
    }
    return o;
  };
  return make(parsed);
}

/** `name.endswith('.job')` where the end of the text is known: `⟨entry of data⟩.taken`; undefined where it is not, or asked something else. */
export function knownEnd({ from }: Opaque, args: readonly Value[]): boolean | undefined {
  const written = from?.kind === 'part' && from.of instanceof Opaque ? from.of.text : null;
  const [asked] = args;
  if (from?.kind !== 'part' || written === null || typeof asked !== 'string' || args.length !== 1) return undefined;
  if (from.name === 'endswith') {
    const end = written.slice(written.lastIndexOf('⟩') + 1);
    if (end.length >= asked.length) return end.endsWith(asked);
    return asked.endsWith(end) ? undefined : false;
  }
  if (from.name !== 'startswith' || !written.includes('⟨')) return undefined;
  const start = written.slice(0, written.indexOf('⟨'));
  if (start.length >= asked.length) return start.startsWith(asked);
  return asked.startsWith(start) ? undefined : false;
}
