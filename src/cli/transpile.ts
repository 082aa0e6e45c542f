/**
 * TypeScript (or ES modules) to CommonJS with an inline source map, for running a witness on Node.
 * The engine holds only TypeScript's parser, so the compiler is the project's own: looked for from
 * the file, the working directory and this program, in that order.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type typescript from 'typescript';
import { UsageError } from './usage.ts';

type Compiler = Pick<typeof typescript, 'transpileModule' | 'ModuleKind' | 'ScriptTarget' | 'JsxEmit'>;

/** Throws a UsageError when no TypeScript is installed where the file is. */
export function transpile(text: string, path: string): string {
  const ts = compiler(path);
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
      inlineSources: true,
      esModuleInterop: true,
      jsx: ts.JsxEmit.React,
    },
  });
  return outputText;
}

function compiler(path: string): Compiler {
  for (const from of [resolve(path), join(process.cwd(), 'package.json'), process.argv[1] ?? '']) {
    if (from === '') continue;
    try {
      const found: unknown = createRequire(from)('typescript');
      if (isCompiler(found)) return found;
    } catch {
      // Not installed here.
    }
  }
  throw new UsageError('running this file on Node needs TypeScript: install the package `typescript` in its project');
}

function isCompiler(found: unknown): found is Compiler {
  return typeof found === 'object' && found !== null && 'transpileModule' in found && typeof found.transpileModule === 'function';
}
