/**
 * A system that does not run a step twice. What a step does is decided by its process's own state and
 * by what its accesses find (an obligation of every `System`), so a step made from a known state of
 * its process that finds the same contents is known: its event is given at once, and the machine is
 * only brought up to date (`settle`) when somebody is about to look at it or a new step has to be run.
 *
 * States of a process are the nodes of a graph that begins at its creation; steps are the edges. The
 * content of a location is a number: the same number is the same content. Two steps from one state
 * that found different contents but changed the same lead to the same state: a loop that only asks
 * whether a value is zero does not multiply.
 *
 * Steps that look at something no access tells of, data choices and event loops are never remembered;
 * nor is anything once it shows that steps hardly ever come again. The answers to the questions about the unknown
 * that were asked so far are part of what every step finds.
 */
import { grown, type Ints } from '../explore/int-pool.ts';
import { AccessKind, type BlockedOperation, type LocationId, type ProcessId } from '../explore/system.ts';
import type { MachineAccess } from './machine.ts';
import type { Blocker } from './process.ts';
import type { MachineEvent, MachineSystem, StepChanges } from './system.ts';
import { type Changes, sameChanges } from './trail.ts';
import { type HeapObject, PyFloat, STATE, type Value } from './values.ts';

export interface RememberingSystem extends MachineSystem {
  /** Brings the machine, and the path of the system it was made of, to the present state. */
  settle(): void;
  /** Steps that were known, and steps that were run. */
  readonly counts: { known: number; run: number };
}

/** A step of a process in a state of its own. */
interface Step {
  alternative: number;
  event: MachineEvent;
  /** The locations it accessed, and the contents it found there. */
  locations: LocationId[];
  found: number[];
  /** The locations it changed, and the contents it left there. */
  changed: LocationId[];
  left: number[];
  /** Number of lanes there were, if it made some. */
  lanes: number;
  lanesLeft: number;
  changes: Changes;
  next: LocalState;
  children: LocalState[];
}

interface LocalState {
  steps: Step[];
  generation: number;
  done: boolean;
  alternatives: number;
  pending: Blocker | null;
  /** Location of what it waits for, -1 when it waits for the end of others. */
  pendingAt: LocationId;
  /** Contents of that location (or the set of processes that have ended) with which it can go on, or cannot. */
  ready: Map<number, boolean> | null;
}

/** States with more steps than this are not remembered on: what they find keeps changing. */
const mostSteps = 256;
/** Steps remembered at most; then everything is forgotten and remembered anew. */
const mostRemembered = 40_000;
/** After so many steps run, remembering must have paid. */
const trial = 5_000;

const unknownChanges: StepChanges = { changes: null, foreign: [] };

