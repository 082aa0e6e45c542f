/**
 * Zustand's stores: state that `set` merges a part into, given as it is when asked for. The parts are kept apart, so that
 * what is about one of them is told from what is about another; who renders with a part is not rendered again.
 */
export const zustandPrelude = String.raw`
function storeOf(create) {
  const kept = __rr_kept('store');
  const listeners = new Set();
  const getState = () => Object.assign({}, kept);
  const setState = (partial, replace) => {
    const before = getState();
    const next = !__rr_isOpaque(partial) && typeof partial === 'function' ? partial(before) : partial;
    if (Object.is(next, before)) return;
    if (replace === true) for (const key of Object.keys(kept)) if (!(key in next)) delete kept[key];
    Object.assign(kept, next);
    if (listeners.size > 0) { const now = getState(); listeners.forEach((listener) => listener(now, before)); }
  };
  const api = {
    setState, getState,
    getInitialState: () => initial,
    subscribe(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
  };
  const initial = create(setState, getState, api);
  Object.assign(kept, initial);
  return [api, kept];
}
const look = (api, selector) => (selector === undefined ? api.getState() : selector(api.getState()));
function bound(create) {
  const [api, kept] = storeOf(create);
  const use = Object.assign((selector) => look(api, selector), api);
  Object.defineProperty(use, '@state', { value: kept });
  return use;
}
function plain(create) {
  const [api, kept] = storeOf(create);
  Object.defineProperty(api, '@state', { value: kept });
  return api;
}
const create = (given) => (given === undefined ? bound : bound(given));
const createStore = (given) => (given === undefined ? plain : plain(given));
const unwrapped = (given) => given;
const zustand = { create, createStore, useStore: look, default: create };
__rr_module('zustand', zustand);
__rr_module('zustand/vanilla', { createStore, default: createStore });
__rr_module('zustand/react', { create, useStore: look });
__rr_module('zustand/traditional', { createWithEqualityFn: create, useStoreWithEqualityFn: look });
__rr_module('zustand/shallow', { useShallow: unwrapped });
__rr_module('zustand/react/shallow', { useShallow: unwrapped });
__rr_module('zustand/middleware', {
  devtools: unwrapped, persist: unwrapped, subscribeWithSelector: unwrapped,
  combine: (initial, make) => (...given) => Object.assign({}, initial, make(...given)),
  redux: (reducer, initial) => (set, get, api) => {
    api.dispatch = (action) => { set((state) => reducer(state, action)); return action; };
    return { dispatch: (action) => api.dispatch(action), ...initial };
  },
});
__rr_module('zustand/middleware/immer', {
  immer: (make) => (set, get, api) => {
    const change = (partial, replace) => set(typeof partial === 'function' ? (state) => partial(state) ?? state : partial, replace);
    api.setState = change;
    return make(change, get, api);
  },
});
`;
