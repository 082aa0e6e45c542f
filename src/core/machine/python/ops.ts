/**
 * The Python runtime of the machine: which function answers each operation of LanguageOps. The
 * meaning is in the files it names, by topic.
 */
import type { ConstValue, Module } from '../../program/program.ts';
import type { LanguageRuntime } from '../load.ts';
import { PUSHED, STOP, Unsupported, type LanguageOps } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Closure, ELLIPSIS, Generator, Opaque, PyBytes, PyFloat, PyRange, PySlice, PyTuple, UNBOUND, type Value } from '../values.ts';
import { binary, inPlace, unary } from './arithmetic.ts';
import { delAttr, discard, getAttr, setAttr } from './attributes.ts';
import { awaitValue, queues, runTurn, stuckIn } from './asyncio.ts';
import { builtins, makeSuper } from './builtins.ts';
import { bind, callFunction, callMethod } from './calls.ts';
import { bodyOf, deleteClassLocal, instantiate, makeClass, setClassLocal } from './classes.ts';
import { compare } from './compare.ts';
import { bytesGet } from './conversions.ts';
import { dictDelete, dictGet, dictSet, newDict, update } from './dicts.ts';
import { exceptionClass, isExceptionClass, matches, matchesName, newException, raise, typeError, withContext } from './errors.ts';
import { template } from './format.ts';
import { ended, startGenerator, yielded } from './generators.ts';
import { globalName, importName } from './imports.ts';
import { intrinsic } from './intrinsics.ts';
import { drain, iterate, next, unpack } from './iteration.ts';
import { canon, fill, USER_KEY } from './keys.ts';
import { isIndexed } from './indices.ts';
import { append, extend, listDelete, listGet, listSet, newList, rangeGet, tupleGet } from './lists.ts';
import { norm } from './numbers.ts';
import { aliasOf } from './typing.ts';
import { byteDelete, byteGet, byteSet } from './bytearrays.ts';
import './bytes-methods.ts';
import {
  DictView,
  PyByteArray,
  PyClass,
  PyDeque,
  PyDict,
  PyException,
  PyList,
  PyMemoryView,
  PyModule,
  PyObject,
  PySet,
} from './objects.ts';
import { modelPart } from './database.ts';
import { callOpaque, unknownItem, unknownResult, unlessUnknown } from './opaque.ts';
import { callPrelude, createState, type Parse } from './runtime.ts';
import { newSet, updateSet } from './sets.ts';
import { stringGet } from './strings.ts';
import { exceptionText, reprOf } from './text.ts';
import { truth } from './truth.ts';
import { classOf, lookup, typeName, userMethod } from './types.ts';
import './object-methods.ts';
import './deque.ts';
import './modules/index.ts';
import { deleteItem, itemName, setItem } from './unknown-text.ts';

/** A Python runtime; `parse` is the front end, for the preludes. */
export function createPythonRuntime(parse: Parse): LanguageRuntime {
  const parsed = new Map<string, Module>();
  return {
    mainKind: 'thread',
    createOps(m) {
      m.runtimeState = createState(parse, parsed);
      return createPythonOps();
    },
    runTurn,
  };
}

function constant(value: ConstValue): Value {
  switch (value.type) {
    case 'none':
    case 'null':
    case 'undefined':
      return null;
    case 'ellipsis':
      return ELLIPSIS;
    case 'boolean':
      return value.value;
    case 'integer':
      return norm(value.value);
    case 'number':
      return new PyFloat(value.value);
    case 'string':
      return value.value;
    case 'bytes':
      return new PyBytes(value.value);
    case 'complex':
      throw new Unsupported('complex numbers');
    default:
      return value satisfies never;
  }
}

export function getIndex(m: Machine, o: Value, key: Value): Value {
  return (key instanceof Opaque || key instanceof PySlice) && !(o instanceof Opaque)
    ? unlessUnknown(m, 'item', [o, key], () => indexInto(m, o, key))
    : indexInto(m, o, key);
}

