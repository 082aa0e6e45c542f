/** Loads the front end once per test file, with the WebAssembly files of the installed packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Module } from '../../../src/core/program/program.ts';
import { printFunction } from '../../../src/core/program/print.ts';
import { createPythonFrontEnd } from '../../../src/frontends/python/index.ts';

const require = createRequire(import.meta.url);

export const frontEnd = await createPythonFrontEnd({
  runtime: new Uint8Array(readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'))),
  grammar: new Uint8Array(readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm'))),
});

/** The module of a text that has no problems. */
export function lower(text: string): Module {
  const { module, problems } = frontEnd.parse('test.py', text);
  if (problems.length > 0) throw new Error(`unexpected problems: ${problems.map((p) => p.message).join('; ')}`);
  return module;
}

/** The body of the module (or of the function so called) printed, without header and indentation. */
export function show(text: string, qualifiedName = '<module>'): string {
  const module = lower(text);
  const fn = module.functions.find((f) => f.qualifiedName === qualifiedName);
  if (fn === undefined) throw new Error(`no function ${qualifiedName}`);
  const lines = printFunction(fn, module).trimEnd().slice(0, -1).split('\n').slice(1);
  return lines.map((line) => line.slice(2)).join('\n');
}
