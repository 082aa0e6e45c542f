/** The engine from its sources, and fixes applied, for the tests of repair. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createEngine } from '../../src/engine/engine.ts';
import {
  defaultOptions,
  type CheckResult,
  type Control,
  type EngineOptions,
  type Finding,
  type Fix,
  type SourceFile,
} from '../../src/engine/api.ts';
import { applyFix } from '../../src/cli/diff.ts';

const require = createRequire(import.meta.url);
const engine = await createEngine({
  treeSitterRuntime: new Uint8Array(readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'))),
  pythonGrammar: new Uint8Array(readFileSync(join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'))),
});

const options: EngineOptions = { ...defaultOptions, hints: true, timeoutMs: 4_000 };
const control: Control = { now: () => performance.now(), cancelled: () => false };

export function file(path: string, text: string): SourceFile {
  return { path, text, language: path.endsWith('.py') ? 'python' : path.endsWith('.ts') ? 'typescript' : 'javascript' };
}

export function check(source: SourceFile): CheckResult {
  return engine.check(source, options, control);
}

export interface Repaired {
  fix: Fix;
  text: string;
  /** What is found in the fixed text. */
  after: CheckResult;
}

/** The finding whose act is on the line that holds the marker text, and its verified fixes. */
export function repairs(source: SourceFile, act: string): { finding: Finding; fixes: Repaired[] } {
  const line = source.text.slice(0, source.text.indexOf(act)).split('\n').length;
  const { findings } = check(source);
  const finding = findings.find((f) => f.act.line === line);
  if (!finding) throw new Error(`no finding at line ${line}: ${findings.map((f) => `${f.rule} ${f.act.line}`).join(', ')}`);
  const fixes = engine.fixes(source, finding.id, options, control).map((fix) => {
    const text = applyFix(source.text, fix.edits);
    return { fix, text, after: check({ ...source, text }) };
  });
  return { finding, fixes };
}

export function titled(fixes: readonly Repaired[], pattern: RegExp): Repaired {
  const found = fixes.find((f) => pattern.test(f.fix.title));
  if (!found) throw new Error(`no fix like ${String(pattern)}: ${fixes.map((f) => f.fix.title).join(' | ')}`);
  return found;
}

export function unknownFinding(source: SourceFile): Fix[] {
  return engine.fixes(source, 'no-such-finding', options, control);
}
