/** Runs a Python text in the machine from beginning to end, one process after another, without choice. */
import { readFileSync } from 'node:fs';
import { createPythonFrontEnd } from '../../../src/frontends/python/index.ts';
import { loadProgram } from '../../../src/core/machine/load.ts';
import { createPythonRuntime } from '../../../src/core/machine/python/ops.ts';
import { loopOf } from '../../../src/core/machine/python/asyncio.ts';
import { createSystem } from '../../../src/core/machine/system.ts';
import type { Program } from '../../../src/core/program/program.ts';

const modules = new URL('../../../node_modules/', import.meta.url);
export const frontEnd = await createPythonFrontEnd({
  runtime: readFileSync(new URL('web-tree-sitter/web-tree-sitter.wasm', modules)),
  grammar: readFileSync(new URL('tree-sitter-python/tree-sitter-python.wasm', modules)),
});
export const runtime = createPythonRuntime((path, text) => frontEnd.parse(path, text));

export interface Outcome {
  output: string;
  /** `ValueError: text` of each uncaught exception. */
  failures: string[];
  unsupported: string | null;
  /** Processes that can never go on. */
  stuck: string[];
  steps: number;
}

export function load(text: string, files: Record<string, string> = {}): ReturnType<typeof createSystem> {
  const program: Program = {
    language: 'python',
    modules: [frontEnd.parse('main.py', text).module, ...Object.entries(files).map(([p, t]) => frontEnd.parse(p, t).module)],
  };
  const m = loadProgram(program, runtime, { runtime: 'cpython-3.11', loopBound: 1000, fuel: 20_000_000, recursionLimit: 900 });
  return createSystem(m, runtime);
}

/** The process that moved last while it can; then threads and the loop; of timers the one due first. */
function choose(system: ReturnType<typeof createSystem>, enabled: readonly number[], last: number): number {
  if (system.isEnabled(last)) return last;
  const loop = loopOf(system.machine);
  const due = (id: number): number =>
    system.machine.processes[id]?.kind === 'turn' ? (loop?.timers.find((t) => t.process.id === id)?.due ?? 0) : -1;
  return enabled.reduce((best, id) => (due(id) < due(best) ? id : best), enabled[0] as number);
}

/** Always moves the process that moved last while it can, else the lowest. */
export function runPython(text: string, files: Record<string, string> = {}): Outcome {
  const system = load(text, files);
  let steps = 0;
  let last = 0;
  for (; steps < 200_000; steps++) {
    const enabled = system.enabled();
    if (enabled.length === 0) break;
    const next = choose(system, enabled, last);
    system.step(next, 0);
    last = next;
  }
  const m = system.machine;
  return {
    output: m.output.map((o) => o.text).join(''),
    failures: m.failures.map((f) => m.ops.show(f.exception)),
    unsupported: m.unsupported?.what ?? null,
    stuck: m.processes.filter((p) => p && !p.done && p.pending).map((p) => p.pending?.reason() ?? ''),
    steps,
  };
}
