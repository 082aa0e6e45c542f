/**
 * The engine: front ends, detection, simulation and traces composed behind the `Engine` interface.
 */
import { createPythonFrontEnd } from '../frontends/python/index.ts';
import type { Engine } from './api.ts';
import { createCheck } from './check.ts';
import { createDrive } from './drive.ts';
import { createFixes } from './fixes.ts';
import { createEditorParse, createParse } from './project.ts';
import { createRuntimes } from './runtimes.ts';
import { createShelf } from './runs.ts';
import { createSimulate } from './simulate.ts';

export interface EngineAssets {
  /** web-tree-sitter.wasm: bytes or an address. */
  treeSitterRuntime: Uint8Array | string;
  /** tree-sitter-python.wasm: bytes or an address. */
  pythonGrammar: Uint8Array | string;
}

/** `isForEditor`: files are checked again and again as they change, and what earlier checks found out is kept. */
export async function createEngine(assets: EngineAssets, isForEditor = false): Promise<Engine> {
  const python = await createPythonFrontEnd({ runtime: assets.treeSitterRuntime, grammar: assets.pythonGrammar });
  const editor = isForEditor ? createEditorParse(python) : null;
  const parse = editor ?? createParse(python);
  const runtimes = createRuntimes(parse);
  const { check } = createCheck({ parse, runtimes }, isForEditor ? createShelf() : null);
  // What is replayed or driven is there while its file is edited.
  const lasting = { parse: editor?.shared ?? parse, runtimes };
  return { check, simulate: createSimulate(lasting), drive: createDrive(lasting), fixes: createFixes(lasting) };
}
