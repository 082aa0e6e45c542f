/**
 * The shared state over time, worked out once from a trace's steps: the value of each location after
 * any step, what a step changed, and who wrote a value last. Look-ups are logarithmic in the number
 * of changes, so that scrubbing a long trace stays cheap.
 */
import type { Trace } from './trace.ts';

export type ChangeKind = 'added' | 'modified' | 'deleted';

export interface StateChange {
  step: number;
  kind: ChangeKind;
  /** Absent when the location had no value. */
  before: string | undefined;
  /** Absent when it has none any more. */
  after: string | undefined;
}

export interface StateHistory {
  /** Locations with a value at some point, in the trace's order. */
  keys: string[];
  /** Value after `step` (-1: initially). */
  valueAt: (key: string, step: number) => string | undefined;
  /** The change that gave `key` its value at `step`, or null when it is still the initial one. */
  lastChange: (key: string, step: number) => StateChange | null;
  /** The first change of `key` after `step`, or null. */
  nextChange: (key: string, step: number) => StateChange | null;
  /** What this very step changed at `key`, or null. */
  changeAt: (key: string, step: number) => StateChange | null;
}

/** Builds the history of a trace's shared state, or of other steps over the same locations. */
export function stateHistory(trace: Trace, steps: Trace['steps'] = trace.steps): StateHistory {
  const changes = new Map<string, StateChange[]>();
  const known = new Set([...Object.keys(trace.locations), ...Object.keys(trace.initial)]);
  steps.forEach((step, index) => {
    for (const key of new Set([...Object.keys(step.before), ...Object.keys(step.after)])) {
      known.add(key);
      const before = Object.hasOwn(step.before, key) ? step.before[key] : undefined;
      const after = Object.hasOwn(step.after, key) ? step.after[key] : undefined;
      if (before === after) continue;
      const kind: ChangeKind = before === undefined ? 'added' : after === undefined ? 'deleted' : 'modified';
      const list = changes.get(key);
      const change: StateChange = { step: index, kind, before, after };
      if (list) list.push(change);
      else changes.set(key, [change]);
    }
  });

  /** Index of the last change at or before `step`, or -1. */
  const find = (list: readonly StateChange[], step: number): number => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.step ?? 0) <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const lastChange = (key: string, step: number): StateChange | null => {
    const list = changes.get(key);
    return list?.[find(list, step)] ?? null;
  };

  return {
    keys: [...known].filter((key) => Object.hasOwn(trace.initial, key) || changes.has(key)),
    lastChange,
    valueAt: (key, step) => {
      const change = lastChange(key, step);
      if (change) return change.after;
      return Object.hasOwn(trace.initial, key) ? trace.initial[key] : undefined;
    },
    nextChange: (key, step) => {
      const list = changes.get(key);
      return list?.[find(list, step) + 1] ?? null;
    },
    changeAt: (key, step) => {
      const change = lastChange(key, step);
      return change?.step === step ? change : null;
    },
  };
}
