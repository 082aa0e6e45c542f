/**
 * The machine: processes, heap and trail, and what every operation needs of them (allocation,
 * accesses, sharing, mutation, raising). The instruction loop is in run.ts, the transition system the
 * explorer drives in system.ts. Nothing here knows a language; `ops` does.
 *
 * Invariant: between `step` and the matching `undo` every change of state goes through the trail.
 */
import { isSeenByNobody } from '../program/silent-names.ts';
import { AccessKind, type Access, type LocationId, NO_LOCATION, type ProcessId } from '../explore/system.ts';
import { lineStarts } from '../program/lines.ts';
import type { FunctionDef, Module, Span } from '../program/program.ts';
import type { Code, Instruction } from './code.ts';
import { Frame, FrameMode, type AfterReturn } from './frame.ts';
import { type LanguageOps, PUSHED, Raise, STOP } from './language.ts';
import type { Predicate } from './predicates.ts';
import { Fiber, Process, type Blocker, type Errand, type Lane, type LaneKind, type Place } from './process.ts';
import { runtimePolicy, type RuntimeName, type RuntimePolicy } from './runtimes.ts';
import { Trail } from './trail.ts';
import { Cell, type Closure, HeapObject, KEYS, LENGTH, Namespace, objectsPerProcess, Opaque, type Value } from './values.ts';

export interface MachineOptions {
  runtime: RuntimeName;
  /** How often an endless loop's body runs before its process is parked. */
  loopBound: number;
  /** Instructions one step may take before the process is parked (runaway local loops). */
  fuel: number;
  /** Frames one fiber may have. */
  recursionLimit: number;
}

/** An exception nobody caught, or a rejected promise nobody handled. */
export interface Failure {
  process: ProcessId;
  lane: Lane;
  exception: Value;
  module: Module;
  span: Span;
  kind: 'exception' | 'assertion';
}

/** What observers see while an execution is traced; never called in a search. */
export interface Tracer {
  /** Before each; without a frame when what a fiber works for takes effect, with no code of its own. */
  instruction(fiber: Fiber, frame: Frame | null): void;
  access(
    kind: 'read' | 'write' | 'delete' | 'sync',
    object: HeapObject,
    key: unknown,
    value: Value,
    before: Value,
    operation: string,
  ): void;
  output(text: string): void;
  suspended(reason: string): void;
  exception(value: Value): void;
  /** A job of the turn under way has ended (its callback is the first); the next is not taken from its queue yet. */
  jobEnded(): void;
  /** The next job was taken from a queue. */
  jobBegan(from: 'ticks' | 'microtasks'): void;
}

/** A place in the source whose execution an oracle wants to hear of. */
export interface Watch {
  candidate: number;
  /**
   * `begin`: the first instruction of the check, or of an act that contains it: what was read before is void.
   * `wait`: where a check that was not met waits. `acted`: the act comes to its end, what it is made of is known.
   * `copied`: what the check looks at is a copy, taken when the access was made. `end`: another ends what the act puts there.
   */
  role: 'begin' | 'check' | 'wait' | 'act' | 'acted' | 'fell' | 'copied' | 'end';
  /** Stands for the order of what begins and what ends, where that counts although they touch nothing in common. */
  order?: HeapObject;
}

export interface MachineAccess extends Access {
  object: HeapObject;
  key: unknown;
  /** A write that changed the value. */
  changed: boolean;
  /** What a read saw, or a write left behind; undefined when that is not one value, or not known. */
  value: Value;
  lane: number;
  /** Number of the instruction; orders accesses and marks of a step. */
  serial: number;
  marks: { watch: Watch; frame: Frame }[] | null;
}

export interface Mark {
  watch: Watch;
  frame: Frame;
  lane: number;
  serial: number;
  /** How many accesses the step had made before it. */
  position: number;
}

export interface ExternalCall {
  lane: number;
  text: string;
  /** A question: part of what a context asked, not of the outcome. */
  quiet?: true;
}

const starts = new WeakMap<Module, number[]>();

/** Offsets at which the lines of a module start. */
function startsOf(module: Module): number[] {
  let known = starts.get(module);
  if (known === undefined) starts.set(module, (known = lineStarts(module.text)));
  return known;
}

/** Keys of the slots of a key set, see `log`. */
const keySlots = Array.from({ length: 16 }, (_, i) => `${KEYS}${i}`);

/** What was asked about the unknown, what was answered, and by whom at which instruction. */
export interface Question {
  what: string;
  answer: string;
  frame?: Frame | null;
  pc?: number;
  lane?: number;
}

/** Turns of a loop that ask at one place before the other answer comes first, and before nothing is asked any more. */
const mostAlike = 3;
const mostRounds = 8;

/**
 * Is it the same call, or one of the same function around it? An asynchronous call goes on without its caller: of those any
 * earlier one of the same context is taken for one around it.
 */
function isWithin(frame: Frame, around: Frame, isSameContext: boolean): boolean {
  if (frame.code !== around.code) return false;
  if (frame === around || (isSameContext && frame.code.isAsync)) return true;
  for (let f = frame.caller; f !== null; f = f.caller) if (f === around) return true;
  return false;
}

/** What tells an unknown value from others: those made of the same text are one. */
const idOf = (o: Opaque): number | string => o.same ?? o.id;
/** Whether an unknown key is a text. */
const keyQuestion = (o: Opaque, text: string): string => `key ${String(idOf(o))} ${text}`;

function preferring(alternatives: readonly string[], first: number): string[] {
  return [alternatives[first] as string, ...alternatives.filter((_, i) => i !== first)];
}

