/** node:events, EventTarget and AbortController. */
export const eventsPrelude = String.raw`
function aborted(signal) {
  const e = new Error('The operation was aborted', { cause: signal.reason });
  e.name = 'AbortError';
  e.code = 'ABORT_ERR';
  return e;
}
class EventEmitter {
  constructor() { if (this._events === undefined) Object.defineProperty(this, '_events', { value: new Map(), writable: true, configurable: true, enumerable: false }); }
  static get defaultMaxListeners() { return 10; }
  static once(emitter, name, options) {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(aborted(signal));
    return new Promise((resolve, reject) => {
      if (typeof emitter.addEventListener === 'function' && typeof emitter.once !== 'function') {
        emitter.addEventListener(name, (...args) => resolve(args), { once: true });
        return;
      }
      const done = () => {
        emitter.removeListener(name, onEvent);
        emitter.removeListener('error', onError);
        signal?.removeEventListener('abort', onAbort);
      };
      const onError = (e) => { done(); reject(e); };
      const onEvent = (...args) => { done(); resolve(args); };
      const onAbort = () => { done(); reject(aborted(signal)); };
      emitter.once(name, onEvent);
      if (name !== 'error') emitter.once('error', onError);
      signal?.addEventListener('abort', onAbort);
    });
  }
  static on(emitter, name, options) {
    const signal = options?.signal;
    if (signal?.aborted) throw aborted(signal);
    const events = [];
    const waiting = [];
    let failure = null;
    let finished = false;
    const onEvent = (...args) => { if (waiting.length > 0) waiting.shift().resolve({ value: args, done: false }); else events.push(args); };
    const onError = (e) => { if (waiting.length > 0) waiting.shift().reject(e); else failure = e; iterator.return(); };
    const onAbort = () => onError(aborted(signal));
    const iterator = {
      next() {
        if (events.length > 0) return Promise.resolve({ value: events.shift(), done: false });
        if (failure !== null) { const e = failure; failure = null; return Promise.reject(e); }
        if (finished) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
      return() {
        finished = true;
        emitter.removeListener(name, onEvent);
        if (name !== 'error') emitter.removeListener('error', onError);
        signal?.removeEventListener('abort', onAbort);
        for (const w of waiting.splice(0)) w.resolve({ value: undefined, done: true });
        return Promise.resolve({ value: undefined, done: true });
      },
      throw(e) { onError(e); },
      [Symbol.asyncIterator]() { return this; },
    };
    emitter.on(name, onEvent);
    if (name !== 'error') emitter.on('error', onError);
    signal?.addEventListener('abort', onAbort);
    return iterator;
  }
  static listenerCount(emitter, name) { return emitter.listenerCount(name); }
  _list(name) {
    if (this._events === undefined) Object.defineProperty(this, '_events', { value: new Map(), writable: true, configurable: true, enumerable: false });
    return this._events.get(name);
  }
  _add(name, fn, front) {
    if (typeof fn !== 'function') { const e = new TypeError('The "listener" argument must be of type function. Received ' + (fn === null || fn === undefined ? String(fn) : 'type ' + typeof fn + ' (' + __rr_show(fn) + ')')); e.code = 'ERR_INVALID_ARG_TYPE'; throw e; }
    if (this._list('newListener')) this.emit('newListener', name, fn.listener ?? fn);
    const list = this._list(name);
    // Listeners in place while an event is emitted stay: every change makes a new list.
    this._events.set(name, list === undefined ? [fn] : front ? [fn, ...list] : [...list, fn]);
    return this;
  }
  on(name, fn) { return this._add(name, fn, false); }
  addListener(name, fn) { return this._add(name, fn, false); }
  prependListener(name, fn) { return this._add(name, fn, true); }
  _wrap(name, fn) {
    if (typeof fn !== 'function') return fn;
    const self = this;
    let fired = false;
    const wrapper = function (...args) {
      if (fired) return undefined;
      fired = true;
      self.removeListener(name, wrapper);
      return fn.apply(self, args);
    };
    wrapper.listener = fn;
    return wrapper;
  }
  once(name, fn) { return this._add(name, this._wrap(name, fn), false); }
  prependOnceListener(name, fn) { return this._add(name, this._wrap(name, fn), true); }
  removeListener(name, fn) {
    const list = this._list(name);
    if (list === undefined) return this;
    for (let i = list.length - 1; i >= 0; i--) {
      if (list[i] === fn || list[i].listener === fn) {
        const rest = [...list.slice(0, i), ...list.slice(i + 1)];
        if (rest.length === 0) this._events.delete(name);
        else this._events.set(name, rest);
        if (this._list('removeListener')) this.emit('removeListener', name, fn);
        break;
      }
    }
    return this;
  }
  off(name, fn) { return this.removeListener(name, fn); }
  removeAllListeners(name) {
    this._list(name);
    if (name === undefined) this._events.clear();
    else this._events.delete(name);
    return this;
  }
  emit(name, ...args) {
    const list = this._list(name);
    if (list === undefined) {
      // Under a driver of ours whoever made the emitter listens.
      if (!__rr_isDriven() && name === 'error') {
        if (args[0] instanceof Error) throw args[0];
        const e = new Error('Unhandled error. (' + __rr_show(args[0]) + ')');
        e.code = 'ERR_UNHANDLED_ERROR';
        e.context = args[0];
        throw e;
      }
      return false;
    }
    for (const fn of list) fn.apply(this, args);
    return true;
  }
  listeners(name) { return (this._list(name) ?? []).map((f) => f.listener ?? f); }
  rawListeners(name) { return [...(this._list(name) ?? [])]; }
  listenerCount(name) { return (this._list(name) ?? []).length; }
  eventNames() { this._list(''); return [...this._events.keys()]; }
  setMaxListeners() { return this; }
  getMaxListeners() { return 10; }
}
class Event {
  #type; #options; target = null; currentTarget = null; defaultPrevented = false; _stopped = false;
  constructor(type, options = {}) { this.#type = String(type); this.#options = options; }
  get type() { return this.#type; }
  get cancelable() { return Boolean(this.#options.cancelable); }
  get bubbles() { return Boolean(this.#options.bubbles); }
  preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
  stopImmediatePropagation() { this._stopped = true; }
  stopPropagation() {}
}
class CustomEvent extends Event {
  #detail;
  constructor(type, options = {}) { super(type, options); this.#detail = options.detail ?? null; }
  get detail() { return this.#detail; }
}
class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return;
    const once = typeof options === 'object' && options !== null ? Boolean(options.once) : false;
    const list = this.#listeners.get(type) ?? [];
    if (list.some((l) => l.listener === listener)) return;
    this.#listeners.set(type, [...list, { listener, once }]);
    const signal = typeof options === 'object' && options !== null ? options.signal : undefined;
    if (signal) signal.addEventListener('abort', () => this.removeEventListener(type, listener));
  }
  removeEventListener(type, listener) {
    const list = this.#listeners.get(type);
    if (list) this.#listeners.set(type, list.filter((l) => l.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = this;
    event.currentTarget = this;
    for (const l of this.#listeners.get(event.type) ?? []) {
      if (l.once) this.removeEventListener(event.type, l.listener);
      if (!l.once && !(this.#listeners.get(event.type) ?? []).includes(l)) continue;
      try {
        if (typeof l.listener === 'function') l.listener.call(this, event);
        else l.listener.handleEvent(event);
      } catch (e) { process.nextTick(() => { throw e; }); }
      if (event._stopped) break;
    }
    return !event.defaultPrevented;
  }
}
class DOMException extends Error {
  #name; #code;
  constructor(message = '', name = 'Error') { super(message); this.#name = name; this.#code = name === 'AbortError' ? 20 : name === 'TimeoutError' ? 23 : 0; }
  get name() { return this.#name; }
  get code() { return this.#code; }
}
class AbortSignal extends EventTarget {
  aborted = false; reason = undefined; #onabort = null;
  // A handler runs in the place where one was first set, between the listeners.
  #call = (event) => { if (typeof this.#onabort === 'function') this.#onabort(event); };
  get onabort() { return this.#onabort; }
  set onabort(handler) {
    this.#onabort = handler;
    this.addEventListener('abort', this.#call);
  }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abort(reason) { const c = new AbortController(); c.abort(reason); return c.signal; }
  static timeout(ms) { const c = new AbortController(); setTimeout(() => c.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms); return c.signal; }
  static any(signals) {
    const c = new AbortController();
    for (const s of signals) { if (s.aborted) { c.abort(s.reason); break; } s.addEventListener('abort', () => c.abort(s.reason)); }
    return c.signal;
  }
}
class AbortController {
  signal = new AbortSignal();
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    const s = this.signal;
    if (s.aborted) return;
    s.aborted = true;
    s.reason = reason;
    const event = new Event('abort');
    s.dispatchEvent(event);
    __rr_aborted(s, reason);
  }
}
__rr_global('Event', Event);
__rr_global('CustomEvent', CustomEvent);
__rr_global('EventTarget', EventTarget);
__rr_global('DOMException', DOMException);
__rr_global('AbortController', AbortController);
__rr_global('AbortSignal', AbortSignal);
__rr_callable(EventEmitter);
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.default = EventEmitter;
__rr_module('events', EventEmitter);
`;
