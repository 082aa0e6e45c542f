/**
 * The exploration benchmark: complete executions per second of optimal DPOR on programs from the
 * papers, beside the bar the project sets itself and a naive source-DPOR. Run by bundled.mjs.
 */

import { exploreDpor } from '../../src/core/explore/dpor.ts';
import { Model, type Program } from '../explore/model.ts';
import { filesystem, indexer, lastzero, readers } from '../explore/programs.ts';
import { naiveDpor } from './naive-dpor.ts';

export interface ExploreRow {
  program: string;
  executions: number;
  redundant: number;
  executionsPerSecond: number;
  /** The same by processor time, for machines that are busy with other things. */
  executionsPerCpuSecond: number;
  stepsPerSecond: number;
  stepsPerExecution: number;
  /** Growth of the JavaScript heap and its array buffers while exploring, in megabytes. */
  memoryMegabytes: number;
  /** Executions per second that the project promises, if it does. */
  bar: number | null;
  /** The naive baseline, null where it does not apply (locks). */
  naiveExecutionsPerSecond: number | null;
}

const programs: { name: string; program: Program; bar: number | null; naive: boolean }[] = [
  { name: 'lastzero(15)', program: lastzero(15), bar: 100_000, naive: true },
  { name: 'readers(13)', program: readers(13), bar: 100_000, naive: true },
  { name: 'indexer(15)', program: indexer(15), bar: null, naive: true },
  { name: 'filesystem(18)', program: filesystem(18), bar: null, naive: false },
];

const MINIMUM_SECONDS = 1.5;

/** Memory in use, after a collection where node was started with --expose-gc. */
function memory(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const usage = process.memoryUsage();
  return usage.heapUsed + usage.arrayBuffers;
}

/** Repeats `run` for a while; results, seconds and CPU seconds of the fastest run. */
function fastest<T>(run: () => T): { value: T; seconds: number; cpu: number } {
  let best: { value: T; seconds: number; cpu: number } | null = null;
  const end = performance.now() + MINIMUM_SECONDS * 1000;
  do {
    const start = performance.now();
    const used = process.cpuUsage();
    const value = run();
    const { user, system } = process.cpuUsage(used);
    const cpu = (user + system) / 1e6;
    const seconds = (performance.now() - start) / 1000;
    if (best === null || cpu < best.cpu) {
      best = { value, seconds, cpu };
    }
  } while (performance.now() < end);
  return best;
}

/** The most memory in use at any of the pauses of a search, over that before it. */
function growth(program: Program): number {
  const system = new Model(program);
  const before = memory();
  const search = exploreDpor(system, () => 'continue');
  let peak = 0;
  while (search.run({ executions: 10_000 }) === 'paused') {
    peak = Math.max(peak, memory());
  }
  return Math.max(peak, memory()) - before;
}

export function runExploreBench(only?: string): ExploreRow[] {
  return programs
    .filter(({ name }) => only === undefined || name.startsWith(only))
    .map(({ name, program, bar, naive }) => {
      // First, since what earlier runs left behind is freed at its own time.
      const grown = growth(program);
      const system = new Model(program);
      const { value, seconds, cpu } = fastest(() => {
        const search = exploreDpor(system, () => 'continue');
        search.run();
        return search.result();
      });
      const baseline = naive && only === undefined ? fastest(() => naiveDpor(new Model(program))) : null;
      return {
        program: name,
        executions: value.executions,
        redundant: value.redundant,
        executionsPerSecond: value.executions / seconds,
        executionsPerCpuSecond: value.executions / cpu,
        stepsPerSecond: value.steps / seconds,
        stepsPerExecution: value.steps / value.executions,
        memoryMegabytes: grown / 1e6,
        bar,
        naiveExecutionsPerSecond: baseline === null ? null : baseline.value.executions / baseline.seconds,
      };
    });
}

function print(rows: readonly ExploreRow[]): void {
  const number = (value: number | null, digits = 0): string =>
    value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits });
  const table = [
    ['program', 'executions', 'redundant', 'executions/s', 'per CPU s', 'bar', 'naive', 'steps/s', 'steps each', 'MB'],
    ...rows.map((row) => [
      row.program,
      number(row.executions),
      number(row.redundant),
      number(row.executionsPerSecond),
      number(row.executionsPerCpuSecond),
      number(row.bar),
      number(row.naiveExecutionsPerSecond),
      number(row.stepsPerSecond),
      number(row.stepsPerExecution, 1),
      number(row.memoryMegabytes, 1),
    ]),
  ];
  const widths = (table[0] as string[]).map((_, column) => Math.max(...table.map((line) => (line[column] as string).length)));
  for (const line of table) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
    );
    console.log(cells.join('  '));
  }
}

print(runExploreBench(process.argv[2]));
