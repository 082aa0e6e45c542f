/**
 * The values of simulated programs. Immutable ones are host values or immutable objects; everything
 * that can change is a HeapObject, whose mutations go through the machine so that they are undone by
 * the trail and seen as accesses when the object is shared between contexts.
 *
 * Python: None is null, True/False host booleans, int a safe-integer number or a bigint outside that
 * range, float a PyFloat, str a host string. JavaScript: its own primitives as they are (number,
 * bigint, string, boolean, null, undefined), symbols as JsSymbol.
 */
import type { LocationId } from '../explore/system.ts';
import type { Code } from './code.ts';
import type { Frame } from './frame.ts';

export type Value = null | undefined | boolean | number | bigint | string | Immutable | HeapObject;

/** Immutable objects: identity is theirs, content never changes. */
export abstract class Immutable {
  abstract readonly type: string;
}

/** Keys of locations within an object that are not attributes, indices or dictionary keys. */
export const STRUCTURE = '\u0000structure';
export const LENGTH = '\u0000length';
export const KEYS = '\u0000keys';
export const STATE = '\u0000state';

/**
 * A mutable object. `id` is the same in every execution (creating process, and how many it had
 * created before). `shared` turns true when another process can reach it; only then are its accesses
 * visible operations.
 */
export abstract class HeapObject {
  id = 0;
  shared = false;
  /** Location numbers of its parts, filled on demand; shared by all incarnations with this id. */
  locations: Map<unknown, LocationId> | null = null;
  /** Names the object in traces when a global, attribute or closure variable holds it. */
  label: string | null = null;
  abstract readonly type: string;
  /** Everything directly reachable, for sharing. */
  abstract references(visit: (value: Value) => void): void;
  /** The place of the outside world (a file, a table) that a location of this object stands for. */
  outside(_show: (value: Value) => string, _key: unknown): OutsidePlace | null {
    return null;
  }
  /** What the program changed in the outside world, by place: part of the outcome. Null: all of it is. */
  changes(): [string, Value][] | null {
    return null;
  }
}

/** How a person names a place of the outside world, and what is there now. */
export interface OutsidePlace {
  kind: 'file' | 'table' | 'value';
  name: string;
  /** What is there now. */
  value: Value;
  /** The words for what is, or was, there. */
  tell(value: Value): string;
}

export class PyFloat extends Immutable {
  readonly type = 'float';
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
}

export class PyBytes extends Immutable {
  readonly type = 'bytes';
  readonly value: Uint8Array;
  constructor(value: Uint8Array) {
    super();
    this.value = value;
  }
}

export class PyTuple extends Immutable {
  readonly type = 'tuple';
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }
}

export class PySlice extends Immutable {
  readonly type = 'slice';
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
  constructor(lower: Value, upper: Value, step: Value) {
    super();
    this.lower = lower;
    this.upper = upper;
    this.step = step;
  }
}

