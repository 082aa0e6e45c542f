/** `race-replay simulate`: one file's race as a trace, in the formats people share. */
import { existsSync, writeFileSync } from 'node:fs';
import { parseTrace } from '../core/trace/parse.ts';
import { toStandaloneHtml } from '../core/trace/html.ts';
import { toMermaid } from '../core/trace/mermaid.ts';
import { toPretty } from '../core/trace/pretty.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateRequest, SourceFile } from '../engine/api.ts';
import { parseLanguage, readSource, reason } from './files.ts';
import { runOne } from './jobs.ts';
import { asset, optionsOf, type SimulationFlags } from './load.ts';
import { paintFor } from './paint.ts';
import { exitStatus, UsageError } from './usage.ts';

export interface SimulateFlags extends SimulationFlags {
  format?: string;
  out?: string;
  schedule?: string;
  language?: string;
}

/** `bank.py:12` → path and line. A path that exists as it stands is taken as it stands. */
export function splitLine(target: string): { path: string; line: number | null } {
  const match = /^(.*?):(\d+)(?::\d+)?$/.exec(target);
  if (!match?.[1] || existsSync(target)) return { path: target, line: null };
  return { path: match[1], line: Number(match[2]) };
}

/** The source a target names, and its line, which must be one of the file's. */
export function sourceAt(target: string, language: string | undefined): { file: SourceFile; line: number | null } {
  const { path, line } = splitLine(target);
  const file = readSource(path, parseLanguage(language));
  const lines = file.text.split(/\r\n|\r|\n/).length;
  if (line !== null && (line < 1 || line > lines)) throw new UsageError(`${path} has no line ${line} (it has ${lines})`);
  return { file, line };
}

export async function runSimulate(target: string, flags: SimulateFlags): Promise<number> {
  const format = flags.format ?? 'pretty';
  if (!['pretty', 'json', 'html', 'mermaid'].includes(format))
    throw new UsageError(`unknown format ${format}: use pretty, json, html or mermaid`);
  const options = optionsOf(flags);
  if (flags.schedule !== undefined && !flags.schedule.startsWith('rr1:'))
    throw new UsageError(`--schedule takes a schedule that begins with rr1:, not ${flags.schedule.slice(0, 40)}`);
  const { file, line } = sourceAt(target, flags.language);
  const request: SimulateRequest = { file, line };
  if (flags.schedule !== undefined) request.schedule = flags.schedule;
  const trace = await simulate(request, options);
  output(render(trace, format), flags.out);
  return trace.verdict === 'violation' ? exitStatus.findings : exitStatus.clean;
}

/** Simulates in a worker thread, with progress on a terminal. */
export async function simulate(request: SimulateRequest, options: ReturnType<typeof optionsOf>): Promise<Trace> {
  const shows = process.stderr.isTTY === true;
  try {
    return await runOne(
      { kind: 'simulate', request, options },
      shows ? (n) => void process.stderr.write(`\r\x1b[K${n} executions`) : undefined,
    );
  } finally {
    if (shows) process.stderr.write('\r\x1b[K');
  }
}

export function runReplay(path: string, flags: { format?: string; out?: string }): number {
  const format = flags.format ?? 'pretty';
  if (!['pretty', 'html', 'mermaid'].includes(format)) throw new UsageError(`unknown format ${format}: use pretty, html or mermaid`);
  const trace = readTrace(path);
  output(render(trace, format), flags.out);
  return trace.verdict === 'violation' ? exitStatus.findings : exitStatus.clean;
}

export function readTrace(path: string): Trace {
  const { text } = readSource(path, 'javascript');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (e) {
    throw new UsageError(`${path} is not JSON: ${reason(e)}`);
  }
  const { value, problems } = parseTrace(json);
  if (!value) throw new UsageError(`${path} is not a race trace: ${problems[0] ?? 'unknown problem'}`);
  return value;
}

export function render(trace: Trace, format: string): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(trace, null, 2)}\n`;
    case 'html':
      return toStandaloneHtml(trace, { script: asset('standalone.js'), css: asset('standalone.css') });
    case 'mermaid':
      return toMermaid(trace);
    default:
      return toPretty(trace, { columns: process.stdout.columns ?? 100, colour: paintFor(process.stdout) });
  }
}

export function output(text: string, path: string | undefined): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (e) {
    throw new UsageError(`cannot write ${path}: ${reason(e)}`);
  }
}
