/** Classes, functions and object literals as the program defines them; private names. */
import type { FunctionDef } from '../../program/program.ts';
import type { Code } from '../code.ts';
import type { ClassShape, MemberShape } from '../compile-classes.ts';
import type { Machine } from '../machine.ts';
import { type Closure, Opaque, type Value } from '../values.ts';
import { FUNCTION } from './async.ts';
import { callFunction, definePrivate } from './calls.ts';
import { asKey, stringOf, toKey } from './convert.ts';
import { chain, isObject, newObject, throwError } from './objects.ts';
import { defineOwn, getProperty, materialise } from './properties.ts';
import { state } from './state.ts';
import { Flag, JsFunction, JsObject, JsSymbol, Property, type Key } from './values.ts';

export function makeFunction(m: Machine, closure: Closure): JsFunction {
  const i = state(m).intrinsics;
  const code = closure.code;
  const proto = code.isGenerator
    ? code.isAsync
      ? i.AsyncGeneratorFunction
      : i.GeneratorFunction
    : code.isAsync
      ? i.AsyncFunction
      : i.Function;
  const f = m.adopt(new JsFunction(proto));
  f.closure = closure;
  f.name =
    code.fn.kind === 'getter'
      ? `get ${code.name}`
      : code.fn.kind === 'setter'
        ? `set ${code.name}`
        : code.name.startsWith('<')
          ? ''
          : code.name;
  const params = code.fn.params;
  const stop = params.findIndex((p) => p.default !== null || p.kind === 'rest');
  f.length = stop < 0 ? params.length : stop;
  f.isConstructor = code.fn.kind === 'function' && !code.isAsync && !code.isGenerator;
  if (code.isGenerator) closure.attributes = new Map([[FUNCTION, f]]);
  return f;
}

export function makeClass(m: Machine, shape: ClassShape, bases: readonly Value[], body: Value): Value {
  const i = state(m).intrinsics;
  const hasBase = shape.cls.bases.length > 0;
  const base = bases[0];
  const f = body instanceof JsFunction ? body : m.adopt(new JsFunction(i.Function));
  let protoParent: JsObject | null = i.Object;
  if (hasBase) {
    f.isDerived = true;
    if (base === null) {
      protoParent = null;
    } else if (base instanceof Opaque) {
      const unknownClass = newObject(m, i.Function);
      unknownClass.slot = base;
      unknownClass.className = 'Unknown';
      f.proto = unknownClass;
      protoParent = newObject(m, i.Object);
      protoParent.slot = base;
      protoParent.className = 'Unknown';
    } else {
      if (!(base instanceof JsFunction) || !base.isConstructor)
        throwError(m, 'TypeError', `Class extends value ${m.ops.show(base)} is not a constructor or null`);
      f.proto = base;
      const p = getProperty(m, base, 'prototype', base);
      protoParent = isObject(p) ? p : null;
    }
  }
  f.isClass = true;
  f.isConstructor = true;
  f.classDef = shape.cls;
  if (!f.closure) f.classText = m.fiber?.top?.code.module.text.slice(shape.cls.span.start, shape.cls.span.end) ?? null;
  f.name = shape.cls.name.startsWith('<') ? '' : shape.cls.name;
  const proto = m.adopt(new JsObject(protoParent));
  proto.prototypeOf = f;
  f.materialised = false;
  materialise(m, f);
  f.properties.set('prototype', new Property(proto, 0));
  proto.properties.set('constructor', new Property(f, Flag.Hidden));
  if (f.closure) f.closure.home = proto;
  return f;
}

function keyOf(m: Machine, key: Value): Key {
  if (typeof key === 'string' || key instanceof JsSymbol) return asKey(key);
  return stringOf(m, key);
}

/** A member of an object literal (`shape` a word) or of a class. */
export function defineMember(m: Machine, o: Value, key: Value, v: Value, shape: MemberShape | string): Value {
  if (isObject(key)) return chain(m, toKey(m, key), (n, k) => defineMember(n, o, k, v, shape));
  if (typeof shape === 'string') {
    const target = o as JsObject;
    const k = keyOf(m, key);
    if (shape === 'value') {
      if (k === '__proto__') {
        if (isObject(v) || v === null) target.proto = v;
        return undefined;
      }
      if (v instanceof JsFunction && v.name === '' && v.closure && !v.materialised)
        v.name = typeof k === 'string' ? k : `[${k.description ?? ''}]`;
      defineOwn(m, target, k, { value: v, writable: true, enumerable: true, configurable: true });
      return undefined;
    }
    accessorOrMethod(m, target, target, k, v, shape, true);
    return undefined;
  }
  const cls = o as JsFunction;
  const proto = cls.properties.get('prototype')?.value as JsObject;
  const target = shape.isStatic ? cls : proto;
  const fn = v instanceof JsFunction ? v : null;
  if (shape.kind === 'field' && shape.onInstance && fn?.closure) fn.closure.home = proto;
  if (typeof key === 'string' && key.startsWith('#')) {
    const name = `${key}@${cls.classDef ? classKey(cls.classDef.id, cls.closure?.code ?? m.fiber?.top?.code) : ''}`;
    if (fn?.closure && shape.kind !== 'field') fn.closure.home = target;
    if (shape.isStatic) definePrivate(m, cls, name, shape.kind, v);
    else (cls.fields ??= []).push({ key: name, isPrivate: true, fn, kind: shape.kind });
    return undefined;
  }
  const k = keyOf(m, key);
  if (shape.kind === 'field') {
    if (shape.onInstance) (cls.fields ??= []).push({ key: k, isPrivate: false, fn, kind: 'field' });
    else defineOwn(m, cls, k, { value: v, writable: true, enumerable: true, configurable: true });
    return undefined;
  }
  accessorOrMethod(m, target, target, k, v, shape.kind, false);
  return undefined;
}

