/** Values that are held, and told of when they are set: Svelte's stores and Angular's signals. */
export const cellsPrelude = String.raw`
const differs = (a, b) => (a != a ? b == b : a !== b || (a !== null && typeof a === 'object') || typeof a === 'function');
function held(value) {
  const state = __rr_state(value);
  __rr_nameState(state);
  return state;
}
const nothing = () => {};
function writable(value, start = nothing) {
  const state = held(value);
  const told = new Set();
  let stop = null;
  const store = {
    set(next) {
      // To set what it is already is a write, too, though nobody is told.
      const isOther = differs(state.value, next);
      __rr_assign(state, next);
      if (isOther) for (const listener of [...told]) listener.run(next);
    },
    update(change) { store.set(change(state.value)); },
    subscribe(run) {
      const listener = { run };
      told.add(listener);
      if (told.size === 1) stop = start(store.set, store.update) ?? nothing;
      run(state.value);
      return () => {
        told.delete(listener);
        if (told.size === 0 && stop !== null) { stop(); stop = null; }
      };
    },
  };
  Object.defineProperty(store, '@state', { value: state });
  return store;
}
const readonly = (store) => ({ subscribe: store.subscribe });
const readable = (value, start) => readonly(writable(value, start));
function get(store) {
  let found;
  const end = store.subscribe((value) => { found = value; });
  if (typeof end === 'function') end();
  return found;
}
function derived(from, make, initial) {
  const isOne = !__rr_isArray(from);
  const stores = isOne ? [from] : from;
  return readable(initial, (set, update) => {
    const values = [];
    let isReady = false;
    let clean = nothing;
    const renew = () => {
      if (!isReady) return;
      clean();
      const given = isOne ? values[0] : values;
      if (make.length < 2) { set(make(given)); clean = nothing; }
      else { const end = make(given, set, update); clean = typeof end === 'function' ? end : nothing; }
    };
    const ends = stores.map((store, i) => store.subscribe((value) => { values[i] = value; renew(); }));
    isReady = true;
    renew();
    return () => { for (const end of ends) end(); clean(); isReady = false; };
  });
}
__rr_module('svelte/store', { writable, readable, derived, get, readonly });
function signal(value) {
  const state = __rr_kept('signal');
  state.value = value;
  __rr_nameState(state);
  const read = () => state.value;
  read.set = (next) => __rr_assign(state, next);
  read.update = (change) => read.set(change(state.value));
  read.asReadonly = () => read;
  Object.defineProperty(read, '@state', { value: state });
  return read;
}
__rr_module('@angular/core', { signal, computed: (make) => () => make(), untracked: (make) => make() });
`;
