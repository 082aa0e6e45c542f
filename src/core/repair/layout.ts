/** Line breaks, indentation and lines of a text, so that edits look as if its author had made them. */
import type { Module, Span } from '../program/program.ts';
import { visitFunction } from '../detect/visit.ts';
import type { Edit } from './edit.ts';

export interface Layout {
  /** The line break in use. */
  eol: string;
  /** One level of indentation. */
  unit: string;
}

export function layoutOf(text: string): Layout {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  if (/^\t+\S/m.test(text)) return { eol, unit: '\t' };
  const counts = new Map<number, number>();
  let previous = 0;
  for (const line of text.split('\n')) {
    const width = /^ *(?=[^\s*])/.exec(line)?.[0].length;
    if (width === undefined) continue;
    if (width > previous) counts.set(width - previous, (counts.get(width - previous) ?? 0) + 1);
    previous = width;
  }
  const best = [...counts].filter(([n]) => n === 2 || n === 4 || n === 3 || n === 8).sort((a, b) => b[1] - a[1])[0];
  return { eol, unit: ' '.repeat(best?.[0] ?? 4) };
}

export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Offset of the line break that ends the line, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const match = /[\r\n]/.exec(text.slice(offset));
  return match ? offset + match.index : text.length;
}

/** Offset of the next line's start, or of the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2;
  return Math.min(text.length, end + 1);
}

export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Nothing but white space stands before the offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** End of a span without white space behind. */
export function trimEnd(text: string, span: Span): number {
  let end = span.end;
  while (end > span.start && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

/** Nothing but a comment follows on the line (`;` belongs to what ends there). */
export function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*;?[ \t]*(#.*|\/\/.*|\/\*[^\n]*\*\/[ \t]*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}

/** String and template literals over several lines: their inner lines must not be indented. */
export function protectedSpans(module: Module): Span[] {
  const out: Span[] = [];
  for (const fn of module.functions) {
    visitFunction(fn, {
      expr(e) {
        const literal =
          (e.kind === 'const' && (e.value.type === 'string' || e.value.type === 'bytes')) ||
          e.kind === 'template' ||
          e.kind === 'taggedTemplate';
        if (literal && module.text.slice(e.span.start, e.span.end).includes('\n')) out.push(e.span);
      },
    });
  }
  return out;
}

/** Insertions that indent every line that starts in the span, but for blank ones and those inside literals. */
export function indentLines(module: Module, from: number, to: number, unit: string): Edit[] {
  const { text } = module;
  const literals = protectedSpans(module);
  const edits: Edit[] = [];
  for (let at = from; at < to; ) {
    const end = lineEnd(text, at);
    const inside = literals.some((s) => s.start < at && at < s.end);
    if (!inside && text.slice(at, end).trim() !== '') edits.push({ start: at, end: at, text: unit });
    const next = nextLine(text, at);
    if (next <= at) break;
    at = next;
  }
  return edits;
}

/** A name no identifier of the text has: the first free one of those given, else the last with a number. */
export function freeName(text: string, names: readonly string[]): string {
  const taken = (name: string): boolean => new RegExp(`(?<![\\w$])${name.replace(/[$#]/g, '\\$&')}(?![\\w$])`).test(text);
  for (const name of names) if (!taken(name)) return name;
  const last = names.at(-1) ?? 'value';
  for (let n = 2; ; n++) if (!taken(`${last}${n}`)) return `${last}${n}`;
}
