/**
 * Findings as LSP diagnostics: at the act, with links to the check, the gap and the interfering
 * write, the rule's page, and the finding's id for the code actions.
 */
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from 'vscode-languageserver';
import type { TraceRange } from '../core/trace/trace.ts';
import type { Finding, Severity } from '../engine/api.ts';
import { rulePage } from '../protocol/rules.ts';
import { toRange, uriOf } from './ranges.ts';

export const diagnosticSource = 'Race Replay';

/** What a diagnostic carries for the code actions. */
export interface DiagnosticData {
  findingId: string;
}

/** The place the diagnostic marks: the act, unless an import put that into another file. */
export function placeOf(finding: Finding): TraceRange {
  return finding.act.path === undefined ? finding.act : finding.check;
}

function severityOf(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}

/** `uri` is the checked document's. */
export function toDiagnostic(uri: string, finding: Finding): Diagnostic {
  const related: DiagnosticRelatedInformation[] = [];
  const relate = (range: TraceRange | null, message: string): void => {
    if (range !== null)
      related.push({ location: { uri: range.path === undefined ? uri : uriOf(range.path), range: toRange(range) }, message });
  };
  relate(finding.check, `check: reads ${finding.shared}`);
  relate(finding.gap, 'gap: others may run here');
  relate(finding.interference, `interference: changes ${finding.shared} in between`);
  if (placeOf(finding) !== finding.act) relate(finding.act, `act: uses ${finding.shared} as if still checked`);
  const data: DiagnosticData = { findingId: finding.id };
  return {
    range: toRange(placeOf(finding)),
    severity: severityOf(finding.severity),
    source: diagnosticSource,
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    message: finding.message,
    relatedInformation: related,
    data,
  };
}
