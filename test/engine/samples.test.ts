/** Every bundled sample warns; every fixed twin is silent. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { parseTrace } from '../../src/core/trace/parse.ts';
import { control, file, loadEngine, options, root } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((n) => /\.(py|ts|js)$/.test(n))
    .map((n) => `${folder}/${n}`);

describe('samples', () => {
  it.each(sources('media/samples'))('%s warns, with a replay', (path) => {
    const { findings } = engine.check(file(path), options, control);
    const warnings = findings.filter((f) => f.severity === 'warning');
    expect(warnings.length).toBeGreaterThan(0);
    for (const f of warnings) {
      expect(f.schedule).toMatch(/^rr1:./);
      const trace = engine.simulate({ file: file(path), line: null, findingId: f.id, schedule: f.schedule }, options, control);
      expect(trace.verdict).toBe('violation');
      expect(parseTrace(JSON.parse(JSON.stringify(trace))).problems).toEqual([]);
    }
  });

  it.each(sources('media/samples/fixed'))('%s is silent', (path) => {
    expect(engine.check(file(path), options, control).findings).toEqual([]);
  });
});
