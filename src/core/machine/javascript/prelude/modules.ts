/** Node's timers, util, path, assert and crypto, and small libraries that guard against races. */
export const modulesPrelude = String.raw`
function abortError(signal) { const e = new Error('The operation was aborted'); e.name = 'AbortError'; e.code = 'ABORT_ERR'; if (signal) e.cause = signal.reason; return e; }
const timersPromises = {
  setTimeout(ms, value, options) {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(abortError(signal));
    return new Promise((resolve, reject) => {
      const t = setTimeout(resolve, ms, value);
      if (signal) signal.addEventListener('abort', () => { clearTimeout(t); reject(abortError(signal)); }, { once: true });
    });
  },
  setImmediate(value) { return new Promise((resolve) => { setImmediate(resolve, value); }); },
  async *setInterval(ms, value) { for (;;) { await new Promise((r) => { setTimeout(r, ms); }); yield value; } },
  scheduler: { wait(ms) { return new Promise((resolve) => { setTimeout(resolve, ms); }); }, yield() { return new Promise((resolve) => { setImmediate(resolve); }); } },
};
const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises: timersPromises };
__rr_module('timers', timers);
__rr_module('timers/promises', timersPromises);
Object.defineProperty(setTimeout, __rr_promisify, { value: (ms, v) => timersPromises.setTimeout(ms, v) });
Object.defineProperty(setImmediate, __rr_promisify, { value: (v) => timersPromises.setImmediate(v) });
function promisify(fn) {
  if (!__rr_isOpaque(fn) && typeof fn !== 'function') { const e = new TypeError('The "original" argument must be of type function. Received ' + __rr_show(fn)); e.code = 'ERR_INVALID_ARG_TYPE'; throw e; }
  if (fn[__rr_promisify]) return fn[__rr_promisify];
  return function (...args) {
    return new Promise((resolve, reject) => {
      fn.call(this, ...args, (error, value) => { if (error) reject(error); else resolve(value); });
    });
  };
}
function callbackify(fn) {
  return function (...args) {
    const callback = args.pop();
    fn.apply(this, args).then((v) => process.nextTick(callback, null, v), (e) => process.nextTick(callback, e));
  };
}
const utilModule = {
  promisify, callbackify,
  inspect: Object.assign(function inspect(v) { return __rr_inspect(v); }, { custom: Symbol.for('nodejs.util.inspect.custom') }),
  format(...args) { return __rr_format(...args); },
  isDeepStrictEqual(a, b) { return deepEqual(a, b, true); },
  inherits(c, s) { Object.setPrototypeOf(c.prototype, s.prototype); },
  deprecate(f) { return f; },
  types: { isPromise: (v) => v instanceof Promise, isDate: (v) => v instanceof Date, isRegExp: (v) => v instanceof RegExp, isMap: (v) => v instanceof Map, isSet: (v) => v instanceof Set },
};
__rr_module('util', utilModule);
function deepEqual(a, b, strict) {
  if (Object.is(a, b) || (!strict && a == b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) && strict) return false;
  if (__rr_isArray(a) !== __rr_isArray(b)) return false;
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Map || a instanceof Set) {
    if (a.size !== b.size) return false;
    for (const [k, v] of a.entries()) {
      if (a instanceof Map ? !(b.has(k) && deepEqual(v, b.get(k), strict)) : !(b.has(k) || [...b].some((x) => deepEqual(x, k, strict)))) return false;
    }
    return true;
  }
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const k of keys) if (!Object.hasOwn(b, k) || !deepEqual(a[k], b[k], strict)) return false;
  return true;
}
class AssertionError extends Error {
  constructor(options) {
    super(options.message);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.generatedMessage = options.generatedMessage ?? false;
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
  }
}
function failAssertion(message, fallback, actual, expected, operator) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? fallback, generatedMessage: message === undefined, actual, expected, operator });
}
function assert(value, message) { if (!value) failAssertion(message, 'The expression evaluated to a falsy value', value, true, '=='); }
Object.assign(assert, {
  ok: assert,
  AssertionError,
  equal(a, b, message) { if (!(a == b || (a !== a && b !== b))) failAssertion(message, __rr_show(a) + ' == ' + __rr_show(b), a, b, '=='); },
  notEqual(a, b, message) { if (a == b) failAssertion(message, __rr_show(a) + ' != ' + __rr_show(b), a, b, '!='); },
  strictEqual(a, b, message) { if (!Object.is(a, b)) failAssertion(message, 'Expected values to be strictly equal:\n\n' + __rr_show(a) + ' !== ' + __rr_show(b) + '\n', a, b, 'strictEqual'); },
  notStrictEqual(a, b, message) { if (Object.is(a, b)) failAssertion(message, 'Expected "actual" to be strictly unequal to: ' + __rr_show(b), a, b, 'notStrictEqual'); },
  deepEqual(a, b, message) { if (!deepEqual(a, b, false)) failAssertion(message, 'Expected values to be loosely deep-equal', a, b, 'deepEqual'); },
  deepStrictEqual(a, b, message) { if (!deepEqual(a, b, true)) failAssertion(message, 'Expected values to be strictly deep-equal', a, b, 'deepStrictEqual'); },
  notDeepStrictEqual(a, b, message) { if (deepEqual(a, b, true)) failAssertion(message, 'Expected "actual" not to be strictly deep-equal to "expected"', a, b, 'notDeepStrictEqual'); },
  fail(message) { failAssertion(message, 'Failed', undefined, undefined, 'fail'); },
  match(text, pattern, message) { if (!pattern.test(text)) failAssertion(message, 'The input did not match the regular expression ' + String(pattern), text, pattern, 'match'); },
  throws(fn, expected, message) {
    let thrown = false;
    try { fn(); } catch (e) { thrown = true; checkThrown(e, expected); }
    if (!thrown) failAssertion(message ?? (typeof expected === 'string' ? expected : undefined), 'Missing expected exception.', undefined, expected, 'throws');
  },
  async rejects(p, expected, message) {
    let rejected = false;
    try { await (typeof p === 'function' ? p() : p); } catch (e) { rejected = true; checkThrown(e, expected); }
    if (!rejected) failAssertion(message, 'Missing expected rejection.', undefined, expected, 'rejects');
  },
  doesNotThrow(fn) { fn(); },
  async doesNotReject(p) { await (typeof p === 'function' ? p() : p); },
});
function checkThrown(e, expected) {
  if (expected === undefined || typeof expected === 'string') return;
  if (expected instanceof RegExp) { if (!expected.test(String(e))) throw e; return; }
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && e instanceof expected) return;
    if (expected.prototype !== undefined && (expected === Error || Error.prototype.isPrototypeOf(expected.prototype))) throw e;
    if (expected(e) === true) return;
    throw e;
  }
  for (const k of Object.keys(expected)) if (!(expected[k] instanceof RegExp ? expected[k].test(e[k]) : deepEqual(e[k], expected[k], true))) throw e;
}
assert.strict = assert;
__rr_module('assert', assert);
__rr_module('assert/strict', assert);
const pathModule = {
  sep: '/', delimiter: ':',
  normalize(p) {
    const absolute = p.startsWith('/');
    const out = [];
    for (const part of p.split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') { if (out.length > 0 && out[out.length - 1] !== '..') out.pop(); else if (!absolute) out.push('..'); }
      else out.push(part);
    }
    const body = out.join('/') + (p.endsWith('/') && out.length > 0 ? '/' : '');
    return absolute ? '/' + body : body === '' ? '.' : body;
  },
  join(...parts) { const p = parts.filter((x) => x !== '').join('/'); return p === '' ? '.' : pathModule.normalize(p); },
  resolve(...parts) { let out = ''; for (const p of parts) out = p.startsWith('/') ? p : out + '/' + p; const n = pathModule.normalize(out.startsWith('/') ? out : '/' + out); return n.length > 1 && n.endsWith('/') ? n.slice(0, -1) : n; },
  dirname(p) { const t = p.length > 1 && p.endsWith('/') ? p.slice(0, -1) : p; const i = t.lastIndexOf('/'); return i < 0 ? '.' : i === 0 ? '/' : t.slice(0, i); },
  basename(p, ext) { const t = p.endsWith('/') ? p.slice(0, -1) : p; const b = t.slice(t.lastIndexOf('/') + 1); return ext && b.endsWith(ext) && b !== ext ? b.slice(0, -ext.length) : b; },
  extname(p) { const b = pathModule.basename(p); const i = b.lastIndexOf('.'); return i <= 0 ? '' : b.slice(i); },
  isAbsolute(p) { return p.startsWith('/'); },
  relative(from, to) {
    const a = pathModule.resolve(from).split('/').filter(Boolean), b = pathModule.resolve(to).split('/').filter(Boolean);
    let i = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    return [...a.slice(i).map(() => '..'), ...b.slice(i)].join('/');
  },
  parse(p) { const base = pathModule.basename(p), ext = pathModule.extname(p); const dir = p.includes('/') ? pathModule.dirname(p) : ''; return { root: p.startsWith('/') ? '/' : '', dir, base, ext, name: ext ? base.slice(0, -ext.length) : base }; },
  format(o) { return (o.dir ? o.dir + '/' : '') + (o.base ?? (o.name ?? '') + (o.ext ?? '')); },
};
pathModule.posix = pathModule;
__rr_module('path', pathModule);
__rr_module('path/posix', pathModule);
__rr_module('perf_hooks', { performance });
__rr_module('process', process);
class AsyncLocalStorage {
  static bind(fn) { const run = AsyncLocalStorage.snapshot(); return (...args) => run(fn, ...args); }
  static snapshot() { const kept = __rr_storedAll(); return (fn, ...args) => within(kept, () => fn(...args)); }
  run(store, fn, ...args) { const before = __rr_storedAll(); __rr_store(this, store); try { return fn(...args); } finally { __rr_storeAll(before); } }
  exit(fn, ...args) { return this.run(undefined, fn, ...args); }
  enterWith(store) { __rr_store(this, store); }
  getStore() { return __rr_stored(this); }
  disable() { __rr_store(this, undefined); }
}
function within(kept, fn) { const before = __rr_storedAll(); __rr_storeAll(kept); try { return fn(); } finally { __rr_storeAll(before); } }
class AsyncResource {
  #kept = __rr_storedAll();
  static bind(fn, type, thisArg) { return new AsyncResource(type).bind(fn, thisArg); }
  constructor(type) { this.type = type; }
  runInAsyncScope(fn, thisArg, ...args) { return within(this.#kept, () => fn.apply(thisArg, args)); }
  bind(fn, thisArg) { const resource = this; return function (...args) { return resource.runInAsyncScope(fn, thisArg ?? this, ...args); }; }
  emitDestroy() { return this; }
}
__rr_module('async_hooks', { AsyncLocalStorage, AsyncResource });
class Semaphore {
  constructor(value, cancelError = new Error('request for lock canceled')) { this._value = value; this._cancelError = cancelError; this._queue = []; this._waiters = []; }
  acquire(weight = 1, priority = 0) {
    if (weight <= 0) throw new Error('invalid weight ' + weight + ': must be positive');
    return new Promise((resolve, reject) => {
      const task = { resolve, reject, weight, priority };
      if (this._queue.length === 0 && weight <= this._value) this._dispatch(task);
      else { let i = this._queue.length; while (i > 0 && this._queue[i - 1].priority < priority) i--; this._queue.splice(i, 0, task); }
    });
  }
  async runExclusive(callback, weight = 1, priority = 0) {
    const [value, release] = await this.acquire(weight, priority);
    try { return await callback(value); } finally { release(); }
  }
  waitForUnlock(weight = 1) {
    if (this._queue.length === 0 && weight <= this._value) return Promise.resolve();
    return new Promise((resolve) => { this._waiters.push({ resolve, weight }); });
  }
  isLocked() { return this._value <= 0; }
  getValue() { return this._value; }
  setValue(value) { this._value = value; this._drain(); }
  release(weight = 1) { if (weight <= 0) throw new Error('invalid weight ' + weight + ': must be positive'); this._value += weight; this._drain(); }
  cancel() { this._queue.forEach((task) => task.reject(this._cancelError)); this._queue = []; }
  _drain() {
    while (this._queue.length > 0 && this._queue[0].weight <= this._value) this._dispatch(this._queue.shift());
    if (this._queue.length === 0) { const ready = this._waiters.filter((w) => w.weight <= this._value); this._waiters = this._waiters.filter((w) => w.weight > this._value); ready.forEach((w) => w.resolve()); }
  }
  _dispatch(task) {
    const before = this._value;
    this._value -= task.weight;
    let called = false;
    task.resolve([before, () => { if (called) return; called = true; this.release(task.weight); }]);
  }
}
class Mutex {
  constructor(cancelError) { this._semaphore = new Semaphore(1, cancelError); }
  async acquire(priority = 0) { const [, releaser] = await this._semaphore.acquire(1, priority); return releaser; }
  runExclusive(callback, priority = 0) { return this._semaphore.runExclusive(() => callback(), 1, priority); }
  isLocked() { return this._semaphore.isLocked(); }
  waitForUnlock() { return this._semaphore.waitForUnlock(1); }
  release() { if (this._semaphore.isLocked()) this._semaphore.release(); }
  cancel() { return this._semaphore.cancel(); }
}
const E_CANCELED = new Error('request for lock canceled'), E_TIMEOUT = new Error('timeout while waiting for mutex to become available'), E_ALREADY_LOCKED = new Error('mutex already locked');
function tryAcquire(lock, error = E_ALREADY_LOCKED) { return withTimeout(lock, 0, error); }
function withTimeout(lock, ms, error = E_TIMEOUT) {
  return {
    acquire(...args) {
      return new Promise((resolve, reject) => {
        let timedOut = false;
        const t = setTimeout(() => { timedOut = true; reject(error); }, ms);
        lock.acquire(...args).then((ticket) => {
          if (timedOut) { const release = __rr_isArray(ticket) ? ticket[1] : ticket; release(); }
          else { clearTimeout(t); resolve(ticket); }
        }, (e) => { clearTimeout(t); reject(e); });
      });
    },
    async runExclusive(callback, ...args) {
      const ticket = await this.acquire(...args);
      const release = __rr_isArray(ticket) ? ticket[1] : ticket;
      try { return await callback(__rr_isArray(ticket) ? ticket[0] : undefined); } finally { release(); }
    },
    release: (w) => lock.release(w), cancel: () => lock.cancel(), isLocked: () => lock.isLocked(), waitForUnlock: () => lock.waitForUnlock(),
  };
}
__rr_module('async-mutex', { Mutex, Semaphore, withTimeout, tryAcquire, E_CANCELED, E_TIMEOUT, E_ALREADY_LOCKED });
function pLimit(concurrency) {
  const queue = [];
  let active = 0;
  const resume = () => { if (active < concurrency && queue.length > 0) { active++; queue.shift()(); } };
  const run = async (fn, resolve, args) => {
    const result = (async () => fn(...args))();
    resolve(result);
    try { await result; } catch {}
    active--;
    resume();
  };
  const limit = (fn, ...args) => new Promise((resolve) => {
    new Promise((start) => { queue.push(start); }).then(() => run(fn, resolve, args));
    if (active < concurrency) resume();
  });
  Object.defineProperties(limit, { activeCount: { get: () => active }, pendingCount: { get: () => queue.length }, clearQueue: { value: () => { queue.length = 0; } } });
  return limit;
}
__rr_module('p-limit', { default: pLimit, pLimit });
class PQueue {
  #limit; #pending = 0; #idle = [];
  constructor(options = {}) { this.#limit = pLimit(options.concurrency ?? Infinity); }
  add(fn) { this.#pending++; const p = this.#limit(fn); const done = () => { if (--this.#pending === 0) { for (const r of this.#idle) r(); this.#idle = []; } }; p.then(done, done); return p; }
  addAll(fns) { return Promise.all(fns.map((f) => this.add(f))); }
  onIdle() { return this.#pending === 0 ? Promise.resolve() : new Promise((r) => { this.#idle.push(r); }); }
  get size() { return this.#limit.pendingCount; }
  get pending() { return this.#limit.activeCount; }
}
__rr_module('p-queue', { default: PQueue });
class AsyncLock {
  #queues = new Map();
  acquire(key, fn, cb) {
    const k = __rr_isArray(key) ? key.join('\u0000') : key;
    const before = this.#queues.get(k) ?? Promise.resolve();
    const run = before.then(() => (fn.length > 0 ? new Promise((res, rej) => { fn((e, v) => (e ? rej(e) : res(v))); }) : fn()));
    const settled = run.then(() => {}, () => {});
    this.#queues.set(k, settled);
    settled.then(() => { if (this.#queues.get(k) === settled) this.#queues.delete(k); });
    if (typeof cb === 'function') { run.then((v) => cb(null, v), (e) => cb(e)); return undefined; }
    return run;
  }
  isBusy(key) { return key === undefined ? this.#queues.size > 0 : this.#queues.has(key); }
}
__rr_module('async-lock', { default: AsyncLock });
`;
