/** Contexts of contextvars: a task, and what is called soon, run in a copy of their creator's. */
import type { Machine } from '../machine.ts';
import type { Value } from '../values.ts';
import { PyObject } from './objects.ts';

/** A copy of the context that the running fiber is in; null for an empty one. */
export function copiedContext(m: Machine): Value {
  const context = m.fiber?.context ?? null;
  if (!(context instanceof PyObject)) return null;
  const copy = m.adopt(new PyObject(context.cls));
  copy.attrs = new Map(context.attrs);
  copy.attrs.set('_entered', false);
  return copy;
}
