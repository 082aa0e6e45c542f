/**
 * Python: one lock around everything from check to act, and around every other change of the same
 * state in the module. The lock is one that is there already, or a new one beside the state it
 * guards: in `__init__` for attributes, at the top level for globals, next to a captured variable.
 */
import { listsOf } from '../detect/visit.ts';
import type { Candidate } from '../detect/candidate.ts';
import type { ClassDef, Expr, FunctionDef, Span, Stmt } from '../program/program.ts';
import type { Edit, Draft } from './edit.ts';
import { freeName, indentAt, indentLines, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { isDocstring, qualified } from './python-names.ts';
import { callsWithin, chainTo, contains, regionOf, someExpr, statementAt, type Site } from './site.ts';

interface Region {
  fn: FunctionDef;
  list: Stmt[];
  from: number;
  to: number;
  /** The object the state hangs on here, `self`; empty for a global. */
  base: string;
}

/** Proposals, the narrowest first: from check to act; the whole bodies of loops and functions. */
export function holdLock(site: Site): Draft[] {
  // One lock more does not put two others in order.
  if (site.module.language !== 'python' || site.candidate.rule === 'lock-order') return [];
  const out: Draft[] = [];
  for (const wide of [false, true]) {
    const proposal = withRegions(site, regionsOf(site, wide));
    if (proposal && !out.some((p) => JSON.stringify(p.edits) === JSON.stringify(proposal.edits))) out.push(proposal);
  }
  return out;
}

function regionsOf(site: Site, wide: boolean): Region[] {
  const regions: Region[] = [];
  const coroutine = site.fn.isAsync;
  for (const c of site.same) {
    if (c.fn.isAsync !== coroutine) continue;
    const found = c.fn.kind === 'module' && c !== site.candidate && site.fn.kind !== 'module' ? null : widened(site, c, wide);
    if (found) regions.push({ fn: c.fn, ...found, base: baseOf(c) });
  }
  for (const { fn, act } of site.changes) {
    if (fn.isAsync !== coroutine) continue;
    const chain = chainTo(fn.body, act.span);
    const place = chain.at(-1);
    if (place) regions.push({ fn, list: place.list, from: place.index, to: place.index, base: act.place.base });
  }
  return merged(site, regions);
}

/** `self.seats[seat]` hangs on `self`. */
function baseOf(c: Candidate): string {
  if (c.owner === null) return '';
  const at = c.shared.indexOf(`.${c.sharedName}`);
  return at > 0 ? c.shared.slice(0, at) : '';
}

function widened(site: Site, c: Candidate, wide: boolean): { list: Stmt[]; from: number; to: number } | null {
  const region = regionOf(c.fn, c.check, c.act);
  if (!region) return null;
  const only = region.from === region.to ? region.list[region.from] : undefined;
  // A loop that tests the state at its head: hold the lock while it turns only when nothing less will do.
  if (wide && c === site.candidate && only?.kind !== 'while') {
    const body = c.fn.body.filter((s) => !isDocstring(s) && !/^(global|nonlocal)\b/.test(site.text.slice(s.span.start, s.span.end)));
    const first = c.fn.body.indexOf(body[0] as Stmt);
    if (c.fn.kind !== 'module' && first >= 0) return { list: c.fn.body, from: first, to: c.fn.body.length - 1 };
  }
  return region;
}

/** Grows regions to whole lines and joins those that touch; an inner region goes with the outer one. */
function merged(site: Site, regions: readonly Region[]): Region[] {
  const out: Region[] = [];
  for (const region of regions) {
    const whole = wholeLines(site, region);
    if (whole) out.push(whole);
  }
  out.sort((a, b) => spanOf(a).start - spanOf(b).start || spanOf(b).end - spanOf(a).end);
  const kept: Region[] = [];
  for (const r of out) {
    const last = kept.at(-1);
    if (!last || spanOf(r).start >= spanOf(last).end) kept.push(r);
    else if (!contains(spanOf(last), spanOf(r)) && r.list === last.list) last.to = Math.max(last.to, r.to);
  }
  return kept;
}

function spanOf(r: { list: Stmt[]; from: number; to: number }): Span {
  return { start: r.list[r.from]?.span.start ?? 0, end: r.list[r.to]?.span.end ?? 0 };
}

/** Out to the nearest statements that can stand in a block of their own. */
function wholeLines(site: Site, region: Region): Region | null {
  let current = region;
  for (let i = 0; i < 20; i++) {
    const { start, end } = spanOf(current);
    const ok =
      startsLine(site.text, start) &&
      !/^(elif|else|except|finally)\b/.test(site.text.slice(start, start + 8)) &&
      endOfLine(site.text, trimEnd(site.text, { start, end }));
    if (ok) return current;
    const chain = chainTo(current.fn.body, { start, end });
    const outer = chain.findLastIndex((p) => p.list === current.list) - 1;
    const place = chain[outer];
    if (!place || !statementAt(place)) return null;
    current = { ...current, list: place.list, from: place.index, to: place.index };
  }
  return null;
}

function endOfLine(text: string, at: number): boolean {
  return /^[ \t]*(#.*)?$/.test(text.slice(at, /[\r\n]|$/.exec(text.slice(at))!.index + at));
}

function withRegions(site: Site, regions: readonly Region[]): Draft | null {
  // A lock held round an endless loop shuts the others out for ever.
  if (regions.length === 0 || regions.some((r) => r.list.slice(r.from, r.to + 1).some(isEndless))) return null;
  const coroutine = site.fn.isAsync;
  const reentrant = !coroutine && callsBack(regions);
  const lock = lockFor(site, coroutine ? 'asyncio' : 'threading', reentrant ? 'RLock' : 'Lock');
  if (!lock) return null;
  const edits: Edit[] = [...lock.edits];
  const { eol, unit } = site.layout;
  if (lock.made && regions.some((r) => takes(r, lock, site.text))) {
    // What is inside takes it too: it has to let its holder in again.
    const again = /\bLock(?=\(\)$)/.exec(site.text.slice(lock.made.start, lock.made.end));
    if (coroutine || !again || !/\.Lock\(\)$/.test(site.text.slice(lock.made.start, lock.made.end))) return null;
    edits.push({ start: lock.made.start + again.index, end: lock.made.start + again.index + 4, text: 'RLock' });
  }
  for (const r of regions) {
    const name = lock.nameFor(r);
    if (name === null) continue;
    const { start, end } = spanOf(r);
    if (heldAlready(r.fn, { start, end }, name, site.text)) continue;
    const from = lineStart(site.text, start);
    const to = nextLine(site.text, trimEnd(site.text, { start, end }));
    edits.push({ start: from, end: from, text: `${indentAt(site.text, start)}${coroutine ? 'async with' : 'with'} ${name}:${eol}` });
    edits.push(...indentLines(site.module, from, to, unit));
  }
  const where =
    regions.length > 1
      ? `around the check and the act, and around every change of ${site.candidate.sharedName}`
      : 'from the check to the act';
  return { title: `Hold ${lock.shown} ${where}`, edits };
}

function isEndless(s: Stmt): boolean {
  if (s.kind === 'while' && s.test.kind === 'const') return true;
  return listsOf(s).some((list) => list.some(isEndless));
}

/** A region calls a function that takes the lock too. */
function callsBack(regions: readonly Region[]): boolean {
  const names = new Set(regions.map((r) => r.fn.name));
  const reads = (r: Region): boolean => someExpr(r.fn, spanOf(r), (e) => e.kind === 'attr' && names.has(e.name));
  return regions.some((r) => reads(r) || [...callsWithin(r.fn, spanOf(r))].some((n) => names.has(n)));
}

function heldAlready(fn: FunctionDef, span: Span, name: string, text: string): boolean {
  return chainTo(fn.body, span).some((p) => {
    const s = statementAt(p);
    return (
      s?.kind === 'with' &&
      !(s.span.start === span.start) &&
      s.items.some((i) => text.slice(i.context.span.start, i.context.span.end) === name)
    );
  });
}

/** Some statement inside the region takes the lock. */
function takes(r: Region, lock: Lock, text: string): boolean {
  const name = lock.nameFor(r);
  const within = (list: readonly Stmt[]): boolean =>
    list.some(
      (s) =>
        (s.kind === 'with' && s.items.some((i) => text.slice(i.context.span.start, i.context.span.end) === name)) ||
        listsOf(s).some(within),
    );
  return name !== null && within(r.list.slice(r.from, r.to + 1));
}

interface Lock {
  shown: string;
  /** The call that makes it, when it was there already. */
  made?: Span;
  edits: Edit[];
  /** The lock as written in a region; null where it cannot be reached. */
  nameFor(r: Region): string | null;
}

function lockFor(site: Site, from: string, kind: string): Lock | null {
  const { candidate } = site;
  if (candidate.owner !== null && site.changes.every((c) => c.act.place.root.kind === 'attribute'))
    return attributeLock(site, candidate.owner, from, kind);
  return globalLock(site, from, kind);
}

function isLock(e: Expr, from: string): boolean {
  if (e.kind !== 'call' || e.args.length > 0) return false;
  const { callee } = e;
  const name = callee.kind === 'attr' ? callee.name : callee.kind === 'name' && callee.ref.kind === 'global' ? callee.ref.name : '';
  if (name !== 'Lock' && name !== 'RLock') return false;
  return (
    callee.kind !== 'attr' || (callee.object.kind === 'name' && callee.object.ref.kind === 'global' && callee.object.ref.name === from)
  );
}

function attributeLock(site: Site, owner: ClassDef, from: string, kind: string): Lock | null {
  const { text } = site;
  const { eol, unit } = site.layout;
  const methods = site.module.functions.filter((f) => f.owner === owner && !f.isStatic);
  const init = methods.find((f) => f.name === '__init__');
  const self = init?.params[0]?.name ?? 'self';
  const named =
    (attribute: string) =>
    (r: Region): string | null =>
      r.base === '' ? null : `${r.base}.${attribute}`;
  for (const s of init?.body ?? []) {
    const target = s.kind === 'assign' ? s.targets[0] : undefined;
    if (
      s.kind === 'assign' &&
      target?.kind === 'attr' &&
      isLock(s.value, from) &&
      (kind === 'Lock' || /RLock/.test(text.slice(s.value.span.start, s.value.span.end)))
    ) {
      return { shown: `${self}.${target.name}`, edits: [], made: s.value.span, nameFor: named(target.name) };
    }
  }
  const name = freeName(text, ['_lock', `_${site.candidate.sharedName.replace(/^_+/, '')}_lock`]);
  const call = qualified(site.module, from, kind);
  const body = init?.body ?? [];
  const anchor = body.find((s) => isDocstring(s)) ? 1 : 0;
  const superCall = body[anchor];
  const afterSuper = superCall && /^super\(/.test(text.slice(superCall.span.start, superCall.span.end)) ? anchor + 1 : anchor;
  const before = body[afterSuper] ?? null;
  if (init && before && startsLine(text, before.span.start)) {
    const at = lineStart(text, before.span.start);
    const line = `${indentAt(text, before.span.start)}${self}.${name} = ${call.text}()${eol}`;
    return { shown: `${self}.${name}`, edits: [...call.edits, { start: at, end: at, text: line }], nameFor: named(name) };
  }
  const members = owner.body?.body ?? [];
  const first = members.find((s) => !isDocstring(s));
  if (!first) return null;
  const firstStart = decoratedStart(site, first);
  if (!startsLine(text, firstStart)) return null;
  const at = lineStart(text, firstStart);
  const gap = first.kind === 'assign' && !/^(async\s+)?def\b|^class\b|^@/.test(text.slice(firstStart, firstStart + 6)) ? '' : eol;
  void unit;
  return {
    shown: `${self}.${name}`,
    edits: [...call.edits, { start: at, end: at, text: `${indentAt(text, firstStart)}${name} = ${call.text}()${eol}${gap}` }],
    nameFor: named(name),
  };
}

/** Where the statement begins with its decorators. */
function decoratedStart(site: Site, s: Stmt): number {
  const fn = site.module.functions.find((f) => f.span.start === s.span.start || contains(s.span, f.nameSpan));
  const first = fn?.decorators[0];
  if (!first) return s.span.start;
  const at = site.text.lastIndexOf('@', first.span.start);
  return at >= 0 ? Math.min(at, s.span.start) : s.span.start;
}

function globalLock(site: Site, from: string, kind: string): Lock | null {
  const { text, module } = site;
  const { eol } = site.layout;
  for (const s of module.body.body) {
    const target = s.kind === 'assign' ? s.targets[0] : undefined;
    if (
      s.kind === 'assign' &&
      target?.kind === 'name' &&
      target.ref.kind === 'global' &&
      isLock(s.value, from) &&
      (kind === 'Lock' || /RLock/.test(text.slice(s.value.span.start, s.value.span.end)))
    ) {
      const { name } = target.ref;
      return { shown: name, edits: [], made: s.value.span, nameFor: () => name };
    }
  }
  const stem = site.candidate.sharedName
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  const name = freeName(text, /^[a-z]\w{0,20}$/.test(stem) ? [`${stem}_lock`, 'state_lock'] : ['state_lock']);
  const call = qualified(module, from, kind);
  const home = definitionOf(site);
  if (home) {
    const end = trimEnd(text, home.span);
    const at = nextLine(text, end);
    const line = `${indentAt(text, home.span.start)}${name} = ${call.text}()`;
    const atEnd = at === text.length && !/[\r\n]$/.test(text);
    return {
      shown: name,
      edits: [...call.edits, { start: at, end: at, text: atEnd ? `${eol}${line}` : `${line}${eol}` }],
      nameFor: () => name,
    };
  }
  const first = module.body.body.find((s) => s.kind !== 'import' && !isDocstring(s));
  if (!first) return null;
  const at = lineStart(text, decoratedStart(site, first));
  return { shown: name, edits: [...call.edits, { start: at, end: at, text: `${name} = ${call.text}()${eol}${eol}` }], nameFor: () => name };
}

/** The statement that makes the state: of the global, or of the variable of an enclosing function. */
function definitionOf(site: Site): Stmt | null {
  const name = site.candidate.sharedName;
  const variable = site.changes.map((c) => c.act.place.root).find((r) => r.kind === 'variable');
  const enclosing = variable?.kind === 'variable' ? site.module.functions.find((f) => f.variables.includes(variable.variable)) : undefined;
  for (const s of (enclosing ?? site.module.body).body) {
    if (s.kind !== 'assign') continue;
    const hit = s.targets.some((t) => t.kind === 'name' && (t.ref.kind === 'variable' ? t.ref.variable.name : t.ref.name) === name);
    if (hit && startsLine(site.text, s.span.start)) return s;
  }
  return null;
}
