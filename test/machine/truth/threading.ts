/**
 * A random walk of the machine through a program, as a schedule of (thread, line) that the controller
 * makes a real interpreter follow, and what the machine's state is in the end.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemOf } from '../programs/systems.ts';
import type { PyEvent, PyLock, PySemaphore } from '../../../src/core/machine/python/locks.ts';
import type { PyDeque, PyList, PyObject, PySet } from '../../../src/core/machine/python/objects.ts';
import type { Value } from '../../../src/core/machine/values.ts';
import type { TruthProgram } from './threading-programs.ts';

export interface Left {
  problem?: string;
  threads?: { over: boolean; failure: string | null; printed: string[] }[];
  [name: string]: unknown;
}

export interface Trial {
  job: { source: string; threads: number; steps: [thread: number, line: number][]; stuck: Record<number, number> };
  machine: Left;
}

/** Follows `pick` (a number below its argument) to the end of an execution. */
export function trial(program: TruthProgram, pick: (below: number) => number): Trial {
  const system = systemOf(program.source, 1000);
  const m = system.machine;
  const lineOf = (offset: number): number => program.source.slice(0, offset).split('\n').length;
  const steps: [number, number][] = [];
  let lines: number[] = [];
  const note = (): void => {
    // Library code that runs on its own (Thread.run) has no line of the program.
    const at = m.where();
    if (at) lines.push(lineOf(at.span.start));
  };
  m.tracer = {
    instruction: () => undefined,
    access: note,
    output: () => undefined,
    suspended: () => undefined,
    exception: () => undefined,
    jobEnded: () => undefined,
    jobBegan: () => undefined,
  };
  for (let enabled = system.enabled(); enabled.length > 0; enabled = system.enabled()) {
    const process = enabled[pick(enabled.length)] as number;
    lines = [];
    system.step(process, 0);
    if (process > 0) for (const line of new Set(lines)) steps.push([process - 1, line]);
  }
  m.tracer = null;
  const stuck: Record<number, number> = {};
  const threads: Left['threads'] = [];
  for (let i = 0; i < program.threads; i++) {
    const p = m.processes[i + 1];
    if (!p) throw new Error('a thread was not started');
    if (!p.done) {
      const frames = p.fiber?.top;
      for (let f = frames ?? null; f; f = f.caller) {
        if (f.code.internal) continue;
        stuck[i] = lineOf(f.code.instructions[f.pc]?.span.start ?? 0);
        break;
      }
    }
    const failure = m.failures.find((f) => f.process === i + 1);
    threads.push({
      over: p.done,
      failure: failure ? m.ops.show(failure.exception) : null,
      printed: m.output.filter((o) => o.lane === p.lane.id).map((o) => o.text.replace(/\n$/, '')),
    });
  }
  const global = (name: string): Value => [...m.namespaces.values()].find((ns) => ns.name === 'program.py')?.cells.get(name)?.value;
  const show = (v: Value): string => m.ops.show(v);
  const box = global('box') as PyObject;
  const jobs = (global('jobs') as PyObject).attrs?.get('_state') as PyList;
  const machine: Left = {
    x: show(global('x')),
    y: show(global('y')),
    items: show(global('items')),
    table: show(global('table')),
    members: (global('members') as PySet).table.entries
      .filter((e) => e !== null)
      .map((e) => show(e.key))
      .sort(),
    line: `[${(global('line') as PyDeque).items.map(show).join(', ')}]`,
    jobs: `[${jobs.items.map(show).join(', ')}]`,
    box: [...(box.attrs ?? [])].map(([k, v]) => [k, show(v)]).sort(),
    locks: [(global('lock') as PyLock).locked, (global('other') as PyLock).locked],
    done: (global('done') as PyEvent).set,
    slots: (global('slots') as PySemaphore).value,
    threads,
  };
  if (m.unsupported) machine.problem = m.unsupported.what;
  return { job: { source: program.source, threads: program.threads, steps, stuck }, machine };
}

const controller = new URL('./threading_controller.py', import.meta.url).pathname;

/** What a real interpreter is left with, trial by trial. */
export function inPython(python: string, trials: readonly Trial[]): Left[] {
  const out = execFileSync(python, [controller], {
    input: JSON.stringify(trials.map((t) => t.job)),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 600_000,
  });
  return JSON.parse(out) as Left[];
}

/** The interpreters of this computer: python3, and the versions that pyenv has. */
export function pythons(): string[] {
  const found: string[] = [];
  const version = (command: string): string | null => {
    try {
      return execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return null;
    }
  };
  const versions = new Set<string>();
  const add = (command: string): void => {
    const v = version(command);
    if (v !== null && !versions.has(v)) {
      versions.add(v);
      found.push(command);
    }
  };
  add('python3');
  try {
    const folder = join(execFileSync('pyenv', ['root'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(), 'versions');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) add(join(folder, name, 'bin', 'python3'));
  } catch {
    // No pyenv: python3 alone.
  }
  return found;
}

/** `3.11` */
export function versionOf(python: string): string {
  return /\d+\.\d+/.exec(execFileSync(python, ['--version'], { encoding: 'utf8' }))?.[0] ?? '';
}