function accessorOrMethod(m: Machine, target: JsObject, home: JsObject, key: Key, v: Value, kind: string, enumerable: boolean): void {
  if (v instanceof JsFunction) {
    if (v.closure) v.closure.home = home;
    v.isConstructor = false;
    if (!v.materialised) {
      const base = typeof key === 'string' ? key : key.description !== undefined ? `[${key.description}]` : '';
      v.name = kind === 'getter' ? `get ${base}` : kind === 'setter' ? `set ${base}` : base;
    }
  }
  if (kind === 'getter') defineOwn(m, target, key, { get: v, enumerable, configurable: true });
  else if (kind === 'setter') defineOwn(m, target, key, { set: v, enumerable, configurable: true });
  else defineOwn(m, target, key, { value: v, writable: true, enumerable, configurable: true });
}

// ---- private names ------------------------------------------------------------------------------

const privateKeys = new WeakMap<Code, Map<string, string>>();

function classKey(id: number, code: Code | undefined): string {
  return `${code?.module.path ?? ''}:${id}`;
}

/** The key of `#name` where the running code mentions it: that of the class that declares it. */
export function privateKey(m: Machine, name: string): string {
  const code = m.fiber?.top?.code;
  if (!code) return name;
  let known = privateKeys.get(code);
  if (!known) privateKeys.set(code, (known = new Map()));
  let key = known.get(name);
  if (key === undefined) {
    key = name;
    outer: for (let fn: FunctionDef | null = code.fn; fn; fn = fn.parent) {
      const owner = fn.owner;
      if (owner?.members.some((x) => x.name === name)) {
        key = `${name}@${classKey(owner.id, code)}`;
        break outer;
      }
    }
    known.set(name, key);
  }
  return key;
}

/** V8's message for a private method or accessor of another class; null when the name is a field's. */
function brandOf(m: Machine, name: string): string | null {
  for (let fn: FunctionDef | null = m.fiber?.top?.code.fn ?? null; fn; fn = fn.parent) {
    const member = fn.owner?.members.find((x) => x.name === name);
    if (!member) continue;
    if (member.kind !== 'method' && member.kind !== 'getter' && member.kind !== 'setter') return null;
    const owner = fn.owner?.name.startsWith('<') ? 'anonymous' : (fn.owner?.name ?? '');
    return member.isStatic ? `Receiver must be class ${owner}` : `Receiver must be an instance of class ${owner}`;
  }
  return null;
}

function privateProperty(m: Machine, o: Value, name: string): Property | undefined {
  if (!isObject(o)) return undefined;
  return o.privates?.get(privateKey(m, name));
}

export function getPrivate(m: Machine, o: Value, name: string): Value {
  const p = privateProperty(m, o, name);
  if (!p) {
    if (o === undefined || o === null) throwError(m, 'TypeError', `Cannot read properties of ${String(o)} (reading '${name}')`);
    const brand = brandOf(m, name);
    if (brand !== null) throwError(m, 'TypeError', brand);
    throwError(m, 'TypeError', `Cannot read private member ${name} from an object whose class did not declare it`);
  }
  if (p.flags & Flag.Accessor) {
    if (p.getter === undefined) throwError(m, 'TypeError', `'${name}' was defined without a getter`);
    return callFunction(m, p.getter, o, []);
  }
  if (p.flags & Flag.Writable) m.read(o as JsObject, name, p.value);
  return p.value;
}

export function setPrivate(m: Machine, o: Value, name: string, v: Value): Value {
  const p = privateProperty(m, o, name);
  if (!p) {
    if (o === undefined || o === null) throwError(m, 'TypeError', `Cannot set properties of ${String(o)} (setting '${name}')`);
    throwError(m, 'TypeError', `Cannot write private member ${name} to an object whose class did not declare it`);
  }
  if (p.flags & Flag.Accessor) {
    if (p.setter === undefined) throwError(m, 'TypeError', `'${name}' was defined without a setter`);
    return callFunction(m, p.setter, o, [v]);
  }
  if (!(p.flags & Flag.Writable)) throwError(m, 'TypeError', `Private method '${name}' is not writable`);
  const object = o as JsObject;
  m.write(object, name, v, p.value);
  m.escape(object, v);
  if (isObject(v) && v.label === null) v.label = name;
  m.trail.set(p, 'value', v);
  return undefined;
}

export function hasPrivate(m: Machine, o: Value, name: string): boolean {
  if (!isObject(o)) throwError(m, 'TypeError', `Cannot use 'in' operator to search for '${name}' in ${String(o)}`);
  return o.privates?.has(privateKey(m, name)) ?? false;
}
