/**
 * Everything that changes the panel's state: commands (keys, buttons and VS Code commands alike),
 * messages from the host, playing, driving. Components call these and nothing else.
 */
import { batch, effect } from '@preact/signals';
import { parseTrace } from '../core/trace/parse.ts';
import { isSameTrace } from '../core/trace/same.ts';
import type { TraceRange } from '../core/trace/trace.ts';
import type { PanelCommand, PanelMessage, PanelRequest, RunOn, ShareFormat } from '../protocol/panel.ts';
import { createEchoFilter } from './echo.ts';
import { isPanelMessage } from './host.ts';
import { t } from './l10n.ts';
import { firstAbove, lastAtMost, replayOf } from '../core/trace/replay.ts';
import { dwell, openingStep } from './model/pace.ts';
import { speeds } from './store.ts';
import type { Store } from './store.ts';

export interface Actions {
  command(command: PanelCommand): void;
  /** A command from a key pressed in the panel; its echo by way of VS Code is ignored. */
  press(command: PanelCommand): void;
  /** Moves the cursor; with `reveal`, the editor shows the step's range too. */
  goTo(step: number, reveal?: boolean): void;
  reveal(range: TraceRange): void;
  setSpeed(speed: number): void;
  faster(by: 1 | -1): void;
  /** The lane at this position moves next; starts driving from the cursor where that is needed. */
  moveLane(position: number): void;
  move(lane: number, alternative: number): void;
  driveFrom(step: number): void;
  /** Runs on by a strategy; each time at random has a seed of its own. */
  driveRun(strategy: RunOn['strategy']): void;
  driveStop(): void;
  share(format: ShareFormat): void;
  openValue(title: string, text: string): void;
  nextMatch(by: 1 | -1): void;
  send(request: PanelRequest): void;
  receive(message: PanelMessage): void;
}

