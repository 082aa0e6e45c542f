/**
 * From choices to steps: runs an execution once more with a tracer and writes down, statement by
 * statement, what the machine did. Nothing is inferred: every access, value and exception in a step
 * was reported by the machine while it ran.
 */
import { lineStarts, toRange } from '../program/lines.ts';
import type { Module, Span } from '../program/program.ts';
import { Op } from '../machine/code.ts';
import type { Frame } from '../machine/frame.ts';
import type { Machine, Tracer } from '../machine/machine.ts';
import type { Fiber } from '../machine/process.ts';
import type { MachineSystem } from '../machine/system.ts';
import { Cell, Closure, Generator, HeapObject, Opaque, Namespace, STATE, UNBOUND, type Value } from '../machine/values.ts';
import type { TraceAccess, TraceLane, TraceLocation, TraceQueues, TraceRange, TraceStep } from '../trace/trace.ts';
import type { Choice } from '../explore/event-log.ts';
import { isContainer, Names } from './naming.ts';

export interface Recording {
  lanes: TraceLane[];
  locations: Record<string, TraceLocation>;
  initial: Record<string, string>;
  steps: TraceStep[];
  final: Record<string, string>;
  /** Instruction numbers each step covers. */
  serials: { from: number; to: number }[];
  /** Per step: index of the machine event it belongs to. */
  events: number[];
}

interface Draft {
  lane: number;
  frame: Frame;
  statement: Span;
  module: Module;
  from: number;
  to: number;
  event: number;
  accesses: TraceAccess[];
  touched: Map<string, () => string>;
  before: Map<string, string>;
  locals: Map<string, string>;
  /** What its event loop had waiting when it ended. */
  queues: TraceQueues | null;
  output: string;
  exception: string;
  suspended: string;
  defines: boolean;
  /** It begins the statement anew (the next turn of a loop). */
  fresh: boolean;
  works: boolean;
}

const longest = 2000;
const clipped = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
/** Of each queue, how many are listed; the others are counted. */
const mostWaiting = 4;
/** After the event loop has been closed. */
const closed: TraceQueues = { turn: null, job: 'callback', waiting: [] };

