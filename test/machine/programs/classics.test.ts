/**
 * The small classics of concurrency testing: each flaw is found with as few context switches as any
 * failing interleaving has, and is proven absent from the corrected twin.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contextSwitches } from '../../../src/core/explore/bounded.ts';
import { defaultOptions } from '../../../src/engine/api.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { byDpor, systemOf } from './systems.ts';

const folder = new URL('./classics/', import.meta.url);
const modules = new URL('../../../node_modules/', import.meta.url);
const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, modules)));
const engine = await createEngine({
  treeSitterRuntime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
  pythonGrammar: bytes('tree-sitter-python/tree-sitter-python.wasm'),
});
const names = readdirSync(folder)
  .filter((f) => f.endsWith('_bug.py'))
  .map((f) => f.replace('_bug.py', ''))
  .sort();
/** Wrong in some serial orders of their threads, and not in others: wrong order rather than interference. */
const orderFlaws = ['lazy', 'token_ring'];

const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const simulate = (file: string): ReturnType<typeof engine.simulate> =>
  engine.simulate(
    { file: { path: file, text: read(file), language: 'python' }, line: null },
    { ...defaultOptions, timeoutMs: 30_000 },
    { now: () => performance.now(), cancelled: () => false },
  );

const fails = (outcome: string): boolean => /^(raised|stuck) /m.test(outcome);

/** The fewest context switches of a failing interleaving, by trying all with none, one, two … */
function fewestSwitches(source: string): number {
  const system = systemOf(source);
  for (let bound = 0; bound < 12; bound++) {
    let found = false;
    const descend = (): void => {
      if (found || contextSwitches(system.path) > bound) return;
      const enabled = [...system.enabled()];
      if (enabled.length === 0) found = system.machine.failures.length > 0 || system.blocked().length > 0;
      for (const process of enabled) {
        system.step(process, 0);
        descend();
        system.undo();
      }
    };
    descend();
    if (found) return bound;
  }
  throw new Error('no failing interleaving with few context switches');
}

describe.each(names)('%s', { timeout: 120_000 }, (name) => {
  it('fails in some interleaving, its twin in none', () => {
    const flawed = byDpor(systemOf(read(`${name}_bug.py`)));
    const sound = byDpor(systemOf(read(`${name}_fixed.py`)));
    expect([...flawed.outcomes.keys()].some(fails)).toBe(true);
    expect([...sound.outcomes.keys()].filter(fails)).toEqual([]);
    expect([flawed.result, sound.result]).toMatchObject([
      { redundant: 0, complete: true },
      { redundant: 0, complete: true },
    ]);
  });
  it('is proven right once corrected', () => {
    const trace = simulate(`${name}_fixed.py`);
    expect(trace.verdict).toBe('verified');
    expect(trace.explored).toMatchObject({ complete: true, redundant: 0, violations: 0 });
  });
  it('is found with the fewest context switches', () => {
    const trace = simulate(`${name}_bug.py`);
    expect(trace.verdict).toBe('violation');
    expect(trace.violation?.kind === 'order-violation').toBe(orderFlaws.includes(name));
    expect(trace.explored.fewestSwitches).toBe(true);
    expect(trace.contextSwitches).toBe(fewestSwitches(read(`${name}_bug.py`)));
  });
});
