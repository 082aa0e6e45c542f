/**
 * Which rows the timeline shows, and where: runs of local steps collapsed, hidden lanes left out,
 * every row's top and height. Rows have fixed heights by kind, so that any step's place is known
 * without rendering it; that is what lets 2,000 steps scroll smoothly.
 */
import type { TraceStep } from '../../core/trace/trace.ts';
import { isQuiet } from './pace.ts';
import type { Replay } from '../../core/trace/replay.ts';

export type Row =
  | { kind: 'step'; step: TraceStep; index: number; top: number; height: number; lead: number; switched: boolean }
  | { kind: 'run'; lane: number; from: number; to: number; top: number; height: number; lead: number; switched: boolean };

export interface RowOptions {
  collapse: boolean;
  hiddenLanes: ReadonlySet<number>;
  /** First steps of collapsed runs that the user has opened. */
  opened: ReadonlySet<number>;
}

export interface Rows {
  list: Row[];
  height: number;
  /** Row that shows a step (or the run it is in), or -1 where its lane is hidden. */
  rowOf: (step: number) => number;
  /** First row whose bottom is below `y`. */
  rowAt: (y: number) => number;
}

export const stepHeight = 44;
export const runHeight = 26;
/** Extra room above a row of another lane: the connector runs through it. */
export const switchGap = 16;
/** Extra room above a row of the story: its tag sits on the upper edge of its card. */
export const tagRoom = 10;
/** Extra room below the violating step for the red line's label. */
export const violationRoom = 18;
/** Runs shorter than this are not worth collapsing. */
export const shortestRun = 3;

/** Lays the rows out. Linear in the number of steps. */
export function rowsOf(replay: Replay, options: RowOptions): Rows {
  const { steps } = replay.trace;
  const list: Row[] = [];
  const leadOf = (step: TraceStep, switched: boolean): number => (switched ? switchGap : step.role && step.role !== 'gap' ? tagRoom : 0);
  const rowOfStep = new Int32Array(steps.length).fill(-1);
  let top = 0;
  let previousLane: number | null = null;
  const add = (row: Row): void => {
    list.push(row);
    top += row.height;
  };
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (!step) break;
    if (options.hiddenLanes.has(step.lane)) {
      at++;
      continue;
    }
    const switched = previousLane !== null && previousLane !== step.lane;
    const lead = leadOf(step, switched);
    previousLane = step.lane;
    let end = at;
    if (options.collapse && !options.opened.has(at)) {
      for (let next = steps[end]; next && next.lane === step.lane && isQuiet(next); next = steps[end]) end++;
    }
    if (end - at >= shortestRun) {
      rowOfStep.fill(list.length, at, end);
      add({ kind: 'run', lane: step.lane, from: at, to: end - 1, top, height: runHeight + lead, lead, switched });
      at = end;
    } else if (options.collapse && options.opened.has(at)) {
      // An opened run: its steps one by one, up to where it ends.
      let stop = at;
      for (let next = steps[stop]; next && next.lane === step.lane && isQuiet(next); next = steps[stop]) stop++;
      for (let index = at; index < Math.max(stop, at + 1); index++) {
        const one = steps[index];
        if (!one) break;
        const gap = index === at && switched;
        const own = leadOf(one, gap);
        rowOfStep[index] = list.length;
        add({ kind: 'step', step: one, index, top, height: stepHeight + own, lead: own, switched: gap });
      }
      at = Math.max(stop, at + 1);
    } else {
      rowOfStep[at] = list.length;
      add({ kind: 'step', step, index: at, top, height: stepHeight + lead + (at === replay.wrong ? violationRoom : 0), lead, switched });
      at++;
    }
  }
  return {
    list,
    height: top,
    rowOf: (step) => rowOfStep[step] ?? -1,
    rowAt: (y) => {
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const row = list[middle];
        if (row && row.top + row.height <= y) low = middle + 1;
        else high = middle;
      }
      return Math.min(low, Math.max(0, list.length - 1));
    },
  };
}

/** Steps whose code, summary, lane, shared names or line match a search, case-insensitively. */
export function searchSteps(replay: Replay, query: string): number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const line = /^(?:line |:)(\d+)$/.exec(wanted);
  return replay.trace.steps.flatMap((step, index) => {
    if (line) return step.range.line === Number(line[1]) ? [index] : [];
    const haystack = [
      step.text,
      step.summary,
      replay.laneOf(step.lane).name,
      step.role ?? '',
      ...step.accesses.map((access) => replay.trace.locations[access.location]?.name ?? access.location),
    ];
    return haystack.some((text) => text.toLowerCase().includes(wanted)) ? [index] : [];
  });
}
