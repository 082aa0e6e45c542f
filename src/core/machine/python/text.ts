/**
 * repr() and str() of built-in values. Undefined when the program's own `__repr__` or `__str__` has a
 * say: the caller then asks the prelude, which can call it.
 */
import { Native } from '../language.ts';
import {
  BoundMethod,
  Closure,
  Generator,
  HeapObject,
  Namespace,
  Opaque,
  PyBytes,
  PyFloat,
  PyRange,
  PySlice,
  PyTuple,
  Singleton,
  type Value,
} from '../values.ts';
import { qualname } from './qualified-names.ts';
import {
  DictView,
  PyByteArray,
  PyClass,
  PyDeque,
  PyDict,
  PyException,
  PyIterator,
  PyList,
  PyMemoryView,
  PyModule,
  PyObject,
  PyProperty,
  PySet,
  Shown,
  SuperObject,
  type Entry,
} from './objects.ts';
import { floatRepr } from './numbers.ts';
import { listClass, lookup, typeName } from './types.ts';

/** The address a default repr shows: stable, and shaped as CPython's. */
export function address(v: HeapObject): string {
  return `0x${(0x7f0000000000 + v.id * 16).toString(16)}`;
}

export function stringRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = quote;
  for (const c of s) {
    const code = c.codePointAt(0) ?? 0;
    if (c === quote || c === '\\') out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\t') out += '\\t';
    else if (c !== ' ' && /[\p{C}\p{Z}]/u.test(c))
      out +=
        code < 0x100
          ? `\\x${code.toString(16).padStart(2, '0')}`
          : code < 0x10000
            ? `\\u${code.toString(16).padStart(4, '0')}`
            : `\\U${code.toString(16).padStart(8, '0')}`;
    else out += c;
  }
  return out + quote;
}

export function bytesRepr(b: Uint8Array): string {
  let out = '';
  const quote = b.includes(39) && !b.includes(34) ? '"' : "'";
  for (const c of b) {
    if (c === 92 || c === quote.charCodeAt(0)) out += `\\${String.fromCharCode(c)}`;
    else if (c === 10) out += '\\n';
    else if (c === 13) out += '\\r';
    else if (c === 9) out += '\\t';
    else if (c < 32 || c > 126) out += `\\x${c.toString(16).padStart(2, '0')}`;
    else out += String.fromCharCode(c);
  }
  return `b${quote}${out}${quote}`;
}

