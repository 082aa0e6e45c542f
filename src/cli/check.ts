/** `race-replay check`: findings of files and folders in the formats tools read. */
import { performance } from 'node:perf_hooks';
import { relative } from 'node:path';
import type { CheckResult, Finding, Severity } from '../engine/api.ts';
import { listFiles, parseLanguage, readImport, readSource } from './files.ts';
import { control, loadEngine, optionsOf, type SimulationFlags } from './load.ts';
import { paintFor } from './paint.ts';
import { toGithub } from './format-github.ts';
import { toPrettyCheck } from './format-pretty.ts';
import { toSarif } from './format-sarif.ts';
import { exitStatus, UsageError } from './usage.ts';

export interface CheckFlags extends SimulationFlags {
  format?: string;
  severity?: string;
  shard?: string;
  jobs?: string;
  cache?: boolean;
  language?: string;
}

export interface CheckReport {
  version: 1;
  files: { path: string; language: string; problems: CheckResult['problems']; findings: Finding[] }[];
  summary: { files: number; lines: number; findings: number; elapsedMs: number };
}

const severities: readonly Severity[] = ['hint', 'information', 'warning'];

export async function runCheck(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const format = flags.format ?? 'pretty';
  if (!['pretty', 'json', 'sarif', 'github'].includes(format)) throw new UsageError(`unknown format ${format}: use pretty, json, sarif or github`);
  const least = severities.indexOf((flags.severity ?? 'warning') as Severity);
  if (least < 0) throw new UsageError(`unknown severity ${flags.severity ?? ''}: use hint, information or warning`);
  const options = { ...optionsOf(flags), hints: least === 0 };
  const language = parseLanguage(flags.language);
  const files = paths.length === 1 && paths[0] === '-' ? ['-'] : shard(listFiles(paths.length === 0 ? ['.'] : paths), flags.shard);
  const engine = await loadEngine();
  const begun = performance.now();
  const report: CheckReport = { version: 1, files: [], summary: { files: 0, lines: 0, findings: 0, elapsedMs: 0 } };
  const showProgress = process.stderr.isTTY && files.length > 1;
  files.forEach((path, i) => {
    if (showProgress) process.stderr.write(`\r\x1b[K${i + 1}/${files.length} ${relative('.', path).slice(-60)}`);
    const source = readSource(path, path === '-' ? language : null);
    const r = engine.check(source, options, control(null), readImport);
    const findings = r.findings.filter((f) => severities.indexOf(f.severity) >= least);
    report.files.push({ path, language: r.language, problems: r.problems, findings });
    report.summary.files++;
    report.summary.lines += r.lines;
    report.summary.findings += findings.length;
  });
  if (showProgress) process.stderr.write('\r\x1b[K');
  report.summary.elapsedMs = Math.round(performance.now() - begun);
  switch (format) {
    case 'json':
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      break;
    case 'sarif':
      process.stdout.write(`${JSON.stringify(toSarif(report), null, 2)}\n`);
      break;
    case 'github':
      process.stdout.write(toGithub(report));
      break;
    default:
      process.stdout.write(toPrettyCheck(report, paintFor(process.stdout)));
  }
  return report.summary.findings > 0 ? exitStatus.findings : exitStatus.clean;
}

function shard(files: string[], text: string | undefined): string[] {
  if (text === undefined) return files;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const i = Number(match?.[1]);
  const n = Number(match?.[2]);
  if (!match || i < 1 || n < 1 || i > n) throw new UsageError(`--shard takes I/N with 1 <= I <= N, not ${text}`);
  return files.filter((_, index) => index % n === i - 1);
}
