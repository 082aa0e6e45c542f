/**
 * On an event loop: the shared value is read when it is written, not before the await.
 * `total += await f()` awaits first; `const old = total; await …; total = old + 1` reads after waiting.
 */
import type { Expr } from '../program/program.ts';
import { visitFunction } from '../detect/visit.ts';
import type { Draft } from './edit.ts';
import { endsLine, freeName, indentAt, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { chainTo, contains, statementAt, type Site } from './site.ts';

export function readLate(site: Site): Draft[] {
  return [...awaitFirst(site), ...readAfter(site)];
}

function awaitFirst(site: Site): Draft[] {
  const { candidate, text } = site;
  const act = statementAt(chainTo(site.fn.body, candidate.act).at(-1));
  if (!act || !contains(act.span, candidate.check) || (act.kind !== 'expr' && act.kind !== 'assign') || !startsLine(text, act.span.start))
    return [];
  // `x ??= await f()` would then wait, and call, every time.
  if (candidate.rule !== 'lost-update' && candidate.rule !== 'stale-after-await' && candidate.rule !== 'check-then-act') return [];
  if (act.kind === 'expr' && act.value.kind === 'logicalAssign') return [];
  const awaits: Expr[] = [];
  visitFunction(site.fn, {
    expr(e) {
      if (e.kind === 'await' && contains(act.span, e.span)) awaits.push(e);
    },
  });
  const only = awaits[0];
  if (!only || awaits.length !== 1) return [];
  const python = site.module.language === 'python';
  const name = freeName(site.text, ['value', 'result', 'awaited']);
  const source = text.slice(only.span.start, only.span.end);
  const line = python ? `${name} = ${source}` : `const ${name} = ${source};`;
  let { start, end } = only.span;
  // The parentheses around the await went with it.
  while (text[start - 1] === '(' && text[end] === ')' && !/[\w$)\]]/.test(text[start - 2] ?? ' ')) {
    start--;
    end++;
  }
  const at = lineStart(text, act.span.start);
  return [
    {
      title: `Wait first, then read and write ${candidate.sharedName} in one go`,
      edits: [
        { start: at, end: at, text: `${indentAt(text, act.span.start)}${line}${site.layout.eol}` },
        { start, end, text: name },
      ],
    },
  ];
}

function readAfter(site: Site): Draft[] {
  const { candidate, text } = site;
  if (!candidate.gap) return [];
  const readChain = chainTo(site.fn.body, candidate.check);
  const actChain = chainTo(site.fn.body, candidate.act);
  const place = readChain.at(-1);
  const reading = statementAt(place);
  const actPlace = actChain.find((p) => p.list === place?.list);
  const act = statementAt(actPlace);
  if (!place || !actPlace || reading?.kind !== 'assign' || !act || actPlace.index <= place.index || reading.targets.length !== 1) return [];
  const target = reading.targets[0];
  if (target?.kind !== 'name' || target.ref.kind !== 'variable') return [];
  const { variable } = target.ref;
  const last = place.list[actPlace.index - 1];
  if (!last || contains(reading.span, candidate.gap)) return [];
  let between = false;
  const span = { start: reading.span.end, end: act.span.start };
  visitFunction(site.fn, {
    expr(e) {
      if (e.kind === 'name' && e.ref.kind === 'variable' && e.ref.variable === variable && contains(span, e.span)) between = true;
    },
  });
  if (between || !startsLine(text, reading.span.start) || !endsLine(text, trimEnd(text, reading.span)) || !startsLine(text, act.span.start))
    return [];
  const from = lineStart(text, reading.span.start);
  const to = nextLine(text, trimEnd(text, reading.span));
  const at = lineStart(text, act.span.start);
  return [
    {
      title: `Read ${candidate.sharedName} after the await, right before writing it`,
      edits: [
        { start: from, end: to, text: '' },
        { start: at, end: at, text: text.slice(from, to) },
      ],
    },
  ];
}
