/**
 * The engine: front ends, detection, simulation and traces composed behind the `Engine` interface.
 */
import { createPythonFrontEnd } from '../frontends/python/index.ts';
import type { Engine } from './api.ts';
import { createCheck } from './check.ts';
import { createDrive } from './drive.ts';
import { createFixes } from './fixes.ts';
import { createParse } from './project.ts';
import { createRuntimes } from './runtimes.ts';
import { createSimulate } from './simulate.ts';

export interface EngineAssets {
  /** web-tree-sitter.wasm: bytes or an address. */
  treeSitterRuntime: Uint8Array | string;
  /** tree-sitter-python.wasm: bytes or an address. */
  pythonGrammar: Uint8Array | string;
}

export async function createEngine(assets: EngineAssets): Promise<Engine> {
  const python = await createPythonFrontEnd({ runtime: assets.treeSitterRuntime, grammar: assets.pythonGrammar });
  const parse = createParse(python);
  const runtimes = createRuntimes(parse);
  const context = { parse, runtimes };
  const check = createCheck(context);
  const simulate = createSimulate(context);
  return { check: check.check, simulate, drive: createDrive(context), fixes: createFixes(context) };
}
