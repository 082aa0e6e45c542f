/** Offsets to lines and columns. All 1-based on the outside, as editors and the JSON formats count. */
import type { Span } from './program.ts';

export interface Range {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Offsets at which the lines of a text start; line breaks are \n, \r\n and \r. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** 0-based index of the line that holds the offset. */
export function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function toRange(starts: readonly number[], span: Span): Range {
  const line = lineIndex(starts, span.start);
  const endLine = lineIndex(starts, span.end);
  return {
    line: line + 1,
    column: span.start - (starts[line] ?? 0) + 1,
    endLine: endLine + 1,
    endColumn: span.end - (starts[endLine] ?? 0) + 1,
  };
}
