/** Stores of user interfaces, bound to names of the module: zustand's, made by a function that is handed `set` and `get`, and Pinia's. */
import type { Expr, FunctionDef, Variable } from '../program/program.ts';
import { type ModuleInfo, refName } from './module-info.ts';
import { visitFunction } from './visit.ts';

export interface ClientStore {
  /** The module's name for it. */
  name: string;
  library: 'zustand' | 'pinia';
  /** Makes its state and what changes it; null when that is a plain object. */
  creator: FunctionDef | null;
  span: { start: number; end: number };
}

export interface ClientStores {
  all: readonly ClientStore[];
  /** What a creator is handed. */
  setters: ReadonlyMap<Variable, ClientStore>;
  getters: ReadonlyMap<Variable, ClientStore>;
}

const makers = /^(?:zustand(?:\/[\w-]+)*(?:\.(?:create|createStore|createWithEqualityFn|default))?|(pinia)\.defineStore)$/;

const kept = new WeakMap<ModuleInfo, ClientStores>();

export function clientStores(info: ModuleInfo): ClientStores {
  let known = kept.get(info);
  if (known === undefined) kept.set(info, (known = collect(info)));
  return known;
}

function collect(info: ModuleInfo): ClientStores {
  const all: ClientStore[] = [];
  const setters = new Map<Variable, ClientStore>();
  const getters = new Map<Variable, ClientStore>();
  if (info.language !== 'javascript' || !/zustand|pinia/.test(info.module.text)) return { all, setters, getters };
  visitFunction(info.module.body, {
    stmt(s) {
      const [target] = s.kind === 'assign' ? s.targets : [];
      if (s.kind !== 'assign' || target?.kind !== 'name' || s.value.kind !== 'call') return;
      let made: Expr = s.value;
      while (made.kind === 'call') made = made.callee;
      const library = makers.exec(info.qualified(made) ?? '');
      if (library === null) return;
      const creator = functionIn(s.value);
      const store: ClientStore = {
        name: refName(target.ref),
        library: library[1] === 'pinia' ? 'pinia' : 'zustand',
        creator,
        span: s.value.span,
      };
      all.push(store);
      [setters, getters].forEach((by, i) => {
        const given = store.library === 'zustand' ? creator?.params[i]?.target : undefined;
        if (given?.kind === 'name' && given.ref.kind === 'variable') by.set(given.ref.variable, store);
      });
    },
  });
  return { all, setters, getters };
}

/** The function handed to a call, also by way of what wraps it: `create(devtools((set) => …))`. */
function functionIn(call: Extract<Expr, { kind: 'call' }>): FunctionDef | null {
  for (const { value } of call.args) {
    if (value.kind === 'function') return value.fn;
    const inner = value.kind === 'call' ? functionIn(value) : null;
    if (inner !== null) return inner;
  }
  return call.callee.kind === 'call' ? functionIn(call.callee) : null;
}

/** Who has the attributes that a store's state stands for. */
export const ownerOf = (store: ClientStore): string => `store ${store.name}`;

/** Is it the state of a store, which is given as a copy? */
export function isSnapshot({ instance }: { instance: { owner: string } | null }): boolean {
  return instance?.owner.startsWith('store ') === true;
}

/** How a driver reaches what a store has under a function's name; null for what is no part of one. */
export function throughStore(info: ModuleInfo, fn: FunctionDef): string | null {
  if (!/^[A-Za-z_$][\w$]*$/.test(fn.name)) return null;
  const store = clientStores(info).all.find((s) => s.span.start <= fn.span.start && fn.span.end <= s.span.end);
  if (store === undefined || fn === store.creator || (fn.parent !== store.creator && fn.parent?.kind !== 'module')) return null;
  return store.library === 'pinia' ? `${store.name}().${fn.name}` : `${store.name}.getState().${fn.name}`;
}
