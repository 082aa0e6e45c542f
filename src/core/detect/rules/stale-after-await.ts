/** A value or reference taken before an await is used after it as if nothing had happened. */
import type { FunctionDef, Span } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import { endsForGood, goesOn, saysOver } from '../../program/lifecycle-names.ts';
import type { ModuleInfo } from '../module-info.ts';
import { mayConflict, mayOverlap, samePlace } from '../shared.ts';
import { relies } from '../walk/events.ts';
import type { Act, OwnUse, Pair, Stored } from '../walk/state.ts';
import { candidate, clears, isOfOneCall, isShared, type Rule, type RuleContext, mayInterfere, pairCandidate, sameState } from './rule.ts';

export const staleAfterAwait: Rule = {
  id: 'stale-after-await',
  detect: (context) => [
    ...context.facts.stored.flatMap((stored) => putLate(context, stored)),
    ...context.facts.own.flatMap((own) => goneOnWith(context, own)),
    ...context.facts.uses.flatMap((pair) =>
      pair.mode === 'loop' && isClosedWith(context, pair) ? [pairCandidate(context, pair, 'stale-after-await', 43)] : [],
    ),
    ...context.facts.pairs.flatMap((pair): Candidate[] => {
      const { act, read } = pair;
      if (pair.mode !== 'loop' || read.place.root.kind === 'file' || read.place.root.kind === 'table') return [];
      if (!mayInterfere(context, pair)) return [];
      if (read.isSet === true) {
        const taken = (context.changes.get(read.place.key) ?? []).some((c) => clears(context.info, c.act));
        return taken && sameState(pair) ? [{ ...pairCandidate(context, pair, 'stale-after-await', 44), sets: true }] : [];
      }
      if (act.kind === 'use')
        return sameState(pair) && !endsOwn(context, act) ? [pairCandidate(context, pair, 'stale-after-await', 45)] : [];
      // Written through a reference that was looked up before the gap.
      if (act.stale && sameState(pair)) {
        // Asked of the very part that is changed, it is a check: the reference is only how one gets there.
        const isChecked = pair.via === 'control' && read.place.path.length > 1 && mayOverlap(read.place, act.place);
        return [pairCandidate(context, pair, 'stale-after-await', isChecked ? 55 : 62)];
      }
      // A value that went stale is stored elsewhere.
      if (pair.via === 'data' && !sameState(pair) && act.value?.reads.includes(read) === true && !isOfOneCall(context, act.place))
        return isDrawn(context.info, read.span) || isMovedOn(context, pair) ? [] : [pairCandidate(context, pair, 'stale-after-await', 25)];
      return [];
    }),
  ],
};

/** `const id = this.next++`: a number of one's own, whatever numbers the others draw. */
function isDrawn({ language, module: { text } }: ModuleInfo, { start, end }: Span): boolean {
  return (
    language === 'javascript' &&
    (/(?:\+\+|--)$/.test(text.slice(Math.max(0, start - 2), start)) || /^(?:\+\+|--)/.test(text.slice(end, end + 2)))
  );
}

/** `const from = this.offset; this.offset += size;`: nobody else is given the same before the gap. */
function isMovedOn({ facts }: RuleContext, { fn, read, gap }: Pair): boolean {
  if (gap === null) return false;
  const { time, place } = read;
  return facts.acts.some(
    ({ fn: by, act }) => by === fn && act.kind !== 'use' && act.time > time && act.time < gap.time && samePlace(act.place, place),
  );
}

