/** Edits as people make them, at random places: lines added, doubled, taken away, words changed. */
import type { SourceFile } from '../../src/engine/api.ts';

/** Whole numbers below a bound, the same in every run: a linear congruential generator (Numerical Recipes). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % below;
  };
}

/** `count` texts, each made of the one before by one edit; now and then what was broken is taken back. */
export function* edits({ text, language }: SourceFile, count: number, random: (below: number) => number): Generator<string> {
  const first = text;
  const end = language === 'python' ? '' : ';';
  for (let n = 0; n < count; n++) {
    if (random(4) === 0) text = first;
    const lines = text.split('\n');
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const words = text.match(/[A-Za-z_]\w*/g) ?? ['x'];
    const word = (): string => words[random(words.length)] ?? 'x';
    const change: (() => void)[] = [
      () => lines.splice(at, 0, `${indent}edit_${String(n)} = ${String(n)}${end}`),
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, line),
      () => lines.splice(at, 0, indent + (lines[random(lines.length)] ?? '').trim()),
      () => lines.splice(at, 0, `${indent}${word()} = ${word()}${end}`),
      () => lines.splice(at, 0, `${indent}${word()}.${word()}(${word()})${end}`),
      () => (lines[at] = line.replace(/\w+/, (w) => `${w}x`)),
      () => (lines[at] = line.replace(/([A-Za-z_]\w*)(\W*)$/, (_, __, after: string) => word() + after)),
      () => (lines[at] = `${line}${language === 'python' ? '  # a note' : ' // a note'}`),
    ];
    change[random(change.length)]?.();
    const next = lines.join('\n');
    if (next === text) continue;
    text = next;
    yield text;
  }
}
