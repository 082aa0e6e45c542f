/**
 * `race-replay mcp`: findings, witnesses and verified fixes as tools of the Model Context Protocol
 * over standard input and output. Files are read, never written; nothing of them is executed.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { EngineOptions, Finding, SourceFile } from '../engine/api.ts';
import { toPretty } from '../core/trace/pretty.ts';
import { applyFix, unifiedDiff } from './diff.ts';
import { languageOf, listFiles, parseLanguage, readSource, reason } from './files.ts';
import { nearest } from './fix.ts';
import { defaultJobs, startJobs, type Jobs } from './jobs.ts';
import { optionsOf, version, type SimulationFlags } from './load.ts';
import { exitStatus, UsageError } from './usage.ts';
import { explored } from './words.ts';

const text = { type: 'string' } as const;
const source = {
  path: { ...text, description: 'File to read; with `code`, the name it goes by.' },
  code: { ...text, description: 'Source text to use in place of the file.' },
  language: { ...text, enum: ['python', 'typescript', 'javascript'], description: 'Needed only where the name does not tell.' },
} as const;
const line = { type: 'integer', minimum: 1, description: '1-based line inside the function or statement of interest.' } as const;

const tools = [
  {
    name: 'find_races',
    description:
      'Finds check-then-act races in Python, TypeScript and JavaScript. Every finding has an interleaving that was simulated and goes wrong.',
    inputSchema: {
      type: 'object',
      properties: { ...source, paths: { type: 'array', items: text, description: 'Files and folders to check.' } },
    },
    outputSchema: {
      type: 'object',
      required: ['files', 'findings'],
      properties: {
        files: { type: 'integer' },
        findings: { type: 'array', items: { type: 'object' } },
        problems: { type: 'array', items: text },
      },
    },
  },
  {
    name: 'simulate_race',
    description:
      'Simulates the function at a line under every interleaving it can afford, and returns the shortest execution that goes wrong, step by step, or says that none does.',
    inputSchema: {
      type: 'object',
      properties: { ...source, line, schedule: { ...text, description: 'Follow this schedule (rr1:…) instead of searching.' } },
      required: ['path'],
    },
    outputSchema: { type: 'object', required: ['verdict', 'story'], properties: { verdict: text, story: text, trace: { type: 'object' } } },
  },
  {
    name: 'verify_fix',
    description:
      'With `fixed`, simulates the changed text and says whether any interleaving still fails. Without it, proposes fixes for the race at the line that simulation has verified.',
    inputSchema: {
      type: 'object',
      properties: { ...source, line, fixed: { ...text, description: 'The whole changed text to verify.' } },
      required: ['path'],
    },
    outputSchema: {
      type: 'object',
      required: ['holds'],
      properties: {
        holds: { type: 'boolean' },
        verdict: text,
        detail: text,
        remaining: { type: 'array', items: { type: 'object' } },
        fixes: { type: 'array', items: { type: 'object' } },
      },
    },
  },
];

type Input = Record<string, unknown>;

/** Serves until standard input ends. */
export async function runMcp(): Promise<number> {
  const options = { ...optionsOf({} satisfies SimulationFlags) };
  const jobs = startJobs(defaultJobs());
  const server = new Server({ name: 'race-replay', version: version() }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, async (request): Promise<CallToolResult> => {
    const input: Input = request.params.arguments ?? {};
    try {
      switch (request.params.name) {
        case 'find_races':
          return await findRaces(jobs, options, input);
        case 'simulate_race':
          return await simulateRace(jobs, options, input);
        case 'verify_fix':
          return await verifyFix(jobs, options, input);
        default:
          throw new UsageError(`there is no tool ${request.params.name}`);
      }
    } catch (e) {
      return { isError: true, content: [{ type: 'text', text: reason(e) }] };
    }
  });
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.on('end', resolve);
    process.stdin.on('close', resolve);
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  await jobs.close();
  return exitStatus.clean;
}

function stringIn(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new UsageError(`${name} must be a string`);
  return value;
}

function lineIn(input: Input): number | null {
  const value = input['line'];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw new UsageError('line must be a whole number above 0');
  return value;
}

