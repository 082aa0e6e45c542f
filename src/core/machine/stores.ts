/**
 * Stores nobody can see into (caches, redis, the browser's storage): values under keys, each operation
 * one step. Whether a key was there before is a data choice, made once per key; what it held then is
 * unknown, the same for everybody who looks. What is put in and given out is a copy where the store is
 * waited for or keeps text, as what goes over a wire is.
 */
import {
  addsWhole,
  askedBy,
  isUsedAsStore,
  isWaitedFor,
  isWritten,
  keepsText,
  saysMemento,
  saysStore,
  storeVerb,
  type StoreVerb,
} from '../program/store-names.ts';
import { recordVerb } from '../program/record-names.ts';
import { lastName } from '../program/guard-names.ts';
import type { Given, QueryLanguage } from './database/query.ts';
import { STOP, type Keywords } from './language.ts';
import { isFresh, type Machine } from './machine.ts';
import type { Place } from './process.ts';
import { changedName, isOwnPart } from './unknown-text.ts';
import { HeapObject, Opaque, UNBOUND, type OutsidePlace, type Value } from './values.ts';

export interface StoreLanguage extends QueryLanguage {
  /** Lists and tables of keys made again of copies of what is in them; any other value as it is. */
  copyItems(m: Machine, v: Value, copy: (item: Value) => Value): Value;
  /** What a store gives for a key that is not there, by the name of the method. */
  missing(method: string): Value;
}

export class Store extends HeapObject {
  readonly type = 'store';
  readonly name: string;
  readonly keepsText: boolean;
  readonly show: (v: Value) => string;
  /** By key; UNBOUND is nothing. */
  readonly entries = new Map<string, Value>();
  /** What was there before, as far as anybody asked. */
  readonly initial = new Map<string, Value>();
  constructor(name: string, keepsText: boolean, show: (v: Value) => string) {
    super();
    this.name = name;
    this.keepsText = keepsText;
    this.show = show;
    this.label = name;
  }
  references(visit: (value: Value) => void): void {
    for (const v of this.entries.values()) visit(v);
  }
  override changes(): [string, Value][] {
    const text = (v: Value): string => changedText(v, this.show);
    return [...this.entries]
      .filter(([key, v]) => !this.initial.has(key) || text(this.initial.get(key)) !== text(v))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, v]): [string, Value] => [key, v === UNBOUND ? 'gone' : v instanceof Opaque ? text(v) : v]);
  }
  override outside(show: (value: Value) => string, key: unknown): OutsidePlace {
    const name = String(key);
    const value = this.entries.has(name) ? this.entries.get(name) : UNBOUND;
    return { kind: 'value', name: `${this.name}[${name}]`, value, tell: (v) => changedText(v, show) };
  }
}

/** What an entry holds: an unknown value with what the program changed in it. */
function changedText(v: Value, show: (v: Value) => string): string {
  if (v === UNBOUND) return 'nothing';
  if (!(v instanceof Opaque)) return show(v);
  const items = [...v.parts].flatMap(([k, x]): string[] => {
    if (k.startsWith('(')) return [];
    if (k.startsWith('!')) return v.parts.get(k.slice(1)) === undefined ? [`without ${k.slice(1)}`] : [];
    return isOwnPart(v, x) ? [`${k}: ${changedText(x, show)}`] : [];
  });
  return items.length === 0 ? changedName(v) : `${changedName(v)} with {${items.join(', ')}}`;
}

/** A copy: what is changed in one is not changed in the other. */
export function copyOf(m: Machine, v: Value, l: StoreLanguage): Value {
  const copy = (x: Value): Value => copyOf(m, x, l);
  if (!(v instanceof Opaque)) return l.copyItems(m, v, copy);
  const o = l.unknown(m, v.name);
  Object.assign(o, { definite: v.definite, same: v.same ?? v.name, from: v.from, text: v.text, numeric: v.numeric });
  for (const [k, x] of v.parts) o.parts.set(k, copy(x));
  return o;
}

/** What a call of an unknown function gives when it is a method of a store, undefined when it is not. */
export function storeCall(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords, l: StoreLanguage): Given | 'stop' | undefined {
  const { from } = f;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.of.model !== null) return undefined;
  const whole = addedWhole(m, from.name, args, l);
  if (whole !== null) args = whole;
  const record = whole === null ? recordCall(m, from.of, from.name, args, l) : undefined;
  if (record !== undefined) return record;
  const verb = whole === null ? storeVerb(from.name, args.length) : addition;
  if (verb === null || args.some((a) => l.isFunction(a) || l.className(a) !== null)) return undefined;
  const at = m.where();
  const as = at === null ? null : writtenName(at, from.name);
  const isUsed = at !== null && as !== null && isUsedAsStore(at.module, as);
  if (!isUsed && !saysStore(from.of.name) && (as === null || !saysStore(as))) return undefined;
  if (at !== null && as !== null && !isWritten(at.module, as)) return undefined;
  const store = storeOf(m, from.of, as, l);
  if (m.mustStop()) return 'stop';
  const isPromise = at !== null && as !== null && isWaitedFor(at.module, as);
  const isAsked = verb.does === 'get' && saysMemento(as ?? from.of.name);
  const sync = l.language === 'javascript' && (isAsked || (!l.isAwaited(m) && !store.keepsText && !isPromise));
  const given = perform(m, store, from.name, verb, args, keywords, sync || from.name === 'getItem', l);
  return given === 'stop' ? 'stop' : sync ? { value: given, sync } : { value: given };
}