/** Runs `choices` from the initial state, tracing. The system is left at the end of the execution. */
export function record(system: MachineSystem, choices: readonly Choice[], main: Module): Recording {
  system.reset();
  const m = system.machine;
  const names = new Names(m);
  const starts = new Map<Module, number[]>();
  const drafts: Draft[] = [];
  const locations: Record<string, TraceLocation> = {};
  const initial: Record<string, string> = {};
  const latest = new Map<string, string>();
  const shownLocals = new Map<Frame, Map<string, string>>();
  let current: Draft | null = null;
  let event = 0;

  const show = (v: Value): string => {
    const text = v === UNBOUND || v === undefined ? (v === undefined && m.process.kind !== 'thread' ? 'undefined' : '—') : m.ops.show(v);
    return clipped(text);
  };
  const outsideValue = (object: HeapObject, key: unknown): string | null => {
    const place = object.outside(show, key);
    return place === null ? null : clipped(place.tell(place.value));
  };
  const rangeOf = (module: Module, span: Span): TraceRange => {
    let s = starts.get(module);
    if (!s) starts.set(module, (s = lineStarts(module.text)));
    const r: TraceRange = toRange(s, span);
    if (module !== main) r.path = module.path;
    return r;
  };
  let job: TraceQueues['job'] = 'callback';
  /** In a serialised world there is no real event loop to tell of. */
  const noteQueues = (): void => {
    if (!current || current.queues || m.serialised) return;
    const found = m.ops.queues(m);
    if (!found) return;
    const queues = found.queues.filter(({ items }) => items.length > 0);
    current.queues = {
      turn: found.turn,
      job,
      waiting: queues.map(({ kind, items }) => ({
        kind,
        count: items.length,
        first: items.slice(0, mostWaiting).map(({ lane, place, due }) => ({
          lane,
          text: place ? clip(place.module.text.slice(place.span.start, place.span.end).replace(/\s+/g, ' ')) : '',
          range: place ? rangeOf(place.module, place.span) : null,
          ...(due === undefined ? {} : { due }),
        })),
      })),
    };
  };
  const finish = (): void => {
    if (!current) return;
    noteQueues();
    for (const [name, read] of current.touched) latest.set(name, read());
    noteLocals(current);
    current = null;
  };
  const noteLocals = (d: Draft): void => {
    let shown = shownLocals.get(d.frame);
    if (!shown) shownLocals.set(d.frame, (shown = new Map()));
    for (const l of d.frame.code.locals) {
      let v = d.frame.registers[l.register];
      if (v instanceof Cell) v = v.value;
      if (v === UNBOUND || v === undefined || v instanceof Closure || v instanceof Namespace) continue;
      if (typeof v === 'object' && v !== null && (v.type === 'type' || v.type === 'module' || v.type === 'unbound')) continue;
      const text = show(v);
      if (shown.get(l.name) !== text) {
        shown.set(l.name, text);
        d.locals.set(l.name, text);
      }
    }
  };
  const userFrame = (frame: Frame | null): Frame | null => {
    let f = frame;
    while (f && (f.code.internal || f.code.fn.kind === 'comprehension')) f = f.caller;
    return f;
  };

  const tracer: Tracer = {
    instruction(fiber: Fiber, frame: Frame | null): void {
      // An operation of the outside world shows at the statement that began it.
      const own = userFrame(frame);
      const user = own ?? fiber.worksFor?.frame;
      const i = user?.code.instructions[Math.max(0, user.pc - 1)];
      const statement = own ? i?.statement : fiber.worksFor?.statement;
      if (!user || !i || !statement) return;
      if (
        current &&
        current.lane === fiber.lane.id &&
        current.frame === user &&
        current.statement === statement &&
        current.event === event
      ) {
        current.to = m.serial;
        current.queues = null;
      } else {
        finish();
        current = {
          lane: fiber.lane.id,
          frame: user,
          statement,
          module: user.code.module,
          from: m.serial,
          to: m.serial,
          event,
          accesses: [],
          touched: new Map(),
          before: new Map(),
          locals: new Map(),
          queues: null,
          output: '',
          exception: '',
          suspended: '',
          defines: false,
          fresh: own !== null && restarted(user, statement),
          works: false,
        };
        drafts.push(current);
      }
      if (!own) return;
      if (i.op === Op.MakeFunction || i.op === Op.MakeClass || i.op === Op.Import) current.defines = true;
      if (
        i.op !== Op.LoopHead &&
        i.op !== Op.Jump &&
        i.op !== Op.Nop &&
        i.op !== Op.NewCell &&
        !(i.op === Op.Const && i.statement === i.span)
      )
        current.works = true;
    },
    access(kind, object, key, value, before, operation): void {
      if (!current || isMachinery(m, names, object, key, kind) || (kind === 'read' && isLibrary(value))) return;
      const outside = object.outside(show, key);
      const location = outside?.name ?? names.location(object, key);
      locations[location] ??= { name: location, kind: outside?.kind ?? kindOf(object, key, kind) };
      const read = (): string =>
        object instanceof Cell ? show(object.value) : (outsideValue(object, key) ?? currentValue(m, object, key, show));
      if (!current.before.has(location)) {
        const now = read();
        current.before.set(location, now);
        initial[location] ??= now;
        latest.set(location, now);
      }
      current.touched.set(location, read);
      const at = m.where() ?? { module: current.module, span: current.statement };
      const access: TraceAccess = { kind, location, range: rangeOf(at.module, at.span) };
      const pseudo = typeof key === 'string' && key.startsWith('\u0000');
      const told = (v: Value): string => (outside ? clipped(outside.tell(v)) : show(v));
      if ((kind === 'read' || kind === 'write') && !(pseudo && value === undefined)) access.value = told(value);
      if (kind === 'write' || kind === 'delete') access.before = told(before);
      if (kind === 'sync') access.operation = operation;
      current.accesses.push(access);
      placeNames.set(access, outside?.name ?? names.place(object, key));
    },
    output(text): void {
      if (current) current.output += text;
    },
    suspended(reason): void {
      if (current) current.suspended = reason === 'await' || reason === 'waits' ? awaited(m) : reason;
    },
    exception(value): void {
      // What is waited for fails: that shows where it is waited for, and not at what was done last.
      const { fiber } = m;
      if (fiber) tracer.instruction(fiber, fiber.top);
      if (current) current.exception = show(value);
    },
    jobEnded: noteQueues,
    jobBegan(from): void {
      job = from === 'ticks' ? 'tick' : 'microtask';
    },
  };
  const placeNames = new Map<TraceAccess, string>();
  m.tracer = tracer;
  try {
    for (const c of choices) {
      if (!system.isEnabled(c.process)) break;
      event = system.path.length;
      // A turn that was cut at a data choice goes on in the job it was in.
      if (m.processes[c.process]?.midTurn !== true) job = 'callback';
      system.step(c.process, c.alternative);
      noteQueues();
      const p = m.processes[c.process];
      const last: Draft | null = current;
      if (last && p?.pending && (last as Draft).suspended === '' && !p.pending.ready()) (last as Draft).suspended = p.pending.reason();
    }
  } finally {
    m.tracer = null;
  }
  finish();

  const kept = merged(
    drafts.filter(
      (d) =>
        d.accesses.length > 0 ||
        d.exception !== '' ||
        d.output !== '' ||
        (!d.defines && d.works && !isPrologue(d) && d.statement.end > d.statement.start),
    ),
  );
  if (system.enabled().length === 0) noteStuck(m, kept);
  const steps = kept.map((d, index): TraceStep => {
    const range = rangeOf(d.module, trim(d.module.text, d.statement));
    const before: Record<string, string> = {};
    const after: Record<string, string> = {};
    for (const [name, value] of d.before) {
      const now = afterOf(d, name, kept, index, latest);
      if (now !== value) {
        before[name] = value;
        after[name] = now;
      }
    }
    const step: TraceStep = {
      index,
      lane: d.lane,
      range,
      text: textOf(d.module.text, trim(d.module.text, d.statement)),
      summary: '',
      accesses: d.accesses,
      before,
      after,
      locals: Object.fromEntries(d.locals),
      visible: d.accesses.length > 0,
    };
    if (d.output !== '') step.output = d.output;
    if (d.exception !== '') step.exception = d.exception;
    if (d.suspended !== '') step.suspended = d.suspended;
    step.summary = summarise(step, placeNames);
    return step;
  });
  const lanes = m.lanes.map(
    (l): TraceLane => ({
      id: l.id,
      name: l.name,
      kind: l.kind,
      startedAt: l.startedAt ? rangeOf(l.startedAt.module, l.startedAt.span) : null,
    }),
  );
  const used = new Set(steps.map((s) => s.lane));
  let told = '';
  for (const [index, step] of steps.entries()) {
    const queues = kept[index]?.queues ?? (told === '' ? null : closed);
    if (!queues) continue;
    for (const { first } of queues.waiting) for (const w of first) if (w.lane !== null && !used.has(w.lane)) w.lane = null;
    const text = JSON.stringify(queues);
    if (text !== told) step.queues = queues;
    told = text;
  }
  return {
    lanes: lanes.filter((l) => used.has(l.id)),
    locations,
    initial,
    steps,
    final: Object.fromEntries(latest),
    serials: kept.map((d) => ({ from: d.from, to: d.to })),
    events: kept.map((d) => d.event),
  };
}

