/**
 * React's hooks as far as they decide what runs when: state that outlives a render, effects that run
 * after it when what they depend on changed (the clean-up of the last one first), and a new render when
 * state has changed. What is rendered is not looked at.
 */
export const reactPrelude = String.raw`
let rendering = null;
/** A component that keeps setting its own state would render for ever. */
const mostRenders = 12;
function hook(make, isState = false) {
  if (rendering === null) throw new Error('Invalid hook call. Hooks can only be called inside of the body of a function component.');
  return rendering.hook(make, isState);
}
function changed(before, now) {
  if (before === undefined || now === undefined || before === null || now === null) return true;
  if (!__rr_isArray(before) || !__rr_isArray(now)) return true;
  for (let i = 0; i < now.length; i++) if (!Object.is(before[i], now[i])) return true;
  return false;
}
function useState(initial) {
  const view = rendering;
  const state = hook(() => {
    const made = __rr_state(typeof initial === 'function' ? initial() : initial);
    made.set = (next) => { __rr_assign(made, !__rr_isOpaque(next) && typeof next === 'function' ? next(made.value) : next); view.later(); };
    return made;
  }, true);
  rendering.named(state);
  return [state.value, state.set];
}
function useReducer(reducer, initial, init) {
  const [state, set] = useState(() => (init ? init(initial) : initial));
  return [state, (action) => set((s) => reducer(s, action))];
}
function useRef(initial) { return hook(() => ({ current: initial }), true); }
function useMemo(make, deps) {
  const memo = hook(() => ({ value: undefined, deps: null }));
  if (changed(memo.deps, deps)) { memo.value = make(); memo.deps = deps; }
  return memo.value;
}
function useCallback(fn, deps) { return useMemo(() => fn, deps); }
function useEffect(run, deps) {
  const effect = hook(() => ({ deps: null, run: null, cleanup: undefined }));
  if (!changed(effect.deps, deps)) return;
  effect.deps = deps;
  effect.run = run;
  rendering.after(effect);
}
/** What of a component is to be seen from outside is its state; the rest is React's own business. */
class View {
  #component; #props; #hooks = []; #names = []; #effects = []; #at = 0; #renders = 0; #waiting = false; #mounted = true; #shown = false;
  state = [];
  constructor(component, props) {
    this.#component = component;
    this.#props = props;
    if (props !== undefined) this.render(props);
  }
  /** What the hook whose turn it is keeps, made at the first render. */
  hook(make, isState) {
    const at = this.#at++;
    if (at === this.#hooks.length) {
      this.#hooks.push(make());
      if (isState) this.state.push(this.#hooks[at]);
    }
    return this.#hooks[at];
  }
  /** The last hook's state goes by the name that the component gives it. */
  named(state) { if (this.#names[this.#at - 1] === undefined) this.#names[this.#at - 1] = __rr_nameState(state); }
  after(effect) { this.#effects.push(effect); }
  render(props) {
    if (!this.#mounted) return;
    this.#props = props;
    this.#waiting = false;
    const outer = rendering;
    rendering = this;
    this.#at = 0;
    __rr_rendering(true);
    try { this.#component(props); } finally { rendering = outer; __rr_rendering(outer !== null); }
    this.#shown = true;
    const effects = this.#effects.splice(0);
    if (effects.length > 0) this.copied();
    for (const e of effects) if (typeof e.cleanup === 'function') { const f = e.cleanup; e.cleanup = undefined; f(); }
    for (const e of effects) e.cleanup = e.run();
  }
  later() {
    if (this.#waiting || rendering === this) return;
    if (++this.#renders > mostRenders) return;
    this.#waiting = true;
    queueMicrotask(() => { if (this.#waiting) this.render(this.#props); });
  }
  /** Sets the state that a component keeps under a name, as a handler of its own would. */
  set(name, value) {
    const i = this.#names.indexOf(name);
    if (i < 0) throw new ReferenceError('no state is named ' + name);
    this.#hooks[i].set(value);
  }
  /** Effects and handlers see state as it was when it was last rendered, which is how it is when they begin. */
  copied() { for (const h of this.#hooks) __rr_copied(h); }
  /** A handler of the last render: 'find' looks it up when it is called. Before the first there is none. */
  handler(find) {
    return (...args) => {
      if (!this.#shown) return undefined;
      this.copied();
      return find()(...args);
    };
  }
  unmount() {
    this.#mounted = false;
    for (const h of this.#hooks) if (typeof h.cleanup === 'function') h.cleanup();
  }
}
function mount(component, props) { return new View(component, props); }
class Component {
  constructor(props) { this.props = props; }
  setState(partial, callback) {
    const more = typeof partial === 'function' ? partial(this.state, this.props) : partial;
    this.state = Object.assign({}, this.state, more);
    if (typeof callback === 'function') callback();
  }
  forceUpdate() {}
}
const same = (component) => component;
const react = {
  useState, useReducer, useRef, useMemo, useCallback, useEffect, useLayoutEffect: useEffect, useInsertionEffect: useEffect,
  useDeferredValue: same, useTransition: () => [false, (f) => { f(); }], startTransition: (f) => { f(); },
  memo: same, forwardRef: same, Component, PureComponent: Component, Fragment: '', StrictMode: '',
};
__rr_module('react', react);
__rr_module('preact/hooks', react);
`;
