/**
 * What is done to the state of a store of a user interface: `set({ open: id })` assigns its parts, `set((s) => …)` makes
 * them of what they are then, in one step; `get()` gives it as it is now.
 */
import type { Expr, FunctionDef } from '../../program/program.ts';
import { type ClientStore, clientStores, ownerOf } from '../client-stores.ts';
import { refName } from '../module-info.ts';
import { place } from '../shared.ts';
import { evalArgs, inlineCallback } from './calls.ts';
import { act } from './events.ts';
import { evalExpr } from './expressions.ts';
import { assign } from './targets.ts';
import { type Value, type Walk, nothing } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;
type ObjectExpr = Extract<Expr, { kind: 'object' }>;

/** Null when the call is none of a store. */
export function clientStoreCall(w: Walk, e: Call): Value | null {
  const stores = clientStores(w.info);
  if (stores.all.length === 0) return null;
  const { callee } = e;
  if (callee.kind === 'name' && callee.ref.kind === 'variable') {
    const { variable } = callee.ref;
    const set = stores.setters.get(variable);
    if (set !== undefined) return setParts(w, e, set);
    const got = stores.getters.get(variable);
    return got === undefined ? null : stateOf(got);
  }
  if (callee.kind !== 'attr' || callee.object.kind !== 'name') return null;
  const name = refName(callee.object.ref);
  const store = stores.all.find((s) => s.name === name && s.library === 'zustand');
  if (store === undefined) return null;
  if (callee.name === 'getState') return stateOf(store);
  return callee.name === 'setState' ? setParts(w, e, store) : null;
}

function stateOf(store: ClientStore): Value {
  return { ...nothing, instance: { owner: ownerOf(store), base: store.name, cls: null } };
}

function setParts(w: Walk, e: Call, store: ClientStore): Value {
  const given = e.args[0]?.value;
  const object = given?.kind === 'object' ? given : given?.kind === 'function' ? returnedObject(given.fn) : null;
  if (given === undefined || object === null) {
    if (given?.kind === 'function') inlineCallback(w, given.fn, given.span, 'now', stateOf(store));
    else evalArgs(w, e.args, 'now');
    return nothing;
  }
  if (given.kind === 'function') {
    w.inlined.add(given.fn);
    w.inner.push(given.fn);
    for (const p of given.fn.params) assign(w, p.target, stateOf(store), p.span);
  }
  for (const p of object.properties) {
    const value = p.kind === 'spread' ? evalExpr(w, p.value) : p.kind === 'value' ? evalExpr(w, p.value) : nothing;
    if (p.kind !== 'value' || 'computed' in p.key) continue;
    const at = place({ kind: 'attribute', owner: ownerOf(store), name: p.key.name }, store.name);
    const isUpdate = given.kind === 'function' && value.reads.some((r) => r.place.key === at.key);
    act(w, isUpdate ? 'update' : 'assign', at, e.span, { value });
  }
  if (given.kind === 'function') w.inner.pop();
  return nothing;
}

/** `(state) => ({ … })`, and no more than that. */
function returnedObject(fn: FunctionDef): ObjectExpr | null {
  const [only, ...more] = fn.body;
  return more.length === 0 && only?.kind === 'return' && only.value?.kind === 'object' ? only.value : null;
}
