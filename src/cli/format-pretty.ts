/** The findings of a check as text for people. */
import type { Paint } from '../core/trace/pretty.ts';
import { visible } from '../core/trace/visible.ts';
import type { CheckReport } from './check.ts';

export function toPrettyCheck(report: CheckReport, paint: Paint | null): string {
  const bold = paint?.bold ?? ((t: string) => t);
  const dim = paint?.dim ?? ((t: string) => t);
  const warn = paint?.warn ?? ((t: string) => t);
  const lines: string[] = [];
  for (const f of report.files) {
    if (f.findings.length === 0 && f.problems.length === 0) continue;
    lines.push(bold(visible(f.path)));
    for (const p of f.problems.slice(0, 5)) lines.push(`  ${p.range.line}:${p.range.column}  ${dim(`cannot read: ${visible(p.message)}`)}`);
    for (const x of f.findings) {
      lines.push(`  ${x.act.line}:${x.act.column}  ${warn(x.severity)}  ${visible(x.message)}  ${dim(x.rule)}`);
      const switches = `${x.contextSwitches} context switch${x.contextSwitches === 1 ? '' : 'es'}`;
      lines.push(
        dim(
          `       check ${x.check.line}:${x.check.column} → act ${x.act.line}:${x.act.column}; ${switches}; replay: race-replay simulate ${visible(f.path)}:${x.act.line}`,
        ),
      );
    }
    lines.push('');
  }
  const s = report.summary;
  const count = `${s.findings} ${s.findings === 1 ? 'race' : 'races'}`;
  lines.push(
    `${s.findings === 0 ? (paint?.good ?? ((t: string) => t))('No race found') : (paint?.bad ?? ((t: string) => t))(`${count} found`)} in ${s.files} file${s.files === 1 ? '' : 's'} (${s.lines} lines, ${(s.elapsedMs / 1000).toFixed(1)} s).`,
  );
  return `${lines.join('\n')}\n`;
}
