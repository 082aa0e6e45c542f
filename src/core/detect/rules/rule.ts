/** What a rule is given and what all rules share: is the state shared, does anybody interfere, is a lock common. */
import type { Expr, FunctionDef, Param, Span } from '../../program/program.ts';
import type { Candidate, RuleId } from '../candidate.ts';
import type { ModuleInfo } from '../module-info.ts';
import { type Place, mayConflict, placeName, placeText, samePlace } from '../shared.ts';
import { relies } from '../walk/events.ts';
import { type Act, type Facts, type Held, isTakenOut, type Pair, type Read } from '../walk/state.ts';

export interface RuleContext {
  info: ModuleInfo;
  facts: Facts;
  /** Acts that change a root, by root key, outside constructors and start-up code. */
  changes: Map<string, { fn: FunctionDef; act: Act }[]>;
}

export interface Rule {
  id: RuleId;
  detect(context: RuleContext): Candidate[];
}

export function ruleContext(info: ModuleInfo, facts: Facts): RuleContext {
  const changes = new Map<string, { fn: FunctionDef; act: Act }[]>();
  for (const { fn, act, quiet } of facts.acts) {
    if (quiet || act.kind === 'use') continue;
    const list = changes.get(act.place.key);
    if (list === undefined) changes.set(act.place.key, [{ fn, act }]);
    else list.push({ fn, act });
  }
  return { info, facts, changes };
}

/** Check and act concern one state. */
export function sameState(pair: Pair): boolean {
  return relies(pair.read, pair.act);
}

function lockNames(held: readonly Held[]): string[] {
  return held.map((h) => h.lock.replace(/\|.*$/, ''));
}

/** Somebody may change what was read between the check and the act. */
export function mayInterfere(context: RuleContext, pair: Pair): boolean {
  const { read: r } = pair;
  const all = context.changes.get(r.place.key) ?? [];
  if (pair.via === 'control' && (pair.act.kind === 'use' ? !pair.act.stale : !sameState(pair)) && isHandedIn(context, r.place))
    return false;
  // Most pairs need no more than one change to be found.
  if (pair.section.length === 0 && r.place.root.kind === 'attribute' && pair.fn.kind !== 'module')
    return all.some((c) => mayConflict(c.act.place, r.place));
  const changes = all.filter((c) => mayConflict(c.act.place, r.place));
  if (changes.length === 0) return false;
  if (!isShared(context, pair.within ?? pair.fn, r.place, changes)) return false;
  // What only the start-up code touches is its own.
  if (pair.fn.kind === 'module' && changes.every((c) => c.fn.kind === 'module')) return false;
  const section = new Set(pair.section.map((lock) => lock.replace(/\|.*$/, '')));
  return section.size === 0 || changes.some((c) => !lockNames(c.act.held).some((lock) => section.has(lock)));
}

/**
 * Only `setService(service) { this.service = service; }` changes it, and it is no flag: what an object works with, handed in
 * before it is used.
 */
