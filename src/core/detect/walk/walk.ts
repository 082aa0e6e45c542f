/**
 * Walks every function of a module, callees before callers, and collects the facts the rules read.
 * Functions that call each other in a circle are walked again until their summaries no longer grow.
 */
import type { Expr, FunctionDef } from '../../program/program.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { statementsOf } from '../visit.ts';
import { type LockedBy, lockedByCallers } from './callers.ts';
import { isQuiet, relies } from './events.ts';
import { evalExpr } from './expressions.ts';
import { settled } from './promises.ts';
import { assign } from './targets.ts';
import { walkBody } from './statements.ts';
import {
  type Facts,
  type Flow,
  type Held,
  type Mode,
  type Read,
  type Summary,
  type Value,
  type Walk,
  emptyFacts,
  emptySummary,
  instanceOf,
  isTakenOut,
  nothing,
  tick,
} from './state.ts';
import { pathText, place } from '../shared.ts';

/** What walking the functions of a module gave, and by what it was decided. */
export interface Walked {
  info: ModuleInfo;
  facts: Facts;
  /** By function of the file, in the order in which they were walked. */
  of: ReadonlyMap<FunctionDef, Facts>;
  /** Of this and of other files. */
  summaries: ReadonlyMap<FunctionDef, Summary>;
  /** Whose summaries the walk of a function asked for. */
  asked: ReadonlyMap<FunctionDef, ReadonlySet<FunctionDef>>;
  /** Callbacks that were walked where they are handed over, by who hands them. */
  inlined: ReadonlyMap<FunctionDef, ReadonlySet<FunctionDef>>;
  /** Functions that call each other in a circle. */
  circular: ReadonlySet<FunctionDef>;
}

/** Facts of all functions of the module. */
export function walkModule(info: ModuleInfo): Walked {
  const walker = new Walker(info, null);
  walker.walkAll();
  walker.walkCircles();
  return walker.walked([...walker.of.keys()]);
}

/** The walk of a module's functions; `known`: what is known of some of them already. */
export class Walker implements Omit<Walked, 'facts'> {
  readonly of: Map<FunctionDef, Facts>;
  readonly summaries: Map<FunctionDef, Summary>;
  readonly asked: Map<FunctionDef, ReadonlySet<FunctionDef>>;
  readonly inlined: Map<FunctionDef, ReadonlySet<FunctionDef>>;
  readonly circular: Set<FunctionDef>;
  readonly info: ModuleInfo;
  private readonly visiting = new Set<FunctionDef>();
  /** By the functions being walked, the innermost last. */
  private readonly asking: Set<FunctionDef>[] = [];
  private readonly lockedBy: LockedBy;

  constructor(info: ModuleInfo, known: Walked | null) {
    this.info = info;
    this.lockedBy = lockedByCallers(info);
    this.of = new Map(known?.of);
    this.summaries = new Map(known?.summaries);
    this.asked = new Map(known?.asked);
    this.inlined = new Map(known?.inlined);
    this.circular = new Set(known?.circular);
  }

  /** Those that are not known yet. */
  walkAll(): void {
    for (const fn of this.info.module.functions) if (!this.of.has(fn)) this.walkOne(fn);
  }

  forget(fn: FunctionDef): void {
    this.of.delete(fn);
    this.summaries.delete(fn);
    this.asked.delete(fn);
    this.inlined.delete(fn);
  }

  walkCircles(): void {
    for (let round = 0; round < 3 && this.circular.size > 0; round++) {
      let grew = false;
      for (const fn of [...this.circular]) {
        const before = this.summaries.get(fn);
        const after = this.walkOne(fn);
        if (
          before === undefined ||
          before.acts.length !== after.acts.length ||
          before.reads.length !== after.reads.length ||
          before.suspends !== after.suspends
        )
          grew = true;
      }
      if (!grew) break;
    }
  }

  walked(order: readonly FunctionDef[]): Walked {
    const { info, summaries, asked, inlined, circular } = this;
    const handedOver = new Set([...inlined.values()].flatMap((fns) => [...fns]));
    const all = emptyFacts();
    const of = new Map<FunctionDef, Facts>();
    for (const fn of order) {
      const facts = this.of.get(fn);
      if (facts === undefined) continue;
      of.set(fn, facts);
      if (handedOver.has(fn)) continue;
      all.reads.push(...facts.reads);
      all.acts.push(...facts.acts);
      all.pairs.push(...facts.pairs);
      all.iterations.push(...facts.iterations);
      all.waits.push(...facts.waits);
      all.orders.push(...facts.orders);
      all.awaited.push(...facts.awaited);
      all.early.push(...facts.early);
      all.own.push(...facts.own);
      all.uses.push(...facts.uses);
      all.endings.push(...facts.endings);
      all.stored.push(...facts.stored);
    }
    return { info, facts: all, of, summaries, asked, inlined, circular };
  }

