/**
 * Objects of simulated Python programs beyond the language-neutral values: classes, instances and the
 * mutable containers. Built-in classes are made once and never change; everything else is adopted by
 * the machine and mutated through its trail.
 */
import { Native, type NativeTraits } from '../language.ts';
import { type Closure, HeapObject, Immutable, type Namespace, type PyBytes, type PyTuple, type Value, type Opaque } from '../values.ts';

/** What an instance of a class is made of, inherited from its built-in base. */
export type Layout =
  | 'object'
  | 'type'
  | 'list'
  | 'dict'
  | 'set'
  | 'frozenset'
  | 'exception'
  | 'deque'
  | 'native'
  | 'tuple'
  | 'str'
  | 'int'
  | 'float'
  | 'bytes';

export class PyClass extends HeapObject {
  readonly type = 'type';
  name: string;
  qualifiedName: string;
  module: string;
  readonly bases: readonly PyClass[];
  mro: readonly PyClass[];
  readonly dict = new Map<string, Value>();
  meta: PyClass;
  layout: Layout;
  /** Made by the runtime: immutable, its attributes are never shared accesses. */
  builtin: boolean;
  /** Written in a prelude. */
  internal = false;
  /** Makes an instance without initialising it (`__new__` of a built-in). */
  allocate:
    | ((m: import('../machine.ts').Machine, cls: PyClass, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null) => Value)
    | null = null;
  /** Names of `__slots__` when no class of the order has a `__dict__`. */
  slots: ReadonlySet<string> | null = null;
  hasGetAttribute = false;
  hasSetAttribute = false;
  isAbstract = false;
  /** Stands for a base class whose code is not here: what it is asked for is unknown. */
  unknown: Opaque | null = null;
  subclasses: PyClass[] = [];
  constructor(name: string, bases: readonly PyClass[], meta: PyClass | null, layout: Layout, builtin: boolean) {
    super();
    this.name = name;
    this.qualifiedName = name;
    this.module = builtin ? 'builtins' : '__main__';
    this.bases = bases;
    this.mro = [this];
    this.meta = meta ?? this;
    this.layout = layout;
    this.builtin = builtin;
  }
  references(visit: (value: Value) => void): void {
    if (this.builtin) return;
    for (const v of this.dict.values()) visit(v);
    for (const b of this.bases) visit(b);
  }
}

/** Anything with a class and, mostly, attributes. */
export class PyObject extends HeapObject {
  cls: PyClass;
  attrs: Map<string, Value> | null = null;
  /** Value of an instance of a subclass of int, str, tuple … */
  payload: Value = undefined;
  /** Its `__dict__`, once somebody asked for that while only one thread could reach it. */
  dict: PyDict | null = null;
  constructor(cls: PyClass) {
    super();
    this.cls = cls;
  }
  get type(): string {
    return this.cls.name;
  }
  references(visit: (value: Value) => void): void {
    if (!this.cls.builtin) visit(this.cls);
    if (this.attrs) for (const v of this.attrs.values()) visit(v);
    if (this.payload !== undefined) visit(this.payload);
    if (this.dict) visit(this.dict);
  }
}

export class PyList extends PyObject {
  items: Value[];
  constructor(cls: PyClass, items: Value[]) {
    super(cls);
    this.items = items;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    for (const v of this.items) visit(v);
  }
}

export class PyDeque extends PyObject {
  items: Value[];
  maxlen: number | null;
  /** Counts changes of size, so that iteration notices them. */
  version = 0;
  constructor(cls: PyClass, items: Value[], maxlen: number | null) {
    super(cls);
    this.items = items;
    this.maxlen = maxlen;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    for (const v of this.items) visit(v);
  }
}

/** bytearray: its content is one location, replaced by every change. */
export class PyByteArray extends PyObject {
  content: Uint8Array = new Uint8Array();
  /** Memory views of it that were not released. */
  views = 0;
}

/** A view of every byte from `start` on of a bytes object or a bytearray. */
export class PyMemoryView extends PyObject {
  source: PyByteArray | PyBytes;
  start: number;
  length: number;
  isReadOnly: boolean;
  isReleased = false;
  constructor(cls: PyClass, source: PyByteArray | PyBytes, start: number, length: number) {
    super(cls);
    this.source = source;
    this.start = start;
    this.length = length;
    this.isReadOnly = !(source instanceof PyByteArray);
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.source);
  }
}

export interface Entry {
  key: Value;
  value: Value;
  canon: Canon;
  /** Hash of a key whose class defines `__hash__`. */
  hash: Value;
}

/** Equal keys have the same canonical form; a host primitive, also the key's location. */
export type Canon = string | number | bigint | null;

/** Hash table in insertion order: removed entries leave holes, so that undoing keeps the order. */
export class Table {
  entries: (Entry | null)[] = [];
  index = new Map<Canon, number>();
  count = 0;
}

export class PyDict extends PyObject {
  table = new Table();
  /** defaultdict. */
  factory: Value = undefined;
  /** It is the `__dict__` of this object, or the global names of this module: what is put into it is put there. */
  owner: PyObject | Closure | Namespace | null = null;
  /** It was made of this unknown mapping, and may have had any key from the start. */
  beyond: Opaque | null = null;
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.factory);
    if (this.beyond) visit(this.beyond);
    if (this.owner) visit(this.owner);
    for (const e of this.table.entries) {
      if (!e) continue;
      visit(e.key);
      visit(e.value);
    }
  }
}

/** set and frozenset. */
export class PySet extends PyObject {
  table = new Table();
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    for (const e of this.table.entries) if (e) visit(e.key);
  }
}