export function isHandedIn({ info, changes }: RuleContext, { key, root, path }: Place): boolean {
  if (info.language !== 'javascript' || root.kind !== 'attribute' || path.length > 0) return false;
  const all = changes.get(key) ?? [];
  const setters = all.filter((c) => c.fn.kind !== 'constructor' && c.fn.kind !== 'initializer').map((c) => c.fn);
  const isSetter = ({ name, params, span }: FunctionDef): boolean =>
    /^set[A-Z]/.test(name) && params.length === 1 && /\{\s*this\.[#\w$]+\s*=\s*[\w$]+;?\s*(?:return this;?\s*)?\}$/.test(info.text(span));
  return setters.length > 0 && setters.every(isSetter) && !all.some((c) => /=\s*(?:true|false);?$/.test(info.text(c.act.span)));
}

const perCall = /^(?:opts?|options|init|params|args)$|(?:Opts|Options|Init|Params|Args)$/;

/** Something of the options that a caller of JavaScript hands in: whoever calls writes them down for the call. */
export function isOfOneCall(context: RuleContext, at: Place): boolean {
  if (at.root.kind !== 'variable' || context.info.language !== 'javascript' || !perCall.test(at.root.variable.name)) return false;
  const { variable } = at.root;
  const declared = context.info.declaredIn.get(variable);
  const isIt = (p: Param): boolean => p.target.kind === 'name' && p.target.ref.kind === 'variable' && p.target.ref.variable === variable;
  return declared !== undefined && declared.kind !== 'constructor' && declared.params.some(isIt);
}

/** A variable is shared when another function than the one it lives in changes it, or this is such a function. */
export function isShared(context: RuleContext, fn: FunctionDef, at: Place, changes: readonly { fn: FunctionDef }[]): boolean {
  if (at.root.kind !== 'variable') return true;
  const { variable } = at.root;
  const declared = context.info.declaredIn.get(variable);
  if (declared === undefined) return true;
  if (isOfOneCall(context, at)) return false;
  if (variable.captured) return declared !== fn || changes.some((c) => c.fn !== fn);
  // An object handed in: shared when the caller shares it.
  return (
    at.path.length > 0 &&
    declared.params.some((p) => p.target.kind === 'name' && p.target.ref.kind === 'variable' && p.target.ref.variable === variable)
  );
}

/** What is written is made of what is there by then as well: `this.queue = [...unsent, ...this.queue]`. */
export function isMerged({ info }: RuleContext, { read, act, gap, via, mode }: Pair): boolean {
  if (via !== 'data' || mode !== 'loop' || gap === null || read.time > gap.time || isAskedWith(read, gap.span)) return false;
  // By way of a local one gets to what was there before: `todos.filter(…)` where `todos` was looked up.
  const isDirect = ({ span, place }: Read): boolean => {
    const [, first, next = ''] = /^([\w$]+)\s*(\(?)/.exec(info.text(span)) ?? [];
    if (first === undefined || next !== '' || /^(?:this|self|cls|await)$/.test(first)) return true;
    return first === (place.root.kind === 'attribute' ? place.base.split('.')[0] : placeName(place));
  };
  return act.value?.reads.some((r) => r !== read && r.time > gap.time && samePlace(r.place, read.place) && isDirect(r)) === true;
}

/** What is waited for is asked with it: `await fetchPage(this.items.length)`. The answer is one to that, whatever there is by then. */
export function isAskedWith({ span }: Read, waited: Span): boolean {
  return waited.start <= span.start && span.end <= waited.end;
}

/** What was taken out of there, or made where nothing was: `client = idle.pop() ?? connect()`, and later `idle.push(client)`. */
export function isPutBack({ info }: RuleContext, { act }: Pair): boolean {
  return act.kind === 'add' && act.value?.reads.some((r) => samePlace(r.place, act.place) && isTakenOut(info, r)) === true;
}

export function pairCandidate(context: RuleContext, pair: Pair, rule: RuleId, specificity: number): Candidate {
  const made = candidate(context, rule, pair.fn, pair.check, pair.act.span, pair.gap?.span ?? null, sharedPlace(pair), specificity);
  return { ...made, inside: pair.act.inside, ...(pair.act.kind === 'use' ? { uses: true as const } : {}) };
}

/** The more telling of the two places: the element rather than the container. */
function sharedPlace(pair: Pair): Place {
  if (!sameState(pair)) return pair.read.place;
  return pair.act.place.path.length > pair.read.place.path.length ? pair.act.place : pair.read.place;
}

export function candidate(
  context: RuleContext,
  rule: RuleId,
  fn: FunctionDef,
  check: Span,
  act: Span,
  gap: Span | null,
  at: Place,
  specificity: number,
): Candidate {
  return {
    rule,
    module: context.info.module,
    fn,
    owner: at.root.kind === 'attribute' ? ownerOf(context, fn, at) : null,
    check,
    act,
    inside: [],
    gap,
    shared: placeText(at),
    sharedName: placeName(at),
    specificity,
  };
}

function ownerOf(context: RuleContext, fn: FunctionDef, at: Place): Candidate['owner'] {
  for (let f: FunctionDef | null = fn; f !== null; f = f.parent) if (f.owner !== null) return f.owner;
  const { root } = at;
  return root.kind === 'attribute' ? (context.info.module.classes.find((c) => context.info.ownerName(c) === root.owner) ?? null) : null;
}

/** The value written is made on the spot rather than handed in. */
export function isMade(act: Act): boolean {
  return act.value?.made === true;
}

export function sameKey(r: Read, act: Act): boolean {
  return r.keyText === null || act.keyText === null || r.keyText === act.keyText;
}

export type { Expr };

/** What it leaves is nothing. */
export function clears(info: ModuleInfo, act: Act): boolean {
  return act.kind === 'remove' || (act.kind === 'assign' && /=\s*(?:None|null|undefined|false|False|0)\s*;?$/.test(info.text(act.span)));
}
