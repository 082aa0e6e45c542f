/**
 * JavaScript: one call after another, by a chain of promises: the bodies of the async functions that
 * change the state run only when those before them have ended.
 */
import type { FunctionDef } from '../program/program.ts';
import type { Edit, Draft } from './edit.ts';
import { freeName, indentAt, indentLines, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { callsWithin, type Site } from './site.ts';

export function exclusive(site: Site): Draft[] {
  if (site.module.language === 'python' || !site.fn.isAsync) return [];
  const others = new Set<FunctionDef>(
    [...site.same.map((c) => c.fn), ...site.changes.map((c) => c.fn)].filter((f) => f.isAsync && f !== site.fn),
  );
  // One that is called by another of them would wait for itself.
  const called = new Set([...others, site.fn].flatMap((f) => [...callsWithin(f, f.span)]));
  const wrapped = [site.fn, ...[...others].filter((f) => !called.has(f.name))];
  const out: Draft[] = [];
  for (const list of wrapped.length > 1 ? [wrapped, [site.fn]] : [wrapped]) {
    const proposal = wrap(site, list);
    if (proposal) out.push(proposal);
  }
  return out;
}

function wrap(site: Site, functions: readonly FunctionDef[]): Draft | null {
  const { text, layout, module } = site;
  const { eol, unit } = layout;
  const name = freeName(text, ['exclusive', 'oneAtATime']);
  const chain = freeName(text, ['lastTurn', 'previousTurn']);
  const edits: Edit[] = [];
  for (const fn of functions) {
    const body = bodyLines(text, fn);
    if (!body || fn.isGenerator) return null;
    const indent = indentAt(text, fn.span.start);
    edits.push({ start: body.from, end: body.from, text: `${indent}${unit}return ${name}(async () => {${eol}` });
    edits.push(...indentLines(module, body.from, body.to, unit));
    edits.push({ start: body.to, end: body.to, text: `${indent}${unit}});${eol}` });
  }
  const typed = module.language === 'typescript';
  const helper = [
    `let ${chain}${typed ? ': Promise<unknown>' : ''} = Promise.resolve();`,
    `/** Runs one piece of work after another. */`,
    `function ${name}${typed ? '<T>(work: () => Promise<T>): Promise<T>' : '(work)'} {`,
    `${unit}const turn = ${chain}.then(work, work);`,
    `${unit}${chain} = turn.catch(() => undefined);`,
    `${unit}return turn;`,
    `}`,
    '',
    '',
  ].join(eol);
  const at = afterImports(site);
  edits.push({ start: at, end: at, text: helper });
  return { title: functions.length > 1 ? 'Let these functions run one after another' : 'Let calls run one after another', edits };
}

/** The lines between the braces of a function's body. */
function bodyLines(text: string, fn: FunctionDef): { from: number; to: number } | null {
  const first = fn.body[0];
  const last = fn.body.at(-1);
  if (!first || !last || !startsLine(text, first.span.start) || text[trimEnd(text, fn.span) - 1] !== '}') return null;
  const brace = text.lastIndexOf('{', first.span.start);
  if (brace < fn.nameSpan.start && brace < fn.span.start) return null;
  if (nextLine(text, brace) > first.span.start || text.slice(brace + 1, nextLine(text, brace)).trim() !== '') return null;
  const close = trimEnd(text, fn.span) - 1;
  if (!startsLine(text, close)) return null;
  return { from: nextLine(text, brace), to: lineStart(text, close) };
}

function afterImports(site: Site): number {
  const { body } = site.module.body;
  const first = body.find((s) => s.kind !== 'import');
  const start = first ? site.text.slice(0, first.span.start) : '';
  if (!first) return 0;
  // Above the comments and decorators that belong to what follows.
  let at = lineStart(site.text, first.span.start);
  for (;;) {
    const previous = at === 0 ? at : lineStart(start, at - 1 - (site.text[at - 2] === '\r' ? 1 : 0));
    const line = site.text.slice(previous, at).trim();
    if (previous === at || !/^(\/\/|\*|\/\*|@)/.test(line)) return at;
    at = previous;
  }
}
