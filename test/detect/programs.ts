/** Texts to programs, for tests of detection: both front ends by file name. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Program } from '../../src/core/program/program.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { parseTypeScript } from '../../src/frontends/typescript/index.ts';

const require = createRequire(import.meta.url);

const python = await createPythonFrontEnd({
  runtime: new Uint8Array(readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'))),
  grammar: new Uint8Array(readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm'))),
});

/** One-module program of a text; `path` tells the language. */
export function programOf(path: string, text: string): Program {
  if (path.endsWith('.py')) return { language: 'python', modules: [python.parse(path, text).module] };
  const language = /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript';
  return { language, modules: [parseTypeScript(path, text, language).module] };
}
