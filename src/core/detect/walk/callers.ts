/** Which locks all callers of a helper hold. */
import type { Expr, FunctionDef, Stmt } from '../../program/program.ts';
import { byFunctions } from '../by-functions.ts';
import { calleeName, type ModuleInfo, refName } from '../module-info.ts';
import { listsOf, visitFunction } from '../visit.ts';
import { lockText } from './calls.ts';
import { emptyFacts, emptySummary, type Held, tick, type Walk } from './state.ts';

/**
 * Locks that every caller of a helper in the file holds. Helpers whose name escapes (as a thread target,
 * a callback) hold none.
 */
export function lockedByCallers(info: ModuleInfo): LockedBy {
  const { names, held, escaping } = sites.of(info);
  return (fn) => {
    if (!names.has(fn.name) || escaping.has(fn.name)) return [];
    const calls = held.get(fn.name) ?? [];
    if (calls.length === 0) return /_locked$|Locked$/.test(fn.name) ? [{ lock: 'caller', id: tick(), span: fn.nameSpan }] : [];
    const common = (calls[0] ?? []).filter((lock) => calls.every((site) => site.includes(lock)));
    return common.map((lock) => ({ lock, id: tick(), span: fn.nameSpan }));
  };
}

/** Where the module calls its functions by name: the locks held there, and which names are used in other ways. */
interface CallSites {
  names: ReadonlySet<string>;
  held: ReadonlyMap<string, readonly (readonly string[])[]>;
  escaping: ReadonlySet<string>;
}

const sites = byFunctions(findCallSites);
/** Keeps what is known, where the new versions of functions call what the old ones did, and hold what they held. */
export const keepCallSites = sites.keep;

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
        for (const inner of listsOf(s)) scan(inner);
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
      return { ...s, init: [], body: [] };
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
