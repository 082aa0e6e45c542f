/**
 * The machine's benchmark: ordinary Python threading programs through front end, machine and optimal
 * DPOR, in complete executions per second, beside the bar the project sets itself, the same search over
 * a bare model of the program (what the explorer alone takes) and a naive source-DPOR over that model
 * (its first executions: it takes minutes). "Looked at" is with the machine brought up to date and its
 * outcome worked out at the end of each execution, as a proof does; the other figures count only.
 * Run by bundled.mjs.
 */

import { exploreDpor } from '../../src/core/explore/dpor.ts';
import { loadProgram } from '../../src/core/machine/load.ts';
import { createPythonRuntime } from '../../src/core/machine/python/ops.ts';
import { remembering, type RememberingSystem } from '../../src/core/machine/remember.ts';
import { createSystem } from '../../src/core/machine/system.ts';
import { outcomeOf } from '../../src/core/oracle/outcome.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { Model } from '../explore/model.ts';
import * as models from '../explore/programs.ts';
import { filesystem, indexer, lastzero, readers, type Benchmark } from '../programs/benchmarks.ts';
import { naiveDpor } from './naive-dpor.ts';
import { readFileSync } from 'node:fs';

const modules = process.env['RACE_REPLAY_MODULES'] as string;
const frontEnd = await createPythonFrontEnd({
  runtime: readFileSync(`${modules}/web-tree-sitter/web-tree-sitter.wasm`),
  grammar: readFileSync(`${modules}/tree-sitter-python/tree-sitter-python.wasm`),
});
const runtime = createPythonRuntime((path, text) => frontEnd.parse(path, text));

interface Row {
  benchmark: Benchmark;
  bar: number | null;
  model: Model;
  /** The naive baseline knows no locks. */
  naive: boolean;
}

const rows: Row[] = [
  { benchmark: lastzero(15), bar: 100_000, model: new Model(models.lastzero(15)), naive: true },
  { benchmark: readers(13), bar: 100_000, model: new Model(models.readers(13)), naive: true },
  { benchmark: indexer(15), bar: null, model: new Model(models.indexer(15)), naive: true },
  { benchmark: filesystem(18), bar: null, model: new Model(models.filesystem(18)), naive: false },
];

function systemOf(source: string): RememberingSystem {
  const { module } = frontEnd.parse('program.py', source);
  const machine = loadProgram({ language: 'python', modules: [module] }, runtime, {
    runtime: 'cpython',
    loopBound: 1000,
    fuel: 100_000,
    recursionLimit: 1000,
  });
  return remembering(createSystem(machine, runtime));
}

/** Memory in use, after a collection where node was started with --expose-gc. */
function memory(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const usage = process.memoryUsage();
  return usage.heapUsed + usage.arrayBuffers;
}

interface Figures {
  executions: number;
  redundant: number;
  steps: number;
  seconds: number;
  cpu: number;
  peak: number;
}

/** Explores once; what it takes by the clock and of the processor, and the growth of memory at its highest. */
function explore(source: string, watchMemory: boolean): Figures {
  const system = systemOf(source);
  const before = watchMemory ? memory() : 0;
  let peak = 0;
  const start = performance.now();
  const used = process.cpuUsage();
  const search = exploreDpor(system, () => 'continue');
  while (search.run(watchMemory ? { executions: 5_000 } : undefined) === 'paused') peak = Math.max(peak, memory() - before);
  const { user, system: kernel } = process.cpuUsage(used);
  const { executions, redundant, steps } = search.result();
  return {
    executions,
    redundant,
    steps,
    seconds: (performance.now() - start) / 1000,
    cpu: (user + kernel) / 1e6,
    peak: watchMemory ? Math.max(peak, memory() - before) : 0,
  };
}

/** Explores up to `most` executions and works out the outcome of each. */
function lookAtEach(source: string, most: number): number {
  const system = systemOf(source);
  const seen = new Set<string>();
  const search = exploreDpor(
    system,
    () => {
      seen.add(outcomeOf(system.machine, (ns) => ns.name === 'program.py'));
      return 'continue';
    },
    { executions: most },
  );
  search.run();
  return search.result().executions;
}

/** Executions per second of `run`, the better of two. */
function rate(run: () => number): number {
  let best = 0;
  for (let i = 0; i < 2; i++) {
    const start = performance.now();
    const executions = run();
    best = Math.max(best, executions / ((performance.now() - start) / 1000));
  }
  return best;
}

const only = process.argv[2];
const number = (value: number | null, digits = 0): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits });
const table = [
  [
    'program',
    'executions',
    'expected',
    'redundant',
    'executions/s',
    'per CPU s',
    'bar',
    'naive',
    'looked at/s',
    'bare/s',
    'steps/s',
    'steps each',
    'MB',
  ],
];
for (const { benchmark, bar, model, naive } of rows) {
  if (only !== undefined && !benchmark.name.startsWith(only)) continue;
  let best = explore(benchmark.source, false);
  // At least thrice: the first run is also the compiler's warming up.
  for (let total = best.seconds, runs = 1; total < 1.5 || runs < 3; runs++) {
    const again = explore(benchmark.source, false);
    total += again.seconds;
    if (again.cpu < best.cpu) best = again;
  }
  const { peak } = explore(benchmark.source, true);
  const lookedAt = rate(() => lookAtEach(benchmark.source, 20_000));
  const bare = rate(() => {
    const search = exploreDpor(model, () => 'continue');
    search.run();
    return search.result().executions;
  });
  const baseline = naive ? rate(() => naiveDpor(model, 5_000).executions) : null;
  table.push([
    benchmark.name,
    number(best.executions),
    number(benchmark.executions),
    number(best.redundant),
    number(best.executions / best.seconds),
    number(best.executions / best.cpu),
    number(bar),
    number(baseline),
    number(lookedAt),
    number(bare),
    number(best.steps / best.seconds),
    number(best.steps / best.executions, 1),
    number(peak / 1e6, 1),
  ]);
}
const widths = (table[0] as string[]).map((_, column) => Math.max(...table.map((line) => (line[column] as string).length)));
for (const line of table) {
  console.log(
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join('  '),
  );
}