/** Where objects were first thrown; of a value that is no object, the last. A step that is not run again gives the same object. */
class ThrownAt {
  private readonly objects = new WeakMap<object, Place>();
  private last: { value: Value; at: Place } | null = null;

  get(value: Value): Place | undefined {
    if (typeof value === 'object' && value !== null) return this.objects.get(value);
    const { last } = this;
    return last !== null && last.value === value ? last.at : undefined;
  }

  has(value: Value): boolean {
    return this.get(value) !== undefined;
  }

  set(value: Value, at: Place): void {
    if (typeof value === 'object' && value !== null) this.objects.set(value, at);
    else this.last = { value, at };
  }
}

export class Machine {
  trail = new Trail();
  readonly options: MachineOptions;
  readonly policy: RuntimePolicy;
  ops!: LanguageOps;
  /** Does the program's text say that? Library code that nothing can come to need is not loaded. */
  mentions: (pattern: RegExp) => boolean = () => true;
  /** What was asked of the program's text so far, by pattern, and whether it is there. */
  readonly mentioned = new Map<string, { pattern: RegExp; found: boolean }>();
  epoch = 0;
  processes: Process[] = [];
  /** Answers to questions put by calling the unknown, by the text of the call. */
  readonly predicates = new Map<string, Predicate>();
  lanes: Lane[] = [];
  /** Shared by all executions: process numbers by creator and ordinal, locations by object and key. */
  processNumbers = new Map<string, ProcessId>();
  private readonly objectLocations = new Map<number, Map<unknown, LocationId>>();
  private readonly fieldLocations = new Map<object, Map<string, LocationId>>();
  private locationCount = 0;

  /** Of the step under way. */
  process!: Process;
  fiber: Fiber | null = null;
  accesses: MachineAccess[] = [];
  /** Watched instructions the step has reached. */
  marks: Mark[] = [];
  /** Some instructions are watched, so accesses are attributed to them. */
  watching = false;
  /** See SystemEvent.decidedBy: holds if the step made `decidedAt` accesses in all. */
  decidedBy: LocationId = NO_LOCATION;
  decidedAt = -1;
  spawned: ProcessId[] = [];
  joined: ProcessId[] = [];
  alternative = 0;
  /** The step has done its visible operation (threads). */
  visibleDone = false;
  /** Counts instructions, so that one instruction's several accesses are one visible operation. */
  serial = 0;
  visibleAt = -1;
  /** Frames of atomic library code on the running fiber. */
  atomicDepth = 0;
  /** The step ends after the present instruction (sleep, I/O). */
  yieldAfter: string | null = null;
  /** The step begins at an operation the process had stopped at. */
  atPending = false;
  /** The step looked at something that no access tells of (a clock, whether a thread has ended). */
  peeked = false;
  /** What ran since the last visible operation, for the runtimes table (see runtimes.ts). */
  breaker = 0;
  fuel = 0;

  namespaces = new Map<Module, Namespace>();
  /** Attribute names some function other than a constructor assigns: only these are worth a visible read. */
  mutableAttributes: ReadonlySet<string> | null = null;
  /** Names of attributes that the program sets on modules it imports: `sys.stdout = …`. */
  moduleAttributes: ReadonlySet<string> = new Set();
  failures: Failure[] = [];
  output: { lane: number; text: string }[] = [];
  external: ExternalCall[] = [];
  /** Whether calls of unknown objects that have been closed are told apart (`endings.ts`). */
  tellsEnds = false;
  /** Set when an unsupported construct was reached; the execution ends there. */
  unsupported: { what: string; module: Module; span: Span } | null = null;
  private readonly unknownCode = new Set<string>();
  /** Bounds that were met, by kind. */
  bounds = new Map<string, string>();
  /** Things taken for granted, in order of appearance. */
  assumptions: { text: string; module: Module | null; span: Span | null }[] = [];
  tracer: Tracer | null = null;
  /** Answers given at data choices on opaque values, so that they are remembered. */
  readonly answers = new Map<string, number>();
  /** The same in the words of the questions, those about the numbers and keys that unknown values are among them. */
  readonly questions: Question[] = [];
  /**
   * The baseline's world: an operation that suspends is carried to its end before its caller or
   * anybody else goes on. No real event loop does this; it tells what one after the other would give.
   */
  serialised = false;
  /** Lane that the step under way began with, -1 before it is known. */
  stepLane = -1;
  /** Free slot for the language runtime's own state (event loop, interned objects). */
  runtimeState: unknown = null;

  constructor(options: MachineOptions) {
    this.options = options;
    this.policy = runtimePolicy(options.runtime);
  }

  // ---- processes -------------------------------------------------------------------------------

  createLane(name: string, kind: LaneKind): Lane {
    const lane: Lane = { id: this.lanes.length, name, kind, startedAt: this.where(), by: this.fiber?.lane.id ?? null };
    this.trail.push(this.lanes, lane);
    return lane;
  }

  /** The exception being handled, for bare `raise`, sys.exc_info and `__context__`; null when none is. */
  handling(): Value {
    for (let frame = this.fiber?.top ?? null; frame; frame = frame.caller) {
      const at = frame.pc - 1;
      for (const h of frame.code.handlers) {
        const isHandling = at >= h.start && at < h.end && (h.selector < 0 || frame.registers[h.selector] === 1);
        if (isHandling) return frame.registers[h.register];
      }
    }
    return null;
  }

  createFiber(lane: Lane): Fiber {
    const fiber = new Fiber(lane);
    fiber.epoch = this.epoch;
    return fiber;
  }

