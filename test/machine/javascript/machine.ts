/** Runs a JavaScript program in the machine with the choices an idle Node would make, for comparison. */
import { loadProgram } from '../../../src/core/machine/load.ts';
import { createSystem, type MachineSystem } from '../../../src/core/machine/system.ts';
import { javascriptRuntime } from '../../../src/core/machine/javascript/ops.ts';
import { preferredTurn } from '../../../src/core/machine/javascript/loop.ts';
import { parseTypeScript } from '../../../src/frontends/typescript/index.ts';

export const parse = (path: string, text: string) => parseTypeScript(path, text, 'javascript');
export const runtime = javascriptRuntime(parse);

export interface Outcome {
  lines: string[];
  failure: string | null;
  unsupported: string | null;
}

export function load(text: string, path = 'main.mjs', language: 'javascript' | 'typescript' = 'javascript'): MachineSystem {
  const { module, problems } = parseTypeScript(path, text, language);
  if (problems[0]) throw new Error(`${path}: ${problems[0].message}`);
  const machine = loadProgram({ language, modules: [module] }, runtime, {
    runtime: 'node',
    loopBound: 1000,
    fuel: 5_000_000,
    recursionLimit: 4000,
  });
  return createSystem(machine, runtime);
}

/** Runs to the end, always taking the turn Node would take first. */
export function runToEnd(system: MachineSystem): Outcome {
  const m = system.machine;
  for (let steps = 0; steps < 5000; steps++) {
    const enabled = system.enabled();
    if (enabled.length === 0 || m.unsupported) break;
    system.step(preferredTurn(m, enabled), 0);
  }
  const failure = m.failures[0];
  return {
    lines: m.output.map((o) => o.text),
    failure: failure ? m.ops.show(failure.exception) : null,
    unsupported: m.unsupported?.what ?? null,
  };
}

export function runText(text: string, path?: string): Outcome {
  return runToEnd(load(text, path));
}