export class PyRange extends Immutable {
  readonly type = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** NotImplemented, Ellipsis, JavaScript symbols, the dead-zone marker and the like. */
export class Singleton extends Immutable {
  readonly type: string;
  readonly name: string;
  constructor(type: string, name: string) {
    super();
    this.type = type;
    this.name = name;
  }
}

export const NOT_IMPLEMENTED = new Singleton('NotImplementedType', 'NotImplemented');
export const ELLIPSIS = new Singleton('ellipsis', 'Ellipsis');
/** A variable that has no value yet (unbound local, dead zone, deleted global). */
export const UNBOUND = new Singleton('unbound', '<unbound>');
/** What an exhausted native iterator gives. */
export const DONE = new Singleton('done', '<done>');

/** The process that made an object: its number is part of the object's. */
export function creatorOf(o: HeapObject): number {
  return Math.floor(o.id / objectsPerProcess);
}

export const objectsPerProcess = 0x200000;

/**
 * An unknown value with a stable identity: the result of an imported function nobody can see into,
 * an argument of a synthesised call. Attributes and calls of it are opaque again, remembered so that
 * the same question gets the same answer.
 */
export class Opaque extends HeapObject {
  readonly type = 'opaque';
  readonly name: string;
  readonly parts = new Map<string, Value>();
  /** Stands for something that is there (an argument, an import, a part of one): never null, always true. */
  definite = false;
  /** Handed in by a driver: what calling it gives is there, too. */
  root = false;
  /** What it was made of; null for what came from nowhere (an import, an argument). */
  from: Provenance | null = null;
  /** It was made of text: any other with the same text is equal to it. */
  same: string | null = null;
  /** The text it stands for, known and unknown parts together. */
  text: string | null = null;
  /** It stands for a number: a question about it is answered with one. */
  numeric = false;
  /** What a model of a library keeps with it (a row of a table, the answer to a query). */
  model: HeapObject | null = null;
  /** What cancels the call it came of: an AbortSignal that was handed to it. */
  signal: HeapObject | null = null;
  /** What takes effect when the call it came of completes (`lifecycles.ts`). */
  effect: HeapObject | null = null;
  /** The promise that it is, once somebody has waited for it: all who do wait for one and the same. */
  promise: HeapObject | null = null;
  constructor(name: string) {
    super();
    this.name = name.length > longestName ? shortened(name) : name;
  }
  references(visit: (value: Value) => void): void {
    for (const v of this.parts.values()) visit(v);
    if (this.model) visit(this.model);
    if (this.signal) visit(this.signal);
    if (this.effect) visit(this.effect);
    if (this.promise) visit(this.promise);
  }
}

/** How an unknown value was come by: `of.name`, `callee(…)`, `left op right`. */
export type Provenance =
  | { kind: 'part'; of: Value; name: string }
  | { kind: 'call'; callee: Opaque; args: readonly Value[]; keywords: ReadonlyMap<string, Value> | null }
  | { kind: 'operation'; operator: string; left: Value; right: Value };

/** An unknown value made of unknown values is named after them; such names must not grow without end. */
const longestName = 200;

/** The beginning of a long name and a hash of all of it (FNV-1a), so that different names stay different. */
function shortened(name: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return `${name.slice(0, longestName - 40)}…${(hash >>> 0).toString(16)}`;
}

/** A captured variable, or a name of a module namespace. */
export class Cell extends HeapObject {
  readonly type = 'cell';
  readonly name: string;
  value: Value;
  /** Bound once before it can be shared: reading it is not a visible operation. */
  constant: boolean;
  /** Made when the program was loaded, so that instructions may remember it. */
  linked = false;
  /** An imported name is the exporting module's variable itself, seen under another name. Set when the program is loaded. */
  alias: Cell | null = null;
  constructor(name: string, value: Value, constant: boolean) {
    super();
    this.name = name;
    this.value = value;
    this.constant = constant;
  }
  references(visit: (value: Value) => void): void {
    visit(this.value);
  }
}

/** The variable that a name stands for. */
export function behind(cell: Cell): Cell {
  while (cell.alias !== null) cell = cell.alias;
  return cell;
}

/** The names of a module. Cells are created on first mention and never removed. */
export class Namespace extends HeapObject {
  readonly type = 'module';
  readonly name: string;
  readonly cells = new Map<string, Cell>();
  /** Its top-level code has begun to run. */
  started = false;
  constructor(name: string) {
    super();
    this.name = name;
  }
  references(visit: (value: Value) => void): void {
    for (const cell of this.cells.values()) visit(cell);
  }
}

/** A function of the program with what it closes over. Mutable only in its attributes. */
export class Closure extends HeapObject {
  readonly type = 'function';
  readonly code: Code;
  readonly free: readonly Cell[];
  /** Default values by parameter position; UNBOUND where there is none. */
  readonly defaults: readonly Value[];
  /** JavaScript arrow: the `this` of the enclosing function. */
  readonly boundThis: Value;
  /** Class it is a member of (JavaScript home object, Python __class__). */
  home: Value = null;
  /** Function attributes (Python __dict__, JavaScript own properties), on demand. */
  attributes: Map<string, Value> | null = null;
  constructor(code: Code, free: readonly Cell[], defaults: readonly Value[], boundThis: Value) {
    super();
    this.code = code;
    this.free = free;
    this.defaults = defaults;
    this.boundThis = boundThis;
  }
  references(visit: (value: Value) => void): void {
    for (const cell of this.free) visit(cell);
    for (const v of this.defaults) visit(v);
    visit(this.boundThis);
    visit(this.home);
    if (this.attributes) for (const v of this.attributes.values()) visit(v);
  }
}

/** A method taken from an object: calls `fn` with `self` first (Python) or as `this` (JavaScript). */
export class BoundMethod extends HeapObject {
  readonly type = 'method';
  readonly fn: Value;
  readonly self: Value;
  constructor(fn: Value, self: Value) {
    super();
    this.fn = fn;
    this.self = self;
  }
  references(visit: (value: Value) => void): void {
    visit(this.fn);
    visit(this.self);
  }
}

/** A suspended or running generator, coroutine or async generator: its own frame. */
export class Generator extends HeapObject {
  readonly type: 'generator' | 'coroutine' | 'async_generator';
  readonly frame: Frame;
  state: 'created' | 'suspended' | 'running' | 'finished' = 'created';
  constructor(type: 'generator' | 'coroutine' | 'async_generator', frame: Frame) {
    super();
    this.type = type;
    this.frame = frame;
  }
  references(visit: (value: Value) => void): void {
    for (const v of this.frame.registers) visit(v);
  }
}

export function isHeap(value: Value): value is HeapObject {
  return value instanceof HeapObject;
}