  /** A new process; its number is the same in every execution. */
  spawn(lane: Lane, kind: 'thread' | 'turn' | 'loop', fiber: Fiber | null): Process {
    const creator = this.process;
    const key = creator ? `${creator.id}.${creator.children}` : 'root';
    if (creator) this.trail.set(creator, 'children', creator.children + 1);
    let id = this.processNumbers.get(key);
    if (id === undefined) {
      id = this.processNumbers.size;
      this.processNumbers.set(key, id);
    }
    const process = new Process(
      id,
      lane,
      kind,
      creator ? creator.id : -1,
      creator ? `${creator.path}.${creator.children - 1}` : '0',
      fiber,
    );
    if (this.tracer) process.origin = this.where();
    if (this.processes.length <= id) {
      // Holes belong to processes of other executions.
      while (this.processes.length < id) this.processes.push(undefined as unknown as Process);
      this.processes.push(undefined as unknown as Process);
    }
    this.trail.arraySet(this.processes, id, process);
    this.spawned.push(id);
    return process;
  }

  processTotal(): number {
    return this.processNumbers.size;
  }

  // ---- allocation and sharing ------------------------------------------------------------------

  /** Numbers a new object. Call for every HeapObject made while a program runs. */
  adopt<T extends HeapObject>(object: T): T {
    const p = this.process;
    object.id = p.id * objectsPerProcess + p.allocations;
    p.allocations++;
    return object;
  }

  /**
   * An object that there is once, made when somebody first asks for it. Whoever that is, it is the same object under the same
   * number in every execution, and so are the numbers of what its maker makes later. What changes in it goes through the trail.
   */
  once<T extends HeapObject>(name: string, make: () => T): T {
    const known = this.madeOnce.get(name);
    if (known !== undefined) return known as T;
    const made = make();
    made.id = -1 - this.madeOnce.size;
    this.madeOnce.set(name, made);
    return made;
  }
  private readonly madeOnce = new Map<string, HeapObject>();

  /** Marks everything reachable from a value as shared between processes. */
  share(value: Value): void {
    if (!(value instanceof HeapObject) || value.shared) return;
    const work: HeapObject[] = [value];
    this.trail.set(value as HeapObject, 'shared', true);
    for (let o = work.pop(); o; o = work.pop()) {
      o.references((v) => {
        if (v instanceof HeapObject) {
          if (!v.shared) {
            this.trail.set(v as HeapObject, 'shared', true);
            work.push(v);
          }
        } else if (typeof v === 'object' && v !== null) this.shareImmutable(v, work);
      });
    }
  }

  private shareImmutable(v: object, work: HeapObject[]): void {
    const items = (v as { items?: readonly Value[] }).items;
    if (!Array.isArray(items)) return;
    for (const i of items as Value[]) {
      if (i instanceof HeapObject) {
        if (!i.shared) {
          this.trail.set(i as HeapObject, 'shared', true);
          work.push(i);
        }
      } else if (typeof i === 'object' && i !== null) this.shareImmutable(i, work);
    }
  }

  /** Call before storing `v` into `holder`. */
  escape(holder: HeapObject, v: Value): void {
    if (holder.shared && typeof v === 'object' && v !== null) {
      if (v instanceof HeapObject) this.share(v);
      else {
        const work: HeapObject[] = [];
        this.shareImmutable(v, work);
        for (const o of work) {
          this.trail.set(o, 'shared', false);
          this.share(o);
        }
      }
    }
  }

  // ---- accesses --------------------------------------------------------------------------------

  location(object: HeapObject, part: unknown): LocationId {
    const key = typeof part === 'object' && part !== null ? placeOf(part) : part;
    let map = object.locations;
    if (!map) {
      map = this.objectLocations.get(object.id) ?? null;
      if (!map) {
        map = new Map();
        this.objectLocations.set(object.id, map);
      }
      object.locations = map;
    }
    let location = map.get(key);
    if (location === undefined) {
      location = this.locationCount++;
      map.set(key, location);
    }
    return location;
  }

  /** The like for a field of the runtime's own state (a counter): no access, but steps depend on it. */
  fieldLocation(object: object, field: string): LocationId {
    let map = this.fieldLocations.get(object);
    if (!map) this.fieldLocations.set(object, (map = new Map()));
    let location = map.get(field);
    if (location === undefined) map.set(field, (location = this.locationCount++));
    return location;
  }

  /**
   * True when the operation about to touch `object` must wait for the next step: it would be the
   * step's second visible operation and the runtime could preempt the process before it.
   */
  stopBefore(object: HeapObject): boolean {
    return object.shared && this.mustStop();
  }

  /** Like stopBefore for an operation that is visible whatever it touches. */
  mustStop(): boolean {
    if (this.process.kind !== 'thread' || this.visibleAt === this.serial) return false;
    if (this.visibleDone && this.atomicDepth === 0 && this.policy.mayPreempt(this.breaker)) return true;
    this.visibleDone = true;
    this.begun();
    this.visibleAt = this.serial;
    this.breaker = 0;
    return false;
  }

  read(object: HeapObject, key: unknown, value: Value): void {
    if (!object.shared) return;
    this.log(AccessKind.Read, object, key, 0, 0, false, value);
    this.tracer?.access('read', object, key, value, undefined, '');
  }

  write(object: HeapObject, key: unknown, value: Value, before: Value): void {
    if (!object.shared) return;
    this.log(AccessKind.Write, object, key, 0, 0, value !== before, value);
    this.tracer?.access('write', object, key, value, before, '');
  }

  remove(object: HeapObject, key: unknown, before: Value): void {
    if (!object.shared) return;
    this.log(AccessKind.Write, object, key, 0, 0, true, undefined);
    this.tracer?.access('delete', object, key, undefined, before, '');
  }

