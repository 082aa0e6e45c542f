/** The storage of browser extensions: several keys in one call, `chrome.storage.local.get('sites')`, `.set({ sites })`. */
import { areaVerb, saysArea } from '../../program/store-names.ts';
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { copyOf, heldIn, put, type Store, storeOf, type StoreLanguage } from '../stores.ts';
import { Opaque, UNBOUND, type Value } from '../values.ts';
import { promised } from './database.ts';
import { newObject, put as putProperty } from './objects.ts';

/** What a call of an unknown function gives when it asks such a storage; undefined when it does not. */
export function extensionStored(m: Machine, f: Opaque, args: readonly Value[], l: StoreLanguage): Value {
  const { from } = f;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque) || !saysArea(from.of.name)) return undefined;
  const does = areaVerb(from.name, args.length);
  if (does === null || args.some((a) => l.isFunction(a))) return undefined;
  const given = does === 'set' ? l.entries(args[0]) : null;
  const keys = given === null ? keysOf(args[0], l) : given.map(([key]) => key);
  // What nobody can tell apart is no store here.
  if (keys === null && does !== 'get' && does !== 'clear') return undefined;
  const store = storeOf(m, from.of, from.of.name, l);
  if (m.mustStop()) return STOP;
  const asked = keys ?? [...store.entries.keys()];
  for (const key of asked) if (heldIn(m, store, key, l) === STOP) return STOP;
  m.assume(`\`${store.name}\` was taken to keep values under keys, each call taking effect by itself`);
  m.noteBound('store', `\`${store.name}\` is a model of a store: what it held before is not known`);
  m.breaker |= 16;
  m.peeked = true;
  if (does === 'get') return promised(m, { value: look(m, store, asked, args[0], l) });
  for (const key of asked) {
    const value = given?.find(([name]) => name === key)?.[1];
    put(m, store, key, does === 'set' ? copyOf(m, value, l) : UNBOUND);
  }
  return promised(m, { value: undefined });
}

/** An object of copies of what is there; what is not there has the value that was handed in for it, if any. */
function look(m: Machine, store: Store, keys: readonly string[], wanted: Value, l: StoreLanguage): Value {
  const made = newObject(m);
  const instead = new Map(l.entries(wanted) ?? []);
  m.asks(`${store.name}.get(${keys.join(', ')})`);
  for (const key of keys) {
    const held = store.entries.get(key);
    m.read(store, key, held);
    if (held !== UNBOUND) putProperty(made, key, copyOf(m, held, l));
    else if (instead.has(key)) putProperty(made, key, instead.get(key));
  }
  return made;
}

/** The keys that a call names: one, a list of them, or an object with what is given instead. Null: all there are. */
function keysOf(v: Value, l: StoreLanguage): string[] | null {
  if (v === undefined || v === null) return null;
  const items = l.items(v);
  if (items !== null) return items.map((x) => nameOf(x, l));
  return l.entries(v)?.map(([key]) => key) ?? [nameOf(v, l)];
}

function nameOf(v: Value, l: StoreLanguage): string {
  return typeof v === 'string' ? v : l.show(v);
}