/** Wires a store to its host and returns what the components may do. */
export function createActions(store: Store): Actions {
  const { host } = store;
  const tellHost = wireCursor(store);
  const echo = createEchoFilter(() => performance.now());
  let pendingLane: number | null = null;
  let lastSeed = 0;
  const count = (): number => store.replay.value?.trace.steps.length ?? 0;
  const reduced = (step: number): number => Math.min(Math.max(0, step), Math.max(0, count() - 1));

  const goTo = (step: number, reveal = false): void => {
    if (count() === 0) return;
    const to = reduced(step);
    store.cursor.value = to;
    const range = store.replay.value?.trace.steps[to]?.range;
    if (reveal && range) host.post({ type: 'reveal', range });
  };
  const pause = (): void => {
    store.playing.value = false;
  };
  const seek = (step: number | null | undefined): void => {
    pause();
    if (step !== null && step !== undefined) goTo(step);
  };

  const driveFrom = (step: number): void => {
    if (!host.capabilities.simulate) return;
    pause();
    host.post({ type: 'driveStart', fromStep: step });
  };
  const move = (lane: number, alternative: number): void => host.post({ type: 'driveMove', lane, alternative });
  const driveStop = (): void => {
    if (!store.drive.value) return;
    host.post({ type: 'driveStop' });
    batch(() => {
      store.drive.value = null;
      store.puzzle.value = null;
      if (store.replay.value) goTo(openingStep(store.replay.value));
    });
  };

  /** Escape closes the topmost thing only. */
  const close = (): void => {
    if (store.reading.value) store.reading.value = null;
    else if (store.overlay.value) store.overlay.value = null;
    else if (store.query.value !== null) store.query.value = null;
    else if (store.playing.value) pause();
    else driveStop();
  };

  const command = (name: PanelCommand): void => {
    const replay = store.replay.value;
    const at = store.cursor.value;
    const lane = replay?.trace.steps[at]?.lane;
    const own = lane === undefined ? [] : (replay?.laneOf(lane).steps ?? []);
    switch (name) {
      case 'playPause':
        if (count() === 0) return;
        if (!store.playing.value && at >= count() - 1) goTo(0);
        store.playing.value = !store.playing.value;
        return;
      case 'stepForward':
        return seek(at + 1);
      case 'stepBack':
        return seek(at - 1);
      case 'nextSwitch':
        return seek(firstAbove(replay?.switches ?? [], at) ?? count() - 1);
      case 'previousSwitch':
        return seek(lastAtMost(replay?.switches ?? [], at - 1) ?? 0);
      case 'nextInLane':
        return seek(firstAbove(own, at));
      case 'previousInLane':
        return seek(lastAtMost(own, at - 1));
      case 'first':
        return seek(0);
      case 'last':
        return seek(count() - 1);
      case 'violation':
        return seek(replay?.wrong);
      case 'undo':
        if (store.drive.value) host.post({ type: 'driveUndo' });
        return;
      case 'runOn':
        store.runOn.value++;
        return;
      case 'centre':
        store.centre.value++;
        return;
      case 'help':
        store.overlay.value = store.overlay.value === 'help' ? null : 'help';
        return;
      case 'close':
        return close();
    }
  };

  const openTrace = (message: Extract<PanelMessage, { type: 'trace' }>): void => {
    const { value, problems } = parseTrace(message.trace);
    if (!value) {
      store.error.value = t('This trace cannot be shown: {0}', problems.slice(0, 3).join('; '));
      store.progress.value = null;
      return;
    }
    const old = store.trace.value;
    const place = store.awaited;
    store.awaited = null;
    const isAwaited = old === null && place?.schedule === value.schedule && place.steps === value.steps.length;
    const same = old !== null && isSameTrace(old, value);
    // The step was one of the execution that was driven.
    const wasDriving = store.drive.value !== null;
    batch(() => {
      store.trace.value = value;
      store.drive.value = null;
      store.puzzle.value = null;
      store.banner.value = message.banner;
      store.old.value = message.old === true;
      store.error.value = null;
      store.progress.value = null;
      store.playing.value = false;
      if (!same) {
        store.hiddenLanes.value = new Set();
        store.hiddenKeys.value = new Set();
        store.openedRuns.value = new Set();
        store.query.value = null;
        store.editorLine.value = null;
        store.view.value = 'timeline';
      }
      if (message.cursor !== null) goTo(message.cursor);
      else if (isAwaited) goTo(place.cursor);
      else if (!same || wasDriving) store.cursor.value = openingStep(replayOf(value));
    });
    if (!same) store.centre.value++;
  };

  const receive = (message: PanelMessage): void => {
    switch (message.type) {
      case 'trace':
        return openTrace(message);
      case 'progress':
        store.progress.value = message.text;
        store.error.value = null;
        return;
      case 'error':
        store.progress.value = null;
        store.error.value = message.text;
        return;
      case 'goTo':
        pause();
        tellHost.known(message.step);
        return goTo(message.step);
      case 'selectRange':
        return selectLine(store, message.line, goTo);
      case 'drive': {
        const { value } = parseTrace(message.state.trace);
        if (!value) {
          store.error.value = t('The driven execution cannot be shown.');
          return;
        }
        batch(() => {
          store.drive.value = { ...message.state, trace: value };
          store.puzzle.value = message.puzzle;
          store.progress.value = null;
          store.error.value = null;
          store.view.value = 'timeline';
          store.cursor.value = Math.max(0, value.steps.length - 1);
        });
        const wanted = pendingLane;
        pendingLane = null;
        const choice = wanted === null ? undefined : message.state.choices.find((item) => item.lane === wanted);
        if (choice?.enabled && choice.alternatives.length < 2) move(choice.lane, 0);
        return;
      }
      case 'command':
        if (!echo.isEcho(message.command)) command(message.command);
        return;
    }
  };

  const setSpeed = (speed: number): void => {
    if (speeds.some((known) => known === speed)) store.speed.value = speed;
  };
  const actions: Actions = {
    command,
    press: (name) => {
      if (host.capabilities.editor) echo.handled(name);
      command(name);
    },
    goTo,
    reveal: (range) => host.post({ type: 'reveal', range }),
    setSpeed,
    faster: (by) => {
      const index = speeds.findIndex((speed) => speed === store.speed.value);
      const next = speeds[index + by];
      if (next !== undefined) setSpeed(next);
    },
    moveLane: (position) => {
      const lane = store.replay.value?.lanes[position];
      if (!lane) return;
      if (!store.drive.value) {
        if (!host.capabilities.simulate) return;
        pendingLane = lane.id;
        return driveFrom(store.cursor.value + 1);
      }
      const choice = store.drive.value.choices.find((item) => item.lane === lane.id);
      // With data alternatives the person has to say which: the buttons do.
      if (choice?.enabled && choice.alternatives.length < 2) move(lane.id, 0);
    },
    move,
    driveFrom,
    driveRun: (strategy) => {
      const run: RunOn = strategy === 'random' ? { strategy, seed: ++lastSeed } : { strategy };
      host.post({ type: 'driveRun', run });
    },
    driveStop,
    share: (format) => {
      store.overlay.value = null;
      host.post({ type: 'share', format });
    },
    openValue: (title, text) => {
      if (host.capabilities.editor) host.post({ type: 'openValue', title, text });
      else store.reading.value = { title, text };
    },
    nextMatch: (by) => {
      const matches = store.matches.value;
      const next =
        by === 1
          ? (firstAbove(matches, store.cursor.value) ?? matches[0])
          : (lastAtMost(matches, store.cursor.value - 1) ?? matches[matches.length - 1]);
      seek(next);
    },
    send: (request) => host.post(request),
    receive,
  };
  wire(store, actions);
  return actions;
}

