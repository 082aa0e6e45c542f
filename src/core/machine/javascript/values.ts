/**
 * JavaScript objects of simulated programs. Primitives are host primitives, symbols JsSymbol; every
 * object is a JsObject with ordinary properties, its subclasses add the internal slots of the
 * specification. Code of the program is a Closure inside a JsFunction, so that functions have
 * properties and a prototype like every object.
 */
import type { ClassDef } from '../../program/program.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';
import type { Lane, Place } from '../process.ts';
import type { RunResult } from '../run.ts';
import { type Opaque, type Closure, Generator, HeapObject, Immutable, Singleton, type OutsidePlace, type Value } from '../values.ts';

export class JsSymbol extends Immutable {
  readonly type = 'symbol';
  readonly description: string | undefined;
  readonly #ordinal: number;
  constructor(description: string | undefined, ordinal = 0) {
    super();
    this.description = description;
    this.#ordinal = ordinal;
  }
  /** Stands for it in keys of locations: the same in every execution. */
  get place(): string {
    return `\u0000symbol ${this.description ?? ''} ${String(this.#ordinal)}`;
  }
}

/** A missing element of an array. */
export const HOLE = new Singleton('hole', '<empty>');

/** An error's `stack` nobody has looked at: V8 makes it from name and message when first read. */
export const LAZY_STACK = new Singleton('stack', '<stack>');

export type Key = string | JsSymbol;

export const enum Flag {
  Writable = 1,
  Enumerable = 2,
  Configurable = 4,
  Accessor = 8,
  All = 7,
  /** Writable and configurable: what built-in methods and class methods are. */
  Hidden = 5,
}

/** One own property. Replaced or changed only through the trail. */
export class Property {
  value: Value;
  getter: Value;
  setter: Value;
  flags: number;
  constructor(value: Value, flags: number, getter: Value = undefined, setter: Value = undefined) {
    this.value = value;
    this.flags = flags;
    this.getter = getter;
    this.setter = setter;
  }
}

/** Never written to. */
export const NO_PROPERTIES: Map<Key, Property> = new Map();

export interface ProxyParts {
  readonly target: JsObject;
  readonly handler: JsObject | null;
}

export class JsObject extends HeapObject {
  readonly type: string = 'object';
  proto: JsObject | null;
  /** Something unknown whose properties were copied into it (`{ ...options }`): what is not found here is there. */
  rest: Opaque | null = null;
  /** Own properties. Functions share an empty map until somebody looks at theirs (`materialise`). */
  properties: Map<Key, Property>;
  /** Private names, keyed by the class that declares them. */
  privates: Map<string, Property> | null = null;
  extensible = true;
  /** A Proxy's target and handler (null once it is revoked). */
  proxy: ProxyParts | null = null;
  /** Internal class: `Object`, `Error`, `Arguments`, `Boolean` … */
  className = 'Object';
  /** Value of a wrapper object, and other internal slots of built-ins written in the host language. */
  slot: unknown = undefined;
  /** The class whose prototype object this is. */
  prototypeOf: JsFunction | null = null;
  /** Part of the language: never a shared location. */
  intrinsic = false;
  constructor(proto: JsObject | null, properties: Map<Key, Property> = new Map()) {
    super();
    this.proto = proto;
    this.properties = properties;
  }
  references(visit: (value: Value) => void): void {
    if (this.proto && !this.proto.intrinsic) visit(this.proto);
    for (const p of this.properties.values()) {
      visit(p.value);
      visit(p.getter);
      visit(p.setter);
    }
    if (this.privates) {
      for (const p of this.privates.values()) {
        visit(p.value);
        visit(p.getter);
        visit(p.setter);
      }
    }
    if (this.slot instanceof HeapObject) visit(this.slot);
    if (this.proxy) {
      visit(this.proxy.target);
      visit(this.proxy.handler);
    }
  }
}

export class JsArray extends JsObject {
  override readonly type: string = 'array';
  items: Value[];
  constructor(proto: JsObject | null, items: Value[]) {
    super(proto);
    this.items = items;
    this.className = 'Array';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    for (const v of this.items) visit(v);
  }
}

/** A built-in written in the host language. `newTarget` is undefined in a plain call. */
export type NativeFunction = (m: Machine, thisValue: Value, args: readonly Value[], newTarget: Value) => Value;