  /** A dependence that no reader of a trace need see. */
  heed(object: HeapObject, key: unknown): void {
    if (object.shared) this.log(AccessKind.Read, object, key, 0, 0, false, undefined);
  }

  /** A change of a part that comes with a larger one, which is the one to tell of. */
  disturb(object: HeapObject, key: unknown): void {
    if (object.shared) this.log(AccessKind.Write, object, key, 0, 0, true, undefined);
  }

  /** An operation on a synchronisation object; `held` as in Access. */
  sync(object: HeapObject, key: unknown, operation: string, needs: number, held: number): void {
    this.log(AccessKind.Sync, object, key, needs, held, true, undefined);
    this.tracer?.access('sync', object, key, undefined, undefined, operation);
  }

  /**
   * Insertions and removals of different keys commute, so each process changes a key set at a slot of
   * its own and whoever looks at the whole set looks at every slot. Processes that share a slot (more
   * than 16) are taken to conflict, which only costs executions.
   */
  private log(kind: AccessKind, object: HeapObject, key: unknown, needs: number, held: number, changed: boolean, value: Value): void {
    if (key !== KEYS) this.logAt(this.location(object, key), kind, object, key, needs, held, changed, value);
    else if (kind === AccessKind.Write)
      this.logAt(this.location(object, keySlots[this.process.id & 15]), kind, object, key, needs, held, changed, value);
    else for (const slot of keySlots) this.logAt(this.location(object, slot), kind, object, key, needs, held, changed, value);
  }

  /**
   * The accesses logged so far by this step are all of the one operation under way, and that makes the
   * same ones whatever it reads; or, given the container, as long as its length is the same.
   */
  decided(container: HeapObject | null): void {
    if (!this.policy.everywhere || this.atomicDepth > 0) return;
    this.decidedBy = container ? this.location(container, LENGTH) : NO_LOCATION;
    this.decidedAt = this.accesses.length;
  }

  private logAt(
    location: LocationId,
    kind: AccessKind,
    object: HeapObject,
    key: unknown,
    needs: number,
    held: number,
    changed: boolean,
    value: Value,
  ): void {
    const fiber = this.fiber;
    const access: MachineAccess = {
      location,
      kind,
      needs,
      held,
      object,
      key,
      changed,
      value,
      lane: fiber ? fiber.lane.id : this.process.lane.id,
      serial: this.serial,
      marks: null,
    };
    if (this.watching) this.attribute(access);
    this.accesses.push(access);
    this.begun();
  }

  /** The operation has begun: it is no longer between two. */
  private begun(): void {
    if (this.process.boundary) this.trail.set(this.process, 'boundary', false);
  }

  /** Says which watched instructions, on the whole stack of frames, the access is part of. */
  private attribute(access: MachineAccess): void {
    access.marks = this.watchedNow();
  }

  /** The watched instructions under way, the innermost first; null when there are none. */
  watchedNow(): { watch: Watch; frame: Frame }[] | null {
    let marks: { watch: Watch; frame: Frame }[] | null = null;
    for (let f = this.fiber?.top ?? null; f; f = f.caller) {
      const watch = f.code.instructions[f.pc - 1]?.watch;
      if (watch) {
        marks ??= [];
        for (const w of watch) marks.push({ watch: w, frame: f });
      }
    }
    for (const w of this.looksThrough ?? []) (marks ??= []).push({ watch: w, frame: this.fiber?.top as Frame });
    const further = this.fiber?.worksFor?.marks;
    return further ? [...(marks ?? []), ...further] : marks;
  }

  /** Awaits of the unknown that may fail: set before any execution. */
  readonly failing = new Set<Instruction>();
  /** Functions that are called where something fails, and hold a candidate's check or act. */
  readonly failingCodes = new Set<Code>();

  /** May the call or the await that is under way fail? */
  mayFail(): boolean {
    const frame = this.fiber?.top;
    const i = frame?.code.instructions[frame.pc - 1];
    return i !== undefined && this.failing.has(i);
  }

  /** Does it fail? Asked once for each `key`; null: the step must stop before it. */
  fails(key: string, name: string): boolean | null {
    const answer = this.chooseOnce(`fails ${key}`, `${name} fails`, ['no', 'yes']);
    return answer < 0 ? null : answer === 1;
  }

  /** Instructions that took a copy of some state, and who relies on the copy: see `Watch`. */
  readonly copying = new Map<Instruction, readonly Watch[]>();
  private looksThrough: readonly Watch[] | null = null;

  /** The instruction of the program's own text that is under way. */
  ownInstruction(): Instruction | null {
    const frame = this.ownFrame();
    return frame?.code.instructions[frame.pc - 1] ?? null;
  }

  /** Reads state of which the code that runs next has a copy, made by this instruction. */
  readAsCopied(by: Instruction | null, object: HeapObject, key: unknown, value: Value): void {
    this.looksThrough = (by === null ? undefined : this.copying.get(by)) ?? null;
    this.read(object, key, value);
    this.looksThrough = null;
  }

  /** For an operation that the running code begins and that runs in a turn of its own. */
  errand(): Errand {
    const frame = this.ownFrame();
    const statement = frame?.code.instructions[Math.max(0, frame.pc - 1)]?.statement ?? null;
    return { marks: this.watching ? this.watchedNow() : null, frame, statement, at: this.where() };
  }

  /** A watched instruction is about to run (its accesses come after). */
  reached(watch: readonly Watch[], frame: Frame): void {
    const lane = this.fiber ? this.fiber.lane.id : this.process.lane.id;
    for (const w of watch) {
      if (w.order !== undefined && w.role === 'begin') this.disturb(w.order, w.candidate);
      else if (w.order !== undefined) this.heed(w.order, w.candidate);
      this.marks.push({ watch: w, frame, lane, serial: this.serial, position: this.accesses.length });
    }
  }

