/**
 * Not there yet, so it is made: by everybody who looked before the first was done. Or it is said to be there too early, and
 * whoever looks next goes on without.
 */
import type { FunctionDef, Span } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import { samePlace } from '../shared.ts';
import { isInside } from '../../program/functions.ts';
import { visitFunction } from '../visit.ts';
import type { EarlySet } from '../walk/state.ts';
import { candidate, type Rule, type RuleContext, isMade, mayInterfere, pairCandidate } from './rule.ts';

export const doubleInit: Rule = {
  id: 'double-init',
  detect: (context) => [...setLate(context), ...setEarly(context)],
};

function setLate(context: RuleContext): Candidate[] {
  return context.facts.pairs.flatMap((pair) => {
    if (pair.act.kind !== 'assign' || pair.via !== 'control' || pair.shape !== 'absence') return [];
    if (!samePlace(pair.read.place, pair.act.place) || !mayInterfere(context, pair)) return [];
    // A flag or a new object; a value handed in is a claim, which is `check-then-act`.
    const text = context.info.text(pair.act.span);
    const isFlag = /=\s*(true|True|1|!0|Date\.now\(\)|time\.time\(\))\s*;?$/.test(text);
    return [pairCandidate(context, pair, 'double-init', isMade(pair.act) || isFlag ? 78 : 58)];
  });
}

/** `if (ready) return; ready = true; data = await load()`: the first thing that comes after the gap, and the last. */
function setEarly(context: RuleContext): Candidate[] {
  const bySet = new Map<EarlySet['set'], EarlySet[]>();
  for (const e of context.facts.early) {
    // A flag that is let down again keeps others out while one is at work.
    const isLetDown = (context.changes.get(e.set.place.key) ?? []).some(
      ({ fn, act }) => fn === e.fn && act.span.start > e.set.span.end && samePlace(act.place, e.set.place) && !isHandler(e.fn, act.span),
    );
    // Whoever calls it from outside may well know that somebody else has begun it: here somebody relies on it.
    if (e.readies === 'ensured' && !isCalledHere(context, e.fn)) continue;
    if (!isLetDown) bySet.set(e.set, [...(bySet.get(e.set) ?? []), e]);
  }
  return [...bySet.values()].flatMap((all) => {
    const ends = [all[0], all.at(-1)].filter((e, i, both) => e !== undefined && both.indexOf(e) === i) as EarlySet[];
    return ends.map(({ fn, check, set, act, gap, readies }) => ({
      ...candidate(context, 'double-init', fn, check.span, act.span, gap?.span ?? null, set.place, 76),
      inside: act.inside,
      early: true as const,
      ...(readies === undefined ? {} : { readies: true as const }),
    }));
  });
}

/** Does another function of the file call it? */
function isCalledHere({ info }: RuleContext, fn: FunctionDef): boolean {
  const call = new RegExp(`(?<![\\w$])(?:await\\s+)(?:[\\w$.]+\\.)?${fn.name.replace(/[#$]/g, '\\$&')}\\(`);
  return info.module.functions.some((f) => f !== fn && f.kind !== 'module' && call.test(info.text(f.span)) && !isInside(fn, f));
}

/** Is it done where something failed? */
function isHandler(fn: FunctionDef, span: Span): boolean {
  let found = false;
  visitFunction(fn, {
    stmt(s) {
      if (s.kind !== 'try') return;
      const bodies = s.handlers.flatMap((h) => h.body);
      if (bodies.some((b) => b.span.start <= span.start && span.end <= b.span.end)) found = true;
    },
  });
  return found;
}
