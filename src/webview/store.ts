/**
 * The state of the panel: one cursor that the lanes, the shared state, the scrubber and the editor all
 * follow, and what is open around it. Signals only; what changes them lives in actions.ts.
 */
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { parseTrace } from '../core/trace/parse.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { DriveState, PuzzleTask } from '../protocol/panel.ts';
import type { Host } from './host.ts';
import { columnOrder } from './model/layout.ts';
import { replayOf } from '../core/trace/replay.ts';
import { openingStep } from './model/pace.ts';
import type { Replay } from '../core/trace/replay.ts';
import { rowsOf, searchSteps } from './model/rows.ts';
import type { Rows } from './model/rows.ts';

export type View = 'timeline' | 'table' | 'compare' | 'outcomes' | 'source';
export type Overlay = 'help' | 'view' | 'share' | null;
export const speeds = [0.5, 1, 2, 4] as const;

export interface Store {
  host: Host;
  /** The trace the host sent; null before the first. */
  trace: Signal<Trace | null>;
  /** Set while an execution is driven by hand; its trace is shown instead. */
  drive: Signal<DriveState | null>;
  /** The puzzle that is driven, or null. */
  puzzle: Signal<PuzzleTask | null>;
  /** What the host says while it works, or null. */
  progress: Signal<string | null>;
  error: Signal<string | null>;
  banner: Signal<string | null>;
  /** An interleaving by which an earlier text failed can be tried on this one. */
  old: Signal<boolean>;
  replay: ReadonlySignal<Replay | null>;
  rows: ReadonlySignal<Rows>;
  cursor: Signal<number>;
  /** The step to be at when the host sends a trace again that was too long to be saved; null: none. */
  awaited: SavedPlace | null;
  playing: Signal<boolean>;
  speed: Signal<number>;
  view: Signal<View>;
  overlay: Signal<Overlay>;
  collapse: Signal<boolean>;
  showOrder: Signal<boolean>;
  /** The event loop's queues, where the trace tells of one. */
  showQueues: Signal<boolean>;
  hiddenLanes: Signal<ReadonlySet<number>>;
  hiddenKeys: Signal<ReadonlySet<string>>;
  openedRuns: Signal<ReadonlySet<number>>;
  /** Null while the search field is closed. */
  query: Signal<string | null>;
  matches: ReadonlySignal<number[]>;
  /** Locations shown, in the order they deserve room. */
  keys: ReadonlySignal<string[]>;
  /** Line the editor's cursor is on; its steps are marked. */
  editorLine: Signal<number | null>;
  /** Raised to ask the timeline to bring the cursor to the centre. */
  centre: Signal<number>;
  /** Raised to ask for the ways to run on to have the focus. */
  runOn: Signal<number>;
  /** A value or text shown in full (where the host has no editor), or a note such as "Copied". */
  reading: Signal<{ title: string; text: string } | null>;
  note: Signal<string | null>;
}

const noRows: Rows = { list: [], height: 0, rowOf: () => -1, rowAt: () => 0 };

/** Creates the panel's state, restored from the host's saved state where there is one. */
export function createStore(host: Host): Store {
  const trace = signal<Trace | null>(null);
  const drive = signal<DriveState | null>(null);
  const replay = computed<Replay | null>(() => {
    const shown = drive.value?.trace ?? trace.value;
    return shown ? replayOf(shown) : null;
  });
  const collapse = signal(true);
  const hiddenLanes = signal<ReadonlySet<number>>(new Set());
  const hiddenKeys = signal<ReadonlySet<string>>(new Set());
  const openedRuns = signal<ReadonlySet<number>>(new Set());
  const query = signal<string | null>(null);
  const store: Store = {
    host,
    trace,
    drive,
    puzzle: signal(null),
    progress: signal(null),
    error: signal(null),
    banner: signal(null),
    old: signal(false),
    replay,
    rows: computed(() =>
      replay.value ? rowsOf(replay.value, { collapse: collapse.value, hiddenLanes: hiddenLanes.value, opened: openedRuns.value }) : noRows,
    ),
    cursor: signal(0),
    awaited: null,
    playing: signal(false),
    speed: signal(1),
    view: signal('timeline'),
    overlay: signal(null),
    collapse,
    showOrder: signal(false),
    showQueues: signal(true),
    hiddenLanes,
    hiddenKeys,
    openedRuns,
    query,
    matches: computed(() => (replay.value && query.value ? searchSteps(replay.value, query.value) : [])),
    keys: computed(() => (replay.value ? columnOrder(replay.value).filter((key) => !hiddenKeys.value.has(key)) : [])),
    editorLine: signal(null),
    centre: signal(0),
    runOn: signal(0),
    reading: signal(null),
    note: signal(null),
  };
  restore(store);
  persist(store);
  return store;
}