/**
 * When nobody may move any more: the last step of each context that waits says so. What it waits for
 * may have been free when it came there, and have been taken afterwards.
 */
function noteStuck(m: Machine, drafts: readonly Draft[]): void {
  for (const p of m.processes) {
    if (!p || p.done || !p.pending || p.pending.ready()) continue;
    const last = drafts.findLast(({ lane }) => lane === p.lane.id);
    if (last?.suspended === '') last.suspended = p.pending.reason();
  }
}

/** Promises, event loops and what library code keeps to itself are not the program's shared state. */
function isMachinery(m: Machine, names: Names, object: HeapObject, key: unknown, kind: string): boolean {
  if (object.outside(String, key) !== null) return false;
  // Attributes that library code of ours keeps in its objects.
  if (typeof key === 'string' && key.startsWith('_m_') && m.fiber?.top?.code.internal === true) return true;
  if (
    /^(promise|event loop|loop|function|future|task|coroutine|generator|async_generator|iterator)$/i.test(object.type) ||
    object instanceof Closure ||
    object instanceof Generator
  )
    return true;
  // What is unknown has no state that the program could share, but for what it puts there.
  if (object instanceof Opaque) return !m.itemsSet.has(`${object.name}${String(key)}`);
  const cls = (object as { cls?: { internal?: boolean; builtin?: boolean; name?: string } }).cls;
  if (cls && /Future|Task|EventLoop|^_/.test(cls.name ?? '') && (cls.internal === true || cls.builtin === true)) return true;
  if (object instanceof Cell && m.fiber?.top?.code.internal === true) return true;
  const inLibrary = m.fiber?.top?.code.internal === true;
  return (inLibrary || kind === 'sync') && !names.isKnown(object);
}

