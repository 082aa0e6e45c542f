/** Stores nobody can see into (`../stores.ts`) as JavaScript programs meet them. */
import { Op } from '../code.ts';
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { storeCall, type StoreLanguage } from '../stores.ts';
import { Opaque, type Value } from '../values.ts';
import { language as database, promised } from './database.ts';
import { newArray, newObject, put } from './objects.ts';
import { newOpaque } from './opaque.ts';
import { state } from './state.ts';
import { JsArray, JsObject } from './values.ts';

const language: StoreLanguage = {
  ...database,
  copy,
  missing: (method) => (/item|json|^h?get$/i.test(method) && method !== 'get' ? null : undefined),
};

/** What a call of an unknown function gives when it is a method of a store; undefined when it is not. */
export function stored(m: Machine, f: Opaque, args: readonly Value[]): Value {
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

function copy(m: Machine, v: Value): Value {
  if (v instanceof Opaque) {
    const o = newOpaque(m, v.name);
    Object.assign(o, { definite: v.definite, same: v.same ?? v.name, from: v.from, text: v.text, numeric: v.numeric });
    for (const [k, x] of v.parts) o.parts.set(k, isAnswer(x) ? x : copy(m, x));
    return o;
  }
  if (v instanceof JsArray)
    return newArray(
      m,
      v.items.map((x) => copy(m, x)),
    );
  if (!(v instanceof JsObject) || v.type !== 'object' || v.proto !== state(m).intrinsics.Object) return v;
  const made = newObject(m, v.proto);
  for (const [k, p] of v.properties) if (typeof k === 'string') put(made, k, copy(m, p.value));
  return made;
}

/** A part that is no value of the data: a method that was called. */
function isAnswer(v: Value): boolean {
  return !(v instanceof Opaque) && !(v instanceof JsObject);
}
