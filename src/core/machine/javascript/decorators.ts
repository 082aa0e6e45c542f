/**
 * Decorators of classes and their members: those of the standard (a function of the value and its context)
 * and TypeScript's older ones (of the target, the key and the descriptor). Which of them a function is shows
 * in its parameters, since no file says which compiler option it is compiled with.
 */
import { Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { callFunction, isCallable } from './calls.ts';
import { asKey, toKey } from './convert.ts';
import { fromDescriptor, toDescriptor } from './descriptors.ts';
import { chain, forCount, isObject, newArray, newNative, newObject, put, throwError } from './objects.ts';
import { saysGuard, saysShared } from '../../program/guard-names.ts';
import { prelude } from './iteration.ts';
import { defineOwn, getOwn } from './properties.ts';
import { Flag, JsArray, JsFunction, type JsObject, type Key, type Property } from './values.ts';

/** Is it one of TypeScript's older decorators? */
function isOlder(f: Value): boolean {
  const params = f instanceof JsFunction ? (f.closure?.code.fn.params ?? []) : [];
  if (params.length >= 3 || params.some((p) => p.kind === 'rest')) return true;
  const second = params[1];
  if (!second || /Context/.test(second.annotation ?? '')) return false;
  return /^(string|symbol|PropertyKey)/.test(second.annotation ?? '') || /key|prop|name|method|member/i.test(second.name);
}

/** The class, the list of those that wait, the key, the kind of member, whether it is static, its decorators in order. */
export function decorateMember(m: Machine, args: readonly Value[]): Value {
  const [cls, waiting, given, kind, isStatic, ...all] = args;
  if (!(cls instanceof JsFunction) || !(waiting instanceof JsArray)) return undefined;
  const guards = all.filter((d) => d instanceof Opaque && kind === 'method' && (saysShared(d.name) || saysGuard(d.name))) as Opaque[];
  if (guards.length > 0) {
    const rest = all.filter((d) => !guards.includes(d as Opaque));
    return chain(m, toKey(m, given), (n, k) =>
      chain(
        n,
        inTurn(n, guards, (h, d) => guardMember(h, d as Opaque, homeOf(cls, isStatic), asKey(k))),
        (h) => decorateMember(h, [cls, waiting, given, kind, isStatic, ...rest]),
      ),
    );
  }
  const decorators = all.filter((d) => !(d instanceof Opaque && leaves(m, d)));
  if (decorators.length === 0) return undefined;
  if (typeof given === 'string' && given.startsWith('#')) throw new Unsupported('a decorator of a private member');
  if (!decorators.every(isCallable)) return throwError(m, 'TypeError', 'A decorator must be a function');
  if (!decorators.every(isOlder)) {
    m.trail.push(waiting.items, newArray(m, [given, kind, isStatic, ...decorators.reverse()]));
    return undefined;
  }
  return chain(m, toKey(m, given), (n, k) =>
    inTurn(n, decorators.slice().reverse(), (h, d) => olderMember(h, d, homeOf(cls, isStatic), asKey(k), kind === 'field')),
  );
}

/** `@synchronized` lets one in at a time, `@singleFlight` lets calls share the one under way: unknown, and taken at their word. */
function guardMember(m: Machine, decorator: Opaque, on: JsObject, key: Key): Value {
  const own = getOwn(m, on, key);
  if (own === undefined) return undefined;
  const isShared = saysShared(decorator.name);
  m.assume(
    `\`@${decorator.name}\` is not known; it was taken to let ${isShared ? 'calls share the one under way' : 'one in at a time'}, as its name says`,
  );
  return chain(m, prelude(m, isShared ? 'sharedMethod' : 'guardedMethod', [own.value]), (n, wrapped) => {
    defineOwn(n, on, key, { value: wrapped });
    return undefined;
  });
}

function homeOf(cls: JsFunction, isStatic: Value): JsObject {
  return isStatic === true ? cls : (cls.properties.get('prototype')?.value as JsObject);
}

function inTurn(m: Machine, items: readonly Value[], f: (m: Machine, item: Value) => Value): Value {
  return forCount(
    m,
    items.length,
    (n, i) => f(n, items[i]),
    () => undefined,
  );
}

/** Applies those of the standard: of static methods and accessors, of others, of static fields, of fields. */
export function applyDecorators(m: Machine, args: readonly Value[]): Value {
  const [cls, waiting] = args;
  if (!(cls instanceof JsFunction) || !(waiting instanceof JsArray)) return undefined;
  const rank = (v: Value): number => {
    const [, kind, isStatic] = (v as JsArray).items;
    return (kind === 'field' ? 2 : 0) + (isStatic === true ? 0 : 1);
  };
  const inOrder = [0, 1, 2, 3].flatMap((r) => waiting.items.filter((v) => rank(v) === r));
  return inTurn(m, inOrder, (n, entry) => {
    const [given, kind, isStatic, ...decorators] = (entry as JsArray).items;
    return chain(n, toKey(n, given), (k, key) =>
      inTurn(k, decorators, (h, d) =>
        kind === 'field'
          ? field(h, d, cls, asKey(key), isStatic === true)
          : method(h, d, cls, homeOf(cls, isStatic), asKey(key), String(kind)),
      ),
    );
  });
}

function olderMember(m: Machine, decorator: Value, on: JsObject, key: Key, isField: boolean): Value {
  if (isField) return chain(m, callFunction(m, decorator, undefined, [on, key, undefined]), () => undefined);
  const descriptor = fromDescriptor(m, getOwn(m, on, key));
  return chain(m, callFunction(m, decorator, undefined, [on, key, descriptor]), (n, r) => {
    defineOwn(n, on, key, toDescriptor(n, isObject(r) ? r : descriptor));
    return undefined;
  });
}

function context(m: Machine, cls: JsFunction, kind: string, key: Key, isStatic: boolean): JsObject {
  const c = newObject(m);
  put(c, 'kind', kind);
  put(c, 'name', key);
  if (kind !== 'class') {
    put(c, 'static', isStatic);
    put(c, 'private', false);
  }
  put(
    c,
    'addInitializer',
    newNative(m, 'addInitializer', 1, (n, _t, [f]) => {
      if (!(f instanceof JsFunction)) return throwError(n, 'TypeError', 'An initializer must be a function');
      if (kind === 'class' || isStatic) return chain(n, callFunction(n, f, cls, []), () => undefined);
      n.trail.set(cls, 'initializers', [...(cls.initializers ?? []), f]);
      return undefined;
    }),
  );
  return c;
}

function method(m: Machine, decorator: Value, cls: JsFunction, on: JsObject, key: Key, kind: string): Value {
  const own = getOwn(m, on, key) as Property;
  const value = kind === 'getter' ? own.getter : kind === 'setter' ? own.setter : own.value;
  return chain(m, callFunction(m, decorator, undefined, [value, context(m, cls, kind, key, on === cls)]), (n, r) => {
    if (r === undefined) return undefined;
    if (!isCallable(r)) return throwError(n, 'TypeError', 'A decorator must return a function or undefined');
    if (kind === 'getter') defineOwn(n, on, key, { get: r });
    else if (kind === 'setter') defineOwn(n, on, key, { set: r });
    else defineOwn(n, on, key, { value: r });
    return undefined;
  });
}

function field(m: Machine, decorator: Value, cls: JsFunction, key: Key, isStatic: boolean): Value {
  return chain(m, callFunction(m, decorator, undefined, [undefined, context(m, cls, 'field', key, isStatic)]), (n, r) => {
    if (r === undefined) return undefined;
    if (isStatic) throw new Unsupported('a decorator that changes a static field');
    const definition = cls.fields?.find((f) => f.key === key && !f.isPrivate);
    if (definition && r instanceof JsFunction) n.trail.set(definition, 'wraps', [...(definition.wraps ?? []), r]);
    return undefined;
  });
}

/** The decorator and the class: the class that takes its place. */
export function decorateClass(m: Machine, args: readonly Value[]): Value {
  const [decorator, cls] = args;
  if (decorator instanceof Opaque) {
    leaves(m, decorator);
    return cls;
  }
  if (!(cls instanceof JsFunction)) return cls;
  const name = getOwn(m, cls, 'name');
  const given = [cls, context(m, cls, 'class', typeof name?.value === 'string' && !(name.flags & Flag.Accessor) ? name.value : '', false)];
  return chain(m, callFunction(m, decorator, undefined, given), (_n, r) => (isCallable(r) ? r : cls));
}

function leaves(m: Machine, decorator: Opaque): true {
  m.assume(`\`@${decorator.name}\` is taken to leave what it decorates as it is`);
  return true;
}
