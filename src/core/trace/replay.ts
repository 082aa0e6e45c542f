/**
 * A trace, made ready for views with a cursor (the panel, the debug adapter): lanes with letters, the
 * shared state over time, the context switches, each lane's local variables and stale copies at any
 * step. Computed once per trace.
 */
import { stateHistory } from './states.ts';
import type { StateHistory } from './states.ts';
import type { Trace, TraceLane, TraceQueue, TraceQueues, TraceStaleCopy } from './trace.ts';
import { laneLetter, violationStep } from './words.ts';

export interface LaneView {
  id: number;
  /** Index in the trace's lanes. */
  position: number;
  letter: string;
  name: string;
  kind: TraceLane['kind'];
  lane: TraceLane;
  /** Steps of this lane, ascending. */
  steps: number[];
}

export interface LocalView {
  name: string;
  value: string;
  /** The step that gave it this value. */
  since: number;
  /** Set when the value is a copy of shared state that has moved on. */
  stale: TraceStaleCopy | null;
}

export interface Replay {
  trace: Trace;
  lanes: LaneView[];
  laneOf: (id: number) => LaneView;
  history: StateHistory;
  /** Steps whose lane differs from that of the step before. */
  switches: number[];
  /** The step at which the execution is wrong. */
  wrong: number | null;
  /** Local variables of a lane after `step`, in order of first appearance. */
  localsAt: (lane: number, step: number) => LocalView[];
  /** Stale copies that exist at `step`. */
  staleAt: (step: number) => TraceStaleCopy[];
  /** The last step of a lane at or before `step`, or null. */
  lastOf: (lane: number, step: number) => number | null;
  /** The event loop when `step` has ended, or null where none runs. */
  queuesAt: (step: number) => TraceQueues | null;
  /** Queues in which something waits at some step, in the order in which the loop serves them. */
  queueKinds: TraceQueue['kind'][];
}

const queueOrder: readonly TraceQueue['kind'][] = ['ticks', 'microtasks', 'ready', 'timers', 'completions', 'immediates'];

/** Last element of an ascending list that is <= `limit`, or null. */
export function lastAtMost(list: readonly number[], limit: number): number | null {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return list[low - 1] ?? null;
}

/** First element of an ascending list that is > `limit`, or null. */
export function firstAbove(list: readonly number[], limit: number): number | null {
  for (const value of list) if (value > limit) return value;
  return null;
}

/** Prepares a (valid) trace for the views. */
export function replayOf(trace: Trace): Replay {
  const lanes: LaneView[] = trace.lanes.map((lane, position) => ({
    id: lane.id,
    position,
    letter: laneLetter(position),
    name: lane.name,
    kind: lane.kind,
    lane,
    steps: [],
  }));
  const byId = new Map(lanes.map((lane) => [lane.id, lane]));
  const laneOf = (id: number): LaneView => {
    const known = byId.get(id);
    if (known) return known;
    const lane: TraceLane = { id, name: `lane ${id}`, kind: 'thread', startedAt: null };
    const added: LaneView = {
      id,
      position: lanes.length,
      letter: laneLetter(lanes.length),
      name: lane.name,
      kind: lane.kind,
      lane,
      steps: [],
    };
    lanes.push(added);
    byId.set(id, added);
    return added;
  };

  const switches: number[] = [];
  // lane → variable → ascending list of [step, value].
  const locals = new Map<number, Map<string, { step: number; value: string }[]>>();
  trace.steps.forEach((step, index) => {
    laneOf(step.lane).steps.push(index);
    const previous = trace.steps[index - 1];
    if (previous && previous.lane !== step.lane) switches.push(index);
    for (const [name, value] of Object.entries(step.locals)) {
      const ofLane = locals.get(step.lane) ?? new Map<string, { step: number; value: string }[]>();
      locals.set(step.lane, ofLane);
      const list = ofLane.get(name);
      if (list) list.push({ step: index, value });
      else ofLane.set(name, [{ step: index, value }]);
    }
  });

  const recorded = trace.steps.flatMap((step, index) => (step.queues ? [index] : []));
  const staleAt = (step: number): TraceStaleCopy[] =>
    trace.staleCopies.filter((copy) => copy.staleStep <= step && (copy.endStep === null || step <= copy.endStep));

  return {
    trace,
    lanes,
    laneOf,
    history: stateHistory(trace),
    switches,
    wrong: violationStep(trace),
    staleAt,
    localsAt: (lane, step) => {
      const stale = staleAt(step).filter((copy) => copy.lane === lane);
      const found: LocalView[] = [];
      for (const [name, list] of locals.get(lane) ?? []) {
        const at = lastAtMost(
          list.map((item) => item.step),
          step,
        );
        const item = list.find((candidate) => candidate.step === at);
        if (!item) continue;
        found.push({ name, value: item.value, since: item.step, stale: stale.find((copy) => copy.name === name) ?? null });
      }
      for (const copy of stale) {
        if (!found.some((local) => local.name === copy.name)) {
          found.push({ name: copy.name, value: copy.value, since: copy.fromStep, stale: copy });
        }
      }
      return found;
    },
    queuesAt: (step) => {
      const at = lastAtMost(recorded, step);
      return at === null ? null : (trace.steps[at]?.queues ?? null);
    },
    queueKinds: queueOrder.filter((kind) => trace.steps.some((step) => step.queues?.waiting.some((queue) => queue.kind === kind))),
    lastOf: (lane, step) => lastAtMost(byId.get(lane)?.steps ?? [], step),
  };
}
