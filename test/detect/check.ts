/**
 * `check()`: source with marker lines under the code, compared with what detection finds.
 *
 *     if key not in cache:
 *     #  ^^^^^^^^^^^^^^^^ check
 *         cache[key] = load(key)
 *     #   ^^^^^^^^^^^^^^^^^^^^^^ act get-or-create
 *
 * A marker line is a comment of carets and a label and is taken out before parsing. Several
 * candidates are numbered: `check 1`, `act 1 lost-update`; one check may serve several acts
 * (`check 1 2`). No markers: nothing may be found. A marker shorter than a multi-line node marks
 * its first line.
 */
import { expect } from 'vitest';
import { detect } from '../../src/core/detect/index.ts';
import type { Candidate } from '../../src/core/detect/candidate.ts';
import { programOf } from './programs.ts';

const marker = /^\s*(?:#|\/\/)\s*(\^+)\s+(check|act)((?:\s+\d+)*)(?:\s+([a-z-]+))?\s*$/;

interface Expected {
  check: string;
  act: string;
  rule: string;
}

/** Exact by default; `least`: what is marked must be among what is found. */
export function check(language: 'py' | 'ts' | 'js', marked: string, mode: 'exact' | 'least' = 'exact'): Candidate[] {
  const code: string[] = [];
  const checks = new Map<string, string>();
  const acts: { number: string; text: string; rule: string }[] = [];
  for (const line of dedent(marked).split('\n')) {
    const match = marker.exec(line);
    if (match === null) {
      code.push(line);
      continue;
    }
    const [, carets = '', kind, numbers = '', rule = ''] = match;
    const from = line.indexOf('^');
    const text = `${String(code.length)}: ${(code[code.length - 1] ?? '').slice(from, from + carets.length)}`;
    const list = numbers.trim() === '' ? [''] : numbers.trim().split(/\s+/);
    if (kind === 'check') for (const n of list) checks.set(n, text);
    else for (const n of list) acts.push({ number: n, text, rule });
  }
  const expected: Expected[] = acts.map((a) => {
    const text = checks.get(a.number);
    if (text === undefined) throw new Error(`no check marker for act ${a.number} ${a.rule}`);
    return { check: text, act: a.text, rule: a.rule };
  });
  const source = code.join('\n');
  const { candidates } = detect(programOf(`test.${language}`, source));
  const found = candidates.map((c): Expected => ({ check: firstLine(source, c.check), act: firstLine(source, c.act), rule: c.rule }));
  if (mode === 'exact') expect(sorted(found)).toEqual(sorted(expected));
  else expect(found).toEqual(expect.arrayContaining(expected));
  return candidates;
}

function sorted(list: Expected[]): string[] {
  return list.map((e) => `${e.rule} | ${e.check} | ${e.act}`).sort();
}

function firstLine(source: string, span: { start: number; end: number }): string {
  const line = source.slice(0, span.start).split('\n').length;
  return `${String(line)}: ${(source.slice(span.start, span.end).split('\n')[0] ?? '').replace(/;$/, '')}`;
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indent = Math.min(...lines.filter((l) => l.trim() !== '').map((l) => l.length - l.trimStart().length));
  return lines.map((l) => l.slice(indent)).join('\n');
}