export interface FieldDefinition {
  key: Key;
  isPrivate: boolean;
  /** Initialiser, a method, or null for a field without one. */
  fn: JsFunction | null;
  kind: 'field' | 'method' | 'getter' | 'setter';
  /** What decorators of the field make of its first value, in the order they run. */
  wraps?: readonly JsFunction[];
}

export class JsFunction extends JsObject {
  override readonly type: string = 'function';
  closure: Closure | null = null;
  native: NativeFunction | null = null;
  /** It only computes something of its arguments. */
  computes = false;
  bound: { target: JsFunction; thisValue: Value; args: readonly Value[] } | null = null;
  /** Promise that a resolving function settles. */
  promise: JsPromise | null = null;
  name = '';
  length = 0;
  isConstructor = false;
  isClass = false;
  isDerived = false;
  classDef: ClassDef | null = null;
  /** Source of a class without a constructor of its own. */
  classText: string | null = null;
  fields: FieldDefinition[] | null = null;
  /** What decorators have new instances run before their fields are set. */
  initializers: readonly JsFunction[] | null = null;
  /** `name`, `length` and `prototype` have been made properties. */
  materialised = false;
  constructor(proto: JsObject | null) {
    super(proto, NO_PROPERTIES);
    this.className = 'Function';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    if (this.closure) visit(this.closure);
    if (this.bound) {
      visit(this.bound.target);
      visit(this.bound.thisValue);
      for (const v of this.bound.args) visit(v);
    }
    if (this.promise) visit(this.promise);
    if (this.fields) for (const f of this.fields) [f.fn, ...(f.wraps ?? [])].forEach(visit);
    this.initializers?.forEach(visit);
  }
}

/** The specification's ordered list of entries: a removed one leaves a null, so that iterators stay right. */
export class JsMap extends JsObject {
  override readonly type: string = 'map';
  entries: ({ key: Value; value: Value } | null)[] = [];
  /** Position in `entries`, -1 when removed. */
  index = new Map<unknown, number>();
  size = 0;
  constructor(proto: JsObject | null, className: string) {
    super(proto);
    this.className = className;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    for (const e of this.entries) {
      if (e) {
        visit(e.key);
        visit(e.value);
      }
    }
  }
}

/** What the virtual file system holds: nodes (`{ kind, content }`, null for none) by path. */
export class FileMap extends JsMap {
  /** What was at a path before the program began, as far as anybody asked. */
  readonly initial = new Map<Value, Value>();
  override changes(): [string, Value][] {
    return this.entries
      .flatMap((e): [string, Value][] => {
        if (e === null || typeof e.key !== 'string') return [];
        const was = this.initial.get(e.key) ?? null;
        if (e.value === was) return [];
        return [[e.key, e.value === null ? 'gone' : e.value]];
      })
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }
  override outside(show: (value: Value) => string, key: unknown): OutsidePlace | null {
    if (typeof key !== 'string' || key.startsWith('\u0000')) return null;
    const part = (v: Value, name: string): Value => {
      const property = v instanceof JsObject ? v.properties.get(name) : undefined;
      return property !== undefined && 'value' in property ? property.value : undefined;
    };
    return {
      kind: 'file',
      name: key,
      value: this.entries[this.index.get(key) ?? -1]?.value,
      tell: (v) => {
        const kind = part(v, 'kind');
        if (kind === undefined) return '—';
        if (kind === 'dir') return 'a folder';
        const content = part(v, 'content');
        return content === '' ? 'empty' : typeof content === 'string' ? content : show(content);
      },
    };
  }
}

export type PromiseState = 'pending' | 'fulfilled' | 'rejected';

/** What happens when a promise is settled: one job. */
/** What each AsyncLocalStorage holds for the code that runs: by storage, and never changed, since a change makes another one. */
export class StoredContext extends HeapObject {
  readonly type = 'async context';
  readonly values: ReadonlyMap<Value, Value>;
  constructor(values: ReadonlyMap<Value, Value>) {
    super();
    this.values = values;
  }
  references(visit: (value: Value) => void): void {
    for (const v of this.values.values()) visit(v);
  }
}

export interface Reaction {
  lane: Lane;
  /** The `await` or call of `then` it stems from; known only while an execution is traced. */
  place?: Place | null;
  /** Things the job will use, for sharing. */
  holds: readonly Value[];
  /** What AsyncLocalStorage held where it was handed over. */
  stored?: StoredContext | null;
  run: (m: Machine, value: Value, failed: boolean) => RunResult;
}

