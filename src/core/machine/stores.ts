/**
 * Stores nobody can see into (caches, redis, the browser's storage): values under keys, each operation
 * one step. Whether a key was there before is a data choice, made once per key; what it held then is
 * unknown, the same for everybody who looks. What is put in and given out is a copy where the store is
 * waited for or keeps text, as what goes over a wire is.
 */
import { isWritten, keepsText, saysStore, storeVerb, type StoreVerb } from '../program/store-names.ts';
import { lastName } from '../program/guard-names.ts';
import type { Given, QueryLanguage } from './database/query.ts';
import type { Keywords } from './language.ts';
import type { Machine } from './machine.ts';
import type { Place } from './process.ts';
import { changedName, isOwnPart } from './unknown-text.ts';
import { HeapObject, Opaque, UNBOUND, type OutsidePlace, type Value } from './values.ts';

export interface StoreLanguage extends QueryLanguage {
  /** A copy of a value that a program may change: lists, tables of keys, unknown values. */
  copy(m: Machine, v: Value): Value;
  /** What a store gives for a key that is not there, by the name of the method. */
  missing(method: string): Value;
}

/** What an entry holds; null: UNBOUND. */
interface Entry {
  value: Value;
  isThere: boolean;
}

class Store extends HeapObject {
  readonly type = 'store';
  readonly name: string;
  readonly keepsText: boolean;
  readonly show: (v: Value) => string;
  readonly entries = new Map<string, Entry>();
  /** What was there before, as far as anybody asked. */
  readonly initial = new Map<string, Entry>();
  constructor(name: string, keepsText: boolean, show: (v: Value) => string) {
    super();
    this.name = name;
    this.keepsText = keepsText;
    this.show = show;
    this.label = name;
  }
  references(visit: (value: Value) => void): void {
    for (const e of this.entries.values()) visit(e.value);
  }
  override changes(): [string, Value][] {
    return [...this.entries]
      .filter(([key, e]) => {
        const was = this.initial.get(key);
        return was === undefined || was.isThere !== e.isThere || changedText(was.value, this.show) !== changedText(e.value, this.show);
      })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, e]): [string, Value] => [
        key,
        !e.isThere ? 'gone' : e.value instanceof Opaque ? changedText(e.value, this.show) : e.value,
      ]);
  }
  override outside(show: (value: Value) => string, key: unknown): OutsidePlace {
    const e = this.entries.get(String(key));
    const text = (v: Value): string => (v === UNBOUND ? 'nothing' : v instanceof Opaque ? changedText(v, show) : show(v));
    return { kind: 'value', name: `${this.name}[${String(key)}]`, value: e?.isThere === true ? e.value : UNBOUND, tell: text };
  }
}

/** An unknown value with what the program changed in it. */
function changedText(v: Value, show: (v: Value) => string): string {
  if (!(v instanceof Opaque)) return show(v);
  const items = [...v.parts].flatMap(([k, x]): string[] => {
    if (k.startsWith('(')) return [];
    if (k.startsWith('!')) return v.parts.get(k.slice(1)) === undefined ? [`without ${k.slice(1)}`] : [];
    return isOwnPart(v, x) ? [`${k}: ${changedText(x, show)}`] : [];
  });
  return items.length === 0 ? changedName(v) : `${changedName(v)} with {${items.join(', ')}}`;
}

/** What a call of an unknown function gives when it is a method of a store, undefined when it is not. */
export function storeCall(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords, l: StoreLanguage): Given | 'stop' | undefined {
  const { from } = f;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || from.of.model !== null) return undefined;
  const verb = storeVerb(from.name, args.length);
  if (verb === null || !saysStore(from.of.name) || args.some((a) => l.isFunction(a) || l.className(a) !== null)) return undefined;
  const at = m.where();
  const as = at === null ? null : writtenName(at, from.name);
  if (at !== null && as !== null && !isWritten(at.module, as)) return undefined;
  const store = storeOf(m, from.of, as, l);
  if (m.mustStop()) return 'stop';
  const sync = l.language === 'javascript' && !l.isAwaited(m) && !store.keepsText;
  const given = perform(m, store, from.name, verb, args, keywords, sync || from.name === 'getItem', l);
  return given === 'stop' ? 'stop' : sync ? { value: given, sync } : { value: given };
}