export class PyException extends PyObject {
  args: PyTuple;
  cause: Value = null;
  context: Value = null;
  /** `__suppress_context__`: set by `raise … from …`, also from None. */
  suppresses = false;
  /** Raised by a call of the unknown: which kind of exception it is, and what is in it, nobody can say. */
  failure: Opaque | null = null;
  constructor(cls: PyClass, args: PyTuple) {
    super(cls);
    this.args = args;
  }
  override references(visit: (value: Value) => void): void {
    super.references(visit);
    visit(this.args);
    visit(this.cause);
    visit(this.context);
    visit(this.failure);
  }
}

/** keys(), values(), items() of a dict. */
export class DictView extends Immutable {
  readonly type: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly dict: PyDict;
  readonly items: readonly Value[];
  constructor(type: DictView['type'], dict: PyDict) {
    super();
    this.type = type;
    this.dict = dict;
    // Reachable through it, for sharing.
    this.items = [dict];
  }
}

export class PyProperty extends HeapObject {
  readonly type = 'property';
  readonly getter: Value;
  readonly setter: Value;
  readonly deleter: Value;
  constructor(getter: Value, setter: Value, deleter: Value) {
    super();
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
  }
  references(visit: (value: Value) => void): void {
    visit(this.getter);
    visit(this.setter);
    visit(this.deleter);
  }
}

export class StaticMethod extends HeapObject {
  readonly type = 'staticmethod';
  readonly fn: Value;
  constructor(fn: Value) {
    super();
    this.fn = fn;
  }
  references(visit: (value: Value) => void): void {
    visit(this.fn);
  }
}

export class ClassMethod extends HeapObject {
  readonly type = 'classmethod';
  readonly fn: Value;
  constructor(fn: Value) {
    super();
    this.fn = fn;
  }
  references(visit: (value: Value) => void): void {
    visit(this.fn);
  }
}

export class SuperObject extends Immutable {
  readonly type = 'super';
  readonly cls: PyClass;
  readonly self: Value;
  /** Where the search begins: the order of the instance's class. */
  readonly start: PyClass;
  readonly items: readonly Value[];
  constructor(cls: PyClass, self: Value, start: PyClass) {
    super();
    this.cls = cls;
    this.self = self;
    this.start = start;
    this.items = [self];
  }
}

/** A module of the standard library, from natives and a prelude. */
export class PyModule extends Immutable {
  readonly type = 'module';
  readonly name: string;
  readonly values: ReadonlyMap<string, Value>;
  /** Prelude whose top-level names it also has. */
  readonly prelude: string | null;
  constructor(name: string, values: ReadonlyMap<string, Value>, prelude: string | null) {
    super();
    this.name = name;
    this.values = values;
    this.prelude = prelude;
  }
}

/** A native of a built-in class: becomes a bound method when taken from an instance. */
export class NativeMethod extends Native {
  /** The class it was defined on. */
  owner = '';
  constructor(name: string, fn: Native['fn'], traits: NativeTraits = {}) {
    super(name, fn, traits);
  }
}

/** An attribute of a built-in class computed natively (`__class__`, `StopIteration.value`). */
export class NativeAttribute extends Immutable {
  readonly type = 'getset_descriptor';
  readonly get: (m: import('../machine.ts').Machine, self: Value) => Value;
  readonly set: ((m: import('../machine.ts').Machine, self: Value, v: Value) => Value) | null;
  constructor(get: NativeAttribute['get'], set: NativeAttribute['set'] = null) {
    super();
    this.get = get;
    this.set = set;
  }
}

/** Host data where a Value is wanted. */
export class Box<T> extends Immutable {
  readonly type = 'box';
  readonly data: T;
  /** Values it holds, for sharing. */
  readonly items: readonly Value[];
  constructor(data: T, items: readonly Value[] = []) {
    super();
    this.data = data;
    this.items = items;
  }
}

/** A value whose str() and repr() the program's own code has already given. */
export class Shown extends Immutable {
  readonly type = 'shown';
  readonly str: string;
  readonly repr: string;
  constructor(str: string, repr: string) {
    super();
    this.str = str;
    this.repr = repr;
  }
}

/** A key whose hash and equality the program's own code has already decided. */
export class HashedKey extends Immutable {
  readonly type = 'hashed key';
  readonly key: Value;
  readonly canon: Canon;
  readonly hash: Value;
  constructor(key: Value, canon: Canon, hash: Value) {
    super();
    this.key = key;
    this.canon = canon;
    this.hash = hash;
  }
}

/** complex, Decimal and the like are not simulated; memoryview neither. */
export class PyIterator extends HeapObject {
  readonly type: string;
  /** What it iterates, then whatever it needs (an inner iterator, a count). */
  readonly source: Value;
  position = 0;
  done = false;
  readonly advance: (m: import('../machine.ts').Machine, it: PyIterator) => Value;
  readonly extra: unknown;
  /** The size of a dict or set when iteration began. */
  readonly size: number;
  /** Inner iterators are native too: draining it never runs the program's code. */
  readonly pure: boolean;
  constructor(
    type: string,
    source: Value,
    advance: PyIterator['advance'],
    options: { extra?: unknown; size?: number; pure?: boolean } = {},
  ) {
    super();
    this.type = type;
    this.source = source;
    this.advance = advance;
    this.extra = options.extra ?? null;
    this.size = options.size ?? 0;
    this.pure = options.pure ?? true;
  }
  references(visit: (value: Value) => void): void {
    visit(this.source);
    if (Array.isArray(this.extra)) for (const v of this.extra as Value[]) visit(v);
  }
}
