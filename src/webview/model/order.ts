/**
 * Happens-before between two steps, from the vector clocks in the trace (Lamport 1978; Mattern 1989):
 * a step happens before another when the other's clock has counted it.
 */
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';

export type Order = 'before' | 'after' | 'concurrent' | 'same';

/** How step `other` relates to step `selected`; null where the trace carries no clocks. */
export function orderOf(replay: Replay, selected: number, other: number): Order | null {
  if (selected === other) return 'same';
  const a = replay.trace.steps[selected];
  const b = replay.trace.steps[other];
  if (!a || !b) return null;
  if (a.lane === b.lane) return other < selected ? 'before' : 'after';
  if (!a.clock || !b.clock) return null;
  const laneA = replay.laneOf(a.lane).position;
  const laneB = replay.laneOf(b.lane).position;
  if ((a.clock[laneB] ?? 0) >= (b.clock[laneB] ?? 0) && (b.clock[laneB] ?? 0) > 0) return 'before';
  if ((b.clock[laneA] ?? 0) >= (a.clock[laneA] ?? 0) && (a.clock[laneA] ?? 0) > 0) return 'after';
  return 'concurrent';
}

export const orderWords = {
  before: t('It happens before.'),
  after: t('It happens after.'),
  concurrent: t('It is concurrent.'),
  same: '',
} as const;
