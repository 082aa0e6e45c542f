/** Whether two traces tell of the same execution of the same text, though one was simulated again. */
import type { Trace } from './trace.ts';

export function isSameTrace(a: Trace, b: Trace): boolean {
  return (
    a === b ||
    (a.schedule === b.schedule &&
      a.source.sha256 === b.source.sha256 &&
      a.source.path === b.source.path &&
      a.steps.length === b.steps.length &&
      a.verdict === b.verdict)
  );
}