/** The same for all objects of one name: a client that is asked for again is a client of the same store. */
function storeOf(m: Machine, o: Opaque, as: string | null, l: StoreLanguage): Store {
  const name = o.name.replace(/ #\d+$/, '');
  const id = `store ${name}`;
  let store = m.observed.get(id) as Store | undefined;
  if (store === undefined) {
    store = m.adopt(new Store(as ?? (lastName(name) || name), keepsText(name), l.show));
    m.trail.mapSet(m.observed, id, store);
  }
  if (!store.shared) m.share(store);
  return store;
}

/** As the source has it: `cache` of `await this.cache.get(key)`. */
function writtenName(at: Place, method: string): string | null {
  const text = at.module.text.slice(at.span.start, at.span.end);
  return new RegExp(`^(?:await\\s+)?(?:(?:self|this)\\.)?([\\w.$#]{1,40})\\.${method}\\b`).exec(text)?.[1] ?? null;
}

/** The entry, asked for when nobody knows whether it was there; null when that must be asked first. */
function entryOf(m: Machine, store: Store, key: string, l: StoreLanguage): Entry | null {
  const known = store.entries.get(key);
  if (known !== undefined) return known;
  const place = `${store.name}[${key}]`;
  const answer = m.chooseOnce(`stored ${place}`, `${place} was there before`, ['no', 'yes']);
  if (answer < 0) return null;
  let value: Value = undefined;
  if (answer === 1) {
    const o = l.unknown(m, place);
    o.definite = true;
    o.same = o.name;
    value = o;
  }
  const entry = { value, isThere: answer === 1 };
  m.trail.mapSet(store.initial, key, entry);
  m.trail.mapSet(store.entries, key, entry);
  return entry;
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
    for (const key of [...store.entries.keys()]) put(m, store, key, { value: undefined, isThere: false });
    return l.none;
  }
  const key = args.slice(0, verb.keys).map(l.show).join(' ');
  const entry = entryOf(m, store, key, l);
  if (entry === null) return 'stop';
  const rest = args.slice(verb.keys);
  const copied = (v: Value): Value => (isReference ? v : l.copy(m, v));
  const text = (v: Value): Value => (typeof v === 'number' && store.keepsText ? String(v) : v);
  const absent = (): Value => {
    const fallback = keywords?.get('default') ?? (l.language === 'python' || l.entries(rest[0]) === null ? rest[0] : undefined);
    return fallback === undefined ? l.missing(method) : fallback;
  };
  switch (verb.does) {
    case 'get':
      m.asks(`${store.name}.${method}(${key})`);
      m.read(store, key, entry.isThere ? entry.value : UNBOUND);
      return entry.isThere ? copied(entry.value) : absent();
    case 'has':
      m.read(store, key, entry.isThere ? entry.value : UNBOUND);
      return entry.isThere;
    case 'take':
      put(m, store, key, { value: undefined, isThere: false });
      return entry.isThere ? entry.value : absent();
    case 'remove':
      put(m, store, key, { value: undefined, isThere: false });
      return l.language === 'python' || store.keepsText ? Number(entry.isThere) : entry.isThere;
    case 'increment':
    case 'decrement': {
      const by = typeof rest[0] === 'number' ? rest[0] : 1;
      const value = l.add(m, entry.isThere ? entry.value : 0, verb.does === 'increment' ? by : -by);
      put(m, store, key, { value, isThere: true });
      return value;
    }
    case 'swap':
    case 'set':
    case 'add': {
      const isConditional = verb.does === 'add' || keywords?.get('nx') === true || rest.slice(1).some((a) => onlyIfAbsent(a, l));
      if (isConditional && entry.isThere) {
        m.read(store, key, entry.value);
        return verb.does === 'add' ? (store.keepsText ? 0 : false) : l.none;
      }
      // `setex(key, seconds, value)`.
      const value = verb.does === 'add' && verb.keys === 2 && rest.length === 0 ? true : /^p?setex$/i.test(method) ? rest[1] : rest[0];
      put(m, store, key, { value: text(copied(value)), isThere: true });
      if (verb.does === 'swap') return entry.isThere ? entry.value : l.none;
      return verb.does === 'add' && store.keepsText ? 1 : true;
    }
  }
}

/** `set(key, value, 'NX')`, `set(key, value, { NX: true })`. */
function onlyIfAbsent(v: Value, l: StoreLanguage): boolean {
  if (typeof v === 'string') return /^nx$/i.test(v);
  return l.entries(v)?.some(([k, x]) => /^nx$/i.test(k) && x === true) === true;
}

function put(m: Machine, store: Store, key: string, entry: Entry): void {
  const before = store.entries.get(key);
  m.escape(store, entry.value);
  m.trail.mapSet(store.entries, key, entry);
  m.write(store, key, entry.isThere ? entry.value : UNBOUND, before?.isThere === true ? before.value : UNBOUND);
}
