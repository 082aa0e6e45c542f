/**
 * Code lenses and hovers, both from the last answer: "Simulate race" above a function with a
 * finding, and on its name one line that says what the simulator found, also when that is nothing.
 */
import { type CodeLens, type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { TraceRange } from '../core/trace/trace.ts';
import { type SimulateArguments, simulateCommand } from '../protocol/lsp.ts';
import type { CheckedDocument } from './checker.ts';
import { placeOf } from './diagnostics.ts';
import { contains, toRange } from './ranges.ts';

/** One lens per function with a finding; it simulates the first, which is the worst. */
export function lensesOf(state: CheckedDocument): CodeLens[] {
  return state.subjects.flatMap(({ subject, nameRange }) => {
    const first = subject.findings[0];
    if (first === undefined) return [];
    const args: SimulateArguments = [state.uri, nameRange.start.line + 1, first];
    return [{ range: nameRange, command: { title: 'Simulate race', command: simulateCommand, arguments: args } }];
  });
}

/** Text from user code, made safe for Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|~-]/g, '\\$&');
}

function link(args: SimulateArguments): string {
  return `[Simulate race](command:${simulateCommand}?${encodeURIComponent(JSON.stringify(args))})`;
}

/** `current` says whether the answer is of the document's present text; findings have no place else. */
export function hoverOf(state: CheckedDocument, position: Position, current: boolean): Hover | null {
  const named = state.subjects.find(({ nameRange }) => contains(nameRange, position));
  if (named !== undefined) {
    const args: SimulateArguments = [state.uri, named.nameRange.start.line + 1, named.subject.findings[0] ?? null];
    return {
      range: named.nameRange,
      contents: {
        kind: MarkupKind.Markdown,
        value: `**Race Replay**: ${plain(named.subject.name)}: ${plain(named.subject.detail)}  \n${link(args)}`,
      },
    };
  }
  if (!current) return null;
  const here = (range: TraceRange | null): boolean => range !== null && range.path === undefined && contains(toRange(range), position);
  for (const finding of state.result.findings) {
    if (!here(finding.check) && !here(finding.act) && !here(finding.interference)) continue;
    const range = [finding.act, finding.check, finding.interference].find(here) ?? placeOf(finding);
    const role = here(finding.act) ? 'act' : here(finding.check) ? 'check' : 'interfering write';
    const switches =
      finding.verdict === 'violation'
        ? ` The losing interleaving has ${finding.contextSwitches} context switch${finding.contextSwitches === 1 ? '' : 'es'}.`
        : '';
    return {
      range: toRange(range ?? finding.act),
      contents: {
        kind: MarkupKind.Markdown,
        value: `**Race Replay**: the ${role} of a race on ${plain(finding.shared)} (${finding.rule}).${switches}  \n${link([state.uri, finding.act.line, finding.id])}`,
      },
    };
  }
  return null;
}
