/** Edits of a fix as a unified diff (three lines of context), and applied to the text. */
import { lineStarts } from '../core/program/lines.ts';
import type { Fix } from '../engine/api.ts';

const context = 3;

interface Block {
  /** 0-based lines of the old text, end exclusive. */
  from: number;
  to: number;
  lines: string[];
}

interface Offsets {
  start: number;
  end: number;
  text: string;
}

function offsetsOf(text: string, edits: Fix['edits']): Offsets[] {
  const starts = lineStarts(text);
  const at = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  return edits
    .map((e) => ({ start: at(e.range.line, e.range.column), end: at(e.range.endLine, e.range.endColumn), text: e.newText }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

export function applyFix(text: string, edits: Fix['edits']): string {
  let out = '';
  let at = 0;
  for (const e of offsetsOf(text, edits)) {
    out += text.slice(at, e.start) + e.text;
    at = e.end;
  }
  return out + text.slice(at);
}

export function unifiedDiff(path: string, text: string, edits: Fix['edits']): string {
  const starts = lineStarts(text);
  const lines = splitLines(text);
  const blocks = blocksOf(text, starts, edits);
  const hunks: Block[][] = [];
  for (const b of blocks) {
    const last = hunks.at(-1)?.at(-1);
    if (last && b.from - last.to <= 2 * context) hunks.at(-1)?.push(b);
    else hunks.push([b]);
  }
  const out = [`--- a/${path}\n+++ b/${path}\n`];
  let shift = 0;
  for (const hunk of hunks) {
    const first = hunk[0];
    const last = hunk.at(-1);
    if (!first || !last) continue;
    const from = Math.max(0, first.from - context);
    const to = Math.min(lines.length, last.to + context);
    const body: string[] = [];
    let added = 0;
    let removed = 0;
    let at = from;
    for (const b of hunk) {
      for (; at < b.from; at++) body.push(` ${lines[at] ?? ''}`);
      for (; at < b.to; at++) body.push(`-${lines[at] ?? ''}`);
      for (const l of b.lines) body.push(`+${l}`);
      added += b.lines.length;
      removed += b.to - b.from;
    }
    for (; at < to; at++) body.push(` ${lines[at] ?? ''}`);
    const newCount = to - from - removed + added;
    out.push(`@@ -${range(from, to - from)} +${range(from + shift, newCount)} @@\n`);
    for (const l of body) out.push(/[\r\n]$/.test(l) ? l : `${l}\n\\ No newline at end of file\n`);
    shift += added - removed;
  }
  return out.join('');
}

function range(from: number, count: number): string {
  const line = count === 0 ? from : from + 1;
  return count === 1 ? String(line) : `${line},${count}`;
}

/** Lines with their line breaks; no empty one at the end. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

/** The lines each edit touches, joined where edits share lines, without what stays the same at their ends. */
function blocksOf(text: string, starts: readonly number[], edits: Fix['edits']): Block[] {
  const all = splitLines(text);
  const lineOf = (offset: number): number => {
    let line = starts.findLastIndex((s) => s <= offset);
    if (line >= all.length) line = all.length;
    return line;
  };
  const groups: { from: number; to: number; edits: Offsets[] }[] = [];
  for (const e of offsetsOf(text, edits)) {
    const from = lineOf(e.start);
    const to = Math.min(all.length, lineOf(e.end) + 1);
    const last = groups.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(e);
    } else groups.push({ from, to: Math.max(from, to), edits: [e] });
  }
  return groups.map((g) => {
    const base = starts[g.from] ?? text.length;
    const end = starts[g.to] ?? text.length;
    let out = '';
    let at = base;
    for (const e of g.edits) {
      out += text.slice(at, e.start) + e.text;
      at = e.end;
    }
    const lines = splitLines(out + text.slice(at, end));
    let { from, to } = g;
    while (from < to && lines.length > 0 && lines[0] === all[from]) {
      lines.shift();
      from++;
    }
    while (to > from && lines.length > 0 && lines.at(-1) === all[to - 1]) {
      lines.pop();
      to--;
    }
    return { from, to, lines };
  });
}
