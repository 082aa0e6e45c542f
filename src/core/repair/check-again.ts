/**
 * On an event loop: the test is made again after the await, right before the act. A guard that
 * leaves (`if (…) return`) is repeated as it stands; a test around the act is put around it once more.
 */
import type { Draft } from './edit.ts';
import { indentAt, indentLines, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { chainTo, contains, leaves, someExpr, statementAt, testOf, textOf, type Site } from './site.ts';

export function checkAgain(site: Site): Draft[] {
  const { candidate, text } = site;
  if (!candidate.gap) return [];
  const found = testOf(site);
  if (!found) return [];
  const { statement } = found;
  if (someExpr(site.fn, statement.test.span, (e) => e.kind === 'await' || e.kind === 'yield')) return [];
  const chain = chainTo(site.fn.body, candidate.act);
  const act = statementAt(chain.at(-1));
  if (!act || !startsLine(text, act.span.start) || act.kind === 'return') return [];
  const { eol, unit } = site.layout;
  const at = lineStart(text, act.span.start);
  const indent = indentAt(text, act.span.start);
  if (contains(statement.span, candidate.act)) {
    if (contains(candidate.gap, candidate.act) || !statement.then.some((s) => contains(s.span, candidate.act))) return [];
    // The value may be awaited in the act itself: then it goes first, into a variable of its own.
    if (someExpr(site.fn, act.span, (e) => e.kind === 'await' || e.kind === 'yield')) return [];
    const to = nextLine(text, trimEnd(text, act.span));
    const python = site.module.language === 'python';
    const head = python ? `if ${textOf(site, statement.test.span)}:` : `if (${textOf(site, statement.test.span)}) {`;
    const edits = [{ start: at, end: at, text: `${indent}${head}${eol}` }, ...indentLines(site.module, at, to, unit)];
    if (!python) edits.push({ start: to, end: to, text: `${/[\r\n]$/.test(text.slice(0, to)) ? '' : eol}${indent}}${eol}` });
    return [{ title: 'Check again after the await', edits }];
  }
  if (statement.else.length > 0 || !leaves(statement.then) || candidate.act.start < statement.span.end) return [];
  const end = trimEnd(text, statement.span);
  const old = indentAt(text, statement.span.start);
  if (!startsLine(text, statement.span.start)) return [];
  const copy = text
    .slice(lineStart(text, statement.span.start), end)
    .split(/\r?\n/)
    .map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line))
    .join(eol);
  return [{ title: 'Check again after the await', edits: [{ start: at, end: at, text: `${copy}${eol}` }] }];
}
