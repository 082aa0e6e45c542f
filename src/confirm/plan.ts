/** What a controller is given: the accesses of the witness in order, and what must come out. */
import type { Trace, TraceAccess, TraceStep } from '../core/trace/trace.ts';

export interface PlannedAccess {
  lane: number;
  /** Index of its step: one operation of the interpreter may be several accesses of one step. */
  step: number;
  kind: TraceAccess['kind'];
  /** The step ends waiting for others: they must not wait for its end. */
  blocks: boolean;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface Plan {
  path: string;
  /** What is run: the source, or the JavaScript made of it. */
  text: string;
  harness: string | null;
  lanes: { id: number; kind: string; name: string }[];
  accesses: PlannedAccess[];
  /** Which suspension ended, in order: the ordinal-th (from 0) of those at that line. */
  resumptions: { line: number; ordinal: number }[];
  observed: Record<string, string>;
  serial: Record<string, string>[];
  violation: { kind: string; exception: string | null };
}

export function planOf(trace: Trace, path: string, text: string, transpile: ((text: string, path: string) => string) | null): Plan {
  const exception = trace.steps.findLast((s) => s.exception !== undefined)?.exception ?? null;
  const language = trace.source.language;
  const asCommonJs = (source: string, name: string): string => {
    const needed = language === 'typescript' || (language === 'javascript' && /^\s*(import|export)\b/m.test(source));
    return needed && transpile ? transpile(source, name) : source;
  };
  return {
    path,
    text: asCommonJs(text, path),
    harness:
      trace.harness === null ? null : language === 'python' ? trace.harness : asCommonJs(importsAsRequires(trace.harness), 'driver.ts'),
    lanes: trace.lanes.map((l) => ({ id: l.id, kind: l.kind, name: l.name })),
    accesses: trace.steps.flatMap((s) => s.accesses.filter((a) => a.range.path === undefined).map((a) => accessOf(s, a))),
    resumptions: resumptionsOf(trace.steps),
    observed: trace.outcome.observed,
    serial: trace.outcome.serial,
    violation: { kind: trace.violation?.kind ?? '', exception },
  };
}

/** A driver imports the module under test and perhaps others; it runs as CommonJS. */
function importsAsRequires(text: string): string {
  return text.replace(/^import \* as (\w+) from ('[^']*'|"[^"]*");?/gm, 'const $1 = require($2);');
}

function accessOf(s: TraceStep, a: TraceAccess): PlannedAccess {
  const { line, column, endLine, endColumn } = a.range;
  return { lane: s.lane, step: s.index, kind: a.kind, blocks: s.suspended !== undefined, line, column, endLine, endColumn };
}

function resumptionsOf(steps: readonly TraceStep[]): Plan['resumptions'] {
  const counts = new Map<number, number>();
  const waiting = new Map<number, { line: number; ordinal: number }>();
  const out: Plan['resumptions'] = [];
  for (const s of steps) {
    const suspension = waiting.get(s.lane);
    if (suspension) {
      waiting.delete(s.lane);
      out.push(suspension);
    }
    if (s.suspended !== undefined && s.range.path === undefined) {
      const { line } = s.range;
      const ordinal = counts.get(line) ?? 0;
      counts.set(line, ordinal + 1);
      waiting.set(s.lane, { line, ordinal });
    }
  }
  return out;
}