  /** An exception leaves a watched instruction. */
  fell(watch: readonly Watch[], frame: Frame): void {
    const lane = this.fiber ? this.fiber.lane.id : this.process.lane.id;
    for (const { role, candidate } of watch)
      if (role === 'act')
        this.marks.push({ watch: { role: 'fell', candidate }, frame, lane, serial: this.serial, position: this.accesses.length });
  }

  // ---- frames ----------------------------------------------------------------------------------

  /** Saves a frame on the trail the first time a step changes it. */
  touch(frame: Frame): void {
    if (frame.epoch === this.epoch) return;
    this.trail.frame(frame);
    frame.epoch = this.epoch;
  }

  touchFiber(fiber: Fiber): void {
    if (fiber.epoch === this.epoch) return;
    this.trail.set(fiber, 'top', fiber.top);
    this.trail.set(fiber, 'epoch', this.epoch);
  }

  /** Pushes a frame on the running fiber; its result goes where the current instruction wants it. */
  push(frame: Frame): void {
    const fiber = this.fiber;
    if (!fiber) throw new Error('no fiber is running');
    frame.caller = fiber.top;
    fiber.top = frame;
    if (++this.depthOfPush > 64) {
      this.depthOfPush = 0;
      let n = 0;
      for (let f: Frame | null = frame; f; f = f.caller) n++;
      if (n > this.options.recursionLimit) {
        fiber.top = frame.caller;
        this.raise(
          frame.code.language === 'python' ? 'RecursionError' : 'RangeError',
          frame.code.language === 'python' ? 'maximum recursion depth exceeded' : 'Maximum call stack size exceeded',
        );
      }
    }
  }
  private depthOfPush = 0;
  atChoice = false;
  /** The step began with the answer to a data choice. */
  chose = false;
  /** Where the exception under way was raised. */
  readonly thrownAt = new ThrownAt();

  /** Calls a closure on the running fiber: binds the arguments and pushes its frame. */
  enter(closure: Closure, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null, thisValue: Value): Value {
    if (closure.code.atomic && this.atomicDepth === 0 && this.mustStop()) return STOP;
    const frame = new Frame(closure.code, closure, this.epoch);
    frame.thisValue = thisValue;
    this.breaker |= 1;
    this.ops.bind(this, frame, closure, args, keywords);
    if (closure.code.isGenerator || closure.code.isAsync) return this.ops.startGenerator(this, frame);
    this.push(frame);
    if (closure.code.atomic) this.atomicDepth++;
    return PUSHED;
  }

  /** After a call that returned PUSHED: what to make of its result. */
  afterCall(after: AfterReturn, data: Value): Value {
    const top = this.fiber?.top;
    if (!top) return PUSHED;
    const before = top.after;
    const given = top.afterData;
    // What was already to come after it (an instance, once `__init__` has run) comes first.
    top.after = before
      ? (m, v) => {
          const r = before(m, v, given);
          return r === PUSHED ? m.afterCall(after, data) : after(m, r, data);
        }
      : after;
    top.afterData = before ? null : data;
    return PUSHED;
  }

  discardResult(): void {
    const top = this.fiber?.top;
    if (top) top.mode = FrameMode.Discard;
  }

  // ---- loading ---------------------------------------------------------------------------------

  /**
   * Loads library code on first use, in the middle of any step: what it makes is there in every
   * execution from then on, so nothing of it goes on the trail, and its objects are numbered apart.
   */
  loading<T>(load: () => T): T {
    const { trail, process, fiber, serial, visibleDone, visibleAt, atomicDepth, breaker, fuel, atPending, atChoice, epoch, yieldAfter } =
      this;
    this.loader ??= new Process(0x3ff, process.lane, 'turn', -1, 'library', null);
    this.trail = new Trail();
    this.process = this.loader;
    this.fuel = 1_000_000;
    this.epoch = -2;
    try {
      return load();
    } finally {
      Object.assign(this, {
        trail,
        process,
        fiber,
        serial,
        visibleDone,
        visibleAt,
        atomicDepth,
        breaker,
        fuel,
        atPending,
        atChoice,
        epoch,
        yieldAfter,
      });
    }
  }
  private loader: Process | null = null;

  // ---- choices ---------------------------------------------------------------------------------

  /**
   * A data choice: the explorer tries every alternative. Gives the index taken, or -1 when the step
   * must stop before it (return STOP; the instruction runs again with the answer).
   */
  choose(what: string, alternatives: readonly string[]): number {
    if (alternatives.length < 2) return 0;
    const p = this.process;
    if (this.atChoice) {
      this.atChoice = false;
      // Somebody else may have answered what it stopped for, and this is another question.
      if (p.choice?.what === what) {
        this.trail.set(p, 'choice', null);
        this.begun();
        return this.alternative;
      }
    }
    this.ops.beforeChoice?.(this);
    this.trail.set(p, 'choice', { alternatives, what });
    return -1;
  }

  /** Which answer comes first, by question; the first one otherwise. Set before any execution. */
  preferred: ReadonlyMap<string, number> = new Map();
  /** Ask whether parts of what is handed in are there. Set before any execution. */
  doubts = false;