export function remembering(system: MachineSystem): RememberingSystem {
  const m = system.machine;
  if (system.depth() > 0) throw new Error('remembering begins at the initial state');
  const counts = { known: 0, run: 0 };
  /** What is known of the world: steps find the answers to the questions asked so far, also where no access tells of them. */
  const world = m.fieldLocation(m, 'questions');
  let off = false;
  let generation = 0;
  let remembered = 0;
  let contents: Ints = new Int32Array(256);
  let nextContent = 1;
  const interned = new Map<string, number>();
  /** Per process its state; null: not known, the machine must be asked. */
  const local: (LocalState | null | undefined)[] = [];
  /** Steps of `path` that the machine has made. */
  let applied = 0;
  /** The machine can do nothing more: a construct it does not know. */
  let haltedAt = -1;
  let lanes = m.lanes.length;
  /** The processes that have ended, a bit each; of use while there are no more than 31. */
  let ended = 0;
  const path: MachineEvent[] = [];
  const steps: (Step | null)[] = [];
  const before: (LocalState | null | undefined)[] = [];
  /** What each step of the path overwrote: pairs of location and content, and where they begin. */
  let overwritten: Ints = new Int32Array(256);
  let overwrittenCount = 0;
  /** Per step: where its entries of `overwritten` begin, and lanes and ended processes before it. */
  let saved: Ints = new Int32Array(256);
  const enabled: ProcessId[] = [];
  let enabledValid = false;

  const contentAt = (location: LocationId): number => {
    if (location >= contents.length) contents = grown(contents, location + 1);
    return contents[location] as number;
  };
  const setContent = (location: LocationId, content: number): void => {
    if (overwrittenCount + 2 > overwritten.length) overwritten = grown(overwritten, overwrittenCount + 2);
    overwritten[overwrittenCount++] = location;
    overwritten[overwrittenCount++] = contents[location] as number;
    contents[location] = content;
  };

  const settle = (): void => {
    for (; applied < path.length; applied++) {
      const step = steps[applied] as Step;
      system.redo(step.event, step.changes);
    }
  };

  const stateOf = (id: ProcessId): LocalState | null => {
    const p = m.processes[id];
    if (p?.kind !== 'thread') return null;
    const b = p.pending;
    return {
      steps: [],
      generation,
      done: p.done,
      alternatives: p.choice?.alternatives.length ?? 1,
      pending: b,
      pendingAt: b && b.needs !== 0 ? m.location(b.object, STATE) : -1,
      ready: null,
    };
  };
  local[0] = stateOf(0);

  const find = (state: LocalState, alternative: number): Step | null => {
    if (state.generation !== generation) {
      state.generation = generation;
      state.steps = [];
    }
    const known = state.steps;
    next: for (let k = 0; k < known.length; k++) {
      const step = known[k] as Step;
      const { locations, found } = step;
      for (let i = 0; i < locations.length; i++) if (contents[locations[i] as number] !== found[i]) continue next;
      if (step.alternative === alternative && (step.lanes < 0 || step.lanes === lanes)) return step;
    }
    return null;
  };

  /** A number for what a changed location holds now. */
  const contentNow = (a: MachineAccess): number => {
    return contentOf(a.location, a.kind === AccessKind.Sync ? fieldsOf(a.object) : textOf(a.value));
  };
  const contentOf = (location: LocationId, text: string | null): number => {
    if (text === null) return nextContent++;
    const key = `${location} ${text}`;
    let content = interned.get(key);
    if (content === undefined) {
      content = nextContent++;
      interned.set(key, content);
    }
    return content;
  };

  /** Books a step the machine has just made, and remembers it if it may. */
  const learn = (event: MachineEvent, state: LocalState | null, lanesThen: number, asked: number): void => {
    const locations: number[] = [world];
    const found: number[] = [contentAt(world)];
    const changed: number[] = [];
    const left: number[] = [];
    for (const a of event.accesses) {
      if (!locations.includes(a.location)) {
        locations.push(a.location);
        found.push(contentAt(a.location));
      }
    }
    for (let i = event.accesses.length - 1; i >= 0; i--) {
      const a = event.accesses[i] as MachineAccess;
      if (a.kind === AccessKind.Read || changed.includes(a.location)) continue;
      changed.push(a.location);
      left.push(contentNow(a));
    }
    if (m.questions.length !== asked) {
      changed.push(world);
      left.push(contentOf(world, answersOf(m.questions)));
    }
    const { changes, foreign } = off ? unknownChanges : system.lastChanges();
    for (const { location, now } of foreign) {
      if (changed.includes(location)) continue;
      locations.push(location);
      found.push(contentAt(location));
      changed.push(location);
      left.push(contentOf(location, textOf(now as Value)));
    }
    let step: Step | null = null;
    if (state && changes && state.steps.length < mostSteps) {
      const same = state.steps.find(
        (s) => s.alternative === event.alternative && s.event.spawned.length === event.spawned.length && sameChanges(s.changes, changes),
      );
      const next = same ? same.next : stateOf(event.process);
      if (next) {
        step = {
          alternative: event.alternative,
          event,
          locations,
          found,
          changed,
          left,
          lanes: m.lanes.length === lanesThen ? -1 : lanesThen,
          lanesLeft: m.lanes.length,
          changes: same ? same.changes : changes,
          next,
          children: same ? same.children : event.spawned.map((id) => stateOf(id) as LocalState),
        };
        state.steps.push(step);
        if (++remembered > mostRemembered) {
          remembered = 0;
          generation++;
          interned.clear();
        }
      }
    }
    steps[steps.length - 1] = step;
    for (let i = 0; i < changed.length; i++) setContent(changed[i] as number, left[i] as number);
    // A step that is not remembered leads to a state of its own.
    local[event.process] = off ? null : step ? step.next : stateOf(event.process);
    event.spawned.forEach((id, i) => (local[id] = off ? null : step ? (step.children[i] ?? null) : stateOf(id)));
    if (counts.run > trial && counts.known < counts.run) {
      off = true;
      generation++;
    }
  };

  const step = (id: ProcessId, alternative: number): MachineEvent => {
    enabledValid = false;
    const state = off ? null : (local[id] ?? null);
    const known = state ? find(state, alternative) : null;
    before.push(local[id]);
    const at = path.length * 3;
    if (at + 3 > saved.length) saved = grown(saved, at + 3);
    saved[at] = overwrittenCount;
    saved[at + 1] = lanes;
    saved[at + 2] = ended;
    if (known) {
      counts.known++;
      path.push(known.event);
      steps.push(known);
      const { changed, left, event } = known;
      for (let i = 0; i < changed.length; i++) setContent(changed[i] as number, left[i] as number);
      local[id] = known.next;
      for (let i = 0; i < event.spawned.length; i++) local[event.spawned[i] as number] = known.children[i] as LocalState;
      if (known.lanes >= 0) lanes = known.lanesLeft;
      if (known.next.done) ended |= 1 << id;
      return event;
    }
    settle();
    counts.run++;
    const lanesThen = m.lanes.length;
    const asked = m.questions.length;
    const event = system.step(id, alternative);
    applied++;
    path.push(event);
    steps.push(null);
    learn(event, state, lanesThen, asked);
    lanes = m.lanes.length;
    if (m.processes[id]?.done === true) ended |= 1 << id;
    if (m.unsupported && haltedAt < 0) haltedAt = path.length;
    return event;
  };

  const undo = (): void => {
    enabledValid = false;
    const event = path.pop();
    if (!event) throw new Error('nothing to undo');
    if (applied > path.length) {
      system.undo();
      applied--;
    }
    if (haltedAt > path.length) haltedAt = -1;
    const id = event.process;
    steps.pop();
    const at = path.length * 3;
    const from = saved[at] as number;
    while (overwrittenCount > from) {
      overwrittenCount -= 2;
      contents[overwritten[overwrittenCount] as number] = overwritten[overwrittenCount + 1] as number;
    }
    lanes = saved[at + 1] as number;
    ended = saved[at + 2] as number;
    const spawned = event.spawned;
    for (let i = 0; i < spawned.length; i++) local[spawned[i] as number] = undefined;
    local[id] = before.pop();
  };

  /** Null: the machine must be asked. */
  const mayMove = (id: ProcessId): boolean | null => {
    const state = local[id];
    if (off || state === null) return null;
    if (state === undefined || state.done) return false;
    if (!state.pending) return true;
    const content = state.pendingAt >= 0 ? contentAt(state.pendingAt) : ended;
    state.ready ??= new Map();
    let ready = state.ready.get(content);
    if (ready === undefined) {
      settle();
      ready = state.pending.ready();
      if (state.pendingAt >= 0 || m.processTotal() <= 31) state.ready.set(content, ready);
    }
    return ready;
  };

  const isEnabled = (id: ProcessId): boolean => {
    if (haltedAt >= 0) return false;
    const known = mayMove(id);
    if (known !== null) return known;
    settle();
    return system.isEnabled(id);
  };

  return {
    counts,
    settle,
    step,
    undo,
    isEnabled,
    path,
    get machine() {
      settle();
      return m;
    },
    enabled() {
      if (enabledValid) return enabled;
      enabledValid = true;
      enabled.length = 0;
      if (haltedAt >= 0) return enabled;
      for (let id = 0; id < local.length; id++) {
        const known = mayMove(id);
        if (known === true) enabled.push(id);
        else if (known === null) {
          settle();
          enabled.length = 0;
          enabled.push(...system.enabled());
          break;
        }
      }
      return enabled;
    },
    laneOf: (id) => system.laneOf(id),
    alternatives(id) {
      const state = off ? null : local[id];
      if (state) return state.alternatives;
      settle();
      return system.alternatives(id);
    },
    depth: () => path.length,
    blocked() {
      const out: BlockedOperation[] = [];
      for (let id = 0; id < local.length; id++) {
        const state = local[id];
        if (off || state === null) {
          settle();
          return system.blocked();
        }
        if (!state?.pending || state.done || mayMove(id) !== false) continue;
        const at = state.pendingAt;
        out.push({ process: id, accesses: at < 0 ? [] : [{ location: at, kind: AccessKind.Sync, needs: state.pending.needs, held: 0 }] });
      }
      return out;
    },
    processCount: () => system.processCount(),
    reset() {
      while (path.length > 0) undo();
    },
    lastChanges: () => unknownChanges,
    redo() {
      throw new Error('steps of a remembering system are made with step');
    },
  };
}

/** The same text for the same answers, in whatever order they were given. */
function answersOf(questions: readonly { what: string; answer: string }[]): string {
  return questions
    .map((q) => `${q.what}: ${q.answer}`)
    .sort()
    .join('\n');
}

/** A value that is nothing but its text; null for others. */
function textOf(v: Value): string | null {
  if (v === null) return 'None';
  if (typeof v === 'number' || typeof v === 'boolean' || typeof v === 'bigint' || typeof v === 'string') return `${typeof v} ${v}`;
  if (v instanceof PyFloat) return `float ${Object.is(v.value, -0) ? '-0' : v.value}`;
  return null;
}

/** The fields of a synchronisation object as text, if they are plain values. */
function fieldsOf(o: HeapObject): string | null {
  const parts: string[] = [];
  for (const [name, v] of Object.entries(o)) {
    if (name === 'id' || name === 'shared' || name === 'locations' || name === 'label' || name === 'type' || name === 'cls') continue;
    if (v === undefined) continue;
    const text = typeof v === 'object' && v !== null ? null : textOf(v as Value);
    if (text === null && v !== null) return null;
    parts.push(`${name}=${text}`);
  }
  return parts.join();
}