  private readonly summaryOf = (fn: FunctionDef): Summary => {
    const { visiting, summaries, circular } = this;
    this.asking.at(-1)?.add(fn);
    const known = summaries.get(fn);
    if (known !== undefined && !visiting.has(fn)) return known;
    // A very long chain of calls is cut: what lies below counts as unknown.
    if (visiting.has(fn) || visiting.size > 60) {
      circular.add(fn);
      // All in the circle know too little of what they call.
      let isInCircle = false;
      for (const on of visiting) {
        isInCircle ||= on === fn;
        if (isInCircle) circular.add(on);
      }
      return known ?? emptySummary;
    }
    return this.walkOne(fn);
  };

  private walkOne(fn: FunctionDef): Summary {
    const { info, visiting } = this;
    visiting.add(fn);
    const asked = new Set<FunctionDef>();
    this.asking.push(asked);
    const facts = emptyFacts();
    const inlined = new Set<FunctionDef>();
    // What another file does is told by what it does to those that call it; what goes wrong there is found there.
    const home = info.links?.homeOf(fn) ?? info;
    const locks = home === info ? this.lockedBy(fn) : lockedByCallers(home)(fn);
    const summary = walkFunction(home, fn, facts, this.summaryOf, locks, inlined);
    visiting.delete(fn);
    this.asking.pop();
    this.asked.set(fn, asked);
    if (home === info) this.of.set(fn, facts);
    this.inlined.set(fn, inlined);
    this.summaries.set(fn, summary);
    return summary;
  }
}

/** Do others run at any boundary while this function runs, or only at its suspensions? */
export function modeOf(info: ModuleInfo, fn: FunctionDef): Mode {
  if (info.language === 'javascript') return 'loop';
  for (let f: FunctionDef | null = fn; f !== null && f.kind !== 'module'; f = f.parent) {
    if (f.isAsync || isCoroutine(f)) return 'loop';
    if (f.kind !== 'lambda' && f.kind !== 'comprehension') break;
  }
  return onlyEventLoop(info) ? 'loop' : 'threads';
}

const coroutineDecorator = /(^|\.)(coroutine|inlineCallbacks|engine)$/;

export function isCoroutine(fn: FunctionDef): boolean {
  return fn.isGenerator && fn.decorators.some((d) => coroutineDecorator.test(dottedName(d)));
}

export function dottedName(e: Expr): string {
  if (e.kind === 'name') return refName(e.ref);
  if (e.kind === 'attr') return `${dottedName(e.object)}.${e.name}`;
  return e.kind === 'call' ? dottedName(e.callee) : '';
}

const loopOnly = new WeakMap<ModuleInfo, boolean>();

/** A Python module with coroutines and no sign of threads: plain functions run on the loop too. */
export function onlyEventLoop(info: ModuleInfo): boolean {
  let known = loopOnly.get(info);
  if (known === undefined) {
    const text = info.code({ start: 0, end: info.module.text.length });
    const hasAsync =
      info.module.functions.some((f) => f.isAsync || isCoroutine(f)) ||
      /\bcall_soon\b|\bcall_later\b|\bget_(?:running|event)_loop\b/.test(text);
    // To ask which thread this is, as event loops do, starts none.
    const hasThreads =
      [...info.imports.values()].some((name) =>
        /^(_thread|concurrent|multiprocessing|gevent|eventlet|socketserver|http\.server|flask|django|queue)\b|^threading\.(?!get_ident|main_thread|current_thread)\w/.test(
          name,
        ),
      ) ||
      /\bthreading\.(?!get_ident|main_thread|current_thread)\w|run_in_executor|to_thread|ThreadPool|_threadsafe\b|from_(?:an)?other_thread\b|\bfrom_thread\./.test(
        text,
      );
    known = hasAsync && !hasThreads;
    loopOnly.set(info, known);
  }
  return known;
}