  /** A choice that is made once per question and remembered for the rest of the execution. */
  chooseOnce(key: string, what: string, alternatives: readonly string[]): number {
    const known = this.answers.get(key);
    if (known !== undefined) {
      if (this.atChoice && this.process.choice?.what === what) {
        this.atChoice = false;
        this.trail.set(this.process, 'choice', null);
      }
      return known;
    }
    // A loop asks again at the same place of the same call, a recursion at that of a call around it.
    const frame = this.ownFrame();
    const pc = frame?.pc ?? -1;
    const lane = this.fiber?.lane.id ?? -1;
    const isAlike = (q: Question): boolean => q.pc === pc && q.frame != null && frame !== null && isWithin(frame, q.frame, q.lane === lane);
    const before = frame === null ? [] : this.questions.filter(isAlike);
    const last = before.length < mostAlike ? -1 : Number(before.at(-1)?.answer);
    const other = last >= 0 ? (last + 1) % alternatives.length : 0;
    const first = this.preferred.get(what) ?? other;
    const order = first > 0 && first < alternatives.length ? preferring(alternatives, first) : alternatives;
    if (before.length >= mostRounds) this.noteBound('loop iterations', `loops that depend on the unknown ran at most ${mostRounds} times`);
    const chosen = before.length >= mostRounds ? 0 : this.choose(what, order);
    const answer = chosen < 0 || order === alternatives ? chosen : alternatives.indexOf(order[chosen] as string);
    if (answer >= 0) {
      this.trail.mapSet(this.answers, key, answer);
      this.trail.push(this.questions, { what, answer: String(answer), frame, pc, lane });
    }
    return answer;
  }

  /** The call of the program's own that is under way, beneath those of library code. */
  private ownFrame(): Frame | null {
    let frame = this.fiber?.top ?? null;
    while (frame?.code.internal === true) frame = frame.caller;
    return frame;
  }

  /**
   * An unknown value used as a key may be one of the keys that are there, or another: a choice, made
   * once for the value. Undefined when the step must stop before it.
   */
  resolveKey(o: Opaque, keys: Iterable<Value>): Value | undefined {
    const known = this.resolved.get(idOf(o));
    if (known !== undefined) return known;
    const options: Value[] = [];
    const stands = this.standsFor.get(idOf(o));
    for (const k of keys) {
      // As it was found to be, or not to be, when the text was looked up.
      if (typeof k === 'string' && (stands !== undefined || this.answers.has(keyQuestion(o, this.ops.show(k))))) {
        this.peeked = true;
        if (stands === k) return k;
        continue;
      }
      const may =
        k instanceof Opaque
          ? mayBeSame(o, k) && this.apart.get(`${idOf(k)} ${idOf(o)}`) !== true
          : k !== null && k !== undefined && typeof k !== 'boolean' && !(k instanceof HeapObject && isImported(o));
      if (may) options.push(k);
      if (options.length === 2) break;
    }
    if (options.length === 0) return o;
    const i = this.choose(`${o.name} is`, [...options.map((k) => this.ops.show(k)), 'another']);
    if (i < 0) return undefined;
    const value = options[i] ?? o;
    this.trail.mapSet(this.resolved, idOf(o), value);
    for (const k of options) if (k instanceof Opaque && k !== value) this.trail.mapSet(this.apart, `${idOf(o)} ${idOf(k)}`, true);
    this.trail.push(this.questions, { what: `key ${o.name}`, answer: options[i] === undefined ? 'another' : this.ops.show(value) });
    return value;
  }
  private readonly resolved = new Map<number | string, Value>();
  /** Unknown keys that were found not to be one another: the first of the two when it was looked up. */
  private readonly apart = new Map<string, boolean>();

  /**
   * Under a driver of ours: a text that is no key of a table may be what an unknown key of it stands for, asked once for the two. Gives the key to
   * look up, undefined when the step must stop before it.
   */
  unknownKeyFor(table: HeapObject, key: string, entries: readonly ({ key: Value } | null)[], isKey: boolean): Value | undefined {
    if (isKey) return key;
    let asked: Opaque | null = null;
    for (const e of entries) {
      if (!(e?.key instanceof Opaque)) continue;
      const resolved = this.resolved.get(idOf(e.key));
      if (resolved !== undefined) {
        this.peeked = true;
        if (resolved === key) return e.key;
        continue;
      }
      const stands = this.standsFor.get(idOf(e.key));
      // No access tells of what it was found to stand for.
      if (stands !== undefined) this.peeked = true;
      if (stands === key) return e.key;
      if (stands === undefined) asked ??= e.key;
    }
    if (asked === null) return key;
    if (this.stopBefore(table)) return undefined;
    this.read(table, KEYS, undefined);
    const text = this.ops.show(key);
    const answer = this.chooseOnce(keyQuestion(asked, text), `${asked.name} is ${text}`, ['yes', 'no']);
    if (answer < 0) return undefined;
    if (answer > 0) return key;
    this.trail.mapSet(this.standsFor, idOf(asked), key);
    return asked;
  }
  private readonly standsFor = new Map<number | string, string>();

  /** The number an unknown value was found to be, or one that is computed from such. */
  resolvedNumber(o: Opaque): number | undefined {
    const known = this.resolved.get(idOf(o));
    if (typeof known === 'number') return known;
    const { from } = o;
    if (from?.kind !== 'operation' || !(from.left instanceof Opaque) || !Number.isSafeInteger(from.right)) return undefined;
    const left = this.resolvedNumber(from.left);
    if (left === undefined) return undefined;
    return from.operator === '+' ? left + (from.right as number) : from.operator === '-' ? left - (from.right as number) : undefined;
  }