/**
 * `await client.getPreferences()`, `await client.putPreferences(changed)`: what is kept elsewhere under that name, and under
 * the first argument where there is one beside it. What form it has there is not known: whoever looks is given something
 * unknown that came of what was put there last.
 */
function recordCall(m: Machine, o: Opaque, method: string, args: readonly Value[], l: StoreLanguage): Given | 'stop' | undefined {
  if (l.language !== 'javascript') return undefined;
  const at = m.where();
  const receiver = at === null ? null : receiverOf(at, method);
  const verb = at === null || receiver === null ? null : recordVerb(at.module, receiver, method, l.isAwaited(m));
  if (verb === null) return undefined;
  const name = `${o.name.replace(/ #\d+$/, '')}.${verb.noun}`;
  const store = storeNamed(m, `record ${name}`, () => new Store(name, false, l.show));
  m.assume(`what \`${name}\` names is kept elsewhere: each call reads or writes the whole of it, by itself`);
  m.noteBound('store', `\`${name}\` is a model of something that is kept elsewhere: what it was before is not known`);
  m.breaker |= 16;
  m.peeked = true;
  const [first] = verb.does === 'get' || args.length > 1 ? args : [];
  const key = first === undefined || l.entries(first) !== null ? '' : keyLike(m, store, l.show(first));
  if (key === null) return 'stop';
  let held = store.entries.get(key);
  if (!store.entries.has(key)) {
    // A token may not have been got yet: there is nobody here who waits for it to be.
    const isAsked = verb.sync && verb.does === 'get' && key === '';
    const answer = isAsked ? m.chooseOnce(`stored ${name}`, `${name} was there before`, ['yes', 'no']) : 0;
    if (answer < 0) return 'stop';
    held = answer === 0 ? thing(m, `${name}(${key})`, l) : l.none;
    m.trail.mapSet(store.initial, key, held);
    m.trail.mapSet(store.entries, key, held);
  }
  if (verb.does === 'get') {
    m.asks(`${name}.${method}(${key})`);
    m.read(store, key, held);
    return verb.sync ? { value: held, sync: true } : { value: copyOf(m, held, l) };
  }
  const changed = args.slice(first === undefined ? 0 : 1).map((a) => (a instanceof Opaque ? changedText(a, m.ops.show) : m.ops.show(a)));
  put(m, store, key, thing(m, `${name}(${key}) of ${changed.join(', ')}`, l));
  return { value: thing(m, `${method}(${changed.join(', ')})`, l), sync: verb.sync };
}

/** Something unknown that is there, and the same for everybody. */
function thing(m: Machine, name: string, l: StoreLanguage): Opaque {
  const o = l.unknown(m, name);
  o.definite = true;
  o.same = o.name;
  return o;
}

const addition: StoreVerb = { does: 'set', keys: 1, least: 1, most: 2 };

/** `senders.add({ option, sender })`, where the store is asked for `senders.get(option)`: the key, and the whole. */
function addedWhole(m: Machine, method: string, args: readonly Value[], l: StoreLanguage): readonly Value[] | null {
  if (l.language !== 'javascript' || !addsWhole(method, args.length)) return null;
  const at = m.where();
  const as = at === null ? null : writtenName(at, method);
  if (at === null || as === null) return null;
  const asked = askedBy(at.module, as);
  const found = asked.size === 0 ? undefined : l.entries(args[0])?.find(([name]) => asked.has(name));
  return found === undefined ? null : [found[1], args[0]];
}

