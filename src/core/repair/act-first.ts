/**
 * Python and JavaScript on an event loop: the write moves before the await, so that whoever checks
 * in the gap sees it: the flag is set, the seat is taken, before anybody waits.
 */
import type { Stmt } from '../program/program.ts';
import { visitExpr, visitTarget, listsOf } from '../detect/visit.ts';
import type { Draft } from './edit.ts';
import { endsLine, indentAt, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { chainTo, contains, statementAt, type Site } from './site.ts';

export function actFirst(site: Site): Draft[] {
  const { candidate, text } = site;
  if (!candidate.gap) return [];
  const actChain = chainTo(site.fn.body, candidate.act);
  const gapChain = chainTo(site.fn.body, candidate.gap);
  // The innermost list that holds both as different statements.
  for (let i = Math.min(actChain.length, gapChain.length) - 1; i >= 0; i--) {
    const a = actChain[i];
    const g = gapChain[i];
    if (!a || !g || a.list !== g.list || a.index <= g.index) continue;
    const act = statementAt(a);
    const gap = statementAt(g);
    if (!act || !gap || !isPlain(act) || !wholeLine(text, act) || !startsLine(text, gap.span.start)) return [];
    if (contains(gap.span, candidate.check) && gap.kind !== 'if') {
      // A check inside the statement that waits cannot be passed.
      return [];
    }
    // A value that is only ready after the wait must not be seen before it; a flag may.
    if (candidate.rule === 'double-init' && !writesConstant(act)) return [];
    if (usesWhatIsMadeBetween(act, a.list.slice(g.index, a.index))) return [];
    const from = lineStart(text, act.span.start);
    const to = nextLine(text, trimEnd(text, act.span));
    const at = lineStart(text, gap.span.start);
    const moved = text.slice(from, to);
    const line = /[\r\n]$/.test(moved) ? moved : `${moved}${site.layout.eol}`;
    return [
      {
        title: `Write ${candidate.sharedName} before waiting, not after`,
        edits: [
          { start: at, end: at, text: indentAt(text, gap.span.start) + line.slice(indentAt(text, act.span.start).length) },
          { start: from, end: to, text: '' },
        ],
      },
    ];
  }
  return [];
}

function isPlain(s: Stmt): boolean {
  return (s.kind === 'expr' || s.kind === 'delete' || (s.kind === 'assign' && !s.declares)) && !holdsAwait(s);
}

function writesConstant(s: Stmt): boolean {
  if (s.kind === 'assign') return s.value.kind === 'const';
  return s.kind === 'expr' && s.value.kind === 'assign' && s.value.value.kind === 'const';
}

function holdsAwait(s: Stmt): boolean {
  let found = false;
  eachExpr(s, (kind) => {
    if (kind === 'await' || kind === 'yield') found = true;
  });
  return found;
}

function eachExpr(s: Stmt, visit: (kind: string, name: string | null) => void): void {
  const visitor = {
    expr(e: { kind: string } & object): void {
      const name = 'ref' in e ? (e as { ref: { kind: string; name?: string; variable?: { name: string } } }).ref : null;
      visit(e.kind, name ? (name.variable?.name ?? name.name ?? null) : null);
    },
  };
  if (s.kind === 'expr') visitExpr(s.value, visitor);
  else if (s.kind === 'assign') {
    visitExpr(s.value, visitor);
    for (const t of s.targets) visitTarget(t, visitor);
  } else if (s.kind === 'delete') for (const t of s.targets) visitTarget(t, visitor);
}

function wholeLine(text: string, s: Stmt): boolean {
  return startsLine(text, s.span.start) && endsLine(text, trimEnd(text, s.span));
}

function usesWhatIsMadeBetween(act: Stmt, between: readonly Stmt[]): boolean {
  const used = new Set<string>();
  eachExpr(act, (_, name) => {
    if (name !== null) used.add(name);
  });
  const made = new Set<string>();
  const visit = (list: readonly Stmt[]): void => {
    for (const s of list) {
      if (s.kind === 'assign')
        for (const t of s.targets)
          visitTarget(t, {
            target: (x) => void (x.kind === 'name' && made.add(x.ref.kind === 'variable' ? x.ref.variable.name : x.ref.name)),
          });
      if (s.kind === 'declare') for (const r of s.variables) made.add(r.kind === 'variable' ? r.variable.name : r.name);
      for (const l of listsOf(s)) visit(l);
    }
  };
  visit(between);
  return [...used].some((n) => made.has(n));
}