function sourceIn(input: Input): SourceFile {
  const path = stringIn(input, 'path');
  const code = stringIn(input, 'code');
  const language = parseLanguage(stringIn(input, 'language'));
  if (code === undefined) {
    if (path === undefined || path === '-') throw new UsageError('give a path, or code and language');
    return readSource(path, language);
  }
  const known = language ?? languageOf(path ?? '');
  if (!known) throw new UsageError('language is needed with code');
  return { path: path ?? 'code', text: code, language: known };
}

function answer(said: string, data: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: said }], structuredContent: data };
}

async function findRaces(jobs: Jobs, options: EngineOptions, input: Input): Promise<CallToolResult> {
  const problems: string[] = [];
  let files: SourceFile[];
  if (input['paths'] === undefined) files = [sourceIn(input)];
  else {
    const paths = input['paths'];
    if (!Array.isArray(paths) || paths.some((p) => typeof p !== 'string')) throw new UsageError('paths must be a list of strings');
    const listing = listFiles(paths as string[]);
    problems.push(...listing.problems);
    files = listing.files.flatMap((p) => {
      try {
        return [readSource(p, null)];
      } catch (e) {
        problems.push(reason(e));
        return [];
      }
    });
  }
  const findings: (Finding & { path: string })[] = [];
  for (const { result } of await Promise.all(files.map((file) => jobs.run({ kind: 'check', file, options })))) {
    findings.push(...result.findings.map((f) => ({ path: result.path, ...f })));
    problems.push(...result.problems.map((p) => `${result.path}:${p.range.line}: ${p.message}`));
  }
  const said =
    findings.length === 0
      ? `No race found in ${files.length} file${files.length === 1 ? '' : 's'}.`
      : findings.map((f) => `${f.path}:${f.act.line}: ${f.rule}: ${f.message}`).join('\n');
  return answer(said, { files: files.length, findings, problems });
}

async function simulateRace(jobs: Jobs, options: EngineOptions, input: Input): Promise<CallToolResult> {
  const file = sourceIn(input);
  const schedule = stringIn(input, 'schedule');
  const trace = await jobs.run({
    kind: 'simulate',
    request: { file, line: lineIn(input), ...(schedule === undefined ? {} : { schedule }) },
    options,
  });
  const story = trace.violation?.message ?? trace.unsupported?.what ?? explored(trace);
  return answer(toPretty(trace, { columns: 100, colour: null }), { verdict: trace.verdict, story, trace });
}

async function verifyFix(jobs: Jobs, options: EngineOptions, input: Input): Promise<CallToolResult> {
  const file = sourceIn(input);
  const at = lineIn(input);
  const fixed = stringIn(input, 'fixed');
  const all = { ...options, hints: true };
  if (fixed !== undefined) {
    const { result } = await jobs.run({ kind: 'check', file: { ...file, text: fixed }, options: all });
    const holds =
      result.findings.length === 0 &&
      result.problems.length === 0 &&
      result.subjects.every((s) => s.verdict === 'verified' || s.verdict === 'bounded');
    const detail =
      [
        ...result.problems.map((p) => `${p.range.line}: ${p.message}`),
        ...result.subjects.map((s) => `${s.name}: ${s.verdict}: ${s.detail}`),
      ].join('\n') || 'nothing in it runs at the same time as something else';
    return answer(`${holds ? 'No interleaving fails.' : 'It does not hold.'}\n${detail}`, { holds, detail, remaining: result.findings });
  }
  const { result } = await jobs.run({ kind: 'check', file, options: all });
  const found = nearest(result.findings, at);
  if (!found) return answer('No race was found there.', { holds: true, detail: 'no race was found there', fixes: [] });
  const fixes = await jobs.run({ kind: 'fixes', file, findingId: found.id, options: all });
  const list = fixes.map((f) => ({
    title: f.title,
    detail: explored(f.trace),
    verdict: f.trace.verdict,
    diff: unifiedDiff(file.path, file.text, f.edits),
    text: applyFix(file.text, f.edits),
  }));
  const said = list.length === 0 ? 'No fix held up in simulation.' : list.map((f) => `${f.title}; ${f.detail}\n${f.diff}`).join('\n');
  return answer(said, { holds: false, detail: found.message, remaining: [found], fixes: list });
}
