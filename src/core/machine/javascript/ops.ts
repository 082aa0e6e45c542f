/** JavaScript's meaning of the machine's operations: a dispatch to the topics of this folder. */
import type { ConstValue } from '../../program/program.ts';
import { PUSHED, STOP, Unsupported, type LanguageOps } from '../language.ts';
import type { LanguageRuntime } from '../load.ts';
import type { Machine } from '../machine.ts';
import { LENGTH, Opaque, type Value } from '../values.ts';
import { awaitValue, ended, start, yielded } from './async.ts';
import { bind, callFunction, construct, isCallable, superCall } from './calls.ts';
import { calleeText, destructuredText, isAssignment, isTopPattern, iteratedText } from './callee-text.ts';
import { defineMember, getPrivate, makeClass, makeFunction, setPrivate } from './classes.ts';
import { asKey, isTruthy, stringOf, toKey, toText } from './convert.ts';
import { exceptionMatches } from './errors.ts';
import { shareProgram } from './loop.ts';
import { isOnePromise } from './external.ts';
import { globalValue } from './globals.ts';
import { abstractMethod } from './inherited.ts';
import { intrinsic } from './intrinsics.ts';
import { close, iterate, nativeItems, next, prelude } from './iteration.ts';
import { queues, runTurn } from './loop.ts';
import { importName, linkImports } from './modules.ts';
import { chain, forCount, isObject, makeError, newArray, newMap, newObject, throwError } from './objects.ts';
import { newOpaque, opaquePart, opaqueTruth } from './opaque.ts';
import { awaitedQuery, rowsOfResult } from './database.ts';
import { blur, getTyped, isTyped, lengthOf, unknownElementOf, type TypedArray } from './binary/store.ts';
import { binary, compare, unary } from './operators.ts';
import {
  add,
  defineOwn,
  deleteFrom,
  getElement,
  getProperty,
  getValueProperty,
  keyText,
  setElement,
  setValueProperty,
} from './properties.ts';
import { withEnumerable } from './proxy.ts';
import { createRealm } from './realm.ts';
import { makeRegExp } from './builtins/regexp.ts';
import { show } from './show.ts';
import { state, type Parse } from './state.ts';
import { Flag, HOLE, JsArray, JsObject, JsSymbol, Property, SuperReference } from './values.ts';

/** The JavaScript runtime; `parse` is the TypeScript front end, for the part of the library written in JavaScript. */
export function javascriptRuntime(parse: Parse | null): LanguageRuntime {
  return {
    createOps(m) {
      const ops = createJavaScriptOps();
      m.ops = ops;
      createRealm(m, parse);
      return ops;
    },
    linkImports,
    runTurn,
    mainKind: 'turn',
  };
}

function getMember(...[m, o, name]: Parameters<LanguageOps['getAttr']>): Value {
  return name.startsWith('#') ? getPrivate(m, o, name) : getValueProperty(m, o, name);
}

