/** `race-replay fix`: prints the fix that simulation verified as a diff, or applies it. */
import { writeFileSync } from 'node:fs';
import type { Finding } from '../engine/api.ts';
import { applyFix, unifiedDiff } from './diff.ts';
import { reason } from './files.ts';
import { startJobs } from './jobs.ts';
import { optionsOf, type SimulationFlags } from './load.ts';
import { paintFor } from './paint.ts';
import { sourceAt } from './simulate.ts';
import { exitStatus, UsageError } from './usage.ts';
import { explored } from './words.ts';

export interface FixFlags extends SimulationFlags {
  write?: boolean;
  language?: string;
}

export async function runFix(target: string, flags: FixFlags): Promise<number> {
  const { file, line } = sourceAt(target, flags.language);
  if (flags.write === true && file.path === '-') throw new UsageError('--write needs a file, not standard input');
  const options = { ...optionsOf(flags), hints: true };
  const jobs = startJobs(1);
  try {
    const { result } = await jobs.run({ kind: 'check', file, options });
    const found = nearest(result.findings, line);
    if (!found) {
      process.stderr.write(`race-replay: no race was found ${line === null ? `in ${file.path}` : `at ${file.path}:${line}`}\n`);
      return exitStatus.clean;
    }
    const fixes = await jobs.run({ kind: 'fixes', file, findingId: found.id, options });
    const best = fixes[0];
    if (!best) {
      process.stderr.write(`race-replay: ${file.path}:${found.act.line}: no fix held up in simulation\n`);
      return exitStatus.findings;
    }
    if (flags.write === true) {
      try {
        writeFileSync(file.path, applyFix(file.text, best.edits));
      } catch (e) {
        throw new UsageError(`cannot write ${file.path}: ${reason(e)}`);
      }
      process.stdout.write(`${file.path}:${found.act.line}: ${best.title}; ${explored(best.trace)}\n`);
      return exitStatus.clean;
    }
    process.stderr.write(`${best.title}; ${explored(best.trace)}\n`);
    for (const other of fixes.slice(1)) process.stderr.write(`or: ${other.title}; ${explored(other.trace)}\n`);
    process.stdout.write(colour(unifiedDiff(file.path, file.text, best.edits)));
    return exitStatus.clean;
  } finally {
    await jobs.close();
  }
}

/** The finding at the line, else the one of the function around it, else (no line) the first. */
export function nearest(findings: readonly Finding[], line: number | null): Finding | null {
  if (line === null) return findings[0] ?? null;
  const at =
    findings.find((f) => f.act.line <= line && line <= f.act.endLine) ??
    findings.find((f) => f.check.line <= line && line <= f.check.endLine);
  return at ?? findings.find((f) => Math.min(f.check.line, f.act.line) <= line && line <= Math.max(f.check.endLine, f.act.endLine)) ?? null;
}

function colour(diff: string): string {
  const paint = paintFor(process.stdout);
  if (!paint) return diff;
  return diff
    .split('\n')
    .map((l) => (/^(---|\+\+\+|@@)/.test(l) ? paint.bold(l) : l.startsWith('+') ? paint.good(l) : l.startsWith('-') ? paint.bad(l) : l))
    .join('\n');
}