/** The editor's cursor is on a line: the nearest step of that line becomes the current one. */
function selectLine(store: Store, line: number, goTo: (step: number) => void): void {
  store.editorLine.value = line;
  const replay = store.replay.value;
  if (!replay) return;
  let best: number | null = null;
  for (const step of replay.trace.steps) {
    if (step.range.path !== undefined || line < step.range.line || line > step.range.endLine) continue;
    if (best === null || Math.abs(step.index - store.cursor.value) < Math.abs(best - store.cursor.value)) best = step.index;
  }
  if (best !== null && !store.playing.value) goTo(best);
}

/** Tells the host where the cursor is, once per frame, unless the host moved it there. */
function wireCursor(store: Store): { known(step: number): void } {
  let frame = 0;
  let told = -1;
  let toldOf: unknown = null;
  effect(() => {
    const step = store.cursor.value;
    const replay = store.replay.value;
    if (!replay || replay.trace.steps.length === 0) return;
    cancelAnimationFrame(frame);
    if (told === step && toldOf === replay) return;
    frame = requestAnimationFrame(() => {
      told = step;
      toldOf = replay;
      store.host.post({ type: 'cursor', step });
    });
  });
  return {
    known(step) {
      told = step;
      toldOf = store.replay.value;
    },
  };
}

/** The clock of playing; messages from the host. */
function wire(store: Store, actions: Actions): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  effect(() => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const replay = store.replay.value;
    if (!store.playing.value || !replay) return;
    const at = store.cursor.value;
    const last = replay.trace.steps.length - 1;
    if (at >= last) {
      store.playing.value = false;
      return;
    }
    // A collapsed run is one beat, not one per step.
    const row = store.rows.value.list[store.rows.value.rowOf(at)];
    const next = row?.kind === 'run' ? row.to + 1 : at + 1;
    timer = setTimeout(() => actions.goTo(Math.min(next, last)), dwell(replay, at) / store.speed.value);
  });

  store.host.listen((message) => {
    if (isPanelMessage(message)) actions.receive(message);
  });
}
