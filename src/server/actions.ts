/**
 * Code actions on a finding: fixes that were simulated and did not fail (preferred only when every
 * interleaving was explored), "Simulate race", and a comment that disables the rule on the line.
 */
import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix } from '../engine/api.ts';
import { type FixAppliedArguments, fixAppliedCommand, type SimulateArguments, simulateCommand } from '../protocol/lsp.ts';
import type { CheckedDocument } from './checker.ts';
import { diagnosticSource, placeOf, toDiagnostic } from './diagnostics.ts';
import { overlap, toRange } from './ranges.ts';

/** The findings that a request for `range` or with these diagnostics is about. */
export function findingsAt(state: CheckedDocument, range: Range, diagnostics: Diagnostic[]): Finding[] {
  const ids = new Set(diagnostics.filter((d) => d.source === diagnosticSource).map((d) => idOf(d.data)));
  return state.result.findings.filter((finding) => ids.has(finding.id) || overlap(toRange(placeOf(finding)), range));
}

function idOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('findingId' in data)) return null;
  return typeof data.findingId === 'string' ? data.findingId : null;
}

/** `fixes` as the engine gave them, best first. The document must be the text that was checked. */
export function actionsOf(state: CheckedDocument, document: TextDocument, finding: Finding, fixes: Fix[]): CodeAction[] {
  const diagnostics = [toDiagnostic(state.uri, finding)];
  const line = placeOf(finding).line;
  const actions: CodeAction[] = fixes.map((fix, index) => {
    const { executions } = fix.trace.explored;
    const applied: FixAppliedArguments = [state.uri, line, executions, finding.rule];
    return {
      title: `${fix.title} (0 of ${executions.toLocaleString('en')} interleavings fail)`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      isPreferred: index === 0 && fix.trace.verdict === 'verified',
      edit: { changes: { [state.uri]: fix.edits.map(({ range, newText }) => ({ range: toRange(range), newText })) } },
      command: { title: 'Simulate again', command: fixAppliedCommand, arguments: applied },
    };
  });
  const args: SimulateArguments = [state.uri, line, finding.id];
  actions.push({
    title: 'Simulate race',
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title: 'Simulate race', command: simulateCommand, arguments: args },
  });
  actions.push({
    title: `Disable ${finding.rule} for this line`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [state.uri]: [disablingEdit(state, document, line, finding.rule)] } },
  });
  return actions;
}

/** The comment goes above the line, indented like it. */
function disablingEdit(state: CheckedDocument, document: TextDocument, line: number, rule: string): { range: Range; newText: string } {
  const start = { line: line - 1, character: 0 };
  const text = document.getText({ start, end: { line, character: 0 } });
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const newline = document.getText().includes('\r\n') ? '\r\n' : '\n';
  const mark = state.language === 'python' ? '#' : '//';
  return { range: { start, end: start }, newText: `${indent}${mark} race-replay-disable-next-line ${rule}: reviewed${newline}` };
}
