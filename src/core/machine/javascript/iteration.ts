/** The iteration protocols: built-in iterators step in the host, the program's own run as frames. */
import { rowsOfResult } from './database.ts';
import { elementsOf, getTyped, isTyped, lengthOf } from './binary/store.ts';
import { opaquePart } from './opaque.ts';
import { STOP, PUSHED, Raise, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { DONE, KEYS, LENGTH, Opaque, STRUCTURE, type Value } from '../values.ts';
import { resumeGenerator } from './async.ts';
import { callFunction, isCallable } from './calls.ts';
import { isTruthy } from './convert.ts';
import { chain, isObject, newArray, throwError } from './objects.ts';
import { getElement, getProperty, getValueProperty } from './properties.ts';
import { state } from './state.ts';
import { HOLE, IteratorRecord, JsArray, JsGenerator, JsIterator, JsMap, type JsObject } from './values.ts';

/** V8's message where the built-in, not the source, asks for an iterator. */
export function notIterable(m: Machine, v: Value): never {
  const text =
    v === undefined
      ? 'undefined'
      : v === null
        ? 'object null'
        : isObject(v)
          ? isCallable(v)
            ? 'function'
            : 'object'
          : `${typeof v} ${String(v)}`;
  throwError(m, 'TypeError', `${text} is not iterable (cannot read property Symbol(Symbol.iterator))`);
}

export function iterate(m: Machine, v: Value, isAsync: boolean, text?: string): Value {
  const s = state(m);
  if (v instanceof Opaque) {
    const rows = rowsOfResult(m, v);
    if (rows !== null) return iterate(m, rows, isAsync, text);
    if (isAsync) return prelude(m, 'asyncUnknown', [v]);
    return m.adopt(new JsIterator(s.intrinsics.ArrayIterator, v, 'values', 'Array Iterator'));
  }
  if (isAsync) {
    const method = v === undefined || v === null ? undefined : getValueProperty(m, v, s.symbols.asyncIterator);
    return chain(m, method, (n, f) => {
      if (f !== undefined && f !== null) return callFunction(n, f, v, []);
      const sync = v === undefined || v === null ? undefined : getValueProperty(n, v, s.symbols.iterator);
      if (!isCallable(sync)) throwError(n, 'TypeError', `${text ?? (isObject(v) ? 'object' : String(v))} is not async iterable`);
      return prelude(n, 'asyncFromSync', [v]);
    });
  }
  const method = v === undefined || v === null ? undefined : getValueProperty(m, v, s.symbols.iterator);
  return chain(m, method, (n, f) => {
    if (!isCallable(f)) {
      if (text !== undefined) throwError(n, 'TypeError', `${text} is not iterable`);
      notIterable(n, v);
    }
    return chain(n, callFunction(n, f, v, []), (k, it) => record(k, it));
  });
}

export function record(m: Machine, it: Value): Value {
  if (!isObject(it)) throwError(m, 'TypeError', `Result of the Symbol.iterator method is not an object`);
  if ((it instanceof JsIterator || it instanceof JsGenerator) && it.proto && !it.properties.has('next')) return it;
  return chain(m, getProperty(m, it, 'next', it), (_, next) => new IteratorRecord(it, next));
}

/** The next value of a built-in iterator, or DONE. */
export function stepNative(m: Machine, it: JsIterator): Value {
  const source = it.source;
  if (source === undefined) return DONE;
  const i = it.position;
  if (source instanceof Opaque) {
    // Of something unknown there are none, one or two: a choice made once per iteration.
    const answer =
      i >= 2 ? 1 : m.chooseOnce(`iterate #${String(it.id)} ${String(i)}`, `${source.name} has item ${String(i)}`, ['true', 'false']);
    if (answer < 0) return STOP;
    if (answer === 1) return DONE;
    m.trail.set(it, 'position', i + 1);
    return opaquePart(m, source, String(i));
  }
  if (source instanceof JsArray) {
    if (source.shared) {
      m.read(source, STRUCTURE, undefined);
      m.read(source, LENGTH, source.items.length);
    }
    if (i >= source.items.length) {
      m.trail.set(it, 'source', undefined);
      return DONE;
    }
    m.trail.set(it, 'position', i + 1);
    if (it.kind === 'keys') return i;
    const v = getElement(m, source, i);
    return it.kind === 'values' ? v : newArray(m, [i, v]);
  }
  if (isTyped(source)) {
    if (i >= lengthOf(source)) {
      m.trail.set(it, 'source', undefined);
      return DONE;
    }
    m.trail.set(it, 'position', i + 1);
    if (it.kind === 'keys') return i;
    const v = getTyped(m, source, i);
    return it.kind === 'values' ? v : newArray(m, [i, v]);
  }
  if (source instanceof JsMap) {
    m.read(source, KEYS, source.size);
    for (let k = i; k < source.entries.length; k++) {
      const e = source.entries[k];
      if (!e) continue;
      m.trail.set(it, 'position', k + 1);
      m.read(source, e.key, e.value);
      return it.kind === 'keys' ? e.key : it.kind === 'values' ? e.value : newArray(m, [e.key, e.value]);
    }
    m.trail.set(it, 'source', undefined);
    return DONE;
  }
  if (typeof source === 'string') {
    if (i >= source.length) {
      m.trail.set(it, 'source', undefined);
      return DONE;
    }
    const c = String.fromCodePoint(source.codePointAt(i) ?? 0);
    m.trail.set(it, 'position', i + c.length);
    return c;
  }
  if (isObject(source)) {
    // Array-like (arguments and the like).
    return chain(m, getProperty(m, source, 'length', source), (n, length) => {
      if (i >= Number(length)) {
        n.trail.set(it, 'source', undefined);
        return DONE;
      }
      n.trail.set(it, 'position', i + 1);
      if (it.kind === 'keys') return i;
      return chain(n, getProperty(n, source, String(i), source), (k, v) => (it.kind === 'values' ? v : newArray(k, [i, v])));
    });
  }
  return DONE;
}

/** One step of a `for … of`: a value, DONE, or PUSHED. */
export function next(m: Machine, it: Value): Value {
  if (it instanceof JsIterator) return stepNative(m, it);
  if (it instanceof JsGenerator) {
    return resumeGenerator(m, it, 'next', undefined, true, (v) => {
      throw new Raise(v);
    });
  }
  if (it instanceof IteratorRecord) {
    return chain(m, callFunction(m, it.next, it.iterator, []), (n, r) => {
      if (!isObject(r)) throwError(n, 'TypeError', `Iterator result ${n.ops.show(r)} is not an object`);
      return chain(n, getProperty(n, r, 'done', r), (k, done) => (isTruthy(done) ? DONE : getProperty(k, r, 'value', r)));
    });
  }
  throw new Unsupported('an iterator of an unknown kind');
}

/** Leaving a loop early: calls the iterator's `return`. */
export function close(m: Machine, it: Value): Value {
  if (it instanceof JsIterator) return undefined;
  if (it instanceof JsGenerator) {
    if (it.className === 'AsyncGenerator') return callFunction(m, getProperty(m, it, 'return', it), it, []);
    return resumeGenerator(m, it, 'return', undefined, true, (v) => {
      throw new Raise(v);
    });
  }
  if (it instanceof IteratorRecord) {
    return chain(m, getProperty(m, it.iterator, 'return', it.iterator), (n, f) => {
      if (f === undefined || f === null) return undefined;
      return callFunction(n, f, it.iterator, []);
    });
  }
  if (isObject(it)) {
    return chain(m, getProperty(m, it, 'return', it), (n, f) => (f === undefined || f === null ? undefined : callFunction(n, f, it, [])));
  }
  return undefined;
}

/** Values of an iterable that needs none of the program's code; null when it does. */
export function nativeItems(m: Machine, v: Value): Value[] | null {
  const s = state(m);
  if (v instanceof JsArray && v.proto) {
    const method = getProperty(m, v, s.symbols.iterator, v);
    if (method !== s.arrayValues) return null;
    if (v.shared) {
      m.read(v, STRUCTURE, undefined);
      m.read(v, LENGTH, v.items.length);
      v.items.forEach((x, i) => m.read(v, i, x));
    }
    return v.items.map((x) => (x === HOLE ? undefined : x));
  }
  if (typeof v === 'string') return [...v];
  if (isTyped(v)) {
    const method = getProperty(m, v, s.symbols.iterator, v);
    return isObject(method) && method.intrinsic ? elementsOf(m, v) : null;
  }
  if (v instanceof JsMap || v instanceof JsIterator) {
    let it: JsIterator;
    if (v instanceof JsMap) {
      const method = getProperty(m, v, s.symbols.iterator, v);
      if (!isObject(method) || !method.intrinsic) return null;
      const made = callFunction(m, method, v, []);
      if (!(made instanceof JsIterator)) return null;
      it = made;
    } else it = v;
    const out: Value[] = [];
    for (;;) {
      const r = stepNative(m, it);
      if (r === PUSHED) return null;
      if (r === DONE) return out;
      out.push(r);
    }
  }
  return null;
}

/** A function of the prelude, for what takes a loop over the program's own code. */
export function prelude(m: Machine, name: string, args: readonly Value[], thisValue?: Value): Value {
  const f = state(m).prelude.get(name);
  if (!f) throw new Unsupported(`${name} of the runtime library`);
  return callFunction(m, f, thisValue, args);
}

export function isJsObject(v: Value): v is JsObject {
  return isObject(v);
}
