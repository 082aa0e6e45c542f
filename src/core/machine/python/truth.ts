/** Truth of values: `if v`, `not v`, `bool(v)`. */
import { Native, PUSHED, STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { KEYS, LENGTH, Opaque, PyBytes, PyFloat, PyRange, PyTuple, NOT_IMPLEMENTED, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { typeError } from './errors.ts';
import { DictView, PyByteArray, PyClass, PyDeque, PyDict, PyList, PyMemoryView, PyObject, PySet } from './objects.ts';
import { opaqueTruth } from './opaque.ts';
import { lookup, typeName } from './types.ts';

/** true or false, PUSHED when `__bool__` or `__len__` must run, STOP when the step ends first. */
export function truth(m: Machine, v: Value): Value {
  switch (typeof v) {
    case 'boolean':
      return v;
    case 'number':
      return v !== 0;
    case 'string':
      return v !== '';
    case 'bigint':
      return v !== 0n;
    case 'undefined':
      return false;
    default:
  }
  if (v === null) return false;
  if (v instanceof PyByteArray) {
    if (m.stopBefore(v)) return STOP;
    m.read(v, LENGTH, v.content.length);
    return v.content.length > 0;
  }
  if (v instanceof PyMemoryView) return v.length > 0;
  if (v instanceof PyObject) return objectTruth(m, v);
  if (v instanceof PyTuple) return v.items.length > 0;
  if (v instanceof PyFloat) return v.value !== 0;
  if (v instanceof PyBytes) return v.value.length > 0;
  if (v instanceof PyRange) return rangeLength(v) > 0;
  if (v instanceof DictView) return sized(m, v.dict);
  if (v instanceof Opaque) return opaqueTruth(m, v, 'bool', null);
  if (v instanceof PyClass && !v.meta.builtin) {
    const method = lookup(v.meta, '__bool__') ?? lookup(v.meta, '__len__');
    if (method !== undefined && !(method instanceof Native)) return ask(m, method, v, lookup(v.meta, '__bool__') !== undefined);
  }
  if (v === NOT_IMPLEMENTED) return true;
  return true;
}

export function rangeLength(r: PyRange): number {
  return Math.max(0, Math.ceil((r.stop - r.start) / r.step));
}

function objectTruth(m: Machine, v: PyObject): Value {
  const cls = v.cls;
  if (!cls.builtin || (cls.layout !== 'list' && cls.layout !== 'dict')) {
    const byBool = lookup(cls, '__bool__');
    if (byBool !== undefined && !(byBool instanceof Native)) return ask(m, byBool, v, true);
    if (byBool === undefined) {
      const byLength = lookup(cls, '__len__');
      if (byLength !== undefined && !(byLength instanceof Native)) return ask(m, byLength, v, false);
    }
  }
  if (v instanceof PyList || v instanceof PyDict || v instanceof PySet || v instanceof PyDeque) return sized(m, v);
  if (v.payload !== undefined) return truth(m, v.payload);
  return true;
}

function sized(m: Machine, v: PyList | PyDict | PySet | PyDeque): Value {
  if (m.stopBefore(v)) return STOP;
  if (v instanceof PyDict || v instanceof PySet) {
    m.read(v, KEYS, v.table.count);
    return v.table.count > 0;
  }
  m.read(v, LENGTH, v.items.length);
  return v.items.length > 0;
}

function ask(m: Machine, method: Value, v: Value, isBool: boolean): Value {
  const r = callFunction(m, method, [v], null);
  if (r === PUSHED) return m.afterCall(isBool ? fromBool : fromLength, null);
  if (r === STOP) return r;
  return isBool ? fromBool(m, r) : fromLength(m, r);
}

function fromBool(m: Machine, r: Value): Value {
  if (typeof r !== 'boolean') return typeError(m, `__bool__ should return bool, returned ${typeName(r)}`);
  return r;
}

function fromLength(m: Machine, r: Value): Value {
  if (typeof r !== 'number' && typeof r !== 'boolean') return typeError(m, `'${typeName(r)}' object cannot be interpreted as an integer`);
  return Number(r) > 0;
}
