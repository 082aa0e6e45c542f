/** Calling and constructing: functions of the program, built-ins, bound functions, classes, the unknown. */
import { callNative } from '../native-call.ts';
import { Native, PUSHED, UnknownOperand, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Frame } from '../frame.ts';
import { Closure, Opaque, UNBOUND, type Value } from '../values.ts';
import { calleeText } from './callee-text.ts';
import { chain, forCount, isObject, newArray, newObject, throwError } from './objects.ts';
import { queried } from './database.ts';
import { callOpaque, computed, present } from './opaque.ts';
import { answeredCall } from './unknown-callbacks.ts';
import { changeByMethod } from './unknown-json.ts';
import { defineOwn, getProperty } from './properties.ts';
import { state } from './state.ts';
import { stored } from './stores.ts';
import { listenedCall } from './unknown-events.ts';
import { fileQuestion } from './unknown-files.ts';
import { observedCall } from './unknown-observables.ts';
import { calledAtOnce, calledBack, guardedCall, queuedCall } from './unknown-guards.ts';
import { Flag, JsFunction, JsObject, type Key, type NativeFunction, Property } from './values.ts';

export function isCallable(v: Value): boolean {
  return v instanceof JsFunction || v instanceof Opaque || v instanceof Native || v instanceof Closure;
}

export function callFunction(m: Machine, f: Value, thisValue: Value, args: readonly Value[]): Value {
  if (f instanceof JsFunction) {
    if (f.native) return runNative(m, f, f.native, thisValue, args, undefined);
    if (f.closure && !f.isClass) return m.enter(f.closure, args, null, thisValue);
    if (f.bound) return callFunction(m, f.bound.target, f.bound.thisValue, [...f.bound.args, ...args]);
    throwError(m, 'TypeError', f.isClass ? `Class constructor ${f.name} cannot be invoked without 'new'` : 'not a function');
  }
  if (f instanceof Opaque) return callUnknown(m, f, thisValue, args);
  if (f instanceof Native) return callNative(m, f, args, null, thisValue);
  if (f instanceof Closure) return m.enter(f, args, null, thisValue);
  throwError(m, 'TypeError', `${calleeText(m) ?? m.ops.show(f)} is not a function`);
}

/** A built-in; what one that only computes something cannot compute of unknown values is unknown. */
function runNative(m: Machine, f: JsFunction, native: NativeFunction, thisValue: Value, args: readonly Value[], newTarget: Value): Value {
  try {
    return native(m, thisValue, args, newTarget);
  } catch (e) {
    if (!f.computes || !(e instanceof UnknownOperand)) throw e;
    return computed(m, f.name, newTarget === undefined ? thisValue : undefined, args, newTarget !== undefined);
  }
}

/** What is known of calls of the unknown, the most telling first. */
function callUnknown(m: Machine, f: Opaque, thisValue: Value, args: readonly Value[]): Value {
  const guarded = guardedCall(m, f, thisValue, args);
  if (guarded !== undefined) return guarded;
  const given = fileQuestion(m, f, args) ?? stored(m, f, args) ?? queried(m, f, args);
  if (given !== undefined) return given;
  const listened = listenedCall(m, f, thisValue, args);
  if (listened !== undefined) return listened;
  return (
    observedCall(m, f, args) ??
    changeByMethod(m, f, args) ??
    calledAtOnce(m, f, args) ??
    calledBack(m, f, args) ??
    queuedCall(m, f, thisValue, args) ??
    answeredCall(m, f, args) ??
    callOpaque(m, f, args, false)
  );
}

/** Prototype that `new newTarget` gives, when it is not an accessor. */
export function prototypeFor(m: Machine, newTarget: Value, fallback: JsObject): JsObject {
  if (!(newTarget instanceof JsFunction)) return fallback;
  const p = getProperty(m, newTarget, 'prototype', newTarget);
  return p instanceof JsObject ? p : fallback;
}

export function construct(m: Machine, f: Value, args: readonly Value[], newTarget: Value): Value {
  if (f instanceof Opaque) return callOpaque(m, f, args, true);
  if (f instanceof Native) return callNative(m, f, args, null, undefined);
  if (!(f instanceof JsFunction) || !f.isConstructor) {
    throwError(m, 'TypeError', `${calleeText(m) ?? m.ops.show(f)} is not a constructor`);
  }
  if (f.bound) return construct(m, f.bound.target, [...f.bound.args, ...args], newTarget === f ? f.bound.target : newTarget);
  if (f.native) return runNative(m, f, f.native, undefined, args, newTarget);
  if (f.isDerived) return constructDerived(m, f, args, newTarget);
  const o = newObject(m, prototypeFor(m, newTarget, state(m).intrinsics.Object));
  return chain(m, initialiseFields(m, f, o), (n) => {
    if (!f.closure) return o;
    return chain(n, enterConstructor(n, f.closure, args, o, newTarget), (_, r) => (isObject(r) ? r : o));
  });
}

function enterConstructor(m: Machine, closure: Closure, args: readonly Value[], thisValue: Value, newTarget: Value): Value {
  const r = m.enter(closure, args, null, thisValue);
  const top = m.fiber?.top;
  if (r === PUSHED && top) top.newTarget = newTarget;
  return r;
}

