/** Helpers the host calls where a loop over the program's own code is needed. */
export const corePrelude = String.raw`
function noop() {}
function runExecutor(executor, resolve, reject) {
  try { executor(resolve, reject); } catch (e) { reject(e); }
}
function collect(iterable) {
  const out = [];
  for (const x of iterable) out.push(x);
  return out;
}
function take(iterable, count) {
  const out = [];
  if (count < 0) { for (const x of iterable) out.push(x); return out; }
  const it = iterable[Symbol.iterator]();
  if (count === 0) { if (it.return !== undefined && it.return !== null) it.return(); return out; }
  let done = false;
  while (out.length < count) {
    if (!done) {
      const r = it.next();
      if (!__rr_isObject(r)) __rr_typeError('Iterator result ' + __rr_show(r) + ' is not an object');
      if (r.done) { done = true; out.push(undefined); } else out.push(r.value);
    } else out.push(undefined);
  }
  if (!done && it.return !== undefined && it.return !== null) it.return();
  return out;
}
function fromArrayLike(v) {
  const out = [];
  const n = v.length;
  for (let i = 0; i < n; i++) out.push(v[i]);
  return out;
}
function fillCollection(target, source, adder, isMap) {
  for (const e of source) {
    if (!isMap) { adder.call(target, e); continue; }
    if (!__rr_isObject(e) && !__rr_isOpaque(e)) __rr_typeError('Iterator value ' + __rr_show(e) + ' is not an entry object');
    adder.call(target, e[0], e[1]);
  }
}
function delegate(it, received, mode) {
  if (mode === 'next') return it.next(received);
  if (mode === 'throw') {
    if (it.throw !== undefined && it.throw !== null) return it.throw(received);
    if (it.return !== undefined && it.return !== null) it.return();
    throw new TypeError('The iterator does not provide a \'throw\' method');
  }
  if (it.return === undefined || it.return === null) return { value: received, done: true };
  return it.return(received);
}
class AsyncFromSyncIterator {
  constructor(it) { this.it = it; }
  next(v) {
    try {
      const r = this.it.next(v);
      const done = r.done;
      return Promise.resolve(r.value).then((value) => ({ value, done }));
    } catch (e) { return Promise.reject(e); }
  }
  return(v) {
    try {
      if (this.it.return === undefined || this.it.return === null) return Promise.resolve({ value: v, done: true });
      const r = this.it.return(v);
      return Promise.resolve(r.value).then((value) => ({ value, done: r.done }));
    } catch (e) { return Promise.reject(e); }
  }
}
async function* asyncUnknown(items) { for (const item of items) yield await item; }
function asyncFromSync(iterable) { return new AsyncFromSyncIterator(iterable[Symbol.iterator]()); }
function replaceWith(text, pattern, replacer, all) {
  let out = '';
  let at = 0;
  for (const m of __rr_matches(text, pattern, all)) {
    const position = m[0];
    out += text.slice(at, position) + String(replacer(...m[2]));
    at = position + m[1].length;
  }
  return out + text.slice(at);
}
function thenOpaque(o, onFulfilled, onRejected) { return __rr_external(__rr_show(o), o, onRejected).then(onFulfilled, onRejected); }
function catchOpaque(o, onRejected) { return __rr_external(__rr_show(o), o, onRejected).catch(onRejected); }
function finallyOpaque(o, onFinally) { return __rr_external(__rr_show(o), o).finally(onFinally); }
function jsonQuote(s) { return JSON.stringify(s); }
function jsonStringify(value, replacer, gap) {
  const stack = [];
  const write = (holder, key, indent) => {
    let v = holder[key];
    if (v !== null && (typeof v === 'object' || typeof v === 'bigint') && !__rr_isOpaque(v)) {
      const toJSON = v.toJSON;
      if (typeof toJSON === 'function') v = toJSON.call(v, key);
    }
    if (replacer) v = replacer.call(holder, key, v);
    if (__rr_isOpaque(v)) {
      const items = __rr_unknownItems(v).map(([k, x]) => jsonQuote(k) + ':' + (write({ '': x }, '', indent) ?? 'null'));
      const text = __rr_unknownText(v);
      return items.length === 0 ? text : '{**' + text + ',' + items.join(',') + '}';
    }
    if (v instanceof Number) v = Number(v);
    else if (v instanceof String) v = String(v);
    else if (v instanceof Boolean || v instanceof BigInt) v = v.valueOf();
    if (v === null) return 'null';
    switch (typeof v) {
      case 'boolean': return v ? 'true' : 'false';
      case 'string': return jsonQuote(v);
      case 'number': return isFinite(v) ? String(v) : 'null';
      case 'bigint': throw new TypeError('Do not know how to serialize a BigInt');
      case 'object': break;
      default: return undefined;
    }
    if (stack.includes(v)) throw new TypeError('Converting circular structure to JSON\n    --> starting at object with constructor \'' + (v.constructor ? v.constructor.name : 'Object') + '\'\n    --- property \'' + key + '\' closes the circle');
    stack.push(v);
    const inner = indent + gap;
    const parts = [];
    let text;
    if (__rr_isArray(v)) {
      for (let i = 0; i < v.length; i++) parts.push(write(v, String(i), inner) ?? 'null');
      text = parts.length === 0 ? '[]' : gap === '' ? '[' + parts.join(',') + ']' : '[\n' + inner + parts.join(',\n' + inner) + '\n' + indent + ']';
    } else {
      for (const k of Object.keys(v)) {
        const t = write(v, k, inner);
        if (t !== undefined) parts.push(jsonQuote(k) + (gap === '' ? ':' : ': ') + t);
      }
      text = parts.length === 0 ? '{}' : gap === '' ? '{' + parts.join(',') + '}' : '{\n' + inner + parts.join(',\n' + inner) + '\n' + indent + '}';
    }
    stack.pop();
    return text;
  };
  const list = __rr_isArray(replacer) ? replacer : null;
  if (list) replacer = undefined;
  return write({ '': value }, '', '');
}
function jsonRevive(value, reviver) {
  const walk = (holder, key) => {
    const v = holder[key];
    if (v !== null && typeof v === 'object') {
      const keys = __rr_isArray(v) ? v.map((_, i) => String(i)) : Object.keys(v);
      for (const k of keys) {
        const r = walk(v, k);
        if (r === undefined) delete v[k];
        else v[k] = r;
      }
    }
    return reviver.call(holder, key, v);
  };
  return walk({ '': value }, '');
}
__rr_define(Map.prototype, {
  forEach(callback, thisArg) {
    if (!__rr_isCallable(callback)) __rr_typeError(__rr_show(callback) + ' is not a function');
    for (const e of this.entries()) callback.call(thisArg, e[1], e[0], this);
  },
});
__rr_define(Set.prototype, {
  forEach(callback, thisArg) {
    if (!__rr_isCallable(callback)) __rr_typeError(__rr_show(callback) + ' is not a function');
    for (const v of this.values()) callback.call(thisArg, v, v, this);
  },
});
__rr_define(Map, {
  groupBy(items, callback) {
    const out = new Map();
    let i = 0;
    for (const x of items) {
      const k = callback(x, i++);
      if (out.has(k)) out.get(k).push(x);
      else out.set(k, [x]);
    }
    return out;
  },
});
__rr_define(Object, {
  groupBy(items, callback) {
    const out = Object.create(null);
    let i = 0;
    for (const x of items) {
      const k = callback(x, i++);
      if (k in out) out[k].push(x);
      else out[k] = [x];
    }
    return out;
  },
});
`;
