/** The findings of a check as GitHub Actions workflow commands. */
import type { CheckReport } from './check.ts';

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

export function toGithub(report: CheckReport): string {
  const levels = { warning: 'warning', information: 'notice', hint: 'notice' } as const;
  return report.files
    .flatMap((f) =>
      f.findings.map(
        (x) =>
          `::${levels[x.severity]} file=${property(f.path)},line=${x.act.line},endLine=${x.act.endLine},col=${x.act.column},endColumn=${x.act.endColumn},title=${property(`Race Replay: ${x.rule}`)}::${data(x.message)}\n`,
      ),
    )
    .join('');
}
