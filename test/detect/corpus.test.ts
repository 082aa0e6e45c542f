/**
 * Detection over the corpus: every race is a candidate at its check and act lines, under its rule
 * and ahead of other rules, and can be driven by code that parses; safe files with a lock, a
 * repeated check or no gap are silent already, the others are left to simulation.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detect, harnesses } from '../../src/core/detect/index.ts';
import { lineIndex, lineStarts } from '../../src/core/program/lines.ts';
import { parse, programOf } from './programs.ts';

const root = join(import.meta.dirname, '..', 'corpus');
const files = ['python', 'typescript'].flatMap((language) =>
  readdirSync(join(root, language)).flatMap((rule) =>
    readdirSync(join(root, language, rule)).map((name) => ({
      label: `${language}/${rule}/${name}`,
      path: join(root, language, rule, name),
    })),
  ),
);
const header = /^(?:#|\/\/) race: (\S+) check=(\d+) act=(\d+)/;
const races = files.flatMap((file) => {
  const text = readFileSync(file.path, 'utf8');
  const match = header.exec(text);
  return match === null ? [] : [{ ...file, text, rule: match[1] ?? '', check: Number(match[2]), act: Number(match[3]) }];
});

it('has six races and six safe files per rule and language', () => {
  const counts = new Map<string, [number, number]>();
  for (const file of files) {
    const key = file.label.split('/').slice(0, 2).join('/');
    const [r, s] = counts.get(key) ?? [0, 0];
    counts.set(key, races.some((x) => x.path === file.path) ? [r + 1, s] : [r, s + 1]);
  }
  expect(counts.size).toBe(26);
  for (const [key, [r, s]] of counts) expect([key, r >= 6, s >= 6]).toEqual([key, true, true]);
});

describe.each(races)('$label', ({ path, text, rule, check, act }) => {
  const program = programOf(path, text);
  const starts = lineStarts(text);
  const line = (offset: number): number => lineIndex(starts, offset) + 1;
  const { candidates } = detect(program);
  const found = candidates.find((c) => c.rule === rule && line(c.check.start) === check && line(c.act.start) === act);

  it('is found, first at its act', () => {
    expect(found).toBeDefined();
    expect(candidates.find((c) => line(c.act.start) === act)?.rule).toBe(rule);
  });

  it('can be driven, with evidence', () => {
    const list = found === undefined ? [] : harnesses(program, found);
    expect(list.length).toBeGreaterThan(0);
    expect(list[0]?.evidence.kind).not.toBe('none');
    for (const h of list) {
      if (h.kind === 'driver') continue;
      // A third context takes what was handed on, or both locks one after the other; a fourth what there was from the start.
      const most = rule === 'wait-without-loop' ? 4 : rule === 'lock-order' ? 3 : 2;
      expect(h.contexts.length).toBeGreaterThanOrEqual(2);
      expect(h.contexts.length).toBeLessThanOrEqual(most);
      const extension = program.language === 'python' ? 'py' : 'ts';
      expect(parse(`harness.${extension}`, h.text).problems).toEqual([]);
    }
  });
});

describe('safe by their look', () => {
  const silent = files.filter((file) =>
    /safe-(lock|mutex|recheck|one-section|no-gap|async-lock|async-no-await|double-checked|memo-promise|promise-cache|setdefault|while|copy|upsert|exclusive)/.test(
      file.label,
    ),
  );
  it.each(silent)('$label', ({ path }) => {
    const { candidates } = detect(programOf(path, readFileSync(path, 'utf8')));
    expect(candidates.filter((c) => c.specificity > 30 && c.rule !== 'check-then-act').map((c) => `${c.rule} ${c.shared}`)).toEqual([]);
  });
});