  /**
   * An unknown value compared with a whole number is a number: one of the two at the boundary, chosen
   * once. So a limit nobody can see (`len(players) >= settings.max_players`) has one value throughout
   * an execution, and the orders of one execution are compared under it. `op` as in `o op n`.
   * Undefined when the step must stop before the question.
   */
  resolveNumber(o: Opaque, op: '<' | '<=' | '>' | '>=', n: number): number | undefined {
    const known = this.resolved.get(idOf(o));
    if (typeof known === 'number') return known;
    const { from } = o;
    if (from?.kind === 'operation' && (from.operator === '+' || from.operator === '-') && from.left instanceof Opaque) {
      const by = from.operator === '+' ? from.right : -(from.right as number);
      if (Number.isSafeInteger(by)) {
        const left = this.resolveNumber(from.left, op, n - (by as number));
        return left === undefined ? undefined : left + (by as number);
      }
    }
    const options = op === '<' ? [n - 1, n] : op === '<=' ? [n, n + 1] : op === '>' ? [n + 1, n] : [n, n - 1];
    const i = this.choose(`${o.name} is`, options.map(String));
    if (i < 0) return undefined;
    const value = options[i] as number;
    this.trail.mapSet(this.resolved, idOf(o), value);
    this.trail.push(this.questions, { what: `number ${o.name}`, answer: String(value) });
    return value;
  }

  // ---- modules ---------------------------------------------------------------------------------

  /** Module of the program that an import names, null when it is not in the workspace. */
  resolveImport: (from: Module, specifier: string, level: number) => Module | null = () => null;
  /** Compiled code of a module's top level. */
  codeOf: (module: Module) => Code = () => {
    throw new Error('no program is loaded');
  };

  /** Closures made of the functions of the program, the latest of each. */
  readonly closures = new Map<FunctionDef, { module: Module; value: Value }>();
  /** The module that runs as the main program. */
  mainModule: Module | null = null;

  /** Under a driver that was made for the module, which starts in the middle of an application's life. */
  isDriven(): boolean {
    return this.mainModule?.path.startsWith('<harness>') === true;
  }

  /** Is a process at an operation that can be done now? */
  mayMove(p: Process): boolean {
    if (p.done || this.unsupported) return false;
    if (p.pending) return p.pending.ready();
    if (p.kind === 'thread' || p.midTurn) return true;
    if (this.processes.some((o) => o?.midTurn === true)) return false;
    return p.guard ? p.guard() : true;
  }

  /** Is a module loaded at the moment that a driver was made for? */
  isLoading(): boolean {
    if (!this.isDriven()) return false;
    for (let f = this.fiber?.top ?? null; f !== null; f = f.caller)
      if (f.code.fn.kind === 'module' && f.code.module !== this.mainModule && !f.code.internal) return true;
    return false;
  }

  /** The function of the program whose definition begins at a 1-based line and column, if one was made. */
  functionAt(line: number, column: number): Value {
    for (const [fn, { module, value }] of this.closures) {
      if (module === this.mainModule) continue;
      const at = (startsOf(module)[line - 1] ?? -1) + column - 1;
      if (fn.span.start === at || fn.nameSpan.start === at) return value;
    }
    return null;
  }

  /** Runs a module's top level the first time it is imported: PUSHED then, else its namespace. */
  enterModule(module: Module): Value {
    const code = this.codeOf(module);
    const ns = this.namespaceOf(code);
    if (ns.started) return ns;
    this.trail.set(ns, 'started', true);
    const frame = new Frame(code, null, this.epoch);
    this.push(frame);
    return this.afterCall(giveData, ns);
  }

  // ---- names -----------------------------------------------------------------------------------

  namespaceOf(code: Code): Namespace {
    let ns = this.namespaces.get(code.module);
    if (!ns) {
      ns = this.adopt(new Namespace(code.module.path));
      this.namespaces.set(code.module, ns);
    }
    return ns;
  }

  cellOf(ns: Namespace, name: string, constant: boolean, empty: Value): Cell {
    let cell = ns.cells.get(name);
    if (!cell) {
      cell = this.adopt(new Cell(name, empty, constant));
      cell.shared = ns.shared;
      this.trail.mapSet(ns.cells, name, cell);
    }
    return cell;
  }

  // ---- outcomes --------------------------------------------------------------------------------

  raise(type: string, message: string): never {
    throw new Raise(this.ops.makeException(this, type, message));
  }

  print(text: string): void {
    this.trail.push(this.output, { lane: this.fiber?.lane.id ?? 0, text });
    this.tracer?.output(text);
  }

  /** Items of unknown tables that the program set in some execution: shared state that a trace shows. */
  readonly itemsSet = new Set<string>();
  /** Those of them that executions go by: the same ones throughout a search. */
  tables: ReadonlySet<string> = new Set();

  /** From now on executions go by the items seen to be set so far. Says whether there are new ones. */
  learnTables(): boolean {
    if (this.tables.size === this.itemsSet.size) return false;
    this.tables = new Set(this.itemsSet);
    return true;
  }

