/**
 * The lines of the timeline: each lane's line, the thick thread of execution that jumps where the
 * context switches, the tinted gap, the arrow from the interfering write to the stale check, and the
 * red line at the violation. Decorative; rows and the live region say the same in words.
 */
import type { JSX } from 'preact';
import { t } from '../l10n.ts';
import { switchGap } from '../model/rows.ts';
import type { Row } from '../model/rows.ts';
import { laneColours } from './parts.tsx';
import { markY } from './timeline.tsx';
import type { View } from './timeline.tsx';

/** Dash patterns by lane: what tells lanes apart without colour. */
export const dashes: readonly string[] = ['none', '7 3', '2 3', '10 3 2 3', '4 6', '14 4', '2 2 2 6', '7 2 2 2 2 2'];

interface ThreadsProps {
  view: View;
  first: number;
  last: number;
  cursor: number;
}

/** Lane lines and the thread of execution, for the rows in the window. */
export function Threads({ view, first, last, cursor }: ThreadsProps): JSX.Element {
  const { rows, layout, replay } = view;
  const from = rows.list[first];
  const to = rows.list[last];
  const top = from?.top ?? 0;
  const height = to ? to.top + to.height - top + 12 : 0;
  const cursorRow = rows.rowOf(cursor);
  const segments: JSX.Element[] = [];
  for (let index = Math.max(1, first); index <= Math.min(rows.list.length - 1, last + 1); index++) {
    const row = rows.list[index];
    const before = rows.list[index - 1];
    if (!row || !before) continue;
    const laneA = replay.laneOf(before.kind === 'step' ? before.step.lane : before.lane);
    const laneB = replay.laneOf(row.kind === 'step' ? row.step.lane : row.lane);
    const ax = layout.x.get(laneA.id) ?? 0;
    const bx = layout.x.get(laneB.id) ?? 0;
    const ay = markY(before);
    const by = markY(row);
    const later = cursorRow >= 0 && index > cursorRow ? ' later' : '';
    if (laneA.id === laneB.id) {
      segments.push(
        <path
          key={index}
          d={`M${ax} ${ay}V${by}`}
          class={`run line lane${laneA.position % laneColours}${later}`}
          stroke-dasharray={dashes[laneA.position % dashes.length]}
        />,
      );
      continue;
    }
    const middle = row.top + switchGap / 2 - 1;
    const turn = Math.min(6, Math.abs(bx - ax) / 2);
    const side = bx > ax ? 1 : -1;
    segments.push(
      <path
        key={index}
        d={`M${ax} ${ay}V${middle - turn}Q${ax} ${middle} ${ax + side * turn} ${middle}H${bx - side * turn}Q${bx} ${middle} ${bx} ${middle + turn}V${by}`}
        class={`switch${later}`}
      />,
    );
  }
  return (
    <svg
      class="threads"
      style={{ top: `${top}px` }}
      width={layout.width}
      height={height}
      viewBox={`0 ${top} ${layout.width} ${height}`}
      aria-hidden="true"
    >
      {replay.lanes
        .filter((lane) => layout.x.has(lane.id))
        .map((lane) => (
          <path
            key={`l${lane.id}`}
            d={`M${layout.x.get(lane.id) ?? 0} ${top}V${top + height}`}
            class={`idle line lane${lane.position % laneColours}`}
            stroke-dasharray={dashes[lane.position % dashes.length]}
          />
        ))}
      {segments}
    </svg>
  );
}

function rowOfStep(view: View, step: number | null | undefined): Row | undefined {
  return step === null || step === undefined ? undefined : view.rows.list[view.rows.rowOf(step)];
}

/** The time between check and act in the checking lane: hatched along its line, tinted to its end. */
export function GapBand({ view }: { view: View }): JSX.Element | null {
  const { replay, layout } = view;
  const violation = replay.trace.violation;
  const check = rowOfStep(view, violation?.checkStep);
  const act = rowOfStep(view, violation?.actStep);
  const lane = violation && violation.checkStep !== null ? replay.trace.steps[violation.checkStep]?.lane : undefined;
  const x = lane === undefined ? undefined : layout.x.get(lane);
  if (!check || !act || lane === undefined || x === undefined || act.top <= check.top) return null;
  const top = check.top + check.height - 2;
  const box = { top: `${top}px`, height: `${act.top + act.lead + 2 - top}px` };
  return (
    <>
      {layout.mode === 'columns' && (
        <div class="gap-tint" style={{ ...box, left: `${x - 9}px`, width: `${(layout.end.get(lane) ?? x) - x + 3}px` }} />
      )}
      <div class="gap-band" style={{ ...box, left: `${x - 9}px` }} />
    </>
  );
}

/** The red line under the step at which the execution is wrong. */
export function ViolationLine({ view }: { view: View }): JSX.Element | null {
  const wrong = rowOfStep(view, view.replay.wrong);
  if (!wrong) return null;
  return (
    <div class="violation-line" style={{ top: `${wrong.top + wrong.height - 3}px` }}>
      <span class="violation-flag">{t('violation')}</span>
    </div>
  );
}

/**
 * The arrow. It leaves the interfering write to the left, runs up beside the leftmost of the two
 * lanes and ends at the check: on both rows everything left of the acting lane is free.
 */
export function Interference({ view }: { view: View }): JSX.Element | null {
  const { replay, rows, layout } = view;
  const violation = replay.trace.violation;
  if (!violation || violation.checkStep === null || violation.interferenceStep === null) return null;
  const check = rows.list[rows.rowOf(violation.checkStep)];
  const write = rows.list[rows.rowOf(violation.interferenceStep)];
  const checkLane = replay.trace.steps[violation.checkStep]?.lane;
  const writeLane = replay.trace.steps[violation.interferenceStep]?.lane;
  if (!check || !write || check === write || checkLane === undefined || writeLane === undefined) return null;
  const cx = layout.x.get(checkLane);
  const wx = layout.x.get(writeLane);
  if (cx === undefined || wx === undefined) return null;
  const cy = markY(check);
  const wy = markY(write);
  const channel = Math.min(cx, wx) - 17;
  const up = wy > cy ? 1 : -1;
  const top = Math.min(cy, wy) - 10;
  const height = Math.abs(wy - cy) + 20;
  return (
    <svg
      class="arrow"
      style={{ top: `${top}px` }}
      width={layout.width}
      height={height}
      viewBox={`0 ${top} ${layout.width} ${height}`}
      aria-hidden="true"
    >
      <path
        class="arrow-line"
        d={`M${wx - 10} ${wy}H${channel + 6}Q${channel} ${wy} ${channel} ${wy - 6 * up}V${cy + 6 * up}Q${channel} ${cy} ${channel + 6} ${cy}H${cx - 14}`}
      />
      <path class="arrow-head" d={`M${cx - 10} ${cy}l-6 -4v8z`} />
    </svg>
  );
}
