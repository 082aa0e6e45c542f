/**
 * Runs the engine over the corpus. A racy file names its rule and lines in its header
 * (`race: RULE check=LINE act=LINE`), a safe look-alike says why it is safe (`safe: …`). A race counts
 * as found when a warning has its act at the right line (any rule of the same lines: the finer rule
 * may differ); a warning in a safe file is a false alarm.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createEngine } from '../../src/engine/engine.ts';
import { defaultOptions, type CheckResult, type Engine } from '../../src/engine/api.ts';
import type { TraceLanguage } from '../../src/core/trace/trace.ts';
import { control } from '../engine/load.ts';

export interface CorpusResult {
  path: string;
  language: TraceLanguage;
  rule: string;
  racy: boolean;
  check: number;
  act: number;
  found: boolean;
  falseAlarms: number;
  verdicts: string[];
  milliseconds: number;
  /** From the start of the check to the first execution that went wrong. */
  firstWitness: number | null;
  result: CheckResult;
}

export function corpusFiles(root: string): string[] {
  const out: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) visit(path);
      else if (/\.(py|ts|tsx|js)$/.test(name)) out.push(path);
    }
  };
  for (const language of ['python', 'typescript']) visit(join(root, 'test/corpus', language));
  return out;
}

export async function loadEngine(root: string): Promise<Engine> {
  const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'node_modules', path)));
  return createEngine({
    treeSitterRuntime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    pythonGrammar: bytes('tree-sitter-python/tree-sitter-python.wasm'),
  });
}

export function runFile(engine: Engine, root: string, path: string): CorpusResult | null {
  const text = readFileSync(path, 'utf8');
  const language: TraceLanguage = path.endsWith('.py') ? 'python' : path.endsWith('.js') ? 'javascript' : 'typescript';
  const race = /(?:#|\/\/)\s*race:\s*([\w-]+)\s+check=(\d+)\s+act=(\d+)/.exec(text);
  const safe = /(?:#|\/\/)\s*safe:/.test(text);
  if (!race && !safe) return null;
  const begun = performance.now();
  let firstWitness: number | null = null;
  const result = engine.check({ path, text, language }, defaultOptions, {
    ...control,
    suspected: () => (firstWitness ??= performance.now() - begun),
  });
  const milliseconds = performance.now() - begun;
  const warnings = result.findings.filter((f) => f.severity === 'warning');
  const check = Number(race?.[2] ?? 0);
  const act = Number(race?.[3] ?? 0);
  return {
    path: relative(root, path),
    language,
    rule: race?.[1] ?? relative(join(root, 'test/corpus'), path).split('/')[1] ?? '',
    racy: race !== null,
    check,
    act,
    found: warnings.some((f) => f.act.line <= act && act <= f.act.endLine),
    falseAlarms: race ? 0 : warnings.length,
    verdicts: result.subjects.map((s) => s.verdict),
    milliseconds,
    firstWitness,
    result,
  };
}

interface Row {
  races: number;
  found: number;
  safe: number;
  alarms: number;
  milliseconds: number[];
}

export async function main(root: string, args: readonly string[]): Promise<number> {
  const engine = await loadEngine(root);
  const verbose = args.includes('--verbose');
  const only = args.filter((a) => !a.startsWith('--'));
  const rows = new Map<string, Row>();
  const verdicts = new Map<string, number>();
  for (const path of corpusFiles(root)) {
    if (only.length > 0 && !only.some((o) => path.includes(o))) continue;
    const r = runFile(engine, root, path);
    if (!r) continue;
    for (const key of [`${r.language === 'python' ? 'python' : 'typescript'} ${r.rule}`, 'all']) {
      let row = rows.get(key);
      if (!row) rows.set(key, (row = { races: 0, found: 0, safe: 0, alarms: 0, milliseconds: [] }));
      if (r.racy) row.races++;
      else row.safe++;
      if (r.racy && r.found) row.found++;
      if (r.falseAlarms > 0) row.alarms++;
      row.milliseconds.push(r.milliseconds);
    }
    for (const v of r.verdicts) verdicts.set(v, (verdicts.get(v) ?? 0) + 1);
    if ((r.racy && !r.found) || r.falseAlarms > 0 || verbose) {
      console.log(
        `${r.racy ? (r.found ? 'found ' : 'MISSED') : r.falseAlarms > 0 ? 'ALARM ' : 'silent'} ${r.path} (${r.rule} ${r.check}→${r.act}, ${r.milliseconds.toFixed(0)} ms)`,
      );
      for (const f of r.result.findings)
        console.log(`         ${f.severity} ${f.rule} ${f.check.line}→${f.act.line}: ${f.message.slice(0, 160)}`);
      for (const s of r.result.subjects) console.log(`         ${s.name}: ${s.verdict}: ${s.detail.slice(0, 160)}`);
    }
  }
  console.log('');
  console.log(['rule'.padEnd(40), 'races', 'found', 'recall', ' safe', 'alarms', 'precision', 'median ms', 'max ms'].join('  '));
  const all = rows.get('all');
  rows.delete('all');
  for (const [name, row] of [...[...rows].sort(([a], [b]) => a.localeCompare(b)), ...(all ? [['all', all] as const] : [])]) {
    const times = [...row.milliseconds].sort((a, b) => a - b);
    const percent = (n: number, of: number): string => (of === 0 ? '–' : `${((100 * n) / of).toFixed(0)} %`);
    console.log(
      [
        name.padEnd(40),
        String(row.races).padStart(5),
        String(row.found).padStart(5),
        percent(row.found, row.races).padStart(6),
        String(row.safe).padStart(5),
        String(row.alarms).padStart(6),
        percent(row.found, row.found + row.alarms).padStart(9),
        (times[times.length >> 1] ?? 0).toFixed(0).padStart(9),
        (times.at(-1) ?? 0).toFixed(0).padStart(6),
      ].join('  '),
    );
  }
  console.log(`\nverdicts per function: ${[...verdicts].map(([v, n]) => `${v} ${n}`).join(', ')}`);
  return 0;
}
