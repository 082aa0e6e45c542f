/** What turning a value into text reads: every part of the built-in containers it goes through. */
import type { Machine } from '../machine.ts';
import { HeapObject, PyTuple, type Value } from '../values.ts';
import { readAll } from './keys.ts';
import { readList } from './lists.ts';
import { contentOf } from './bytes-like.ts';
import { DictView, PyByteArray, PyDeque, PyDict, PyList, PySet } from './objects.ts';

/** Reads what the text of `v` shows. True: the step must stop before it (return STOP). */
export function readsText(m: Machine, v: Value): boolean {
  if (typeof v !== 'object' || v === null) return false;
  return visit(m, v, new Set());
}

function visit(m: Machine, v: Value, seen: Set<object>): boolean {
  if (typeof v !== 'object' || v === null || seen.has(v)) return false;
  seen.add(v);
  if (v instanceof PyTuple) return v.items.some((i) => visit(m, i, seen));
  if (v instanceof DictView) return visit(m, v.dict, seen);
  if (!(v instanceof HeapObject)) return false;
  if (v instanceof PyByteArray) {
    if (m.stopBefore(v)) return true;
    contentOf(m, v);
    return false;
  }
  if (v instanceof PyList || v instanceof PyDeque) {
    if (m.stopBefore(v)) return true;
    readList(m, v);
    return v.items.some((i) => visit(m, i, seen));
  }
  if (v instanceof PyDict || v instanceof PySet) {
    if (m.stopBefore(v)) return true;
    readAll(m, v);
    return v.table.entries.some((e) => e !== null && (visit(m, e.key, seen) || (v instanceof PyDict && visit(m, e.value, seen))));
  }
  return false;
}
