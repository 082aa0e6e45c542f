/** Short forms for defining built-ins. */
import type { Machine } from '../../machine.ts';
import { UnknownOperand } from '../../language.ts';
import { Opaque, type Value } from '../../values.ts';
import { newNative, put } from '../objects.ts';
import { state } from '../state.ts';
import { materialise } from '../properties.ts';
import { Flag, JsFunction, Property, type JsObject, type JsSymbol, type NativeFunction } from '../values.ts';

type Method = readonly [number, NativeFunction];
export type MethodTable = Record<string, Method>;

/** A table entry, where the compiler would take the name for Object.prototype's own (`toString`, `valueOf` …). */
export function method(length: number, native: NativeFunction): Method {
  return [length, native];
}

/** Methods by name, each with its `length` and its meaning. */
export function methods(m: Machine, target: JsObject, table: MethodTable): void {
  for (const [name, [length, native]] of Object.entries(table)) put(target, name, newNative(m, name, length, native), Flag.Hidden);
}

/** What a built-in looks at, which cannot say anything of what is not known. */
export function known(v: Value): Value {
  if (v instanceof Opaque) throw new UnknownOperand('an unknown value');
  return v;
}

/** Marks the methods of a built-in, or those named, as ones that only compute something. */
export function computing(
  target: JsObject,
  names: readonly string[] = [...target.properties.keys()].filter((k) => typeof k === 'string'),
): void {
  for (const name of names) {
    const f = target.properties.get(name)?.value;
    if (f instanceof JsFunction) f.computes = true;
  }
}

export function symbolMethod(m: Machine, target: JsObject, symbol: JsSymbol, name: string, native: NativeFunction): JsFunction {
  const f = newNative(m, name, 0, native);
  put(target, symbol, f, Flag.Hidden);
  return f;
}

export function getter(m: Machine, target: JsObject, key: string | JsSymbol, native: NativeFunction): void {
  const name = typeof key === 'string' ? key : `[${key.description ?? ''}]`;
  if (target instanceof JsFunction) materialise(m, target);
  target.properties.set(key, new Property(undefined, Flag.Configurable | Flag.Accessor, newNative(m, `get ${name}`, 0, native)));
}

/** A constructor and its prototype object, bound to a global name. */
export function constructor(m: Machine, name: string, length: number, prototype: JsObject, native: NativeFunction): JsFunction {
  const f = newNative(m, name, length, native, true);
  put(f, 'prototype', prototype, 0);
  put(prototype, 'constructor', f, Flag.Hidden);
  prototype.prototypeOf = f;
  global(m, name, f);
  return f;
}

export function global(m: Machine, name: string, value: Value): void {
  put(state(m).globalObject, name, value, Flag.Hidden);
}

export function tag(m: Machine, target: JsObject, text: string): void {
  put(target, state(m).symbols.toStringTag, text, Flag.Configurable);
}
