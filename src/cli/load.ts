/** The engine with the assets beside this file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createEngine } from '../engine/engine.ts';
import { cpuClock } from '../engine/cpu-clock.ts';
import { defaultOptions, type Control, type Engine, type EngineOptions } from '../engine/api.ts';
import { isRuntime } from '../core/machine/runtimes.ts';
import { projectFile } from './project.ts';
import { UsageError } from './usage.ts';

declare const __dirname: string;

export function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

/** The version of the package this was built from. */
export function version(): string {
  try {
    const json: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
    return typeof json === 'object' && json !== null && 'version' in json && typeof json.version === 'string' ? json.version : 'unknown';
  } catch {
    return 'unknown';
  }
}

export function loadEngine(): Promise<Engine> {
  return createEngine({
    treeSitterRuntime: new Uint8Array(readFileSync(join(__dirname, 'web-tree-sitter.wasm'))),
    pythonGrammar: new Uint8Array(readFileSync(join(__dirname, 'tree-sitter-python.wasm'))),
  });
}

/** For budgets: how long the processor worked on it. */
function budgetClock(): () => number {
  return cpuClock(
    () => performance.now(),
    () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  );
}

export function control(onProgress: ((executions: number) => void) | null): Control {
  const c: Control = { now: budgetClock(), cancelled: () => false };
  if (onProgress) c.progress = onProgress;
  return c;
}

export interface SimulationFlags {
  runtime?: string;
  maxExecutions?: string;
  timeout?: string;
  preemptions?: string;
  all?: boolean;
}

export function optionsOf(flags: SimulationFlags): EngineOptions {
  const options: EngineOptions = { ...defaultOptions, models: projectFile() };
  if (flags.runtime !== undefined) {
    if (!isRuntime(flags.runtime))
      throw new UsageError(`unknown runtime ${flags.runtime}: use cpython, cpython-3.9 … cpython-3.13, cpython-3.13t or node`);
    options.runtime = flags.runtime;
  }
  if (flags.maxExecutions !== undefined) options.maxExecutions = positive(flags.maxExecutions, '--max-executions');
  if (flags.timeout !== undefined) options.timeoutMs = positive(flags.timeout, '--timeout') * 1000;
  if (flags.preemptions !== undefined) options.preemptions = natural(flags.preemptions, '--preemptions');
  if (flags.all === true) options.all = true;
  return options;
}

export function positive(text: string, flag: string): number {
  const n = Number(text);
  if (!Number.isFinite(n) || n <= 0) throw new UsageError(`${flag} takes a number above 0, not ${text}`);
  return n;
}

export function natural(text: string, flag: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new UsageError(`${flag} takes a whole number, not ${text}`);
  return n;
}
