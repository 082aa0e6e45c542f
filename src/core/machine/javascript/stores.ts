/** Stores nobody can see into (`../stores.ts`) as JavaScript programs meet them. */
import { Op } from '../code.ts';
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { storeCall, type StoreLanguage } from '../stores.ts';
import type { Opaque, Value } from '../values.ts';
import { language as database, promised } from './database.ts';
import { extensionStored } from './extension-storage.ts';
import { newArray, newObject, put } from './objects.ts';
import { state } from './state.ts';
import { JsArray, JsObject } from './values.ts';

const language: StoreLanguage = {
  ...database,
  copyItems,
  missing: (method) => (/item|json|^hget$/i.test(method) ? null : undefined),
};

/** What a call of an unknown function gives when it is a method of a store; undefined when it is not. */
export function stored(m: Machine, f: Opaque, args: readonly Value[]): Value {
  const several = extensionStored(m, f, args, language);
  if (several !== undefined) return several;
  const given = storeCall(m, f, args, null, language);
  if (given === undefined) return undefined;
  if (given === 'stop') return STOP;
  return given.sync === true && !isChained(m) ? given.value : promised(m, given);
}

/** `store.get(key).then(…)` */
function isChained(m: Machine): boolean {
  const top = m.fiber?.top;
  const next = top?.code.instructions[top.pc];
  if (next?.op !== Op.CallMethod) return false;
  return /^(then|catch|finally)$/.test((next.x as { method?: string }).method ?? '');
}

function copyItems(m: Machine, v: Value, copy: (item: Value) => Value): Value {
  if (v instanceof JsArray) return newArray(m, v.items.map(copy));
  if (!(v instanceof JsObject) || v.type !== 'object' || v.proto !== state(m).intrinsics.Object) return v;
  const made = newObject(m, v.proto);
  for (const [k, p] of v.properties) if (typeof k === 'string') put(made, k, copy(p.value));
  return made;
}