export function createJavaScriptOps(): LanguageOps {
  return {
    constant,
    binary,
    inPlace: binary,
    unary,
    compare,
    truth: (m, v) => (v instanceof Opaque ? opaqueTruth(m, v) : isTruthy(v)),
    getAttr: getMember,
    setAttr: (m, o, name, v) => (name.startsWith('#') ? setPrivate(m, o, name, v) : setValueProperty(m, o, name, v)),
    delAttr: (m, o, name) => remove(m, o, name),
    getIndex(m, o, key) {
      if (o instanceof JsArray && typeof key === 'number' && key >= 0 && Number.isInteger(key)) return getElement(m, o, key);
      if (isTyped(o)) {
        if (typeof key === 'number' && key >= 0 && Number.isInteger(key)) return key < lengthOf(o) ? getTyped(m, o, key) : undefined;
        if (key instanceof Opaque) return typedAt(m, o, key);
      }
      if (key instanceof Opaque) {
        const found = m.resolvedNumber(key);
        if (found !== undefined) return getValueProperty(m, o, String(found));
        if (typeof o === 'string') return newOpaque(m, `${show(o)}[${key.name}]`);
        if (o instanceof JsArray && !o.properties.has(key.name)) {
          const at = elementOf(m, o, key);
          return at === undefined ? STOP : typeof at === 'number' ? getElement(m, o, at) : undefined;
        }
      }
      const frame = m.fiber?.top;
      if ((o === undefined || o === null) && frame && isTopPattern(frame) && typeof key === 'string') {
        throwError(
          m,
          'TypeError',
          `Cannot destructure property '${key}' of '${destructuredText(m) ?? (o === null ? 'object null' : String(o))}' as it is ${String(o)}.`,
        );
      }
      if (o === undefined || o === null)
        throwError(
          m,
          'TypeError',
          `Cannot read properties of ${String(o)} (reading '${keyText(asKey(isObject(key) ? m.ops.show(key) : key instanceof JsSymbol ? key : stringOf(m, key)))}')`,
        );
      return chain(m, toKey(m, key), (n, k) => getValueProperty(n, o, asKey(k)));
    },
    setIndex(m, o, key, v) {
      if (o instanceof JsArray && typeof key === 'number' && key >= 0 && Number.isInteger(key)) return setElement(m, o, key, v);
      if (isTyped(o)) {
        const i = key instanceof Opaque ? m.resolvedNumber(key) : key;
        if (typeof i === 'number') return setValueProperty(m, o, String(i), v);
        if (key instanceof Opaque) {
          blur(m, o, `[${key.name}] = ${m.ops.show(v)}`);
          return undefined;
        }
      }
      if (o instanceof JsArray && key instanceof Opaque && !o.properties.has(key.name)) {
        const at = m.resolvedNumber(key) ?? elementOf(m, o, key);
        if (at === undefined) return STOP;
        if (typeof at === 'number') return setValueProperty(m, o, String(at), v);
      }
      return chain(m, toKey(m, key), (n, k) => setValueProperty(n, o, asKey(k), v));
    },
    delIndex: (m, o, key) => chain(m, toKey(m, key), (n, k) => remove(n, o, k)),
    slice: () => {
      throw new Unsupported('a slice');
    },
    call(m, callee, thisValue, args) {
      if (!isCallable(callee)) notFunction(m, m.ops.show(callee));
      return callFunction(m, callee, thisValue, args);
    },
    callMethod(m, o, name, args) {
      if (o === undefined || o === null) throwError(m, 'TypeError', `Cannot read properties of ${String(o)} (reading '${name}')`);
      if (name === 'then' && o instanceof Opaque) {
        // `knex('users').where({ id }).then(…)` runs what was built.
        const query = awaitedQuery(m, o);
        if (query === STOP) return STOP;
        if (query === undefined) return prelude(m, 'thenOpaque', [o, ...args]);
        o = query;
      }
      if ((name === 'catch' || name === 'finally') && o instanceof Opaque && isOnePromise(o) && args.length === 1 && isCallable(args[0]))
        return prelude(m, `${name}Opaque`, [o, ...args]);
      const receiver = o instanceof SuperReference ? o.thisValue : o;
      return chain(m, getMember(m, o, name), (n, given) => {
        const f = given === undefined ? abstractMethod(n, receiver, name) : given;
        if (!isCallable(f)) notFunction(n, name);
        return callFunction(n, f, receiver, args);
      });
    },
    construct: (m, callee, args) => construct(m, callee, args, callee),
    superCall,
    superReference(_m, frame) {
      const home = frame.closure?.home;
      const thisValue = frame.code.isArrow ? frame.closure?.boundThis : frame.thisValue;
      return new SuperReference(home instanceof JsObject ? home.proto : null, thisValue);
    },
    bind: (m, frame, _closure, args) => bind(m, frame, args),
    makeClosure: makeFunction,
    makeClass: (m, shape, bases, _keywords, body) => makeClass(m, shape, bases, body),
    classLocal: unsupportedClassLocal,
    setClassLocal: unsupportedClassLocal,
    deleteClassLocal: unsupportedClassLocal,
    makeObject: (m) => newObject(m),
    defineProperty: defineMember,
    copyProperties,
    makeList: newArray,
    makeTuple: newArray,
    makeSet: (m) => newMap(m, 'Set'),
    makeDict: (m) => newMap(m, 'Map'),
    listAppend(m, list, v) {
      m.trail.push((list as JsArray).items, v);
      return undefined;
    },
    listExtend(m, list, iterable) {
      const items = nativeItems(m, iterable);
      const into = (list as JsArray).items;
      if (iterable instanceof Opaque)
        return chain(m, prelude(m, 'collect', [iterable]), (n, all) => {
          for (const v of (all as JsArray).items) n.trail.push(into, v);
          return undefined;
        });
      if (items) {
        for (const v of items) m.trail.push(into, v);
        return undefined;
      }
      if (!isObject(iterable) || getProperty(m, iterable, state(m).symbols.iterator, iterable) === undefined) {
        const text = iteratedText(m);
        if (text === undefined || text.startsWith('[')) return iterate(m, iterable, false, text?.replace(/^\[.*\.\.\.\s*|\]$/gs, ''));
        throwError(m, 'TypeError', 'Spread syntax requires ...iterable[Symbol.iterator] to be a function');
      }
      return chain(m, prelude(m, 'collect', [iterable]), (n, all) => {
        for (const v of (all as JsArray).items) n.trail.push(into, v);
        return undefined;
      });
    },
    setAdd: unsupportedClassLocal,
    dictSet: unsupportedClassLocal,
    dictMerge: unsupportedClassLocal,
    listItems: (v) => (v instanceof JsArray ? v.items.map((x) => (x === HOLE ? undefined : x)) : []),
    template: (m, parts) => template(m, parts),
    regexp: (m, source, flags) => makeRegExp(m, source, flags),
    iterate: (m, v, isAsync) => iterate(m, v, isAsync, iteratedText(m)),
    next: (m, it) => next(m, it),
    iterClose: close,
    unpack(m, given, count, star) {
      const v = given instanceof Opaque ? (rowsOfResult(m, given) ?? given) : given;
      if (v instanceof Opaque)
        return Array.from({ length: count }, (_, i) =>
          i === star ? newOpaque(m, `${v.name}.slice(${String(i)})`) : opaquePart(m, v, String(i)),
        );
      const items = v instanceof JsArray || typeof v === 'string' ? nativeItems(m, v) : null;
      if (!items) {
        if (!isObject(v) || getProperty(m, v, state(m).symbols.iterator, v) === undefined)
          return iterate(m, v, false, isAssignment(m) ? undefined : (destructuredText(m) ?? undefined)) as never;
        const r = prelude(m, 'take', [v, star >= 0 ? -1 : count]);
        if (r === PUSHED) return 'pushed';
        throw new Unsupported('destructuring');
      }
      const out: Value[] = [];
      for (let i = 0; i < count; i++) out.push(i === star ? newArray(m, items.slice(i)) : items[i]);
      return out;
    },
    exceptionMatches,
    // What the first turn to come would share.
    beforeChoice: shareProgram,
    makeException: (m, type, message) => makeError(m, type, message),
    raised: (_m, v) => v,
    await: awaitValue,
    startGenerator: start,
    yielded,
    ended,
    importName,
    global: globalValue,
    intrinsic,
    show,
    queues,
  };
}