/** The same for all objects of one name: a client that is asked for again is a client of the same store. */
export function storeOf(m: Machine, o: Opaque, as: string | null, l: StoreLanguage): Store {
  const name = o.name.replace(/ #\d+$/, '');
  return storeNamed(m, `store ${name}`, () => new Store(as ?? (lastName(name) || name), keepsText(name), l.show));
}

function storeNamed(m: Machine, id: string, make: () => Store): Store {
  const store = m.observe(id, make);
  if (!store.shared) m.share(store);
  return store;
}

/** As the source has it: `cache` of `await this.cache.get(key)`. */
function writtenName(at: Place, method: string): string | null {
  const text = at.module.text.slice(at.span.start, at.span.end).trimStart();
  return new RegExp(`^(?:await\\s+)?(?:(?:self|this)\\.)?([\\w.$#]{1,40})(?:\\((?:this|self)?\\))?\\.${method}\\b`).exec(text)?.[1] ?? null;
}

/** The object of a call as the source has it: `this.client` of `await this.client.getPreferences()`. */
function receiverOf(at: Place, method: string): string | null {
  const text = at.module.text.slice(at.span.start, at.span.end).trimStart();
  return new RegExp(`^(?:await\\s+)?([\\w.$#!?]{1,80}?)[!?]?\\.${method}\\b`).exec(text)?.[1] ?? null;
}

/** What is under the key, asked for when nobody knows; STOP when that must be done first. */
export function heldIn(m: Machine, store: Store, key: string, l: StoreLanguage): Value {
  if (store.entries.has(key)) return store.entries.get(key);
  const place = `${store.name}[${key}]`;
  const answer = m.chooseOnce(`stored ${place}`, `${place} was there before`, ['no', 'yes']);
  if (answer < 0) return STOP;
  let value: Value = UNBOUND;
  if (answer === 1) {
    const o = l.unknown(m, place);
    o.definite = true;
    o.same = o.name;
    value = o;
  }
  m.trail.mapSet(store.initial, key, value);
  m.trail.mapSet(store.entries, key, value);
  return value;
}

function perform(
  m: Machine,
  store: Store,
  method: string,
  verb: StoreVerb,
  args: readonly Value[],
  keywords: Keywords,
  isReference: boolean,
  l: StoreLanguage,
): Value | 'stop' {
  m.assume(`\`${store.name}\` is not known; it was taken to keep values under keys, each call taking effect by itself`);
  m.noteBound('store', `\`${store.name}\` is a model of a store: what it held before is not known`);
  m.breaker |= 16;
  m.peeked = true;
  if (verb.does === 'clear') {
    for (const key of [...store.entries.keys()]) put(m, store, key, UNBOUND);
    return l.none;
  }
  const key = keyLike(m, store, args.slice(0, verb.keys).map(l.show).join(' '));
  if (key === null) return 'stop';
  const held = heldIn(m, store, key, l);
  if (held === STOP) return 'stop';
  const isThere = held !== UNBOUND;
  const rest = args.slice(verb.keys);
  const copied = (v: Value): Value => (isReference ? v : copyOf(m, v, l));
  const text = (v: Value): Value => (typeof v === 'number' && store.keepsText ? String(v) : v);
  const absent = (): Value => {
    const fallback = keywords?.get('default') ?? (l.language === 'python' || l.entries(rest[0]) === null ? rest[0] : undefined);
    return fallback === undefined ? l.missing(method) : fallback;
  };
  switch (verb.does) {
    case 'get':
      m.asks(`${store.name}.${method}(${key})`);
      m.read(store, key, held);
      return isThere ? copied(held) : absent();
    case 'has':
      m.read(store, key, held);
      return isThere;
    case 'take':
      put(m, store, key, UNBOUND);
      return isThere ? held : absent();
    case 'remove':
      put(m, store, key, UNBOUND);
      return l.language === 'python' || store.keepsText ? Number(isThere) : isThere;
    case 'increment':
    case 'decrement': {
      const by = typeof rest[0] === 'number' ? rest[0] : 1;
      const value = l.add(m, isThere ? held : 0, verb.does === 'increment' ? by : -by);
      put(m, store, key, value);
      return value;
    }
    case 'swap':
    case 'set':
    case 'add': {
      const isConditional = verb.does === 'add' || keywords?.get('nx') === true || rest.slice(1).some((a) => onlyIfAbsent(a, l));
      if (isConditional && isThere) {
        m.read(store, key, held);
        return verb.does === 'add' ? (store.keepsText ? 0 : false) : l.none;
      }
      // `setex(key, seconds, value)`.
      const value = verb.does === 'add' && verb.keys === 2 && rest.length === 0 ? true : /^p?setex$/i.test(method) ? rest[1] : rest[0];
      put(m, store, key, text(copied(value)));
      if (verb.does === 'swap') return isThere ? held : l.none;
      return verb.does === 'add' && store.keepsText ? 1 : true;
    }
  }
}

/**
 * The key itself, or one that came about alike and is found to be the same: `messages:${id}` where each caller asks who it is.
 * Null when that must be asked first.
 */
function keyLike(m: Machine, store: Store, key: string): string | null {
  if (store.entries.has(key)) return key;
  if (store.entries.has(key)) return key;
  const plain = (text: string): string => text.replace(/ #\d+(?!\w)/g, '');
  for (const other of store.entries.keys()) {
    if (plain(other) !== plain(key) || isFresh(key)) continue;
    const answer = m.chooseOnce(`key ${store.name} ${other} ${key}`, `${plain(key)} is the same for both`, ['yes', 'no']);
    if (answer < 0) return null;
    if (answer === 0) return other;
  }
  return key;
}

/** `set(key, value, 'NX')`, `set(key, value, { NX: true })`. */
function onlyIfAbsent(v: Value, l: StoreLanguage): boolean {
  if (typeof v === 'string') return /^nx$/i.test(v);
  return l.entries(v)?.some(([k, x]) => /^nx$/i.test(k) && x === true) === true;
}

export function put(m: Machine, store: Store, key: string, value: Value): void {
  const before = store.entries.get(key);
  m.escape(store, value);
  m.trail.mapSet(store.entries, key, value);
  m.write(store, key, value, before);
}
