/** `race-replay simulate`: one file's race as a trace, in the formats people share. */
import { writeFileSync } from 'node:fs';
import { parseTrace } from '../core/trace/parse.ts';
import { toStandaloneHtml } from '../core/trace/html.ts';
import { toMermaid } from '../core/trace/mermaid.ts';
import { toPretty } from '../core/trace/pretty.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateRequest } from '../engine/api.ts';
import { parseLanguage, readImport, readSource, reason } from './files.ts';
import { asset, control, loadEngine, optionsOf, type SimulationFlags } from './load.ts';
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
  if (!match?.[1]) return { path: target, line: null };
  return { path: match[1], line: Number(match[2]) };
}

export async function runSimulate(target: string, flags: SimulateFlags): Promise<number> {
  const format = flags.format ?? 'pretty';
  if (!['pretty', 'json', 'html', 'mermaid'].includes(format)) throw new UsageError(`unknown format ${format}: use pretty, json, html or mermaid`);
  const { path, line } = splitLine(target);
  const options = optionsOf(flags);
  const file = readSource(path, parseLanguage(flags.language));
  const engine = await loadEngine();
  const request: SimulateRequest = { file, line };
  if (flags.schedule !== undefined) request.schedule = flags.schedule;
  const show = process.stderr.isTTY ? (n: number) => process.stderr.write(`\r\x1b[K${n} executions`) : null;
  const trace = engine.simulate(request, options, control(show), readImport);
  if (show) process.stderr.write('\r\x1b[K');
  output(render(trace, format), flags.out);
  return trace.verdict === 'violation' ? exitStatus.findings : exitStatus.clean;
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