/** The element that an unknown key of an array is the index of: one of the first; itself when it is another key. */
function elementOf(m: Machine, a: JsArray, key: Opaque): Value {
  m.read(a, LENGTH, a.items.length);
  return a.items.length === 0 ? key : m.resolveKey(key, a.items.keys());
}

/** What is at an index that is not known; one that was found to be a number is that. */
function typedAt(m: Machine, a: TypedArray, key: Opaque): Value {
  const i = m.resolvedNumber(key);
  return i === undefined ? unknownElementOf(m, a, key) : getValueProperty(m, a, String(i));
}

function notFunction(m: Machine, otherwise: string): never {
  const text = calleeText(m) ?? otherwise;
  return throwError(m, 'TypeError', text.endsWith(' iterable') ? text : `${text} is not a function`);
}

function constant(value: ConstValue): Value {
  switch (value.type) {
    case 'none':
    case 'null':
      return null;
    case 'undefined':
    case 'ellipsis':
      return undefined;
    case 'boolean':
    case 'number':
    case 'string':
      return value.value;
    case 'integer':
      return value.value;
    default:
      throw new Unsupported(`a ${value.type} literal`);
  }
}

function remove(...[m, o, key]: [Parameters<LanguageOps['delAttr']>[0], Value, Value]): Value {
  if (o === undefined || o === null) throwError(m, 'TypeError', 'Cannot convert undefined or null to object');
  return deleteFrom(m, o, asKey(key));
}

function unsupportedClassLocal(): never {
  throw new Unsupported('an operation JavaScript does not have');
}

type Copy = LanguageOps['copyProperties'];

function copyProperties(...[m, to, from, except]: Parameters<Copy>): ReturnType<Copy> {
  if (from === undefined || from === null) {
    if (except.length > 0) throwError(m, 'TypeError', `Cannot destructure '${String(from)}' as it is ${String(from)}.`);
    return undefined;
  }
  const target = to as JsObject;
  if (from instanceof Opaque) {
    m.trail.set(target, 'rest', from);
    m.noteBound('unknown code', `what properties \`${from.name}\` has is not known`);
    return undefined;
  }
  if (typeof from === 'string') {
    [...from].forEach((c, i) => target.properties.set(String(i), new Property(c, Flag.All)));
    return undefined;
  }
  if (!isObject(from)) return undefined;
  if (from.rest !== null) m.trail.set(target, 'rest', from.rest);
  const skip = new Set(except.map((k) => (typeof k === 'number' ? String(k) : k)));
  return withEnumerable(m, from, (h, all) => {
    const keys = all.filter((k) => !skip.has(k));
    return forCount(
      h,
      keys.length,
      (n, i) => {
        const key = keys[i];
        if (key === undefined) return undefined;
        return chain(n, getProperty(n, from, key, from), (k, v) => {
          if (target.properties.has(key) || target instanceof JsArray)
            defineOwn(k, target, key, { value: v, writable: true, enumerable: true, configurable: true });
          else add(k, target, key, new Property(v, Flag.All));
          return undefined;
        });
      },
      () => undefined,
    );
  });
}

type Template = LanguageOps['template'];

function template(...[m, parts]: Parameters<Template>): ReturnType<Template> {
  let text = '';
  for (let i = 0; i < parts.length; i++) {
    const p = parts[i];
    if (p === undefined) continue;
    if (typeof p === 'string') text += p;
    else if (!isObject(p.value)) text += p.value instanceof JsSymbol ? stringOf(m, p.value) : stringOf(m, p.value);
    else {
      const before = text;
      const rest = parts.slice(i + 1);
      return chain(m, toText(m, p.value), (n, v) => template(n, [before + (v as string), ...rest]));
    }
  }
  return text;
}
