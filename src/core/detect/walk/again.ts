/**
 * The walk of a module of which one function was exchanged: what else was walked still holds where nothing that it was
 * decided by has changed. Gives null where that is not plain to see; then everything is walked.
 */
import { adoptSpan, moveSpan } from '../../program/exchange.ts';
import { isAlike } from '../../program/kept.ts';
import type { FunctionDef, Variable } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';
import type { Place } from '../shared.ts';
import { isSameAround } from './around.ts';
import { keepPromises } from './promises.ts';
import type { Facts, Held, Summary } from './state.ts';
import { type Walked, Walker } from './walk.ts';

/** So many functions that depend on the one are hardly fewer than all. */
const mostAgain = 300;

export function walkAgain(info: ModuleInfo, before: Walked, gone: readonly FunctionDef[], own: readonly FunctionDef[]): Walked | null {
  const [fn] = own;
  if (fn === undefined) return null;
  // Numbers of functions stand for objects without a name.
  if (gone.length !== own.length || gone.some((f) => before.circular.has(f))) return null;
  if (!isSameAround(before.info, info, gone, own)) return null;
  const isGone = new Set(gone);
  const isOwn = new Set(own);

  const walker = new Walker(info, before);
  for (const f of gone) walker.forget(f);
  const promises = new Set<string>();
  for (const facts of before.of.values()) for (const key of facts.promises) promises.add(key);
  keepPromises(info, promisesOf(walker.of.values()));
  walker.walkAll();
  if (walker.circular.size > before.circular.size) return null;

  const again = new Set<FunctionDef>();
  const replaced = new Map(gone.map((f, i) => [f, own[i] ?? f]));
  for (const [f, facts] of walker.of) {
    if (isOwn.has(f)) continue;
    if (facts.byText && f.span.start <= fn.span.start && fn.span.end <= f.span.end) again.add(f);
    else if ([...(walker.inlined.get(f) ?? [])].some((g) => isGone.has(g))) again.add(f);
  }
  const askers = askersIn(walker);
  const callers = callersOf(askers, isGone);
  // One that it calls now calls it: a circle.
  if (own.some((f) => [...(walker.asked.get(f) ?? [])].some((g) => callers.has(g)))) return null;
  const isNews = gone.some((f, i) => !tell(before.summaries.get(f), walker.summaries.get(own[i] ?? f), gone, own, fn));
  if (isNews) for (const f of callers) again.add(f);
  for (const f of callersOf(askers, again)) again.add(f);
  if (again.size > mostAgain || [...again].some((f) => before.circular.has(f))) return null;
  for (const f of again) walker.forget(f);
  walker.walkAll();
  if (walker.circular.size > before.circular.size) return null;
  for (const [f, asked] of walker.asked)
    if ([...asked].some((g) => isGone.has(g))) walker.asked.set(f, new Set([...asked].map((g) => replaced.get(g) ?? g)));
  // What is known to hold a promise decides what waiting for it gives, wherever that is.
  if (!isAlike(promises, new Set(promisesOf(walker.of.values())))) return null;
  const order = [...before.of.keys()].flatMap((f) => replaced.get(f) ?? f);
  return order.length === walker.of.size ? walker.walked(order) : null;
}

function promisesOf(all: Iterable<Facts>): string[] {
  return [...all].flatMap((facts) => facts.promises);
}

/** By function, who asks for its summary. */
function askersIn({ asked }: Walker): Map<FunctionDef, FunctionDef[]> {
  const by = new Map<FunctionDef, FunctionDef[]>();
  for (const [f, all] of asked)
    for (const g of all) {
      const known = by.get(g);
      if (known === undefined) by.set(g, [f]);
      else known.push(f);
    }
  return by;
}

/** Functions other than these that ask for the summary of one of them, at first hand or by way of others. */
function callersOf(askers: ReadonlyMap<FunctionDef, readonly FunctionDef[]>, of: ReadonlySet<FunctionDef>): Set<FunctionDef> {
  const found = new Set(of);
  for (const f of found) for (const g of askers.get(f) ?? []) found.add(g);
  return new Set([...found].filter((f) => !of.has(f)));
}

/**
 * Says a summary to callers what its last version said? Then the places that they have of it are brought up to date: the
 * new version has them from now on.
 */
function tell(
  before: Summary | undefined,
  now: Summary | undefined,
  gone: readonly FunctionDef[],
  own: readonly FunctionDef[],
  fn: FunctionDef,
): boolean {
  if (before === undefined || now === undefined) return before === now;
  // They have its variables, which are others now.
  if (hasOwnVariables(before, gone)) return false;
  if (signature(before, gone) !== signature(now, own)) return false;
  before.acts.forEach((a, i) => {
    const next = now.acts[i]?.act;
    if (next === undefined) return;
    [a.act.span, ...a.act.inside].forEach((span, n) => {
      const to = n === 0 ? next.span : next.inside[n - 1];
      if (to === undefined || to === span) return;
      moveSpan(span, to);
      adoptSpan(fn, span);
    });
    next.span = a.act.span;
    next.inside = a.act.inside;
  });
  return true;
}

/** Is it about variables that calls share, other than parameters, for which callers have what they hand in? */
function hasOwnVariables({ reads, acts, returned }: Summary, own: readonly FunctionDef[]): boolean {
  const given = new Set(
    own.flatMap((f) => f.params.map((p) => p.target.kind === 'name' && p.target.ref.kind === 'variable' && p.target.ref.variable)),
  );
  const variables = new Set(own.flatMap((f) => f.variables).filter((v) => !given.has(v)));
  return [...reads.map((r) => r.read.place), ...acts.map((a) => a.act.place), returned.place].some(
    (p) => p?.root.kind === 'variable' && variables.has(p.root.variable),
  );
}

/** All that a call makes of a summary. */
function signature(summary: Summary, own: readonly FunctionDef[]): string {
  const variables = new Map<Variable, number>();
  for (const f of own) for (const v of f.variables) variables.set(v, variables.size);
  const placed = (p: Place | null): unknown => {
    if (p === null) return null;
    const root = p.root.kind === 'variable' ? [variables.get(p.root.variable) ?? p.key, p.root.variable.name] : p.root;
    return [root, p.base, p.path];
  };
  const locks = new Map<number, number>();
  const held = (all: readonly Held[]): unknown =>
    all.map((h) => {
      if (!locks.has(h.id)) locks.set(h.id, locks.size);
      return [h.lock, locks.get(h.id)];
    });
  const { returned } = summary;
  return JSON.stringify([
    summary.reads.map((r) => [
      placed(r.read.place),
      r.shape,
      r.read.shape,
      r.beforeGap,
      r.returned,
      r.read.keyText,
      r.read.taken === true,
      held(r.read.held),
    ]),
    summary.acts.map(({ act, afterGap, guarded, always }) => [
      [placed(act.place), act.kind, act.keyText, act.value?.made ?? null, act.raised, act.inside.length],
      [afterGap, guarded, always, held(act.held)],
    ]),
    [summary.suspends, summary.blocks, held(summary.locks)],
    [placed(returned.place), returned.type?.type ?? null, returned.type?.cls?.qualifiedName ?? null],
  ]);
}
