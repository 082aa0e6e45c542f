/** The two language runtimes, with their preludes parsed once by the engine's own front ends. */
import { javascriptRuntime } from '../core/machine/javascript/ops.ts';
import { createPythonRuntime } from '../core/machine/python/ops.ts';
import type { Parse } from './project.ts';
import type { Runtimes } from './units.ts';

export function createRuntimes(parse: Parse): Runtimes {
  return {
    python: createPythonRuntime((path, text) => parse({ path, text, language: 'python' })),
    javascript: javascriptRuntime((path, text) => parse({ path, text, language: 'javascript' })),
  };
}
