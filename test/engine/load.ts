/** The real engine for tests, loaded once per file. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../src/engine/engine.ts';
import { control as commandLineControl } from '../../src/cli/load.ts';
import { type Control, defaultOptions, type Engine, type EngineOptions, type SourceFile } from '../../src/engine/api.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export function loadEngine(): Promise<Engine> {
  const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'node_modules', path)));
  return createEngine({
    treeSitterRuntime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    pythonGrammar: bytes('tree-sitter-python/tree-sitter-python.wasm'),
  });
}

/** Tests must not depend on how fast the machine is, or on what else it does: time is the processor's, and generous. */
export const control: Control = commandLineControl(null);
export const options: EngineOptions = { ...defaultOptions, timeoutMs: 20_000 };

export function python(text: string, path = 'example.py'): SourceFile {
  return { path, text, language: 'python' };
}

export function typescript(text: string, path = 'example.ts'): SourceFile {
  return { path, text, language: 'typescript' };
}

export function file(path: string): SourceFile {
  return {
    path,
    text: readFileSync(join(root, path), 'utf8'),
    language: path.endsWith('.py') ? 'python' : path.endsWith('.js') ? 'javascript' : 'typescript',
  };
}
