/**
 * Where the lanes and the state columns go at a given width. Two arrangements: `columns`, each lane a
 * column with its code in it; and `rail`, lanes as close tracks on the left and the code beside them,
 * for narrow panels and for many lanes. Pure arithmetic in CSS pixels.
 */
import type { Replay } from '../../core/trace/replay.ts';

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
const minorMin = 96;
/** The last lane has no empty lanes to its right for its text to run into. */
const lastMin = 160;
const stateMin = 96;
const stateMax = 180;
const laneMax = 340;
/** Width of one character of code, in CSS pixels: an estimate is enough to share room out. */
const character = 7.25;
/** From the lane's line to the text. */
export const markRoom = 16;
const firstLane = 26;

/** Lanes that play no part in the story (often `main`, which only starts the others). */
export function minorLanes(replay: Replay): Set<number> {
  const told = new Set(replay.trace.steps.filter((step) => step.role).map((step) => step.lane));
  if (told.size < 2) return new Set();
  return new Set(replay.lanes.filter((lane) => !told.has(lane.id)).map((lane) => lane.id));
}

/** How wide each lane would like to be: its longest code and tag, within reason. */
function laneNeeds(replay: Replay): Map<number, number> {
  const needs = new Map<number, number>();
  for (const step of replay.trace.steps) {
    const tag = step.role ? 30 + step.role.length * 6 : 0;
    const text = Math.max(step.text.length * character + tag, (step.summary.length + 10) * 6) + markRoom + 30;
    needs.set(step.lane, Math.min(laneMax, Math.max(needs.get(step.lane) ?? 0, text)));
  }
  return needs;
}

/** How wide a location's column would like to be: its longest value after `was`. */
function stateNeed(replay: Replay, key: string): number {
  const name = (replay.trace.locations[key]?.name ?? key).length * character + 24;
  let longest = replay.trace.initial[key]?.length ?? 0;
  for (const step of replay.trace.steps) longest = Math.max(longest, step.after[key]?.length ?? 0);
  return Math.max(stateMin, Math.min(stateMax, Math.max(name, longest * 7 + 50)));
}

/** Works out the arrangement. `keys` are the shared locations in the order they deserve a column. */
export function layoutOf(replay: Replay, width: number, hidden: ReadonlySet<number>, keys: readonly string[]): Layout {
  const lanes = replay.lanes.filter((lane) => !hidden.has(lane.id));
  const minor = minorLanes(replay);
  const leasts = lanes.map((lane, index) => (index === lanes.length - 1 ? lastMin : minor.has(lane.id) ? minorMin : laneMin));
  const need = leasts.reduce((sum, least) => sum + least, gutter + firstLane);
  // What never changes is in the details of the step, not in a column.
  const changing = keys.filter((key) => replay.history.nextChange(key, -1) !== null);
  const wanted = changing.slice(0, 4).map((key) => stateNeed(replay, key));
  const mode = lanes.length > 0 && need + (wanted.length > 0 ? stateMin : 0) <= width ? 'columns' : 'rail';

  const spacing = lanes.length <= 8 ? 20 : Math.max(6, 160 / lanes.length);
  const railText = gutter + firstLane + Math.max(0, lanes.length - 1) * spacing + markRoom;
  const least = mode === 'columns' ? need : railText + 250;
  const count = Math.max(0, Math.min(wanted.length, Math.floor((width - least) / stateMin)));
  // Columns beyond their least share what is left with the lanes, half and half.
  let extra = Math.max(0, (width - least - count * stateMin) / 2);
  const widths = wanted.slice(0, count).map((want) => {
    const own = stateMin + Math.min(extra, want - stateMin);
    extra -= own - stateMin;
    return Math.floor(own);
  });
  const states = widths.reduce((sum, own) => sum + own, 0);
  const textRight = width - states - 8;
  let stateLeft = width - states;
  const columns = widths.map((own, index) => {
    const column = { key: changing[index] ?? '', left: stateLeft, width: own };
    stateLeft += own;
    return column;
  });

  const x = new Map<number, number>();
  const end = new Map<number, number>();
  if (mode === 'rail') {
    lanes.forEach((lane, index) => {
      x.set(lane.id, gutter + firstLane + index * spacing);
      end.set(lane.id, textRight);
    });
  } else {
    const needs = laneNeeds(replay);
    // The text of a lane may run over the empty cells to its right; that of the last lane cannot.
    const unmet = lanes.map((lane, index) => {
      const share = index === lanes.length - 1 ? 1 : minor.has(lane.id) ? 0 : 0.5;
      return Math.max(0, (needs.get(lane.id) ?? 0) - (leasts[index] ?? 0)) * share;
    });
    const total = unmet.reduce((sum, one) => sum + one, 0);
    const room = Math.max(0, textRight - gutter - firstLane + 12 - leasts.reduce((sum, own) => sum + own, 0));
    const beyond = Math.max(0, room - total) / Math.max(1, lanes.length + 1);
    let left = gutter + firstLane;
    lanes.forEach((lane, index) => {
      const own = (leasts[index] ?? 0) + (total > 0 ? (Math.min(room, total) * (unmet[index] ?? 0)) / total : 0) + Math.min(60, beyond);
      x.set(lane.id, Math.round(left));
      left += own;
      end.set(lane.id, Math.min(textRight, Math.round(left) - 14));
    });
    const last = lanes[lanes.length - 1];
    if (last) end.set(last.id, textRight);
  }
  return { mode, width, x, end, textLeft: railText, textRight, columns, hiddenColumns: changing.length - count };
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
