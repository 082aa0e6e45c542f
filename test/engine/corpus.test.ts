/**
 * The corpus as a test: no warning on a safe file, every warning replays, and the rules of the first
 * landing find at least what they found when this was written.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { type CorpusResult, corpusFiles, runFile } from '../corpus/run.ts';
import { control, loadEngine, options, root } from './load.ts';

let engine: Engine;
const results: CorpusResult[] = [];
beforeAll(async () => {
  engine = await loadEngine();
  for (const path of corpusFiles(root)) {
    const r = runFile(engine, root, path);
    if (r) results.push(r);
  }
}, 240_000);

const firstRules = ['check-then-act', 'lost-update', 'check-then-remove', 'double-init', 'get-or-create'];

describe('corpus', () => {
  it('warns on no safe file', () => {
    expect(results.filter((r) => r.falseAlarms > 0).map((r) => r.path)).toEqual([]);
    expect(results.filter((r) => !r.racy).length).toBeGreaterThan(100);
  });

  it.each(firstRules)('finds the races of %s at the right lines', (rule) => {
    const races = results.filter((r) => r.racy && r.rule === rule);
    const found = races.filter((r) => r.found);
    expect(races.length).toBeGreaterThanOrEqual(10);
    expect(found.length / races.length).toBeGreaterThanOrEqual(0.7);
  });

  it('replays the schedule of every warning to a violation', () => {
    const lost: string[] = [];
    for (const r of results) {
      const text = readFileSync(`${root}/${r.path}`, 'utf8');
      for (const f of r.result.findings) {
        if (f.severity !== 'warning') continue;
        const file = { path: `${root}/${r.path}`, text, language: r.language };
        const trace = engine.simulate({ file, line: null, findingId: f.id, schedule: f.schedule }, options, control);
        if (trace.verdict !== 'violation') lost.push(`${r.path}: ${f.rule} ${f.schedule}`);
      }
    }
    expect(lost).toEqual([]);
  }, 240_000);
});