/** As bytes, but that a single quote is escaped between double ones, too. */
function byteArrayText(b: Uint8Array): string {
  const text = bytesRepr(b);
  return text.startsWith('b"') ? text.replace(/'/g, "\\'") : text;
}

export function entriesOf(o: PyDict | PySet): Entry[] {
  return o.table.entries.filter((e): e is Entry => e !== null);
}

function join(values: readonly Value[], seen: Set<HeapObject>): string | undefined {
  const parts: string[] = [];
  for (const v of values) {
    const s = reprOf(v, seen);
    if (s === undefined) return undefined;
    parts.push(s);
  }
  return parts.join(', ');
}

export function reprOf(v: Value, seen: Set<HeapObject> = new Set()): string | undefined {
  switch (typeof v) {
    case 'number':
    case 'bigint':
      return v.toString();
    case 'string':
      return stringRepr(v);
    case 'boolean':
      return v ? 'True' : 'False';
    case 'undefined':
      return 'None';
    default:
  }
  if (v === null) return 'None';
  if (v instanceof PyFloat) return floatRepr(v.value);
  if (v instanceof PyTuple) {
    const inner = join(v.items, seen);
    return inner === undefined ? undefined : v.items.length === 1 ? `(${inner},)` : `(${inner})`;
  }
  if (v instanceof PyByteArray && v.cls.builtin) return `bytearray(${byteArrayText(v.content)})`;
  if (v instanceof PyMemoryView) return `<memory at ${address(v)}>`;
  if (v instanceof PyObject) return objectRepr(v, seen);
  if (v instanceof PyClass) {
    const module = v.module === 'builtins' || v.module === '' ? '' : `${v.module}.`;
    return lookup(v.meta, '__repr__') !== undefined && !v.meta.builtin && !isNative(lookup(v.meta, '__repr__'))
      ? undefined
      : `<class '${module}${v.qualifiedName}'>`;
  }
  if (v instanceof PyBytes) return bytesRepr(v.value);
  if (v instanceof Shown) return v.repr;
  if (v instanceof PyRange) return v.step === 1 ? `range(${v.start}, ${v.stop})` : `range(${v.start}, ${v.stop}, ${v.step})`;
  if (v instanceof PySlice) {
    const inner = join([v.lower, v.upper, v.step], seen);
    return inner === undefined ? undefined : `slice(${inner})`;
  }
  if (v instanceof Singleton) return v.name;
  if (v instanceof Closure) return `<function ${qualname(v.code.fn)} at ${address(v)}>`;
  if (v instanceof Native) return `<built-in function ${v.name}>`;
  if (v instanceof BoundMethod) {
    if (v.fn instanceof Native)
      return `<built-in method ${v.fn.name} of ${typeName(v.self)} object at ${v.self instanceof HeapObject ? address(v.self) : '0x7f0000000000'}>`;
    const inner = reprOf(v.self, seen);
    return inner === undefined ? undefined : `<bound method ${v.fn instanceof Closure ? qualname(v.fn.code.fn) : '?'} of ${inner}>`;
  }
  if (v instanceof Generator)
    return `<${v.type === 'generator' ? 'generator' : v.type === 'coroutine' ? 'coroutine' : 'async_generator'} object ${qualname(v.frame.code.fn)} at ${address(v)}>`;
  if (v instanceof DictView) {
    const entries = entriesOf(v.dict);
    const inner =
      v.type === 'dict_keys'
        ? join(
            entries.map((e) => e.key),
            seen,
          )
        : v.type === 'dict_values'
          ? join(
              entries.map((e) => e.value),
              seen,
            )
          : join(
              entries.map((e) => new PyTuple([e.key, e.value])),
              seen,
            );
    return inner === undefined ? undefined : `${v.type}([${inner}])`;
  }
  if (v instanceof PyModule) return `<module '${v.name}'>`;
  if (v instanceof Namespace) return `<module '${v.name}'>`;
  if (v instanceof PyIterator) return `<${v.type} object at ${address(v)}>`;
  if (v instanceof Opaque) return `<${v.name}>`;
  if (v instanceof PyProperty) return `<property object at ${address(v)}>`;
  if (v instanceof SuperObject) return `<super: <class '${v.cls.name}'>, <${v.start.name} object>>`;
  return `<${typeName(v)} object>`;
}

function isNative(v: Value): boolean {
  return v instanceof Native;
}

function objectRepr(v: PyObject, seen: Set<HeapObject>): string | undefined {
  const cls = v.cls;
  const method = cls.builtin ? null : lookup(cls, '__repr__');
  if (method && !isNative(method)) return cls.internal && cls.module === 'datetime' ? dateRepr(v) : undefined;
  if (seen.has(v)) return v instanceof PyList ? '[...]' : v instanceof PyDict ? '{...}' : '(...)';
  seen.add(v);
  try {
    return containerRepr(v, seen);
  } finally {
    seen.delete(v);
  }
}

/** Of the classes of datetime, which never change; undefined where a zone of the program must be asked. */
function dateRepr(v: PyObject): string | undefined {
  const value = (name: string): number => Number(v.attrs?.get(name) ?? 0);
  const call = (values: readonly (number | string)[]): string => `datetime.${v.cls.name}(${values.join(', ')})`;
  if (v.cls.name === 'timedelta') {
    const parts = ['days', 'seconds', 'microseconds'].filter((n) => value(n) !== 0).map((n) => `${n}=${value(n)}`);
    return call(parts.length === 0 ? [0] : parts);
  }
  const day = ['year', 'month', 'day'].map(value);
  if (v.cls.name === 'date') return call(day);
  if (!/^(datetime|time)$/.test(v.cls.name) || (v.attrs?.get('tzinfo') ?? null) !== null) return undefined;
  const rest = ['second', 'microsecond'].map(value);
  while (rest.length > 0 && rest.at(-1) === 0) rest.pop();
  return call([...(v.cls.name === 'time' ? [] : day), value('hour'), value('minute'), ...rest]);
}

function containerRepr(v: PyObject, seen: Set<HeapObject>): string | undefined {
  const cls = v.cls;
  if (v instanceof PyList) {
    const inner = join(v.items, seen);
    return inner === undefined ? undefined : `[${inner}]`;
  }
  if (v instanceof PyDict) {
    const parts: string[] = [];
    for (const e of entriesOf(v)) {
      const k = reprOf(e.key, seen);
      const x = reprOf(e.value, seen);
      if (k === undefined || x === undefined) return undefined;
      parts.push(`${k}: ${x}`);
    }
    const inner = `{${parts.join(', ')}}`;
    if (cls.mro.some((c) => c.name === 'defaultdict' && c.builtin)) return `${cls.name}(${reprOf(v.factory, seen) ?? 'None'}, ${inner})`;
    if (cls.mro.some((c) => c.name === 'OrderedDict' && c.builtin))
      return parts.length === 0
        ? `${cls.name}()`
        : `${cls.name}([${entriesOf(v)
            .map((e, i) => `(${reprOf(e.key, seen) ?? ''}, ${(parts[i] ?? '').slice((reprOf(e.key, seen) ?? '').length + 2)})`)
            .join(', ')}])`;
    return inner;
  }
  if (v instanceof PySet) {
    const inner = join(setOrder(v), seen);
    if (inner === undefined) return undefined;
    if (v.table.count === 0) return `${cls.name}()`;
    return cls.name === 'set' ? `{${inner}}` : `${cls.name}({${inner}})`;
  }
  if (v instanceof PyDeque) {
    const inner = join(v.items, seen);
    if (inner === undefined) return undefined;
    return `deque([${inner}]${v.maxlen === null ? '' : `, maxlen=${v.maxlen}`})`;
  }
  if (v instanceof PyException) {
    const inner = join(v.args.items, seen);
    return inner === undefined ? undefined : `${cls.name}(${inner})`;
  }
  if (v.payload !== undefined) return reprOf(v.payload, seen);
  const origin = v.cls.name === 'GenericAlias' ? v.attrs?.get('__origin__') : undefined;
  if (origin !== undefined) {
    const union = v.attrs?.get('__union__');
    const name = (x: Value): string => (x instanceof PyClass ? x.name : (reprOf(x, seen) ?? '…'));
    if (union instanceof PyTuple) return union.items.map(name).join(' | ');
    const args = v.attrs?.get('__args__');
    return `${name(origin)}[${args instanceof PyTuple ? args.items.map(name).join(', ') : ''}]`;
  }
  const module = cls.module === 'builtins' ? '' : `${cls.module}.`;
  return `<${module}${cls.qualifiedName} object at ${address(v)}>`;
}

/**
 * The order in which CPython iterates a set that was filled in this order, when all its members are
 * small non-negative ints (whose hashes are themselves); otherwise the order of insertion, since the
 * hashes of strings differ from run to run.
 */
export function setOrder(s: PySet): Value[] {
  const keys = entriesOf(s).map((e) => e.key);
  if (keys.length < 2 || !keys.every((k) => typeof k === 'number' && k >= 0 && k < 2 ** 31)) return keys;
  let size = 8;
  let fill = 0;
  let table: (number | undefined)[] = new Array<number | undefined>(8).fill(undefined);
  const insert = (into: (number | undefined)[], key: number): void => {
    const mask = into.length - 1;
    let i = key & mask;
    let perturb = key;
    for (;;) {
      const probes = i + 9 <= mask ? 9 : 0;
      for (let j = 0; j <= probes; j++) {
        if (into[i + j] === undefined) {
          into[i + j] = key;
          return;
        }
      }
      perturb >>>= 5;
      i = (i * 5 + 1 + perturb) & mask;
    }
  };
  for (const k of keys as number[]) {
    insert(table, k);
    fill++;
    if (fill * 5 >= (size - 1) * 3) {
      const wanted = fill > 50000 ? fill * 2 : fill * 4;
      let bigger = 8;
      while (bigger <= wanted) bigger <<= 1;
      const old = table;
      size = bigger;
      table = new Array<number | undefined>(size).fill(undefined);
      for (const o of old) if (o !== undefined) insert(table, o);
    }
  }
  return table.filter((k): k is number => k !== undefined);
}

/** str(v), or undefined when the program's own code decides. */
export function strOf(v: Value): string | undefined {
  if (typeof v === 'string') return v;
  if (v instanceof Shown) return v.str;
  if (v instanceof PyObject) {
    const cls = v.cls;
    if (!cls.builtin) {
      const method = lookup(cls, '__str__');
      if (method !== undefined && !isNative(method)) return undefined;
    }
    if (v instanceof PyException) return exceptionText(v);
    if (typeof v.payload === 'string') {
      const repr = cls.builtin ? undefined : lookup(cls, '__repr__');
      return repr === undefined || isNative(repr) || cls.layout === 'str' ? v.payload : undefined;
    }
  }
  return reprOf(v);
}

export function exceptionText(e: PyException): string | undefined {
  const args = e.args.items;
  if (e.cls.mro.some((c) => c.name === 'OSError') && args.length >= 2) {
    const base = `[Errno ${strOf(args[0]) ?? ''}] ${strOf(args[1]) ?? ''}`;
    return args.length >= 3 ? `${base}: ${reprOf(args[2]) ?? ''}` : base;
  }
  if (e.cls.mro.some((c) => c.name === 'BaseExceptionGroup') && args.length >= 2) {
    const list = args[1];
    const n = list instanceof PyList ? list.items.length : list instanceof PyTuple ? list.items.length : 0;
    return `${strOf(args[0]) ?? ''} (${n} sub-exception${n === 1 ? '' : 's'})`;
  }
  if (args.length === 0) return '';
  if (args.length === 1) return e.cls.mro.some((c) => c.name === 'KeyError') ? reprOf(args[0]) : strOf(args[0]);
  return reprOf(e.args);
}

export { listClass };
