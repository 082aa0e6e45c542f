/**
 * Vue's reactivity as far as it decides what runs when: refs, reactive objects, computed values, and watchers that run
 * in a microtask after what they looked at has changed, the clean-up of the last run first. What is inside of a ref or of
 * a part of a reactive object is not made reactive in turn. Pinia's stores are built on it.
 */
export const vuePrelude = String.raw`
/** Whose run is under way, so that what it looks at is known. */
let watcher = null;
class Dependents {
  #all = [];
  looked() { if (watcher !== null && !this.#all.includes(watcher)) this.#all.push(watcher); }
  changed() { for (const w of this.#all.slice()) w.later(); }
}
class Ref {
  #dependents = new Dependents();
  constructor(value) {
    const state = __rr_state(value);
    __rr_nameState(state);
    Object.defineProperty(this, '@state', { value: state });
  }
  get value() { this.#dependents.looked(); return this['@state'].value; }
  set value(next) {
    const state = this['@state'];
    const isOther = !Object.is(state.value, next);
    __rr_assign(state, next);
    if (isOther) this.#dependents.changed();
  }
}
class Part {
  #read; #write;
  constructor(read, write) { this.#read = read; this.#write = write; }
  get value() { return this.#read(); }
  set value(next) { if (this.#write !== undefined) this.#write(next); }
}
const isRef = (v) => v instanceof Ref || v instanceof Part;
const ref = (value) => (isRef(value) ? value : new Ref(value));
const unref = (v) => (isRef(v) ? v.value : v);
const toValue = (v) => (typeof v === 'function' && !__rr_isOpaque(v) ? v() : unref(v));
const computed = (given) => (typeof given === 'function' ? new Part(given) : new Part(() => given.get(), (v) => given.set(v)));
const toRef = (source, key, otherwise) => {
  if (key !== undefined) return new Part(() => source[key] ?? otherwise, (v) => { source[key] = v; });
  return isRef(source) ? source : typeof source === 'function' ? new Part(source) : ref(source);
};
const toRefs = (source) => Object.fromEntries(Object.keys(source).map((key) => [key, toRef(source, key)]));
const proxies = new WeakMap();
const reactives = new WeakSet();
function reactive(target) {
  if (__rr_isOpaque(target) || !__rr_isObject(target) || reactives.has(target)) return target;
  if (!__rr_isArray(target) && Object.getPrototypeOf(target) !== Object.prototype && Object.getPrototypeOf(target) !== null) return target;
  const known = proxies.get(target);
  if (known !== undefined) return known;
  const parts = new Map();
  const partOf = (key) => {
    let part = parts.get(key);
    if (part === undefined) parts.set(key, (part = new Dependents()));
    return part;
  };
  const made = new Proxy(target, {
    get(o, key) {
      if (watcher !== null) partOf(key).looked();
      return __rr_isArray(o) ? o[key] : unref(o[key]);
    },
    set(o, key, next) {
      const before = o[key];
      if (isRef(before) && !isRef(next)) { before.value = next; return true; }
      o[key] = next;
      if (!Object.is(before, next)) partOf(key).changed();
      return true;
    },
    deleteProperty(o, key) { delete o[key]; partOf(key).changed(); return true; },
  });
  proxies.set(target, made);
  reactives.add(made);
  return made;
}
class Watcher {
  #run; #atOnce; #waiting = false; #stopped = false; #cleanups = [];
  constructor(run, atOnce) { this.#run = run; this.#atOnce = atOnce; }
  later() {
    if (this.#stopped || this.#waiting) return;
    if (this.#atOnce) return void this.run();
    this.#waiting = true;
    queueMicrotask(() => { this.#waiting = false; if (!this.#stopped) this.run(); });
  }
  run() { this.#run(this); }
  /** Runs a function and notes what it looks at. */
  looking(fn, ...args) {
    const outer = watcher;
    watcher = this;
    try { return fn(...args); } finally { watcher = outer; }
  }
  onCleanup(fn) { this.#cleanups.push(fn); }
  cleanUp() { for (const fn of this.#cleanups.splice(0)) fn(); }
  stop() { this.#stopped = true; this.cleanUp(); }
}
/** The watcher whose callback is under way. */
let called = null;
const onWatcherCleanup = (fn) => { if (called !== null) called.onCleanup(fn); };
function calling(w, fn, ...args) {
  const outer = called;
  called = w;
  try {
    const given = fn(...args);
    // Errors of watchers are handled by the application.
    if (given instanceof Promise) given.catch(() => {});
  } finally { called = outer; }
}
const handleOf = (w) => Object.assign(() => w.stop(), { stop: () => w.stop() });
function lookerAt(source) {
  if (__rr_isArray(source)) return () => source.map((s) => lookerAt(s)());
  if (typeof source === 'function' && !__rr_isOpaque(source)) return source;
  if (reactives.has(source)) return () => { for (const key of Object.keys(source)) source[key]; return source; };
  return () => unref(source);
}
function differs(source, before, now) {
  if (__rr_isArray(source)) return before === undefined || now.some((v, i) => !Object.is(v, before[i]));
  return reactives.has(source) || !Object.is(before, now);
}
function watch(source, callback, options = {}) {
  const look = lookerAt(source);
  let before;
  const change = (w, now, isFirst) => {
    if (!isFirst && options.deep !== true && !differs(source, before, now)) return;
    const was = isFirst && __rr_isArray(source) ? [] : before;
    before = now;
    w.cleanUp();
    if (options.once === true) w.stop();
    calling(w, callback, now, was, (fn) => w.onCleanup(fn));
  };
  const w = new Watcher((own) => change(own, own.looking(look), false), options.flush === 'sync');
  if (options.immediate === true) change(w, w.looking(look), true);
  else before = w.looking(look);
  return handleOf(w);
}
function watchEffect(effect, options = {}) {
  const w = new Watcher((own) => {
    own.cleanUp();
    calling(own, () => own.looking(effect, (fn) => own.onCleanup(fn)));
  }, options.flush === 'sync');
  w.run();
  return handleOf(w);
}
const itself = (v) => v;
const soon = (fn) => { queueMicrotask(() => { fn(); }); };
const unseen = () => {};
const vue = {
  ref, shallowRef: ref, isRef, unref, toValue, toRef, toRefs, computed,
  reactive, shallowReactive: reactive, readonly: itself, shallowReadonly: itself, toRaw: itself, markRaw: itself,
  isReactive: (v) => reactives.has(v), isProxy: (v) => reactives.has(v), isReadonly: () => false,
  watch, watchEffect, watchPostEffect: watchEffect, watchSyncEffect: (f) => watchEffect(f, { flush: 'sync' }), onWatcherCleanup,
  nextTick: (fn) => Promise.resolve().then(fn),
  onBeforeMount: soon, onMounted: soon, onActivated: soon,
  onUpdated: unseen, onBeforeUpdate: unseen, onBeforeUnmount: unseen, onUnmounted: unseen, onDeactivated: unseen, onScopeDispose: unseen,
  defineComponent: itself,
};
for (const name of ['vue', '@vue/reactivity', '@vue/runtime-core', '@vue/composition-api', 'vue-demi']) __rr_module(name, vue);
/** The store is made when it is first asked for; there is one of each. */
function defineStore(id, given) {
  const options = typeof id === 'string' ? given : id;
  const kept = __rr_kept('store');
  let store = null;
  const use = () => {
    if (store !== null) return store;
    const parts = typeof options === 'function' ? options() : options.state === undefined ? {} : options.state();
    if (typeof options !== 'function') kept.state = parts;
    else for (const key of Object.keys(parts)) if (typeof parts[key] !== 'function') kept[key] = parts[key]?.['@state'] ?? parts[key];
    store = piniaStore(parts, typeof options === 'function' ? {} : options);
    return store;
  };
  Object.defineProperty(use, '@state', { value: kept });
  return use;
}
function piniaStore(own, { getters = {}, actions = {} }) {
  const store = reactive(own);
  for (const name of Object.keys(getters)) own[name] = computed(() => getters[name].call(store, store));
  for (const name of Object.keys(actions)) own[name] = function (...args) { return actions[name].apply(store, args); };
  own.$patch = (change) => { if (typeof change === 'function') change(store); else Object.assign(store, change); };
  return store;
}
const storeToRefs = (store) => Object.fromEntries(Object.keys(store).filter((key) => typeof store[key] !== 'function').map((key) => [key, toRef(store, key)]));
__rr_module('pinia', { defineStore, storeToRefs, createPinia: () => ({}), setActivePinia: itself });
`;