function indexInto(m: Machine, o: Value, key: Value): Value {
  const user = userMethod(o, '__getitem__');
  if (user !== undefined) return callFunction(m, user, [o, key], null);
  if (o instanceof PyList || o instanceof PyDeque) return indexed(m, o, key, (k) => listGet(m, o, k));
  if (o instanceof PyDict) return dictGet(m, o, key);
  if (o instanceof PyTuple) return indexed(m, o, key, (k) => tupleGet(m, o, k));
  if (typeof o === 'string') return indexed(m, o, key, (k) => stringGet(m, o, k));
  if (o instanceof PyRange) return indexed(m, o, key, (k) => rangeGet(m, o, k));
  if (o instanceof PyBytes) return indexed(m, o, key, (k) => bytesGet(m, o, k));
  if (o instanceof PyByteArray || o instanceof PyMemoryView) return indexed(m, o, key, (k) => byteGet(m, o, k));
  if (o instanceof Opaque) {
    const modelled = modelPart(m, o, itemName(key));
    if (modelled !== undefined) return modelled;
    return unknownItem(m, o, key);
  }
  if (o instanceof PyClass) return classGetItem(m, o, key);
  if (o instanceof PyObject && o.payload !== undefined) return getIndex(m, o.payload, key);
  if (o instanceof PyObject && o.cls.name === 'GenericAlias')
    return key instanceof PyClass || key instanceof PyObject || key instanceof PyTuple
      ? o
      : typeError(m, `${reprOf(o) ?? ''} is not a generic class`);
  return typeError(m, `'${typeName(o)}' object is not subscriptable`);
}

/** Keys with `__index__` are asked for it first. */
function indexed(m: Machine, o: Value, key: Value, fn: (key: Value) => Value): Value {
  if (typeof key === 'bigint') return raise(m, 'IndexError', "cannot fit 'int' into an index-sized integer");
  return isIndexed(key) ? callPrelude(m, '__rr_indexed_get', [o, key]) : fn(key);
}

function isException(c: PyClass): boolean {
  return c.layout === 'exception';
}

/** Classes of the library that are subscripted; what inherits from one is, too. */
function isGenericBase(c: PyClass): boolean {
  return (
    (c.builtin && /^(list|dict|set|frozenset|tuple|deque|defaultdict|OrderedDict)$/.test(c.name)) ||
    c.module === 'collections.abc' ||
    c.unknown !== null
  );
}

function classGetItem(m: Machine, o: PyClass, key: Value): Value {
  if (!o.meta.builtin) {
    const method = lookup(o.meta, '__getitem__');
    if (method !== undefined) return callFunction(m, method, [o, key], null);
  }
  const own = lookup(o, '__class_getitem__');
  if (own !== undefined) return callFunction(m, getAttr(m, o, '__class_getitem__'), [key], null);
  const plain =
    ['int', 'float', 'str', 'bool', 'bytes', 'object', 'complex', 'range', 'slice', 'bytearray', 'NoneType', 'function'].includes(o.name) &&
    o.module === 'builtins';
  if ((o.builtin && !plain && !isException(o)) || o.mro.some((c) => c.name === 'Generic' || isGenericBase(c)) || o.internal)
    return aliasOf(m, o, key);
  return typeError(m, `type '${o.name}' is not subscriptable`);
}

