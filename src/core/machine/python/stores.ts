/** Stores nobody can see into (`../stores.ts`) as Python programs meet them. */
import { STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { storeCall, type StoreLanguage } from '../stores.ts';
import { Opaque, PyTuple, type Value } from '../values.ts';
import { language as database, waitedFor } from './database.ts';
import { newList } from './lists.ts';
import { PyDict, PyList } from './objects.ts';
import { opaque } from './opaque.ts';
import { entriesOf } from './text.ts';

const language: StoreLanguage = { ...database, copy, missing: () => null };

/** What a call of an unknown function gives when it is a method of a store; undefined when it is not. */
export function stored(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const given = storeCall(m, f, args, keywords, language);
  if (given === undefined) return undefined;
  return given === 'stop' ? STOP : waitedFor(m, f, given);
}

function copy(m: Machine, v: Value): Value {
  if (v instanceof Opaque) {
    const o = opaque(m, v.name);
    Object.assign(o, { definite: v.definite, same: v.same ?? v.name, from: v.from, text: v.text, numeric: v.numeric });
    for (const [k, x] of v.parts) o.parts.set(k, copy(m, x));
    return o;
  }
  if (v instanceof PyTuple) return new PyTuple(v.items.map((x) => copy(m, x)));
  if (v instanceof PyList && v.cls.builtin)
    return newList(
      m,
      v.items.map((x) => copy(m, x)),
    );
  if (!(v instanceof PyDict) || !v.cls.builtin) return v;
  const made = m.ops.makeDict(m);
  for (const e of entriesOf(v)) m.ops.dictSet(m, made, e.key, copy(m, e.value));
  return made;
}