/** A function of a library: reading it to call it is no step of the program. */
function isLibrary(v: Value): boolean {
  if (!(v instanceof HeapObject) || v.type !== 'function') return false;
  const { native, closure } = v as { native?: unknown; closure?: Closure | null };
  return native != null || closure?.code.internal === true;
}

/** What the running context awaits, as the source says it. */
function awaited(m: Machine): string {
  const at = m.where();
  return at ? clip(at.module.text.slice(at.span.start, at.span.end).replace(/\s+/g, ' ')) : 'await';
}

/** The statement starts from its first instruction, rather than going on after a switch. */
function restarted(frame: Frame, statement: Span): boolean {
  const before = frame.code.instructions[frame.pc - 2];
  return before?.statement !== statement;
}

/** Storing parameters and clearing locals when a function begins. */
function isPrologue(d: Draft): boolean {
  return d.statement === d.frame.code.fn.nameSpan && d.frame.code.fn.kind !== 'module';
}

/** Parts of one statement that nothing came between are one step. */
function merged(drafts: readonly Draft[]): Draft[] {
  const out: Draft[] = [];
  for (const d of drafts) {
    const last = out.at(-1);
    if (
      last &&
      last.frame === d.frame &&
      last.statement === d.statement &&
      last.lane === d.lane &&
      last.suspended === '' &&
      d.from > last.to &&
      !d.fresh
    ) {
      last.to = d.to;
      last.accesses.push(...d.accesses);
      for (const [k, v] of d.before) if (!last.before.has(k)) last.before.set(k, v);
      for (const [k, v] of d.locals) last.locals.set(k, v);
      last.output += d.output;
      last.exception = d.exception === '' ? last.exception : d.exception;
      last.suspended = d.suspended;
      last.queues = d.queues;
    } else out.push(d);
  }
  return out;
}

/** Value of a location after a step: what the next step that touches it finds, or the last value. */
function afterOf(d: Draft, name: string, all: readonly Draft[], index: number, latest: ReadonlyMap<string, string>): string {
  for (let i = index + 1; i < all.length; i++) {
    const found = all[i]?.before.get(name);
    if (found !== undefined) return found;
  }
  return latest.get(name) ?? d.before.get(name) ?? '';
}

