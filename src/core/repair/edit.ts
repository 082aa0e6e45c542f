/** Edits as offsets into one text: applying them, and following a span through them. */
import type { Span } from '../program/program.ts';

/** Replaces [start, end) of the old text; an insertion when start equals end. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A change that may make the race impossible; whether it does is for simulation to say. */
export interface Proposal {
  /** What it does, in plain words: `Hold stack_lock around the check and the act`. */
  title: string;
  /** Of several proposals of one strategy the first that holds is enough. */
  strategy: string;
  edits: Edit[];
}

/** A proposal before the registry has put its strategy's name to it. */
export type Draft = Omit<Proposal, 'strategy'>;

/** In text order; equal places keep the order given. Null when two of them overlap. */
export function ordered(edits: readonly Edit[]): Edit[] | null {
  const sorted = edits.map((e, i) => ({ e, i })).sort((a, b) => a.e.start - b.e.start || a.e.end - b.e.end || a.i - b.i);
  for (let i = 1; i < sorted.length; i++) {
    const previous = sorted[i - 1]?.e;
    const current = sorted[i]?.e;
    if (previous && current && current.start < previous.end) return null;
  }
  return sorted.map((s) => s.e);
}

/** The edited text; null when edits overlap or lie outside the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string | null {
  const list = ordered(edits);
  if (!list) return null;
  let out = '';
  let at = 0;
  for (const e of list) {
    if (e.start < at || e.end < e.start || e.end > text.length) return null;
    out += text.slice(at, e.start) + e.text;
    at = e.end;
  }
  return out + text.slice(at);
}

/**
 * Where a span of the old text is in the new one: what is inserted at its ends stays outside, a span
 * in replaced text stands for the whole replacement, and one in text that was moved goes with it.
 */
export function mapSpan(text: string, edits: readonly Edit[], span: Span): Span {
  const list = ordered(edits) ?? [];
  const moved = movedSpan(text, list, span);
  if (moved) return moved;
  let start = span.start;
  let end = span.end;
  let shift = 0;
  for (const e of list) {
    const grows = e.text.length - (e.end - e.start);
    if (e.start === e.end) {
      if (e.start <= span.start) start = span.start + shift + grows;
      if (e.start < span.end) end = span.end + shift + grows;
    } else {
      if (e.end <= span.start) start = span.start + shift + grows;
      else if (e.start <= span.start) start = e.start + shift;
      if (e.end <= span.end || (e.start < span.end && e.end > span.end)) end = Math.max(span.end, e.end) + shift + grows;
    }
    shift += grows;
  }
  return { start, end: Math.max(start, end) };
}

function movedSpan(text: string, list: readonly Edit[], span: Span): Span | null {
  const away = list.find((e) => e.text === '' && e.start <= span.start && span.end <= e.end);
  if (!away) return null;
  const line = text.slice(away.start, away.end).trim();
  let shift = 0;
  for (const e of list) {
    const at = e.start === e.end ? e.text.indexOf(line) : -1;
    if (at >= 0) {
      const lead = text.slice(away.start, away.end).indexOf(line);
      const start = e.start + shift + at + (span.start - away.start - lead);
      return { start, end: start + (span.end - span.start) };
    }
    shift += e.text.length - (e.end - e.start);
  }
  return null;
}

/** The whole span was rewritten: neither added around or within, nor moved. */
export function isReplaced(text: string, edits: readonly Edit[], span: Span): boolean {
  return (
    movedSpan(text, ordered(edits) ?? [], span) === null && edits.some((e) => e.end > e.start && e.start <= span.start && span.end <= e.end)
  );
}
