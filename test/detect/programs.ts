/** Texts to programs, for tests of detection: both front ends by file name. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrontEndResult, Program } from '../../src/core/program/program.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { parseTypeScript } from '../../src/frontends/typescript/index.ts';

const require = createRequire(import.meta.url);

const python = await createPythonFrontEnd({
  runtime: new Uint8Array(readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'))),
  grammar: new Uint8Array(readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm'))),
});

/** Module and problems of a text; `path` tells the language. */
export function parse(path: string, text: string): FrontEndResult {
  if (path.endsWith('.py')) return python.parse(path, text);
  return parseTypeScript(path, text, /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript');
}

/** One-module program of a text. */
export function programOf(path: string, text: string): Program {
  const { module } = parse(path, text);
  return { language: module.language, modules: [module] };
}
