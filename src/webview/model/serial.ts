/**
 * Comparison of the losing interleaving with a serial order that works: each lane's steps are matched
 * by position within the lane, and the first that saw, changed or did something else is the
 * divergence.
 */
import type { Trace, TraceStep } from '../../core/trace/trace.ts';
import { t } from '../l10n.ts';

export interface Comparison {
  /** First step of the interleaving that differs from its counterpart, or null. */
  step: number | null;
  /** Its counterpart's position in the serial order, or null when it has none. */
  serialStep: number | null;
}

/** What a step did that one could see: where, with which values read, and what changed. */
function signature(step: TraceStep): string {
  const reads = step.accesses.filter((access) => access.kind === 'read').map((access) => [access.location, access.value ?? '']);
  return JSON.stringify([step.text, step.summary, reads, step.after]);
}

/** Finds the first divergence; null when the trace has no serial witness. */
export function compareWithSerial(trace: Trace): Comparison | null {
  const serial = trace.serialWitness;
  if (!serial) return null;
  const perLane = new Map<number, number[]>();
  serial.steps.forEach((step, index) => {
    const list = perLane.get(step.lane);
    if (list) list.push(index);
    else perLane.set(step.lane, [index]);
  });
  const seen = new Map<number, number>();
  for (const [index, step] of trace.steps.entries()) {
    const nth = seen.get(step.lane) ?? 0;
    seen.set(step.lane, nth + 1);
    const at = perLane.get(step.lane)?.[nth];
    const other = at === undefined ? undefined : serial.steps[at];
    if (at === undefined || !other) return { step: index, serialStep: null };
    if (signature(step) !== signature(other)) return { step: index, serialStep: at };
  }
  return { step: null, serialStep: null };
}

/** What one of the two did, in words that show the difference: `sees stack = [2, 8]`. */
export interface DifferenceWords {
  here: string;
  there: string;
}

/** How two counterparts differ: by what they do, else by a value read, else by the state they leave. */
export function differenceWords(here: TraceStep, there: TraceStep, nameOf: (key: string) => string): DifferenceWords {
  if (here.summary !== there.summary) return { here: here.summary, there: there.summary };
  const reads = (step: TraceStep): Map<string, string> =>
    new Map(step.accesses.flatMap((access) => (access.kind === 'read' ? [[access.location, access.value ?? ''] as const] : [])));
  const [mine, other] = [reads(here), reads(there)];
  for (const [key, value] of mine) {
    const counterpart = other.get(key);
    if (counterpart !== undefined && counterpart !== value) {
      return { here: t('sees {0} = {1}', nameOf(key), value), there: t('sees {0} = {1}', nameOf(key), counterpart) };
    }
  }
  for (const key of new Set([...Object.keys(here.after), ...Object.keys(there.after)])) {
    const [left, right] = [here.after[key], there.after[key]];
    if (left !== right) {
      const leaves = (value: string | undefined): string =>
        value === undefined ? t('leaves {0} alone', nameOf(key)) : t('leaves {0} = {1}', nameOf(key), value);
      return { here: leaves(left), there: leaves(right) };
    }
  }
  return { here: t('runs {0}', here.text), there: t('runs {0}', there.text) };
}