export function setIndex(m: Machine, o: Value, key: Value, v: Value): Value {
  const user = userMethod(o, '__setitem__');
  if (user !== undefined) return discard(m, callFunction(m, user, [o, key, v], null));
  if (o instanceof PyList || o instanceof PyDeque)
    return discardIfPushed(m, isIndexed(key) ? callPrelude(m, '__rr_indexed_set', [o, key, v]) : listSet(m, o, key, v));
  if (o instanceof PyByteArray || o instanceof PyMemoryView) return byteSet(m, o, key, v);
  if (o instanceof PyDict) return discardIfPushed(m, dictSet(m, o, key, v));
  if (o instanceof Opaque) {
    if (o.same === null) {
      if (m.stopBefore(o)) return STOP;
      m.externalCall(`${o.name}${itemName(key)} = …`);
      m.itemsSet.add(`${o.name}${itemName(key)}`);
      m.write(o, itemName(key), v, o.parts.get(itemName(key)));
      m.escape(o, v);
    }
    setItem(m, o, key, v);
    return undefined;
  }
  if (o instanceof PyClass && !o.meta.builtin) {
    const method = lookup(o.meta, '__setitem__');
    if (method !== undefined) return discard(m, callFunction(m, method, [o, key, v], null));
  }
  return typeError(m, `'${typeName(o)}' object does not support item assignment`);
}

function discardIfPushed(m: Machine, r: Value): Value {
  if (r === PUSHED) m.discardResult();
  return r;
}

export function delIndex(m: Machine, o: Value, key: Value): Value {
  const user = userMethod(o, '__delitem__');
  if (user !== undefined) return discard(m, callFunction(m, user, [o, key], null));
  if (o instanceof PyList || o instanceof PyDeque)
    return isIndexed(key) ? discardIfPushed(m, callPrelude(m, '__rr_indexed_delete', [o, key])) : listDelete(m, o, key);
  if (o instanceof PyByteArray || o instanceof PyMemoryView) return byteDelete(m, o, key);
  if (o instanceof PyDict) return discardIfPushed(m, dictDelete(m, o, key));
  if (o instanceof Opaque) {
    if (o.same === null) {
      if (m.stopBefore(o)) return STOP;
      m.externalCall(`del ${o.name}${itemName(key)}`);
      m.itemsSet.add(`${o.name}${itemName(key)}`);
      m.remove(o, itemName(key), o.parts.get(itemName(key)));
    }
    deleteItem(m, o, key);
    return undefined;
  }
  return typeError(
    m,
    `'${typeName(o)}' object ${typeof o === 'string' || o instanceof PyTuple || o instanceof PyRange || o instanceof PyBytes || o instanceof PySet || o instanceof DictView ? "doesn't" : 'does not'} support item deletion`,
  );
}

/** What `raise v` throws. */
function raised(m: Machine, v: Value, cause: Value): Value {
  const finish = (e: Value): Value => {
    if (!(e instanceof PyException)) return typeError(m, 'exceptions must derive from BaseException');
    if (cause !== undefined) {
      if (cause !== null && !(cause instanceof PyException) && !(cause instanceof PyClass) && !(cause instanceof Opaque))
        return typeError(m, 'exception causes must derive from BaseException');
      m.trail.set(e, 'cause', cause instanceof PyClass ? newException(m, cause, []) : cause);
      m.trail.set(e, 'suppresses', true);
    }
    return withContext(m, e);
  };
  if (v instanceof PyException) return finish(v);
  if (isExceptionClass(v)) {
    const r = instantiate(m, v, [], null);
    if (r !== PUSHED) return finish(r);
    return m.afterCall((_m, e) => finish(e), null);
  }
  if (v instanceof Opaque) {
    const e = newException(m, exceptionClass('Exception'), [v]);
    return withContext(m, e);
  }
  return typeError(m, 'exceptions must derive from BaseException');
}

function listItems(v: Value): Value[] {
  if (v instanceof PyList) return v.items.slice();
  if (v instanceof PyTuple) return v.items.slice();
  return [];
}

export function show(v: Value): string {
  if (v instanceof PyException) {
    const text = exceptionText(v);
    return text === undefined || text === '' ? v.cls.name : `${v.cls.name}: ${text}`;
  }
  return reprOf(v) ?? `<${typeName(v)} object>`;
}

