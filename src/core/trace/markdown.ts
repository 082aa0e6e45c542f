/**
 * A trace as Markdown for a pull request or an issue: the story, the steps as a table, the honest
 * line and the schedule. Source text goes into code spans whose fence is longer than any in the text,
 * and everything else is escaped, so that nothing in a program can become markup.
 */
import type { Trace } from './trace.ts';
import { stateHistory } from './states.ts';
import { shorten } from './visible.ts';
import {
  fileName,
  headline,
  honestLine,
  laneLetter,
  laneName,
  locationName,
  placeWords,
  roleWords,
  runtimeWords,
  violationStep,
} from './words.ts';

const mostSteps = 200;

/** Plain text: every character Markdown or HTML could take for markup is escaped. */
export function escapeMarkdown(text: string, limit = 400): string {
  return shorten(text, limit)
    .replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
    .replace(/[\\`*_{}[\]()#+!|~@-]/g, (character) => `\\${character}`);
}

/** A code span for use in a table: pipes are escaped, the fence outgrows any backticks inside. */
export function codeSpan(text: string, limit = 120): string {
  const shown = shorten(text, limit).replace(/\|/g, '\\|');
  if (shown === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The document's text, ending in a newline. */
export function toMarkdown(trace: Trace): string {
  const position = new Map(trace.lanes.map((lane, index) => [lane.id, index]));
  const out: string[] = [];
  const kind = trace.violation ? `${escapeMarkdown(trace.violation.rule)} on ${codeSpan(trace.violation.shared)}` : trace.verdict;
  out.push(`### ${codeSpan(trace.source.path)}: ${kind}`, '', `**${escapeMarkdown(headline(trace), 600)}**`, '');
  if (trace.violation) {
    const { check, interference, act, gap } = trace.violation;
    if (check) out.push(`- ${roleWords.check}: ${placeWords(check)}`);
    if (gap) out.push(`- gap: ${codeSpan(gap)}`);
    if (interference) out.push(`- ${roleWords.interference}: ${placeWords(interference)}`);
    if (act) out.push(`- ${roleWords.act}: ${placeWords(act)}`);
    out.push('');
  }
  if (trace.steps.length > 0) out.push(...table(trace, position), '');
  out.push(escapeMarkdown(honestLine(trace), 600));
  const runtimes = runtimeWords(trace);
  if (runtimes) out.push('', `Possible ${escapeMarkdown(runtimes)}.`);
  for (const { text, range } of trace.assumptions.slice(0, 20)) {
    out.push('', `Assumed: ${escapeMarkdown(text)}${range ? ` (${placeWords(range)})` : ''}`);
  }
  if (trace.schedule) out.push('', `Schedule: ${codeSpan(trace.schedule, 2_000)}`);
  return `${out.join('\n')}\n`;
}

function table(trace: Trace, position: Map<number, number>): string[] {
  const history = stateHistory(trace);
  const keys = history.keys.filter((key) => history.nextChange(key, -1) !== null).slice(0, 4);
  const wrong = violationStep(trace);
  const end = Math.min(trace.steps.length, Math.max(mostSteps, (wrong ?? 0) + 20));
  const start = Math.max(0, end - mostSteps);
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['#', 'lane', 'line', 'code', 'what it does', '', ...keys.map((key) => codeSpan(locationName(trace, key), 40))];
  const lines = trace.steps.slice(start, end).map((step) => {
    const role = step.role ? `**${roleWords[step.role]}**` : '';
    const state = keys.map((key) => {
      const value = history.valueAt(key, step.index);
      const cell = value === undefined ? '–' : codeSpan(value, 40);
      return history.changeAt(key, step.index) ? `**${cell}**` : cell;
    });
    return row([
      String(step.index + 1),
      `${laneLetter(position.get(step.lane) ?? 0)} ${escapeMarkdown(laneName(trace, step.lane), 40)}`,
      step.range.path === undefined ? String(step.range.line) : escapeMarkdown(`${fileName(step.range.path)}:${step.range.line}`, 60),
      codeSpan(step.text, 80),
      escapeMarkdown(step.summary, 120),
      step.index === wrong ? `${role} ❌` : role,
      ...state,
    ]);
  });
  const before = start > 0 ? [`${start} steps before are left out.`, ''] : [];
  return [
    ...before,
    row(head),
    row(head.map(() => '---')),
    ...lines,
    ...(end < trace.steps.length ? ['', `${trace.steps.length - end} steps more.`] : []),
  ];
}