function currentValue(m: Machine, object: HeapObject, key: unknown, show: (v: Value) => string): string {
  if (key === STATE || typeof key !== 'string' || key.startsWith('\u0000')) return show(object);
  const maps = Object.entries(object).flatMap(([field, v]) =>
    v instanceof Map && field !== 'locations' ? [v as Map<unknown, unknown>] : [],
  );
  for (const map of maps) {
    if (!map.has(key)) continue;
    const v = map.get(key);
    const value =
      typeof v === 'object' && v !== null && !(v instanceof HeapObject) && 'value' in v ? (v as { value: Value }).value : (v as Value);
    // A container's column shows the whole of it, an object's the one attribute.
    return isContainer(object) ? show(object) : show(value);
  }
  return isContainer(object) ? show(object) : '—';
}

function kindOf(object: HeapObject, key: unknown, kind: string): TraceLocation['kind'] {
  return kind === 'sync' && key === STATE && !isContainer(object) ? 'lock' : 'value';
}

function textOf(text: string, span: Span): string {
  return text.slice(span.start, span.end).trim().slice(0, 200);
}

function trim(text: string, span: Span): Span {
  let end = span.end;
  while (end > span.start && /\s/.test(text[end - 1] ?? '')) end--;
  // The head of a compound statement ends before its closing parenthesis.
  const head = text.slice(span.start, end);
  if (
    /^(if|while|for|switch|with)\b/.test(head) &&
    (head.match(/\(/g)?.length ?? 0) > (head.match(/\)/g)?.length ?? 0) &&
    /^\s*\)/.test(text.slice(end, end + 20))
  )
    end = text.indexOf(')', end) + 1;
  return { start: span.start, end };
}

/** The step changes the container as a whole, so its items need no words of their own. */
function isWhole(step: TraceStep, location: string, places: ReadonlyMap<TraceAccess, string>): boolean {
  return (
    step.after[location] !== undefined &&
    step.accesses.some((a) => a.kind === 'write' && a.location === location && places.get(a) === location)
  );
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** One short sentence without the lane's name. */
function summarise(step: TraceStep, places: ReadonlyMap<TraceAccess, string>): string {
  const parts: string[] = [];
  const said = new Set<string>();
  for (const a of step.accesses) {
    const place = places.get(a) ?? a.location;
    let text: string;
    if (a.kind === 'read') {
      if (place.startsWith('the length of') || place === a.location) {
        if (step.accesses.some((o) => o !== a && o.location === a.location)) continue;
      }
      text = a.value === undefined ? `reads ${place}` : `reads ${place} = ${clip(a.value)}`;
    } else if (a.kind === 'sync') text = `${a.operation ?? 'uses'} ${place}`;
    else {
      const whole = step.after[a.location];
      if (a.kind === 'delete') text = `removes ${place}${a.before !== undefined && a.before !== '—' ? ` (${clip(a.before)})` : ''}`;
      else if (place !== a.location && isWhole(step, a.location, places)) continue;
      else if (place === a.location && whole !== undefined) text = `changes ${place} to ${clip(whole)}`;
      else if (place.startsWith('the length of')) continue;
      else text = `sets ${place} = ${clip(a.value ?? '')}`;
    }
    if (said.has(text)) continue;
    said.add(text);
    parts.push(text);
  }
  if (parts.length > 3) parts.splice(3, parts.length - 3, '…');
  if (step.exception !== undefined) parts.push(`raises ${clip(step.exception)}`);
  else if (step.output !== undefined) parts.push(`prints ${clip(step.output.trim())}`);
  if (parts.length === 0) {
    const locals = Object.entries(step.locals);
    if (locals.length > 0)
      parts.push(
        locals
          .slice(0, 2)
          .map(([k, v]) => `${k} = ${clip(v)}`)
          .join(', '),
      );
    else parts.push(clip(step.text.split('\n')[0] ?? ''));
  }
  if (step.suspended !== undefined) {
    if (parts.length === 1 && parts[0] === clip(step.text.split('\n')[0] ?? '')) parts.length = 0;
    parts.push(/^waits\b/.test(step.suspended) ? step.suspended : `waits: ${step.suspended}`);
  }
  return parts.join('; ');
}