function constructDerived(m: Machine, f: JsFunction, args: readonly Value[], newTarget: Value): Value {
  if (!f.closure) {
    return chain(m, constructParent(m, f, args, newTarget), (n, o) => chain(n, initialiseFields(n, f, o), () => o));
  }
  const r = enterConstructor(m, f.closure, args, UNBOUND, newTarget);
  const frame = m.fiber?.top as Frame;
  return chain(m, r, (n, v) => {
    if (isObject(v)) return v;
    if (v !== undefined) throwError(n, 'TypeError', 'Derived constructors may only return object or undefined');
    return checkThis(n, frame.thisValue);
  });
}

export function checkThis(m: Machine, v: Value): Value {
  if (v === UNBOUND) {
    throwError(
      m,
      'ReferenceError',
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  }
  return v;
}

function constructParent(m: Machine, f: JsFunction, args: readonly Value[], newTarget: Value): Value {
  const parent = f.proto;
  if (parent && parent.slot instanceof Opaque && !(parent instanceof JsFunction)) {
    // A base class nobody can see into: the instance is an object whose unknown part is opaque.
    callOpaque(m, parent.slot, args, true);
    return newObject(m, prototypeFor(m, newTarget, state(m).intrinsics.Object));
  }
  if (!(parent instanceof JsFunction) || !parent.isConstructor)
    throwError(m, 'TypeError', `Super constructor ${parent ? m.ops.show(parent) : 'null'} of anonymous class is not a constructor`);
  return construct(m, parent, args, newTarget);
}

export function superCall(m: Machine, frame: Frame, args: readonly Value[]): Value {
  const home = frame.closure?.home;
  const f = home instanceof JsObject ? home.prototypeOf : null;
  if (!f || frame.code.isArrow) throw new Unsupported('super(…) inside an arrow function');
  return chain(m, constructParent(m, f, args, frame.newTarget), (n, o) => {
    if (frame.thisValue !== UNBOUND) throwError(n, 'ReferenceError', 'Super constructor may only be called once');
    n.touch(frame);
    frame.thisValue = o;
    return chain(n, initialiseFields(n, f, o), () => o);
  });
}

/** Private methods first, then the fields in order, each initialiser with the instance as `this`. */
function initialiseFields(m: Machine, f: JsFunction, o: Value): Value {
  if (!(o instanceof JsObject)) return undefined;
  const initializers = f.initializers ?? [];
  return forCount(
    m,
    initializers.length,
    (n, i) => callFunction(n, initializers[i], o, []),
    (n) => setFields(n, f, o),
  );
}

function setFields(m: Machine, f: JsFunction, o: JsObject): Value {
  const fields = f.fields;
  if (!fields) return undefined;
  for (const field of fields) {
    if (field.kind !== 'field') definePrivate(m, o, field.key as string, field.kind, field.fn);
  }
  return forCount(
    m,
    fields.length,
    (n, i) => {
      const field = fields[i];
      if (!field || field.kind !== 'field') return undefined;
      const value = field.fn ? callFunction(n, field.fn, o, []) : brought(n, f, field.key);
      return chain(n, wrapped(n, o, value, field.wraps ?? []), (k, v) => {
        if (field.isPrivate) definePrivate(k, o, field.key as string, 'field', v);
        else defineOwn(k, o, field.key, { value: v, writable: true, enumerable: true, configurable: true });
        return undefined;
      });
    },
    () => undefined,
  );
}

/** What a container injects into a field of that name; undefined where the program is run as it is. */
function brought(m: Machine, cls: JsFunction, key: Key): Value {
  const name = typeof key === 'string' ? (key.split('@')[0] ?? key) : '';
  if (!m.isDriven() || cls.classDef?.members.some((c) => c.name === name && c.isBrought === true) !== true) return undefined;
  m.assume(`nothing here sets \`${cls.name}.${name}\`; it is taken to be brought from elsewhere`);
  return present(m, name);
}

function wrapped(m: Machine, o: JsObject, value: Value, wraps: readonly JsFunction[]): Value {
  return wraps.reduce((v, f) => chain(m, v, (n, x) => callFunction(n, f, o, [x])), value);
}

export function definePrivate(m: Machine, o: JsObject, key: string, kind: string, value: Value): void {
  if (!o.privates) m.trail.set(o, 'privates', new Map());
  const map = o.privates as Map<string, Property>;
  const old = map.get(key);
  let p: Property;
  if (kind === 'getter') p = new Property(undefined, Flag.Accessor, value, old?.setter);
  else if (kind === 'setter') p = new Property(undefined, Flag.Accessor, old?.getter, value);
  else {
    if (old) throwError(m, 'TypeError', 'Cannot initialize private field twice on the same object');
    p = new Property(value, kind === 'method' ? 0 : Flag.Writable);
  }
  m.escape(o, value);
  if (typeof value === 'object' && value !== null && 'label' in value && value.label === null) value.label = key.split('@')[0] ?? key;
  m.trail.mapSet(map, key, p);
}

/** Parameters of a call to the registers of its frame; the arguments object lies after the last register. */
export function bind(m: Machine, frame: Frame, args: readonly Value[]): void {
  const registers = frame.registers;
  const parameters = frame.code.parameters;
  for (let i = 0; i < parameters.length; i++) {
    const p = parameters[i];
    if (!p) continue;
    registers[p.register] = p.kind === 'rest' ? newArray(m, args.slice(i)) : args[i];
  }
  if (frame.code.fn.usesArguments) {
    const a = newArray(m, [...args]);
    a.className = 'Arguments';
    a.proto = state(m).intrinsics.Object;
    const s = state(m);
    a.properties.set(s.symbols.iterator, new Property(s.arrayValues, Flag.Hidden));
    registers[frame.code.registerCount] = a;
  }
}