export class JsPromise extends JsObject {
  override readonly type: string = 'promise';
  state: PromiseState = 'pending';
  result: Value = undefined;
  reactions: Reaction[] = [];
  /** Somebody has asked for its outcome. */
  handled = false;
  /** Its resolving functions were used. */
  resolved = false;
  /** What lets the caller go on that is held until the call has ended, in a serialised world. */
  holder: { readonly state: string } | null = null;
  constructor(proto: JsObject | null) {
    super(proto);
    this.className = 'Promise';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.result);
    for (const r of this.reactions) for (const v of r.holds) visit(v);
  }
}

/** An iterator of the language over an array, string, map or set. */
export class JsIterator extends JsObject {
  override readonly type: string = 'iterator';
  source: Value;
  kind: 'keys' | 'values' | 'entries';
  position = 0;
  constructor(proto: JsObject | null, source: Value, kind: 'keys' | 'values' | 'entries', className: string) {
    super(proto);
    this.source = source;
    this.kind = kind;
    this.className = className;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.source);
  }
}

/** The iterator object a generator function gives. */
export class JsGenerator extends JsObject {
  override readonly type: string = 'generator';
  activation: Activation;
  constructor(proto: JsObject | null, activation: Activation, isAsync: boolean) {
    super(proto);
    this.activation = activation;
    this.className = isAsync ? 'AsyncGenerator' : 'Generator';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.activation);
  }
}

export interface GeneratorRequest {
  kind: 'next' | 'throw' | 'return';
  value: Value;
  promise: JsPromise;
}

/** One call of an async or generator function: its frame and what its end means. */
export class Activation extends Generator {
  /** Result of an async function. */
  promise: JsPromise | null = null;
  lane: Lane;
  /** How a generator was resumed last: what a `yield` gives its caller. */
  resumed: 'raw' | 'object' = 'object';
  /** The generator is to return at the yield it is suspended at. */
  returning = false;
  /** What the generator is to throw at the yield it is suspended at. */
  thrown: { value: Value } | null = null;
  /** On the stack of whoever called or resumed it, who is still to get its promise. */
  attached = false;
  /** Its caller runs on the parent of its fiber. */
  switched = false;
  /** Async generators: requests not yet answered, the first one running. */
  queue: GeneratorRequest[] = [];
  constructor(type: 'generator' | 'coroutine' | 'async_generator', frame: Frame, lane: Lane) {
    super(type, frame);
    this.lane = lane;
  }
  override references(visit: (value: Value) => void): void {
    for (let f: Frame | null = this.frame; f; f = f === this.frame && this.state === 'running' ? f.caller : null) {
      for (const v of f.registers) visit(v);
      visit(f.thisValue);
      visit(f.closure);
    }
    visit(this.promise);
    for (const r of this.queue) {
      visit(r.value);
      visit(r.promise);
    }
  }
}

export class JsDate extends JsObject {
  override readonly type: string = 'date';
  time: number;
  /** It was set to something that is not known. */
  unknown: Opaque | null = null;
  constructor(proto: JsObject | null, time: number) {
    super(proto);
    this.time = time;
    this.className = 'Date';
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.unknown);
  }
}

export class JsRegExp extends JsObject {
  override readonly type: string = 'regexp';
  readonly regexp: RegExp;
  constructor(proto: JsObject | null, regexp: RegExp) {
    super(proto);
    this.regexp = regexp;
    this.className = 'RegExp';
  }
}

/** `super` inside a method: where to look, and what `this` is. */
export class SuperReference extends Immutable {
  readonly type = 'super';
  readonly home: JsObject | null;
  readonly thisValue: Value;
  constructor(home: JsObject | null, thisValue: Value) {
    super();
    this.home = home;
    this.thisValue = thisValue;
  }
}

/** An iterator of the program's own with its `next`, as `for … of` keeps it. */
export class IteratorRecord extends Immutable {
  readonly type = 'iterator record';
  readonly iterator: JsObject;
  readonly next: Value;
  readonly items: readonly Value[];
  constructor(iterator: JsObject, next: Value) {
    super();
    this.iterator = iterator;
    this.next = next;
    this.items = [iterator];
  }
}