/** A step of a trace that is known by its schedule and length. */
export interface SavedPlace {
  schedule: string;
  steps: number;
  cursor: number;
}

interface Saved {
  version: 1;
  trace: Trace | null;
  /** In place of a trace that is too long. */
  place: SavedPlace | null;
  cursor: number;
  banner: string | null;
  view: View;
  speed: number;
  collapse: boolean;
  showOrder: boolean;
  showQueues: boolean;
  hiddenLanes: number[];
  hiddenKeys: string[];
}

const views: readonly View[] = ['timeline', 'table', 'compare', 'outcomes', 'source'];

function restore(store: Store): void {
  const saved = store.host.getState() as Partial<Saved> | null | undefined;
  if (typeof saved !== 'object' || saved === null || saved.version !== 1) return;
  store.awaited = placeOf(saved.place);
  const { value } = parseTrace(saved.trace);
  if (!value) return;
  const last = Math.max(0, value.steps.length - 1);
  store.trace.value = value;
  store.cursor.value = Number.isInteger(saved.cursor) ? Math.min(Math.max(0, saved.cursor ?? 0), last) : openingStep(replayOf(value));
  store.banner.value = typeof saved.banner === 'string' ? saved.banner : null;
  const view = views.find((name) => name === saved.view);
  if (view) store.view.value = view;
  if (typeof saved.speed === 'number' && speeds.some((speed) => speed === saved.speed)) store.speed.value = saved.speed;
  if (typeof saved.collapse === 'boolean') store.collapse.value = saved.collapse;
  if (typeof saved.showOrder === 'boolean') store.showOrder.value = saved.showOrder;
  if (typeof saved.showQueues === 'boolean') store.showQueues.value = saved.showQueues;
  if (Array.isArray(saved.hiddenLanes)) store.hiddenLanes.value = new Set(saved.hiddenLanes.filter((id) => Number.isInteger(id)));
  if (Array.isArray(saved.hiddenKeys)) store.hiddenKeys.value = new Set(saved.hiddenKeys.filter((key) => typeof key === 'string'));
}

function placeOf(saved: unknown): SavedPlace | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { schedule, steps, cursor } = saved as Partial<SavedPlace>;
  const isPlace = typeof schedule === 'string' && typeof steps === 'number' && typeof cursor === 'number' && Number.isInteger(cursor);
  return isPlace ? { schedule, steps, cursor } : null;
}

/** Above this many characters of JSON the trace is not saved with the state; the host sends it again. */
const largestSaved = 4_000_000;

/** Saves after a pause: the state holds the whole trace, so not on every frame. */
function persist(store: Store): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let measured: Trace | null = null;
  let fits = true;
  const save = (): void => {
    timer = null;
    const trace = store.trace.value;
    if (trace !== measured) {
      measured = trace;
      fits = JSON.stringify(trace).length <= largestSaved;
    }
    const saved: Saved = {
      version: 1,
      trace: fits ? trace : null,
      place: fits || trace === null ? null : { schedule: trace.schedule, steps: trace.steps.length, cursor: store.cursor.value },
      cursor: store.cursor.value,
      banner: store.banner.value,
      view: store.view.value,
      speed: store.speed.value,
      collapse: store.collapse.value,
      showOrder: store.showOrder.value,
      showQueues: store.showQueues.value,
      hiddenLanes: [...store.hiddenLanes.value],
      hiddenKeys: [...store.hiddenKeys.value],
    };
    store.host.setState(saved);
  };
  effect(() => {
    // Read what is saved, so that the effect runs when it changes.
    void [store.trace.value, store.banner.value, store.view.value, store.speed.value, store.collapse.value];
    void [store.showOrder.value, store.showQueues.value, store.hiddenLanes.value, store.hiddenKeys.value];
    const inDrive = store.drive.value !== null;
    void store.cursor.value;
    if (inDrive || !store.trace.value) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, 150);
  });
  addEventListener('pagehide', () => {
    if (timer !== null) {
      clearTimeout(timer);
      save();
    }
  });
}
