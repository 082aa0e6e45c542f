/**
 * Where the lanes and the state columns go at a given width. Two arrangements: `columns`, each lane a
 * column with its code in it; and `rail`, lanes as close tracks on the left and the code beside them,
 * for narrow panels and for many lanes. Pure arithmetic in CSS pixels.
 */
import type { Replay } from './replay.ts';

export interface Layout {
  mode: 'columns' | 'rail';
  width: number;
  /** X of each visible lane's line, by lane id. */
  x: Map<number, number>;
  /** Right end of each visible lane's column, by lane id. */
  end: Map<number, number>;
  /** Left of the text in rail mode. */
  textLeft: number;
  /** Right end of the text area: where the state columns begin. */
  textRight: number;
  /** Shared locations that have a column, with its left and width. */
  columns: { key: string; left: number; width: number }[];
  /** Locations for which there was no room. */
  hiddenColumns: number;
}

export const gutter = 38;
const laneMin = 128;
const minorMin = 84;
const stateMin = 108;
const stateMax = 190;
/** From the lane's line to the text. */
export const markRoom = 16;
const firstLane = 26;

/** Lanes that play no part in the story (often `main`, which only starts the others). */
export function minorLanes(replay: Replay): Set<number> {
  const told = new Set(replay.trace.steps.filter((step) => step.role).map((step) => step.lane));
  if (told.size < 2) return new Set();
  return new Set(replay.lanes.filter((lane) => !told.has(lane.id)).map((lane) => lane.id));
}

/** Works out the arrangement. `keys` are the shared locations in the order they deserve a column. */
export function layoutOf(replay: Replay, width: number, hidden: ReadonlySet<number>, keys: readonly string[]): Layout {
  const lanes = replay.lanes.filter((lane) => !hidden.has(lane.id));
  const minor = minorLanes(replay);
  const need = lanes.reduce((sum, lane) => sum + (minor.has(lane.id) ? minorMin : laneMin), gutter + firstLane);
  const mode = lanes.length > 0 && need + (keys.length > 0 ? stateMin : 0) <= width ? 'columns' : 'rail';

  const spacing = lanes.length <= 8 ? 20 : Math.max(6, 160 / lanes.length);
  const railText = gutter + firstLane + Math.max(0, lanes.length - 1) * spacing + markRoom;
  const least = mode === 'columns' ? need : railText + 250;
  const count = Math.max(0, Math.min(keys.length, 4, Math.floor((width - least) / stateMin)));
  const spare = width - least - count * stateMin;
  const stateWidth = count === 0 ? 0 : Math.min(stateMax, stateMin + Math.floor((spare * 0.4) / count));
  const textRight = width - count * stateWidth - (count > 0 ? 4 : 0);
  const columns = keys.slice(0, count).map((key, index) => ({ key, left: width - (count - index) * stateWidth, width: stateWidth }));

  const x = new Map<number, number>();
  const end = new Map<number, number>();
  if (mode === 'rail') {
    lanes.forEach((lane, index) => {
      x.set(lane.id, gutter + firstLane + index * spacing);
      end.set(lane.id, textRight);
    });
  } else {
    const weights = lanes.map((lane) => (minor.has(lane.id) ? 0.5 : 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const least = lanes.map((lane) => (minor.has(lane.id) ? minorMin : laneMin));
    const room = textRight - gutter - firstLane + 12 - least.reduce((sum, width) => sum + width, 0);
    let left = gutter + firstLane;
    lanes.forEach((lane, index) => {
      const own = (least[index] ?? 0) + Math.max(0, (room * (weights[index] ?? 0)) / total);
      x.set(lane.id, Math.round(left));
      left += own;
      end.set(lane.id, Math.min(textRight, Math.round(left) - 14));
    });
  }
  return { mode, width, x, end, textLeft: railText, textRight, columns, hiddenColumns: keys.length - count };
}

/** Locations in the order they deserve room: at stake first, then those that change, locks last. */
export function columnOrder(replay: Replay): string[] {
  const { trace, history } = replay;
  const story = new Set(
    [trace.violation?.checkStep, trace.violation?.interferenceStep, trace.violation?.actStep].flatMap((at) =>
      at === null || at === undefined ? [] : (trace.steps[at]?.accesses.map((access) => access.location) ?? []),
    ),
  );
  const rank = (key: string): number => {
    const kind = trace.locations[key]?.kind;
    if (story.has(key)) return 0;
    const changes = history.nextChange(key, -1) !== null;
    if (!changes) return 4;
    return kind === 'lock' ? 3 : kind === 'output' ? 2 : 1;
  };
  return history.keys
    .map((key, index) => ({ key, index }))
    .sort((a, b) => rank(a.key) - rank(b.key) || a.index - b.index)
    .map(({ key }) => key);
}
