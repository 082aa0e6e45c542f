/** Stores nobody can see into (`../stores.ts`) as Python programs meet them. */
import { STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { storeCall, type StoreLanguage } from '../stores.ts';
import { type Opaque, PyTuple, type Value } from '../values.ts';
import { language as database, waitedFor } from './database.ts';
import { newList } from './lists.ts';
import { PyDict, PyList } from './objects.ts';
import { entriesOf } from './text.ts';

const language: StoreLanguage = { ...database, copyItems, missing: () => null };

/** What a call of an unknown function gives when it is a method of a store; undefined when it is not. */
export function stored(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const given = storeCall(m, f, args, keywords, language);
  if (given === undefined) return undefined;
  return given === 'stop' ? STOP : waitedFor(m, f, given);
}

function copyItems(m: Machine, v: Value, copy: (item: Value) => Value): Value {
  if (v instanceof PyTuple) return new PyTuple(v.items.map(copy));
  if (v instanceof PyList && v.cls.builtin) return newList(m, v.items.map(copy));
  if (!(v instanceof PyDict) || !v.cls.builtin) return v;
  const made = m.ops.makeDict(m);
  for (const e of entriesOf(v)) m.ops.dictSet(m, made, e.key, copy(e.value));
  return made;
}