export function createPythonOps(): LanguageOps {
  return {
    constant,
    binary,
    inPlace,
    unary,
    compare,
    truth,
    getAttr,
    setAttr,
    delAttr,
    getIndex,
    setIndex,
    delIndex,
    slice: (lower, upper, step) => new PySlice(lower, upper, step),
    call: (m, callee, _this, args, keywords) => callFunction(m, callee, args, keywords),
    callMethod: (m, o, name, args, keywords, special) => callMethod(m, o, name, args, keywords, special),
    construct: (m, callee, args) => callFunction(m, callee, args, null),
    superCall: (m) => raise(m, 'RuntimeError', 'super(): no arguments'),
    superReference: (m) => raise(m, 'RuntimeError', 'super(): no arguments'),
    bind,
    makeClosure: (_m, closure) => closure,
    makeClass,
    classLocal(m, frame, name) {
      const v = bodyOf(m, frame).get(name);
      return v === undefined ? globalOfFrame(m, frame, name) : v;
    },
    setClassLocal,
    deleteClassLocal,
    makeObject: (m) => newDict(m),
    defineProperty: () => undefined,
    copyProperties: () => undefined,
    makeList: (m, items) => newList(m, items),
    makeTuple: (_m, items) => new PyTuple(items),
    makeSet: (m) => newSet(m),
    makeDict: (m) => newDict(m),
    listAppend(m, list, v) {
      if (list instanceof PyList) append(m, list, v);
      return undefined;
    },
    listExtend(m, list, iterable) {
      if (list instanceof PySet) return updateSet(m, list, iterable);
      if (!(list instanceof PyList)) return undefined;
      return extend(m, list, iterable);
    },
    setAdd(m, set, v) {
      if (!(set instanceof PySet)) return undefined;
      const c = canon(m, v);
      if (c === USER_KEY) return callPrelude(m, '__rr_set_update', [set, newList(m, [v])]);
      fill(set.table, c as string, v, true);
      return undefined;
    },
    dictSet(m, dict, key, v) {
      return dict instanceof PyDict ? dictSet(m, dict, key, v) : undefined;
    },
    dictMerge(m, dict, other) {
      if (!(dict instanceof PyDict)) return undefined;
      if (!(other instanceof PyDict) && !(other instanceof Opaque) && lookup(classOf(other), 'keys') === undefined)
        return typeError(m, `'${typeName(other)}' object is not a mapping`);
      const r = update(m, dict, other, null);
      return r === PUSHED || r === STOP ? r : undefined;
    },
    listItems,
    template,
    regexp: () => {
      throw new Unsupported('regular expression literal');
    },
    iterate(m, v, isAsync) {
      if (!isAsync) return iterate(m, v);
      if (v instanceof Opaque) return callPrelude(m, '__rr_unknown_stream', [v]);
      const method = lookup(classOf(v), '__aiter__');
      if (method === undefined) return typeError(m, `'async for' requires an object with __aiter__ method, got ${typeName(v)}`);
      return callFunction(m, method, [v], null);
    },
    next,
    // The generator's last reference goes: CPython closes it at once.
    iterClose: (m, it, maker) =>
      it instanceof Generator && it.type === 'generator' && it.state === 'suspended' && it.frame.code.name === maker
        ? callPrelude(m, '__rr_drop', [it])
        : undefined,
    unpack,
    exceptionMatches: (m, exception, type) => (typeof type === 'string' ? matchesName(exception, type) : matches(m, exception, type)),
    makeException: (m, type, message) => withContext(m, newException(m, exceptionClass(type), message === '' ? [] : [message])),
    raised,
    await: awaitValue,
    startGenerator,
    yielded,
    ended,
    importName,
    global: (m, name) => globalName(m, name),
    intrinsic,
    show,
    stuckIn,
    unknownResult,
    queues,
  };
}

function globalOfFrame(m: Machine, frame: { code: { module: Module } & object } & object, name: string): Value {
  const code = (frame as { code: Parameters<Machine['namespaceOf']>[0] }).code;
  const cell = m.namespaceOf(code).cells.get(name);
  if (cell && cell.value !== UNBOUND) return cell.value;
  return globalName(m, name);
}

export { builtins, makeSuper, Closure, callOpaque, drain, PyModule };
