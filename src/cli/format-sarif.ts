/**
 * The findings of a check as SARIF 2.1.0 (OASIS), each with a code flow of check, interfering write
 * and act, and a fingerprint that does not depend on line numbers.
 */
import { isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from './load.ts';
import type { CheckReport } from './check.ts';
import type { Finding } from '../engine/api.ts';
import type { TraceRange } from '../core/trace/trace.ts';

const rulePage = 'https://github.com/race-replay/race-replay/blob/main/docs/rules';

export function toSarif(report: CheckReport): object {
  const rules = [...new Set(report.files.flatMap((f) => f.findings.map((x) => x.rule)))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Race Replay',
            informationUri: 'https://github.com/race-replay/race-replay',
            semanticVersion: semantic(version()),
            rules: rules.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.files.flatMap((f) => f.findings.map((x) => result(f.path, x, rules.indexOf(x.rule)))),
        artifacts: report.files.map((f) => ({ location: { uri: uriOf(f.path) }, sourceLanguage: f.language })),
      },
    ],
  };
}

/** What code scanning shows of a rule. */
function ruleOf(id: string): object {
  const words = id.replaceAll('-', ' ');
  return {
    id,
    name: id,
    shortDescription: { text: `Race: ${words}` },
    fullDescription: {
      text: `Another context can run between a check and the act that relies on it (${words}). Every result has an interleaving that was simulated and goes wrong.`,
    },
    help: { text: `See ${rulePage}/${id}.md`, markdown: `[${words}](${rulePage}/${id}.md)` },
    helpUri: `${rulePage}/${id}.md`,
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['concurrency', 'race-condition'], precision: 'high' },
  };
}

/** SARIF allows only semantic versions there. */
function semantic(text: string): string {
  return /^\d+\.\d+\.\d+/.test(text) ? text : '0.0.0';
}

function result(path: string, x: Finding, ruleIndex: number): object {
  const levels = { warning: 'warning', information: 'note', hint: 'note' } as const;
  const flow: { range: TraceRange; text: string }[] = [{ range: x.check, text: `check: reads ${x.shared}` }];
  if (x.interference) flow.push({ range: x.interference, text: `another context changes ${x.shared} in the gap` });
  flow.push({ range: x.act, text: 'act: relies on the check' });
  return {
    ruleId: x.rule,
    ruleIndex,
    level: levels[x.severity],
    message: { text: x.message },
    locations: [location(path, x.act)],
    relatedLocations: flow.slice(0, -1).map((s, id) => ({ id, ...location(path, s.range), message: { text: s.text } })),
    partialFingerprints: { 'raceReplay/v1': x.id },
    codeFlows: [
      { threadFlows: [{ locations: flow.map((s) => ({ location: { ...location(path, s.range), message: { text: s.text } } })) }] },
    ],
    properties: {
      verdict: x.verdict,
      evidence: x.evidence,
      contexts: x.contexts,
      schedule: x.schedule,
      contextSwitches: x.contextSwitches,
    },
  };
}

function location(path: string, r: TraceRange): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(r.path ?? path) },
      region: { startLine: r.line, startColumn: r.column, endLine: r.endLine, endColumn: r.endColumn },
    },
  };
}

/** Relative to the current folder where it lies within: that is how a repository's files are matched. */
function uriOf(path: string): string {
  const below = isAbsolute(path) ? relative(process.cwd(), path) : path.replace(/^\.[\\/]/, '');
  if (isAbsolute(path) && (below.startsWith('..') || isAbsolute(below))) return pathToFileURL(path).href;
  return below.split(/[\\/]/).map(encodeURIComponent).join('/');
}
