/** Property descriptors as objects of the program. */
import type { Machine } from '../machine.ts';
import type { Value } from '../values.ts';
import { isTruthy } from './convert.ts';
import { isObject, newObject, put, throwError } from './objects.ts';
import { getOwn, type Descriptor } from './properties.ts';
import { Flag, JsFunction, type Property } from './values.ts';

export function toDescriptor(m: Machine, v: Value): Descriptor {
  if (!isObject(v)) throwError(m, 'TypeError', `Property description must be an object: ${m.ops.show(v)}`);
  const d: Descriptor = {};
  const own = (k: string): Property | undefined => getOwn(m, v, k) ?? (v.proto && !v.proto.intrinsic ? getOwn(m, v.proto, k) : undefined);
  for (const k of ['value', 'get', 'set'] as const) {
    const p = own(k);
    if (p) d[k] = p.value;
  }
  for (const k of ['writable', 'enumerable', 'configurable'] as const) {
    const p = own(k);
    if (p) d[k] = isTruthy(p.value);
  }
  for (const k of ['get', 'set'] as const) {
    const f = d[k];
    if (f !== undefined && !(f instanceof JsFunction))
      throwError(m, 'TypeError', `${k === 'get' ? 'Getter' : 'Setter'} must be a function: ${m.ops.show(f)}`);
  }
  if (('get' in d || 'set' in d) && ('value' in d || d.writable !== undefined)) {
    throwError(m, 'TypeError', 'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute');
  }
  return d;
}

export function fromDescriptor(m: Machine, p: Property | undefined): Value {
  if (!p) return undefined;
  const o = newObject(m);
  if (p.flags & Flag.Accessor) {
    put(o, 'get', p.getter);
    put(o, 'set', p.setter);
  } else {
    put(o, 'value', p.value);
    put(o, 'writable', (p.flags & Flag.Writable) !== 0);
  }
  put(o, 'enumerable', (p.flags & Flag.Enumerable) !== 0);
  put(o, 'configurable', (p.flags & Flag.Configurable) !== 0);
  return o;
}

/** The fields that a descriptor has. */
export function partialDescriptor(m: Machine, d: Descriptor): Value {
  const o = newObject(m);
  for (const [key, v] of Object.entries(d)) put(o, key, v as Value);
  return o;
}
