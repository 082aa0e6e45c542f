/**
 * What a call put there itself and goes on with after a gap, as if nobody else made the same call meanwhile: a list that it
 * emptied and then fills, what it was given and keeps in a place of its object. Of the triples of AVIO these are a local
 * write, a remote one, and a local access that takes the place still to hold what the first one left.
 */
import type { FunctionDef, Span } from '../../program/program.ts';
import { movesFile } from '../../program/file-names.ts';
import { lifecycleVerb } from '../../program/lifecycle-names.ts';
import { type Place, samePlace } from '../shared.ts';
import { gapBetween, useOf } from './events.ts';
import { type Act, type ActKind, type Acted, type Walk, ownText } from './state.ts';

const maxFacts = 400;

const empty = /=\s*(?:\[\s*\]|\{\s*\}|new (?:Map|Set|Array)(?:<[^;]*>)?\(\s*\)|(?:dict|list|set|deque|OrderedDict)\(\))\s*;?$/;

/** What an act leaves that whoever acts may go on with. */
export function ownOf(w: Walk, kind: ActKind, at: Place, span: Span): Acted['own'] {
  const text = w.info.text(span);
  if (kind === 'assign' && empty.test(text)) return 'emptied';
  if (/\.clear\(\s*\)$/.test(text) || (kind === 'assign' && /\.length\s*=\s*0\s*;?$/.test(text))) return 'emptied';
  if (kind !== 'assign' || at.root.kind !== 'attribute' || at.path.length > 0) return null;
  const value = /(?<![=!<>])=(?![=>])\s*([\s\S]*)$/.exec(text)?.[1] ?? '';
  const locals = localsOf(w.fn);
  return !/^(?:async\b|function\b|\()/.test(value) &&
    (value.match(/(?<![\w$.'"`])[A-Za-z_$][\w$]*/g) ?? []).some((name) => locals.has(name))
    ? 'given'
    : null;
}

/** Names of what belongs to one call. */
function localsOf(fn: FunctionDef): ReadonlySet<string> {
  const names = new Set<string>();
  for (let f: FunctionDef | null = fn; f !== null && f.kind !== 'module'; f = f.parent)
    for (const v of f.variables) if (v.name !== 'self' && v.name !== 'cls') names.add(v.name);
  return names;
}

/** An act on what was emptied before a gap, or on a part of what was given. */
export function goesOnWithOwn(w: Walk, a: Act): void {
  const own = ownBefore(w, a.place);
  if (own === null) return;
  const fills = own.own === 'emptied' && (a.kind === 'add' || a.kind === 'set' || a.kind === 'update' || a.kind === 'mutate');
  const changesPart = own.own === 'given' && a.kind !== 'use' && a.place.path.length > own.place.path.length;
  const takes = own.own === 'put' && isMove(w, a) && !a.viaCall && !isNamedByTime(w, a.place);
  if (fills || changesPart || takes) note(w, own, a);
}

function isMove(w: Walk, { span }: Act): boolean {
  return [...w.info.text(span).matchAll(/\.(\w+)\(/g)].some(([, name = '']) => movesFile(name));
}

const timely =
  /\b(?:Date\.now|performance\.now|hrtime|time\.time|time_ns|monotonic|strftime|isoformat|getTime|toISOString|new Date)\b|random|uuid|nanoid|mkd?temp|tempfile/i;

/** A file whose name says when it was made: two calls hardly ever write the same. */
function isNamedByTime(w: Walk, { root }: Place): boolean {
  if (root.kind !== 'file') return false;
  if (timely.test(root.name) || !/^[\w$]+$/.test(root.name)) return timely.test(root.name);
  const made = new RegExp(`(?<![\\w$.])${root.name.replaceAll('$', '\\$')}\\s*(?::[^=\\n]{1,40})?=(?![=>])\\s*([^;\\n]*)`, 'g');
  return [...ownText(w).matchAll(made)].some(([, value = '']) => timely.test(value));
}

/** A look at what was given and kept before a gap, other than to ask whether it is still the same. */
export function usesOwn(w: Walk, at: Place, span: Span): void {
  if (w.dead || w.inTest) return;
  const own = ownBefore(w, at);
  if (own?.own === 'given') note(w, own, useOf(w, own.place, span));
}

/** The last act on the place, where it is one to go on with and a gap has been passed since. */
function ownBefore(w: Walk, at: Place): Acted | null {
  if (w.later.length > 0 || lifecycleVerb(w.fn.name) === true) return null;
  for (let done = w.flow.acted; done !== null; done = done.previous) {
    if (done.place.key !== at.key || done.place.base !== at.base) continue;
    if (!samePlace({ ...at, path: at.path.slice(0, done.place.path.length) }, done.place)) continue;
    if (done.own === null) return null;
    const gap = gapBetween(w, done.time);
    return gap.suspended === null && (w.mode === 'loop' || gap.blocked === null) ? null : done;
  }
  return null;
}

function note(w: Walk, set: Acted, act: Act): void {
  if (w.facts.own.length >= maxFacts || set.held.some((h) => act.held.some((x) => x.id === h.id))) return;
  const gap = gapBetween(w, set.time);
  w.facts.own.push({ fn: w.fn, set, act, gap: gap.suspended ?? gap.blocked, mode: w.mode });
}
