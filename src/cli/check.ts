/** `race-replay check`: findings of files and folders in the formats tools read. */
import { performance } from 'node:perf_hooks';
import { relative } from 'node:path';
import type { CheckResult, EngineOptions, Finding, Severity } from '../engine/api.ts';
import type { TraceLanguage } from '../core/trace/trace.ts';
import { openCache } from './cache.ts';
import { languageOf, listFiles, parseLanguage, readSource, reason } from './files.ts';
import { defaultJobs, startJobs } from './jobs.ts';
import { natural, optionsOf, type SimulationFlags } from './load.ts';
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
  if (!['pretty', 'json', 'sarif', 'github'].includes(format))
    throw new UsageError(`unknown format ${format}: use pretty, json, sarif or github`);
  const least = severities.indexOf((flags.severity ?? 'warning') as Severity);
  if (least < 0) throw new UsageError(`unknown severity ${flags.severity ?? ''}: use hint, information or warning`);
  const options = { ...optionsOf(flags), hints: least === 0 };
  const language = parseLanguage(flags.language);
  const count = flags.jobs === undefined ? defaultJobs() : natural(flags.jobs, '--jobs') || defaultJobs();
  const stdin = paths.length === 1 && paths[0] === '-';
  if (stdin && !language)
    throw new UsageError('cannot tell the language of standard input; give --language python, typescript or javascript');
  if (!stdin && paths.includes('-')) throw new UsageError('- reads standard input and cannot be given with other paths');
  const listing = stdin ? { files: ['-'], problems: [] } : listFiles(paths.length === 0 ? ['.'] : paths);
  const files = shard(listing.files, flags.shard);
  const begun = performance.now();
  const { results, problems } = await checkAll(files, { options, language, jobs: count, cache: flags.cache !== false });
  problems.unshift(...listing.problems);
  const report: CheckReport = { version: 1, files: [], summary: { files: 0, lines: 0, findings: 0, elapsedMs: 0 } };
  for (const [i, r] of results.entries()) {
    if (!r) continue;
    const findings = r.findings.filter((f) => severities.indexOf(f.severity) >= least);
    report.files.push({ path: files[i] ?? r.path, language: r.language, problems: r.problems, findings });
    report.summary.files++;
    report.summary.lines += r.lines;
    report.summary.findings += findings.length;
  }
  report.summary.elapsedMs = Math.round(performance.now() - begun);
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : format === 'sarif'
        ? `${JSON.stringify(toSarif(report), null, 2)}\n`
        : format === 'github'
          ? toGithub(report)
          : toPrettyCheck(report, paintFor(process.stdout)),
  );
  for (const p of problems) process.stderr.write(`race-replay: ${p}\n`);
  if (problems.length > 0) return exitStatus.failure;
  return report.summary.findings > 0 ? exitStatus.findings : exitStatus.clean;
}

interface CheckPlan {
  options: EngineOptions;
  language: TraceLanguage | null;
  jobs: number;
  cache: boolean;
}

/** Checks the files, several at a time; results are in the order of the files, null where one could not be read. */
async function checkAll(files: readonly string[], plan: CheckPlan): Promise<{ results: (CheckResult | null)[]; problems: string[] }> {
  const cache = openCache(plan.options, plan.cache);
  const jobs = startJobs(Math.max(1, Math.min(plan.jobs, files.length)));
  const results: (CheckResult | null)[] = files.map(() => null);
  const failures = new Map<number, string>();
  const showProgress = process.stderr.isTTY === true && files.length > 1;
  let done = 0;
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const path = files[i] ?? '';
      try {
        const file = readSource(path, path === '-' ? plan.language : (languageOf(path) ?? plan.language));
        const known = cache.get(file);
        if (known) results[i] = known;
        else {
          const { result, imports, users } = await jobs.run({ kind: 'check', file, options: plan.options });
          results[i] = result;
          cache.put(file, result, imports, users);
        }
      } catch (e) {
        failures.set(i, e instanceof UsageError ? e.message : `${path}: internal error: ${reason(e)}`);
      }
      done++;
      if (showProgress) process.stderr.write(`\r\x1b[K${done}/${files.length} ${relative('.', path).slice(-60)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(plan.jobs, Math.max(1, files.length)) }, runner));
  } finally {
    await jobs.close();
    if (showProgress) process.stderr.write('\r\x1b[K');
  }
  return { results, problems: [...failures].sort((a, b) => a[0] - b[0]).map(([, text]) => text) };
}

function shard(files: string[], text: string | undefined): string[] {
  if (text === undefined) return files;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const i = Number(match?.[1]);
  const n = Number(match?.[2]);
  if (!match || i < 1 || n < 1 || i > n) throw new UsageError(`--shard takes I/N with 1 <= I <= N, not ${text}`);
  return files.filter((_, index) => index % n === i - 1);
}
