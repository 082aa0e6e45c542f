/**
 * A schedule of one text, made to fit another: its positions are lines of functions, and an edit moves
 * lines. Only where the contexts switch is carried over; what they do there, the machine says.
 */
import { lineIndex, lineStarts } from '../program/lines.ts';
import type { Module } from '../program/program.ts';

/** Above this many pairs of lines that differ, they are paired by their place alone. */
const mostPairs = 4_000_000;

/** The line of the new text (0-based) that stands for each line of the old one. Indentation does not count. */
export function lineMap(before: string, after: string): number[] {
  const old = before.split(/\r\n|\n|\r/).map((line) => line.trim());
  const now = after.split(/\r\n|\n|\r/).map((line) => line.trim());
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let tail = 0;
  while (tail < old.length - start && tail < now.length - start && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const [m, n] = [old.length - start - tail, now.length - start - tail];
  const map = old.map((_, line) => (line < start ? line : line + now.length - old.length));
  const pairs = m * n <= mostPairs ? common(old.slice(start, start + m), now.slice(start, start + n)) : [];
  // Lines that were replaced stand for those between the same neighbours, as far as there are any.
  let [i, j] = [0, 0];
  for (const [oldEnd, newEnd] of [...pairs, [m, n] as const]) {
    for (; i < oldEnd; i++) map[start + i] = start + Math.min(j++, Math.max(newEnd - 1, 0));
    if (oldEnd < m) map[start + oldEnd] = start + newEnd;
    [i, j] = [oldEnd + 1, newEnd + 1];
  }
  return map;
}

/** Longest common subsequence of lines, as pairs of indices in ascending order. */
function common(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] && a[i] !== '' ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j] && a[i] !== '') pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** A driver of the old text that names functions by where they begin (`functionAt(14, 1)`), for the new one. */
export function moveHarness(harness: string, before: string, after: string): string {
  const lines = lineMap(before, after);
  return harness.replace(/functionAt\((\d+),/g, (whole, line: string) => {
    const now = lines[Number(line) - 1];
    return now === undefined ? whole : `functionAt(${now + 1},`;
  });
}

/** The schedule with each position where its line is now. Functions that only one text has are left as they are. */
export function moveSchedule(schedule: string, from: Module, to: Module): string {
  const lines = lineMap(from.text, to.text);
  const firstLine = (module: Module, name: string): number | null => {
    const fn = module.functions.find(({ qualifiedName }) => qualifiedName === name);
    return fn === undefined ? null : lineIndex(lineStarts(module.text), fn.span.start);
  };
  return schedule.replace(/@([^;@]+)\+(-?\d+)\*/g, (whole, name: string, offset: string) => {
    const [old, now] = [firstLine(from, name), firstLine(to, name)];
    if (old === null || now === null) return whole;
    const line = lines[old + Number(offset)];
    return line === undefined ? whole : `@${name}+${line - now}*`;
  });
}
