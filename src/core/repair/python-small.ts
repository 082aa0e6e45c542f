/** Python edits of a word or two: wait in a loop, iterate over a copy. */
import type { Draft } from './edit.ts';
import { chainTo, contains, statementAt, testOf, type Site } from './site.ts';

/** `if not ready: cond.wait()` becomes `while not ready: …`: a wake-up may come for another, or too late. */
export function waitInLoop(site: Site): Draft[] {
  if (site.module.language !== 'python' || site.candidate.rule !== 'wait-without-loop') return [];
  const found = testOf(site);
  if (!found || found.statement.else.length > 0) return [];
  const { start } = found.statement.span;
  if (!/^if\b/.test(site.text.slice(start, start + 3))) return [];
  return [{ title: 'Wait in a loop: test again after every wake-up', edits: [{ start, end: start + 2, text: 'while' }] }];
}

/** `for x in items:` becomes `for x in list(items):`; the same for JavaScript with a spread. */
export function iterateCopy(site: Site): Draft[] {
  if (site.candidate.rule !== 'mutate-while-iterating') return [];
  const loop = chainTo(site.fn.body, site.candidate.check)
    .map(statementAt)
    .findLast(
      (s) => s?.kind === 'forEach' && (contains(s.iterable.span, site.candidate.check) || contains(site.candidate.check, s.iterable.span)),
    );
  if (loop?.kind !== 'forEach' || loop.isAsync) return [];
  const { start, end } = loop.iterable.span;
  const source = site.text.slice(start, end);
  const text = site.module.language === 'python' ? `list(${source})` : `[...${source}]`;
  return [{ title: 'Iterate over a copy', edits: [{ start, end, text }] }];
}