export function walkFunction(
  info: ModuleInfo,
  fn: FunctionDef,
  facts: Facts,
  summaryOf: (fn: FunctionDef) => Summary,
  callerLocks: readonly Held[],
  inlined: Set<FunctionDef>,
): Summary {
  const flow: Flow = { env: new Map(), suspended: null, blocked: null, acted: null, held: [...callerLocks], controls: [], spawned: false };
  const w: Walk = {
    info,
    facts,
    summaryOf,
    fn,
    flow,
    mode: modeOf(info, fn),
    dead: false,
    loops: [],
    returns: [],
    raised: 0,
    firstSuspension: Infinity,
    reads: [],
    acts: [],
    statement: null,
    tries: [],
    waitTests: [],
    openWaits: [],
    loopDepth: 0,
    inTest: false,
    depth: 0,
    inner: [],
    later: [],
    timer: null,
    pairKeys: new Set(),
    handed: [],
    inlined,
  };
  for (const lock of decoratorLocks(fn)) w.flow.held = [...w.flow.held, { lock, id: tick(), span: fn.nameSpan }];
  const initial = w.flow.held;
  for (const p of fn.params) {
    if (p.target.kind === 'name' && p.target.ref.kind === 'variable') {
      const { variable } = p.target.ref;
      if (info.selves.has(variable)) continue;
      const type = info.variableTypes.get(variable) ?? null;
      const instance = instanceOf(info, type, variable.name);
      // Where nothing is handed in, what is said here is looked up when the call begins; in Python, once for all calls.
      const { reads } = p.default === null || info.language === 'python' ? nothing : evalExpr(w, p.default);
      w.flow.env.set(variable, { ...nothing, reads, place: place({ kind: 'variable', variable }), type, instance });
    } else assign(w, p.target, nothing, p.span);
  }
  walkBody(w, fn.body);
  const { flow: end } = w;
  const exits = [...w.returns.map((r) => r.flow), ...(w.dead ? [] : [end])];
  const kept =
    exits.length === 0
      ? []
      : (exits[0]?.held ?? []).filter(
          (h) => !initial.some((i) => i.lock === h.lock) && exits.every((x) => x.held.some((y) => y.lock === h.lock)),
        );
  return summarise(w, exits, kept);
}

function summarise(w: Walk, exits: readonly Flow[], locks: readonly Held[]): Summary {
  // What subclasses elsewhere do instead of raising that it is not implemented may take its time.
  const [only] = statementsOf(w.fn);
  const isElsewhere = only?.kind === 'raise' && /NotImplemented/.test(w.info.text(only.span));
  const suspends = (isElsewhere && w.fn.isAsync) || exits.some((x) => x.suspended !== null) || w.firstSuspension !== Infinity;
  const last = Math.max(0, ...exits.map((x) => x.suspended?.time ?? 0));
  const returned = new Set<Read>();
  const shapes = new Map<Read, Read['shape']>();
  let value: Value = nothing;
  for (const r of w.returns) {
    for (const x of r.value.reads) returned.add(x);
    for (const c of r.controls) {
      returned.add(c.read);
      if (c.shape === 'membership' || c.shape === 'emptiness') shapes.set(c.read, 'membership');
    }
    const given = w.fn.isAsync ? settled(w.info, r.value) : r.value;
    if (given.place !== null) value = { ...nothing, place: given.place, type: given.type };
    else if (given.path !== null && w.info.language === 'python') value = { ...nothing, path: given.path, type: given.type };
  }
  const seen = new Set<string>();
  const reads: Summary['reads'] = [];
  for (const r of w.reads) {
    if (reads.length >= 40) break;
    const id = `${r.place.key}/${pathText(r.place)}/${r.shape}/${String(returned.has(r))}/${String(r.held.length)}`;
    if (seen.has(id)) continue;
    seen.add(id);
    if (returned.has(r) && isTakenOut(w.info, r)) r.taken = true;
    reads.push({ read: r, beforeGap: suspends && r.time < last, returned: returned.has(r), shape: shapes.get(r) ?? r.shape });
  }
  const acts: Summary['acts'] = [];
  for (const a of w.acts) {
    if (a.kind === 'use' && a.place.root.kind !== 'file') continue;
    const id = `act:${a.place.key}/${pathText(a.place)}/${a.kind}`;
    if (seen.has(id) || acts.length >= 40) continue;
    seen.add(id);
    const guarded =
      a.guarded ||
      (a.held.length > 0 &&
        w.facts.reads.some(
          (r) =>
            relies(r.read, a) &&
            !r.read.viaCall &&
            r.read.shape !== 'value' &&
            a.held.some((h) => r.read.held.some((x) => x.id === h.id)) &&
            r.read.time < a.time,
        ));
    const always = exits.every((x) => {
      for (let done = x.acted; done !== null && done.time >= a.time; done = done.previous) if (done.time === a.time) return true;
      return false;
    });
    acts.push({ act: a, afterGap: a.time > w.firstSuspension, guarded, always });
  }
  const outer = exits.length > 0 && isQuiet(w) ? [] : locks;
  return { reads, acts, suspends, blocks: isElsewhere || exits.some((x) => x.blocked !== null), locks: outer, returned: value };
}

/** `@synchronized`, `@locked(lock)`: held all through. */
function decoratorLocks(fn: FunctionDef): string[] {
  return fn.decorators
    .map(dottedName)
    .filter((name) => /synchroni[sz]ed|(^|_|\.)locked$|with_?lock|mutex|exclusive/i.test(name))
    .map((name) => `decorator:${name}`);
}
