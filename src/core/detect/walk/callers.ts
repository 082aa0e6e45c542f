/** Which locks all callers of a helper hold. */
import { isAlike } from '../../program/kept.ts';
import type { Expr, FunctionDef, Stmt } from '../../program/program.ts';
import { calleeName, type ModuleInfo, refName } from '../module-info.ts';
import { visitFunction } from '../visit.ts';
import { lockText } from './calls.ts';
import { emptyFacts, emptySummary, type Held, tick, type Walk } from './state.ts';

/**
 * Locks that every caller of a helper in the file holds. Helpers whose name escapes (as a thread target,
 * a callback) hold none.
 */
export function lockedByCallers(info: ModuleInfo): LockedBy {
  const { names, held, escaping } = callSites(info);
  return (fn) => {
    if (!names.has(fn.name) || escaping.has(fn.name)) return [];
    const sites = held.get(fn.name) ?? [];
    if (sites.length === 0) return /_locked$|Locked$/.test(fn.name) ? [{ lock: 'caller', id: tick(), span: fn.nameSpan }] : [];
    const common = (sites[0] ?? []).filter((lock) => sites.every((site) => site.includes(lock)));
    return common.map((lock) => ({ lock, id: tick(), span: fn.nameSpan }));
  };
}

/** Where the module calls its functions by name: the locks held there, and which names are used in other ways. */
interface CallSites {
  names: ReadonlySet<string>;
  held: ReadonlyMap<string, readonly (readonly string[])[]>;
  escaping: ReadonlySet<string>;
}

const callSitesKnown = new WeakMap<ModuleInfo, CallSites>();

function callSites(info: ModuleInfo): CallSites {
  let known = callSitesKnown.get(info);
  if (known === undefined) callSitesKnown.set(info, (known = findCallSites(info, info.module.functions)));
  return known;
}

/** Keeps what is known, where the new versions of functions call what the old ones did, and hold what they held. */
export function keepCallSites(before: ModuleInfo, info: ModuleInfo, gone: readonly FunctionDef[], own: readonly FunctionDef[]): boolean {
  const isSame = isAlike(findCallSites(before, gone), findCallSites(info, own));
  if (isSame) callSitesKnown.set(info, callSites(before));
  return isSame;
}

export type LockedBy = (fn: FunctionDef) => readonly Held[];

function findCallSites(info: ModuleInfo, functions: readonly FunctionDef[]): CallSites {
  const held = new Map<string, string[][]>();
  const escaping = new Set<string>();
  // A public one, too, when the file calls it and always with the lock: a helper that was not named like one.
  const names = new Set(info.module.functions.filter((f) => /^[\w#]/.test(f.name) && !/^__.*__$/.test(f.name)).map((f) => f.name));
  // Only Python's `with` shows at a call which locks are held there.
  const lockable = info.language === 'python' && /lock|mutex|semaphore|cond/i.test(info.module.text);
  for (const fn of lockable ? functions : []) {
    const stack: string[] = [];
    const called = new Set<Expr>();
    const scan = (body: readonly Stmt[]): void => {
      for (const s of body) {
        if (s.kind === 'with') {
          const locks = s.items.map((i) => lockOf(info, fn, i.context)).filter((l) => l !== null);
          stack.push(...locks);
          scan(s.body);
          stack.length -= locks.length;
          continue;
        }
        visitFunction(
          { ...fn, params: [], body: [shallow(s)] },
          {
            expr(e) {
              if (e.kind === 'call') {
                const name = calleeName(e);
                called.add(e.callee);
                if (names.has(name)) held.set(name, [...(held.get(name) ?? []), [...stack]]);
              } else if (e.kind === 'attr' || e.kind === 'name') {
                const name = e.kind === 'attr' ? e.name : refName(e.ref);
                if (names.has(name) && !called.has(e)) escaping.add(name);
              }
            },
          },
        );
        for (const inner of nested(s)) scan(inner);
      }
    };
    scan(fn.body);
  }
  return { names, held, escaping };
}

function lockOf(info: ModuleInfo, fn: FunctionDef, e: Expr): string | null {
  if (e.kind !== 'name' && e.kind !== 'attr') return null;
  const w = {
    info,
    fn,
    inner: [],
    later: [],
    timer: null,
    flow: { env: new Map(), suspended: null, blocked: null, acted: null, held: [], controls: [], spawned: false },
    dead: true,
    tries: [],
    reads: [],
    acts: [],
    facts: emptyFacts(),
    openWaits: [],
    pairKeys: new Set(),
    handed: [],
    summaryOf: () => emptySummary,
    mode: 'threads',
    loops: [],
    returns: [],
    raised: 0,
    firstSuspension: Infinity,
    statement: null,
    waitTests: [],
    loopDepth: 0,
    inTest: false,
    depth: 0,
    inlined: new Set(),
  } satisfies Walk;
  return lockText(w, e);
}

/** The statement without the bodies nested in it. */
function shallow(s: Stmt): Stmt {
  switch (s.kind) {
    case 'if':
      return { ...s, then: [], else: [] };
    case 'while':
      return { ...s, body: [], orElse: [] };
    case 'for':
      return { ...s, body: [] };
    case 'forEach':
      return { ...s, body: [], orElse: [] };
    case 'try':
      return { ...s, body: [], handlers: [], orElse: [], finalizer: null };
    case 'block':
      return { ...s, body: [] };
    case 'switch':
      return { ...s, cases: [] };
    default:
      return s;
  }
}

function nested(s: Stmt): Stmt[][] {
  switch (s.kind) {
    case 'if':
      return [s.then, s.else];
    case 'while':
    case 'forEach':
      return [s.body, s.orElse];
    case 'for':
    case 'block':
      return [s.body];
    case 'try':
      return [s.body, ...s.handlers.map((h) => h.body), s.orElse, s.finalizer ?? []];
    case 'switch':
      return s.cases.map((c) => c.body);
    default:
      return [];
  }
}