/** `conn.close()` of what the call has had all along: whoever has used it may end it, whatever took its place. */
function endsOwn({ info }: RuleContext, { span }: Act): boolean {
  const method = /^[A-Za-z_$][\w$]*\.(\w+)\(/.exec(info.text(span))?.[1];
  return method !== undefined && endsForGood(method);
}

/** `this.rows = []; for await (const row of load()) this.rows.push(row)`: two such calls fill one list. */
function goneOnWith(context: RuleContext, { fn, set, act, gap, mode }: OwnUse): Candidate[] {
  const { place } = set;
  if (set.own === null || set.own === 'put' || fn.kind === 'module' || place.root.kind === 'file' || place.root.kind === 'table') return [];
  const isGiven = set.own === 'given';
  if (isGiven && mode !== 'loop') return [];
  const changes = (context.changes.get(place.key) ?? []).filter((c) => mayConflict(c.act.place, place));
  if (!isShared(context, fn, place, changes) || isOfOneCall(context, place)) return [];
  const made = candidate(context, 'stale-after-await', fn, set.span, act.span, gap?.span ?? null, place, isGiven ? 20 : 41);
  return [{ ...made, inside: act.inside, own: set.own, ...(isGiven ? { isMild: true as const } : {}) }];
}

/**
 * `this.socket = await connect()`, where `stop()` closes the socket that is there: when it is called meanwhile there is none
 * yet, and what is put there afterwards nobody closes.
 */
function putLate(context: RuleContext, { fn, gap, act, isTimed }: Stored): Candidate[] {
  const { place } = act;
  if (fn.kind === 'module' || place.path.length > 1 || act.held.length > 0 || clears(context.info, act)) return [];
  const { facts, info } = context;
  const changes = (context.changes.get(place.key) ?? []).filter((c) => samePlace(c.act.place, place));
  const setters = new Set(changes.filter((c) => !isEmptied(info, c.act)).map((c) => c.fn));
  const endings = facts.endings.filter((e) => samePlace(e.place, place));
  // What was emptied takes an answer to be filled again.
  const emptied = act.value?.awaited == null ? [] : changes.filter((c) => isEmptied(info, c.act) && saysOver(c.fn.name));
  const enders = new Set([...endings, ...emptied].map((e) => e.fn).filter((by) => by !== fn && !setters.has(by)));
  // Who only closes a connection may mean it to be opened again in time.
  if (isTimed && ![...enders].some((by) => saysOver(by.name))) return [];
  if (enders.size === 0 || !isShared(context, fn, place, [...changes, ...[...enders].map((by) => ({ fn: by }))])) return [];
  const looks = facts.reads
    .filter((r) => !r.read.viaCall && samePlace(r.read.place, place))
    .map(({ fn: by, read: { span } }) => ({ fn: by, span }));
  const sites = [...looks, ...endings, ...changes.map((c) => ({ fn: c.fn, span: c.act.span }))];
  const ends = sites.filter((site) => enders.has(site.fn)).map(({ span }) => span);
  const isMild = [...enders].every(isCalledByAnybody) && endings.every((e) => !goesOn(e.by) || !enders.has(e.fn));
  const found = { ...candidate(context, 'stale-after-await', fn, gap, act.span, gap, place, 42), ends, rivals: [...enders] };
  return [isMild ? { ...found, isMild } : found];
}

/** A method, or a function of the module: no clean-up that was handed to somebody. */
function isCalledByAnybody(fn: FunctionDef): boolean {
  return fn.owner !== null || fn.parent?.kind === 'module';
}

/** What it leaves is as good as nothing. */
function isEmptied(info: ModuleInfo, act: Act): boolean {
  return (
    clears(info, act) ||
    /=\s*(?:\[\s*\]|\{\s*\}|""|''|new (?:Map|Set)(?:<[^;]*>)?\(\s*\)|dict\(\)|list\(\)|set\(\))\s*;?$/.test(info.text(act.span))
  );
}

/** Whoever changes what was checked closes what is used: `this.closed = true; this.socket.end()`. */
function isClosedWith(context: RuleContext, pair: Pair): boolean {
  const { read, act } = pair;
  if (read.place.root.kind === 'file' || read.place.root.kind === 'table' || !mayInterfere(context, pair)) return false;
  const closers = context.facts.endings
    .filter((e) => e.by !== null && endsForGood(e.by) && samePlace(e.place, act.place))
    .map(({ fn }) => fn);
  return (context.changes.get(read.place.key) ?? []).some(({ fn, act: a }) => closers.includes(fn) && relies(read, a));
}
