/**
 * Decorators: what a TypeScript file prints in the machine and, compiled with the option that its name says,
 * in the Node that runs the tests.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { load, runToEnd } from './machine.ts';

const folder = join(import.meta.dirname, 'decorators');

function inNode(text: string, isOlder: boolean): string[] {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, experimentalDecorators: isOlder };
  const out = mkdtempSync(join(tmpdir(), 'race-replay-decorators-'));
  try {
    writeFileSync(join(out, 'main.mjs'), ts.transpileModule(text, { compilerOptions }).outputText);
    return execFileSync(process.execPath, [join(out, 'main.mjs')], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

describe('decorators do what TypeScript compiles them to', () => {
  it.each(readdirSync(folder))('%s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const outcome = runToEnd(load(text, 'main.mts', 'typescript'));
    expect(outcome.unsupported).toBeNull();
    expect(outcome.failure).toBeNull();
    expect(outcome.lines).toEqual(inNode(text, name.startsWith('older')));
  });
});