  /** A call into the unknown that the outside world can see. */
  externalCall(text: string, isQuestion = false): void {
    if (isQuestion) this.asks(text);
    else if (!isSeenByNobody(text, this.writtenAt())) this.trail.push(this.external, { lane: this.fiber?.lane.id ?? 0, text });
    const name = text.replace(/\(.*$/s, '');
    if (this.unknownCode.size < 4 && !this.unknownCode.has(name)) {
      this.unknownCode.add(name);
      this.noteBound(
        'unknown code',
        `what ${[...this.unknownCode].map((n) => `\`${n}\``).join(', ')} does is not known; it was taken not to touch the shared state`,
      );
    }
  }

  /** The beginning of the expression that is running, as its source has it. */
  private writtenAt(): string {
    const at = this.where();
    return at === null ? '' : at.module.text.slice(at.span.start, Math.min(at.span.end, at.span.start + 60));
  }

  /** Something asked of the outside world, which is none the wiser for it. */
  asks(text: string): void {
    this.trail.push(this.external, { lane: this.fiber?.lane.id ?? 0, text, quiet: true });
  }

  noteBound(kind: string, detail: string): void {
    this.bounds.set(kind, detail);
  }

  assume(text: string): void {
    if (this.assumptions.some((a) => a.text === text)) return;
    const at = this.where();
    this.assumptions.push({ text, module: at?.module ?? null, span: at?.span ?? null });
  }

  /** Where a fiber, the running one unless told, is in the user's source. */
  where(fiber: Fiber | null = this.fiber): Place | null {
    for (let f = fiber?.top ?? null; f; f = f.caller) {
      if (f.code.internal) continue;
      const i = f.code.instructions[Math.max(0, f.pc - 1)];
      if (i) return { module: f.code.module, span: i.span };
    }
    return fiber?.worksFor?.at ?? null;
  }

  /** What a context that a driver started gave back: part of the outcome. */
  gave(value: Value): void {
    this.trail.push(this.results, value);
  }
  results: Value[] = [];
  /** Async calls that have begun and not ended (JavaScript: nothing else tells that one is stuck). */
  openCalls = 0;
  /** Attributes that the program only ever counts up and never reads: a log of what happened, not state. */
  unread: ReadonlySet<string> = new Set();
  /** Further objects whose content is part of the outcome: virtual files and tables. */
  readonly observed = new Map<string, HeapObject>();

  /** The one under that name, made when it is first asked for. */
  observe<T extends HeapObject>(name: string, make: () => T): T {
    const known = this.observed.get(name);
    if (known !== undefined) return known as T;
    const made = this.adopt(make());
    this.trail.mapSet(this.observed, name, made);
    return made;
  }

  /**
   * Is an exception what the outside world is answerable for: a call of the unknown that failed, what the program throws
   * because of that, a call that the program itself aborted?
   */
  private isGiven(exception: Value): boolean {
    if (/\bThis operation was aborted\b|^AbortError\b/.test(this.ops.show(exception))) return true;
    if (!this.questions.some((q) => q.answer === '1' && q.what.endsWith(' fails'))) return false;
    const at = this.thrownAt.get(exception);
    const line = at === undefined ? '' : at.module.text.slice(at.module.text.lastIndexOf('\n', at.span.start) + 1, at.span.end);
    return isFailure(exception) || /\b(?:throw|raise)\b/.test(line);
  }

  /** Records an exception that ended a process or that nobody handled. */
  fail(exception: Value, kind: Failure['kind']): void {
    if (kind === 'exception' && this.isGiven(exception)) return;
    const first = this.processes[0];
    const where = this.thrownAt.get(exception) ?? this.where();
    this.trail.push(this.failures, {
      process: this.process.id,
      lane: this.fiber?.lane ?? this.process.lane,
      exception,
      module: where?.module ?? first?.lane.startedAt?.module ?? this.mainModule ?? ([...this.namespaces.keys()][0] as Module),
      span: where?.span ?? { start: 0, end: 0 },
      kind,
    });
  }

  blockerOf(object: HeapObject, needs: number, ready: () => boolean, reason: () => string): Blocker {
    return { object, needs, ready, reason };
  }
}

/** Raised by a call of the unknown, in JavaScript the unknown itself. */
function isFailure(exception: Value): boolean {
  if (exception instanceof Opaque) return exception.name.startsWith('error of ');
  return exception instanceof HeapObject && 'failure' in exception && exception.failure instanceof Opaque;
}

/** What gives another value at each call, by its name. */
const givesFresh =
  /(^|_)(connect|open|create|new|make|acquire|build|spawn|accept|socket|uuid|token|random|generate|next|now|time|perf_counter|monotonic|start|fork)/i;

/** Something of a module nobody can see into: a thing of its own, and none of the objects here. */
export function isImported(o: Opaque): boolean {
  let at = o;
  while (at.from?.kind === 'part' && at.from.of instanceof Opaque) at = at.from.of;
  return at.from === null && at.definite && !at.root;
}

/**
 * Two unknown values that came about in the same way (`request.line()` of two requests) may be equal,
 * unless each call gives something of its own.
 */
export function mayBeSame(a: Opaque, b: Opaque): boolean {
  return a.name.replace(/ #\d+$/, '') === b.name.replace(/ #\d+$/, '') && !isFresh(a.name);
}

/** Two objects that calls made: `loop.create_future()` twice. What they have in common are parts, not themselves. */
export function areApart(a: Opaque, b: Opaque): boolean {
  const [x, y] = [a, b].map((o) => o.name.replace(/ #\d+$/, ''));
  return a !== b && x === y && makes.test(x ?? '') && (a.same === null || a.same !== b.same);
}

const makes = /(?:^|[._])(?:create|new|make|build|spawn|open|accept|connect)(?:_?[A-Za-z]\w*)?\([^()]*\)$/;

/** A name is made of the calls that led to the value: does one of them give something of its own each time? */
export function isFresh(name: string): boolean {
  for (const [, maker = ''] of name.matchAll(/(\w+)\(/g)) if (givesFresh.test(maker) || /^_*[A-Z]/.test(maker)) return true;
  return false;
}

function giveData(_m: Machine, _value: Value, data: Value): Value {
  return data;
}

/** What stands for a key in all executions: an object that is one is made anew in each, with the same number. */
function placeOf(key: object): unknown {
  if ('place' in key) return key.place;
  return key instanceof HeapObject ? `\u0000#${String(key.id)}` : key;
}
