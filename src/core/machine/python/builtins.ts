/** The built-in functions. What needs the program's own code goes to the prelude of the same name. */
import { Native, PUSHED, STOP, Unsupported, type Keywords, type NativeTraits } from '../language.ts';
import type { Machine } from '../machine.ts';
import {
  Closure,
  DONE,
  ELLIPSIS,
  Generator,
  HeapObject,
  LENGTH,
  NOT_IMPLEMENTED,
  Opaque,
  PyBytes,
  PyFloat,
  PyRange,
  PyTuple,
  KEYS,
  type Value,
  BoundMethod,
  Namespace,
} from '../values.ts';
import { arithmetic, asIndex, compareNumbers, floatDivmod, isInt, isNumber, negate, norm, toDouble, toInt, type Int } from './numbers.ts';
import { binary } from './arithmetic.ts';
import { attributeError, delAttr, find, getAttr, setAttr } from './attributes.ts';
import { callFunction } from './calls.ts';
import { bodyOf, buildClass } from './classes.ts';
import { cannotCompare, order } from './compare.ts';
import { makeDictFrom } from './dicts.ts';
import { matchesName, raise, typeError } from './errors.ts';
import { fixed, formatValue, ascii } from './format.ts';
import { attributesDict } from './introspection.ts';
import { byStructure, isRegistered } from './virtual-subclasses.ts';
import { drain, isNativeIterable, iterate, next } from './iteration.ts';
import { canon, USER_KEY } from './keys.ts';
import { newList, sortValues } from './lists.ts';
import {
  DictView,
  PyByteArray,
  PyClass,
  PyDeque,
  PyDict,
  PyIterator,
  PyList,
  PyMemoryView,
  PyModule,
  PyObject,
  PySet,
  SuperObject,
} from './objects.ts';
import { opaque, opaqueTruth } from './opaque.ts';
import { callPrelude, state } from './runtime.ts';
import { stringLength } from './strings.ts';
import { readsText } from './text-reads.ts';
import { entriesOf, reprOf, strOf } from './text.ts';
import { rangeLength, truth } from './truth.ts';
import { aliasClass, builtinClasses, classOf, isSubclass, lookup, typeName, userMethod } from './types.ts';

export const builtins = new Map<string, Value>([
  ...builtinClasses,
  ['NotImplemented', NOT_IMPLEMENTED],
  ['Ellipsis', ELLIPSIS],
  ['__debug__', true],
]);

type Fn = (m: Machine, args: readonly Value[], keywords: Keywords) => Value;

export function define(name: string, fn: Fn, traits: NativeTraits = {}): Native {
  const native = new Native(name, fn, traits);
  builtins.set(name, native);
  return native;
}

function atLeast(m: Machine, name: string, args: readonly Value[], least: number, most: number): void {
  if (args.length >= least && args.length <= most) return;
  if (least === most && least === 1) typeError(m, `${name}() takes exactly one argument (${args.length} given)`);
  typeError(
    m,
    args.length < least
      ? `${name} expected at least ${least} argument${least === 1 ? '' : 's'}, got ${args.length}`
      : `${name} expected at most ${most} arguments, got ${args.length}`,
  );
}

// ---- output --------------------------------------------------------------------------------------

define(
  'print',
  (m, args, kw) => {
    const file = kw?.get('file') ?? state(m).singletons.get('stdout') ?? null;
    const parts: string[] = [];
    for (const a of args) {
      if (readsText(m, a)) return STOP;
      const s = strOf(a);
      if (s === undefined) return callPrelude(m, '__rr_print', [new PyTuple(args), makeDictFrom(m, [...(kw ?? [])])]);
      parts.push(s);
    }
    const sep = kw?.get('sep') ?? ' ';
    const end = kw?.get('end') ?? '\n';
    const text = parts.join(typeof sep === 'string' ? sep : ' ') + (typeof end === 'string' ? end : '\n');
    if (file !== null && file instanceof PyObject && file.attrs?.get('_rr_stream') === undefined)
      return callFunction(m, getAttr(m, file, 'write'), [text], null);
    if (file instanceof PyObject && file.attrs?.get('_rr_stream') === 'stderr') return null;
    m.print(text);
    return null;
  },
  { gil: 'call' },
);
define('input', (m, args) => opaque(m, `input(${args.map((a) => reprOf(a) ?? '').join('')})`), { pure: true });
define('repr', (m, args) => (readsText(m, args[0]) ? STOP : reprOf(args[0])) ?? callPrelude(m, '__rr_repr', [args[0]]));
define('ascii', (m, args) => {
  if (readsText(m, args[0])) return STOP;
  const s = reprOf(args[0]);
  return s === undefined ? callPrelude(m, '__rr_ascii', [args[0]]) : ascii(s);
});
define('__rr_ascii_text', (_m, args) => ascii(String(args[0])));
define('format', (m, args) => {
  const spec = args[1] ?? '';
  if (readsText(m, args[0])) return STOP;
  const s = formatValue(m, args[0], typeof spec === 'string' ? spec : '');
  return s ?? callPrelude(m, '__rr_format', [args[0], spec]);
});

// ---- sizes and sequences -------------------------------------------------------------------------

define(
  'len',
  (m, args) => {
    atLeast(m, 'len', args, 1, 1);
    return lengthOf(m, args[0]);
  },
  { gil: 'hot' },
);

export function lengthOf(m: Machine, v: Value): Value {
  const user = userMethod(v, '__len__');
  if (user !== undefined) {
    const r = callFunction(m, user, [v], null);
    return r === PUSHED ? m.afterCall(checkLength, null) : r === STOP ? STOP : checkLength(m, r);
  }
  if (typeof v === 'string') return stringLength(v);
  if (v instanceof PyList || v instanceof PyDeque) {
    m.read(v, LENGTH, v.items.length);
    return v.items.length;
  }
  if (v instanceof PyDict || v instanceof PySet) {
    m.read(v, KEYS, v.table.count);
    return v.table.count;
  }
  if (v instanceof PyTuple) return v.items.length;
  if (v instanceof PyRange) return rangeLength(v);
  if (v instanceof PyBytes) return v.value.length;
  if (v instanceof PyByteArray) {
    m.read(v, LENGTH, v.content.length);
    return v.content.length;
  }
  if (v instanceof PyMemoryView) return v.length;
  if (v instanceof DictView) return lengthOf(m, v.dict);
  if (v instanceof PyObject && v.payload !== undefined) return lengthOf(m, v.payload);
  if (v instanceof Opaque) return opaque(m, `len(${v.name})`);
  const method = lookup(classOf(v), '__len__');
  if (method !== undefined && v instanceof PyClass) return callFunction(m, method, [v], null);
  return typeError(m, `object of type '${typeName(v)}' has no len()`);
}

function checkLength(m: Machine, r: Value): Value {
  if (typeof r === 'boolean') return r ? 1 : 0;
  if (typeof r !== 'number') return typeError(m, `'${typeName(r)}' object cannot be interpreted as an integer`);
  return r < 0 ? raise(m, 'ValueError', '__len__() should return >= 0') : r;
}

define('iter', (m, args) => (args.length > 1 ? callPrelude(m, '__rr_iter_call', args) : iterate(m, args[0])), { pure: true });
define(
  'next',
  (m, args) => {
    const it = args[0];
    if (args.length > 1 && !(it instanceof PyIterator && it.pure)) return callPrelude(m, '__rr_next', args);
    const r =
      it instanceof PyIterator
        ? it.advance(m, it)
        : it instanceof Generator
          ? callFunction(m, getAttr(m, it, '__next__'), [], null)
          : next(m, it, null);
    if (r === DONE) return args.length > 1 ? args[1] : raise(m, 'StopIteration');
    return r;
  },
  { pure: true },
);

/** Collects an iterable natively, or asks the prelude function to. */
function collecting(
  name: string,
  prelude: string,
  fn: (m: Machine, items: readonly Value[], args: readonly Value[], kw: Keywords) => Value | undefined,
  most = 1,
): void {
  define(name, (m, args, kw) => {
    atLeast(m, name, args, 1, most);
    const items = drain(m, args[0]);
    if (items === STOP) return STOP;
    const r = items === null ? undefined : fn(m, items as Value[], args, kw);
    return r === undefined ? callPrelude(m, prelude, [args[0], ...args.slice(1), ...(kw ? [...kw.values()] : [])]) : r;
  });
}

collecting(
  'sum',
  '__rr_sum',
  (m, items, args, kw) => {
    let total: Value = args[1] ?? kw?.get('start') ?? 0;
    if (typeof total === 'string') return typeError(m, "sum() can't sum strings [use ''.join(seq) instead]");
    for (const v of items) {
      if (isNumber(total) && isNumber(v)) total = arithmetic(m, '+', total, v);
      else if (v instanceof PyObject && v.payload === undefined && !(v instanceof PyList)) return undefined;
      else {
        total = binary(m, '+', total, v);
        if (total === PUSHED || total === STOP) return undefined;
      }
    }
    return total;
  },
  2,
);
collecting('any', '__rr_any', (_m, items) => {
  for (const v of items) {
    const t = simpleTruth(v);
    if (t === undefined) return undefined;
    if (t) return true;
  }
  return false;
});
collecting('all', '__rr_all', (_m, items) => {
  for (const v of items) {
    const t = simpleTruth(v);
    if (t === undefined) return undefined;
    if (!t) return false;
  }
  return true;
});

function simpleTruth(v: Value): boolean | undefined {
  if (typeof v === 'boolean') return v;
  if (v === null) return false;
  if (typeof v === 'number' || typeof v === 'string' || typeof v === 'bigint') return Boolean(v);
  if (v instanceof PyTuple) return v.items.length > 0;
  if (v instanceof PyFloat) return v.value !== 0;
  return undefined;
}

for (const [name, op] of [
  ['min', '<'],
  ['max', '>'],
] as const) {
  define(name, (m, args, kw) => {
    const key = kw?.get('key') ?? null;
    const hasDefault = kw?.has('default') === true;
    if (args.length === 0) return typeError(m, `${name} expected at least 1 argument, got 0`);
    const fallback = (): Value =>
      callPrelude(m, '__rr_extreme', [
        name,
        args.length === 1 ? args[0] : newList(m, [...args]),
        key,
        hasDefault,
        kw?.get('default') ?? null,
      ]);
    const items = args.length === 1 ? drain(m, args[0]) : args;
    if (items === STOP) return STOP;
    if (items === null || key !== null) return fallback();
    const list = items as Value[];
    if (list.length === 0) return hasDefault ? kw?.get('default') : raise(m, 'ValueError', `${name}() arg is an empty sequence`);
    let best = list[0];
    for (const v of list.slice(1)) {
      const r = order(op, v, best);
      if (r === undefined) return fallback();
      if (r === null) return typeError(m, cannotCompare(op));
      if (r) best = v;
    }
    return best;
  });
}
define('sorted', (m, args, kw) => {
  atLeast(m, 'sorted', args, 1, 1);
  const key = kw?.get('key') ?? null;
  const reverse = kw?.get('reverse') ?? false;
  const items = drain(m, args[0]);
  if (items === STOP) return STOP;
  if (items !== null && key === null) {
    const r = sortValues(m, items as Value[], simpleTruth(reverse) === true);
    if (r) return newList(m, r);
  }
  return callPrelude(m, '__rr_sorted', [args[0], key, reverse]);
});
/** Sorts items by keys already computed; None when the keys' own code must compare. */
define(
  '__rr_sort_by',
  (m, args) => {
    const items = (args[0] as PyList).items;
    const keys = (args[1] as PyList).items;
    const reverse = simpleTruth(args[2]) === true;
    const indexed: Value[] = keys.map((_, i) => i);
    let user = false;
    const source = reverse ? indexed.slice().reverse() : indexed;
    const sorted = source.slice().sort((a, b) => {
      const less = (x: Value, y: Value): boolean => {
        const r = order('<', keys[x as number], keys[y as number]);
        if (r === undefined) user = true;
        if (r === null) return typeError(m, cannotCompare('<'));
        return r === true;
      };
      return less(a, b) ? -1 : less(b, a) ? 1 : 0;
    });
    if (user) return null;
    return newList(
      m,
      (reverse ? sorted.reverse() : sorted).map((i) => items[i as number]),
    );
  },
  { pure: true },
);
define('reversed', (m, args) => {
  const v = args[0];
  const user = userMethod(v, '__reversed__');
  if (user !== undefined) return callFunction(m, user, [v], null);
  if (
    v instanceof PyList ||
    v instanceof PyTuple ||
    v instanceof PyRange ||
    typeof v === 'string' ||
    v instanceof PyDeque ||
    v instanceof PyDict ||
    v instanceof DictView ||
    (v instanceof PyObject && lookup(v.cls, '__getitem__') !== undefined)
  ) {
    if (v instanceof PyList) return m.adopt(new PyIterator('list_reverseiterator', v, reversedList, { size: v.items.length }));
    const items = drain(m, v);
    if (items === STOP) return STOP;
    if (items !== null) {
      const source = newList(m, (items as Value[]).slice().reverse());
      const type =
        v instanceof PyDict || (v instanceof DictView && v.type === 'dict_keys')
          ? 'dict_reversekeyiterator'
          : v instanceof DictView
            ? `dict_reverse${v.type === 'dict_items' ? 'item' : 'value'}iterator`
            : v instanceof PyRange
              ? 'range_iterator'
              : 'reversed';
      const inner = iterate(m, source) as PyIterator;
      return m.adopt(new PyIterator(type, source, inner.advance));
    }
    return callPrelude(m, '__rr_reversed', [v]);
  }
  if (v instanceof PyBytes || v instanceof PyByteArray || v instanceof PyMemoryView) {
    const items = drain(m, v);
    return items === STOP ? STOP : iterate(m, newList(m, [...(items as readonly Value[])].reverse()));
  }
  return typeError(m, `'${typeName(v)}' object is not reversible`);
});

function reversedList(m: Machine, it: PyIterator): Value {
  const l = it.source as PyList;
  const i = it.size - 1 - it.position;
  if (it.done || i < 0) return DONE;
  if (m.stopBefore(l)) return STOP;
  m.read(l, LENGTH, l.items.length);
  if (i >= l.items.length) {
    m.trail.set(it, 'done', true);
    return DONE;
  }
  m.read(l, i, l.items[i]);
  m.trail.set(it, 'position', it.position + 1);
  return l.items[i];
}

define('enumerate', (m, args, kw) => {
  const start = args[1] ?? kw?.get('start') ?? 0;
  if (!isNativeIterable(args[0])) return callPrelude(m, '__rr_enumerate', [args[0], start]);
  const inner = iterate(m, args[0]);
  return m.adopt(new PyIterator('enumerate', inner, enumerateNext, { extra: asIndex(start) ?? 0 }));
});

function enumerateNext(m: Machine, it: PyIterator): Value {
  const inner = it.source as PyIterator;
  const v = inner.advance(m, inner);
  if (v === DONE || v === STOP) return v;
  m.trail.set(it, 'position', it.position + 1);
  return new PyTuple([(it.extra as number) + it.position - 1, v]);
}

define('zip', (m, args, kw) => {
  const strict = simpleTruth(kw?.get('strict') ?? false) === true;
  if (strict || !args.every((a) => isNativeIterable(a))) return callPrelude(m, '__rr_zip', [new PyTuple(args), strict]);
  const inner = args.map((a) => iterate(m, a));
  return m.adopt(new PyIterator('zip', null, zipNext, { extra: inner }));
});

function zipNext(m: Machine, it: PyIterator): Value {
  const inner = it.extra as PyIterator[];
  if (inner.length === 0 || it.done) return DONE;
  // Stop before the first effect, should any of them be a visible read.
  for (const i of inner) if (i.source instanceof HeapObject && m.stopBefore(i.source)) return STOP;
  const out: Value[] = [];
  for (const i of inner) {
    const v = i.advance(m, i);
    if (v === DONE) {
      m.trail.set(it, 'done', true);
      return DONE;
    }
    if (v === STOP) return STOP;
    out.push(v);
  }
  return new PyTuple(out);
}
define('map', (m, args) => callPrelude(m, '__rr_map', [args[0], new PyTuple(args.slice(1))]), { pure: true });
define('filter', (m, args) => callPrelude(m, '__rr_filter', args), { pure: true });

// ---- numbers -------------------------------------------------------------------------------------

define(
  'abs',
  (m, args) => {
    const v = args[0] instanceof PyObject && args[0].payload !== undefined ? args[0].payload : args[0];
    if (isInt(v)) return Number(v) < 0 ? negate(toInt(v)) : toInt(v);
    if (v instanceof PyFloat) return new PyFloat(Math.abs(v.value));
    const user = userMethod(v, '__abs__');
    return user === undefined ? typeError(m, `bad operand type for abs(): '${typeName(v)}'`) : callFunction(m, user, [v], null);
  },
  { gil: 'call' },
);
define('divmod', (m, args) => {
  const [a, b] = args;
  if (isNumber(a) && isNumber(b)) {
    if (a instanceof PyFloat || b instanceof PyFloat) {
      if (toDouble(b) === 0) return raise(m, 'ZeroDivisionError', 'float divmod()');
      const [q, r] = floatDivmod(toDouble(a), toDouble(b));
      return new PyTuple([new PyFloat(q), new PyFloat(r)]);
    }
    return new PyTuple([arithmetic(m, '//', a, b), arithmetic(m, '%', a, b)]);
  }
  return callPrelude(m, '__rr_divmod', args);
});
define('pow', (m, args) => {
  const mod = args[2];
  if (mod === undefined || mod === null) return binary(m, '**', args[0], args[1]);
  if (!isInt(args[0]) || !isInt(args[1]) || !isInt(mod))
    return typeError(m, 'pow() 3rd argument not allowed unless all arguments are integers');
  let base = BigInt(toInt(args[0]));
  let e = BigInt(toInt(args[1]));
  const n = BigInt(toInt(mod));
  if (n === 0n) return raise(m, 'ValueError', 'pow() 3rd argument cannot be 0');
  const wrap = (x: bigint): bigint => ((x % n) + n) % n;
  if (e < 0n) {
    const inverse = modularInverse(wrap(base), n);
    if (inverse === null) return raise(m, 'ValueError', 'base is not invertible for the given modulus');
    base = inverse;
    e = -e;
  }
  let r = 1n;
  base = wrap(base);
  for (; e > 0n; e >>= 1n) {
    if (e & 1n) r = (r * base) % n;
    base = (base * base) % n;
  }
  return norm(wrap(r));
});

function modularInverse(a: bigint, n: bigint): bigint | null {
  let [r0, r1, s0, s1] = [a, n, 1n, 0n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  return r0 === 1n ? ((s0 % n) + n) % n : null;
}

define('round', (m, args, kw) => {
  const v = args[0] instanceof PyObject && args[0].payload !== undefined ? args[0].payload : args[0];
  const digits = args[1] ?? kw?.get('ndigits') ?? null;
  const user = userMethod(v, '__round__');
  if (user !== undefined) return callFunction(m, user, args, null);
  if (isInt(v)) {
    const n = digits === null ? 0 : (asIndex(digits) ?? 0);
    return n >= 0 ? toInt(v) : roundInt(toInt(v), -n);
  }
  if (v instanceof PyFloat) {
    if (digits === null) {
      if (Number.isNaN(v.value)) return raise(m, 'ValueError', 'cannot convert float NaN to integer');
      if (!Number.isFinite(v.value)) return raise(m, 'OverflowError', 'cannot convert float infinity to integer');
      return roundHalfEven(v.value);
    }
    const n = asIndex(digits) ?? 0;
    if (!Number.isFinite(v.value)) return v;
    if (n >= 0) return n > 22 ? v : new PyFloat(Number(`${v.value < 0 || Object.is(v.value, -0) ? '-' : ''}${fixed(v.value, n)}`));
    return new PyFloat(Number(roundInt(norm(BigInt(Math.round(v.value))), -n)));
  }
  return typeError(m, `type ${typeName(v)} doesn't define __round__ method`);
});

export function roundHalfEven(x: number): Int {
  const floor = Math.floor(x);
  const d = x - floor;
  const r = d > 0.5 || (d === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return norm(BigInt(r));
}

function roundInt(v: Int, places: number): Int {
  const unit = 10n ** BigInt(places);
  const n = BigInt(v);
  const q = n / unit;
  const rest = n - q * unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > unit || (twice === unit && q % 2n !== 0n);
  return norm((up ? q + (n < 0n ? -1n : 1n) : q) * unit);
}
for (const [name, base, prefix] of [
  ['bin', 2, '0b'],
  ['oct', 8, '0o'],
  ['hex', 16, '0x'],
] as const) {
  define(name, (m, args) => {
    const v = args[0] instanceof PyObject && args[0].payload !== undefined ? args[0].payload : args[0];
    if (!isInt(v)) return typeError(m, `'${typeName(v)}' object cannot be interpreted as an integer`);
    const n = BigInt(toInt(v));
    return `${n < 0n ? '-' : ''}${prefix}${(n < 0n ? -n : n).toString(base)}`;
  });
}
define('chr', (m, args) => {
  const n = asIndex(args[0]);
  if (n === undefined) return typeError(m, `'${typeName(args[0])}' object cannot be interpreted as an integer`);
  if (typeof args[0] === 'bigint') return raise(m, 'OverflowError', 'Python int too large to convert to C int');
  return n < 0 || n > 0x10ffff ? raise(m, 'ValueError', 'chr() arg not in range(0x110000)') : String.fromCodePoint(n);
});
define('ord', (m, args) => {
  const s = args[0];
  if (s instanceof PyBytes && s.value.length === 1) return s.value[0];
  if (typeof s !== 'string') return typeError(m, `ord() expected string of length 1, but ${typeName(s)} found`);
  const p = Array.from(s);
  return p.length === 1 ? p[0]?.codePointAt(0) : typeError(m, `ord() expected a character, but string of length ${p.length} found`);
});

// ---- objects -------------------------------------------------------------------------------------

define(
  'id',
  (_m, args) => {
    const v = args[0];
    if (v instanceof HeapObject) return 0x7f0000000000 + v.id * 16;
    if (typeof v === 'number') return 0x560000000000 + v * 32;
    const s = reprOf(v) ?? '';
    let h = 0;
    for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) >>> 0;
    return 0x550000000000 + h * 16;
  },
  { pure: true },
);
define(
  'hash',
  (m, args) => {
    const v = args[0];
    const user = userMethod(v, '__hash__');
    if (user !== undefined && user !== null) return callFunction(m, user, [v], null);
    if (v instanceof PyTuple && canon(m, v) === USER_KEY) return callPrelude(m, '__rr_hash_tuple', [v]);
    if (v instanceof PyObject && canonIsUser(m, v)) return 0x7f0000000 + v.id;
    const c = canon(m, v);
    if (typeof c === 'number') return Number.isInteger(c) ? (c === -1 ? -2 : c) : hashText(String(c));
    if (typeof c === 'bigint') {
      const r = c % 2305843009213693951n;
      return norm(r);
    }
    return hashText(typeof c === 'symbol' ? '' : String(c));
  },
  { pure: true },
);

function canonIsUser(m: Machine, v: PyObject): boolean {
  return canon(m, v) === USER_KEY;
}

function hashText(s: string): number {
  let h = 5381;
  for (let i = 0; i < s.length; i++) h = (h * 33 + s.charCodeAt(i)) % 4503599627370496;
  return h;
}

export function instanceCheck(m: Machine, v: Value, cls: Value): Value {
  if (cls instanceof PyTuple) {
    for (const c of cls.items) {
      const r = instanceCheck(m, v, c);
      if (r === PUSHED) return callPrelude(m, '__rr_isinstance_any', [v, cls]);
      if (r !== false) return r;
    }
    return false;
  }
  if (cls instanceof PyClass) {
    if (v instanceof Opaque) return opaqueTruth(m, v, 'isinstance', cls);
    if (isSubclass(classOf(v), cls)) return true;
    const virtual = abstractCheck(v, cls) === true || isRegistered(m, classOf(v), cls);
    if (virtual) return true;
    if (!cls.meta.builtin) {
      const check = lookup(cls.meta, '__instancecheck__');
      if (check !== undefined && !(check instanceof Native)) return callFunction(m, check, [cls, v], null);
    }
    return false;
  }
  if (cls instanceof PyObject && cls.cls === aliasClass) {
    const union = cls.attrs?.get('__union__');
    if (union instanceof PyTuple) return instanceCheck(m, v, union);
    return instanceCheck(m, v, cls.attrs?.get('__origin__'));
  }
  if (cls === null) return v === null;
  // Nothing is an instance of its own type alone.
  if (cls instanceof Opaque) return v !== null && opaqueTruth(m, v, 'isinstance', cls);
  return typeError(m, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
}

/** collections.abc and numbers: what they accept by structure. */
function abstractCheck(v: Value, cls: PyClass): boolean | undefined {
  const names = cls.dict.get('__rr_protocol__');
  if (!(names instanceof PyTuple)) return undefined;
  // A protocol of the program.
  if (!cls.builtin && cls.module === '__main__')
    return names.items.every(
      (n) => lookup(classOf(v), String(n)) !== undefined || (v instanceof PyObject && v.attrs?.has(String(n)) === true),
    );
  if (cls.module !== 'collections.abc' && cls.module !== 'numbers' && cls.module !== 'typing') return undefined;
  if (cls.name === 'Callable') return isCallable(v);
  if (cls.name === 'Sequence' || cls.name === 'MutableSequence')
    return (
      v instanceof PyList ||
      (cls.name === 'Sequence' && (v instanceof PyTuple || typeof v === 'string' || v instanceof PyRange || v instanceof PyBytes)) ||
      v instanceof PyDeque
    );
  if (cls.name === 'Mapping' || cls.name === 'MutableMapping') return v instanceof PyDict;
  if (cls.name === 'Set' || cls.name === 'MutableSet') return v instanceof PySet || (cls.name === 'Set' && v instanceof DictView);
  if (cls.name === 'Number' || cls.name === 'Real' || cls.name === 'Integral' || cls.name === 'Rational')
    return isInt(v) || (v instanceof PyFloat && (cls.name === 'Number' || cls.name === 'Real'));
  if (cls.name === 'Iterable' || cls.name === 'Collection' || cls.name === 'Container' || cls.name === 'Sized') {
    if (isNativeIterable(v) && !(v instanceof PyIterator && cls.name !== 'Iterable')) return true;
  }
  if (cls.name === 'Iterator' || cls.name === 'Iterable')
    if (v instanceof PyIterator || (v instanceof Generator && v.type === 'generator')) return true;
  if (cls.name === 'Generator') return v instanceof Generator && v.type === 'generator';
  if (cls.name === 'Coroutine' || cls.name === 'Awaitable') if (v instanceof Generator && v.type === 'coroutine') return true;
  if (cls.name === 'Hashable') {
    const h = v instanceof PyObject ? lookup(v.cls, '__hash__') : undefined;
    return !(v instanceof PyList || v instanceof PyDict || (v instanceof PySet && v.cls.layout === 'set')) && h !== null;
  }
  const type = classOf(v);
  return names.items.length > 0 && names.items.every((n) => typeof n === 'string' && lookup(type, n) !== undefined);
}

define(
  'isinstance',
  (m, args) => {
    atLeast(m, 'isinstance', args, 2, 2);
    return instanceCheck(m, args[0], args[1]);
  },
  { pure: true, gil: 'hot' },
);
define(
  'issubclass',
  (m, args) => {
    const [a, b] = args;
    if (!(a instanceof PyClass))
      return a instanceof Opaque ? opaqueTruth(m, a, 'issubclass', b) : typeError(m, 'issubclass() arg 1 must be a class');
    const test = (c: Value): boolean =>
      c instanceof PyTuple
        ? c.items.some(test)
        : c instanceof PyClass
          ? isSubclass(a, c) || byStructure(a, c) === true || isRegistered(m, a, c)
          : typeError(m, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
    return test(b);
  },
  { pure: true },
);

export function isCallable(v: Value): boolean {
  return (
    v instanceof Closure ||
    v instanceof Native ||
    v instanceof BoundMethod ||
    v instanceof PyClass ||
    v instanceof Opaque ||
    (v instanceof PyObject && lookup(v.cls, '__call__') !== undefined) ||
    typeName(v) === 'staticmethod'
  );
}
define('callable', (_m, args) => isCallable(args[0]), { pure: true });

const noDefault = Symbol('none');
void noDefault;
define(
  'getattr',
  (m, args) => {
    const name = args[1];
    if (typeof name !== 'string') return typeError(m, `attribute name must be string, not '${typeName(name)}'`);
    if (args.length < 3) return getAttr(m, args[0], name);
    return attributeOr(m, args[0], name, args[2]);
  },
  { pure: true },
);

function attributeOr(m: Machine, o: Value, name: string, fallback: Value): Value {
  if (mayRun(o, name)) return callPrelude(m, '__rr_getattr', [o, name, fallback]);
  try {
    const v = find(m, o, name);
    return v === undefined ? fallback : v;
  } catch (e) {
    if (matchesName((e as { value?: Value }).value, 'AttributeError')) return fallback;
    throw e;
  }
}

/** May looking the attribute up run the program's code? */
function mayRun(o: Value, name: string): boolean {
  if (o instanceof PyObject) {
    if (o.cls.hasGetAttribute || (!o.cls.builtin && lookup(o.cls, '__getattr__') !== undefined)) return true;
    const found = lookup(o.cls, name);
    return (
      found !== undefined &&
      typeof found === 'object' &&
      found !== null &&
      (typeName(found) === 'property' || (found instanceof PyObject && lookup(found.cls, '__get__') !== undefined))
    );
  }
  return o instanceof PyClass && !o.meta.builtin;
}
define(
  'hasattr',
  (m, args) => {
    const [o, name] = args;
    if (typeof name !== 'string') return typeError(m, `attribute name must be string, not '${typeName(name)}'`);
    if (mayRun(o, name)) return callPrelude(m, '__rr_hasattr', [o, name]);
    const v = find(m, o, name);
    return v === STOP ? STOP : v !== undefined;
  },
  { pure: true },
);
define(
  'setattr',
  (m, args) => {
    const r = setAttr(m, args[0], String(args[1]), args[2]);
    return r === undefined ? null : r;
  },
  { pure: true },
);
define(
  'delattr',
  (m, args) => {
    const r = delAttr(m, args[0], String(args[1]));
    return r === undefined ? null : r;
  },
  { pure: true },
);
define('vars', (m, args) => {
  const o = args[0];
  if (o instanceof PyObject || o instanceof PyClass || o instanceof Namespace) return attributesDict(m, o);
  return typeError(m, 'vars() argument must have __dict__ attribute');
});
define(
  'dir',
  (m, args) => {
    const o = args[0];
    const names = new Set<string>();
    if (o instanceof PyObject && o.attrs) for (const k of o.attrs.keys()) names.add(k);
    if (o instanceof Namespace)
      for (const [k, c] of o.cells) if (typeof c.value !== 'object' || typeName(c.value) !== 'unbound') names.add(k);
    if (o instanceof PyModule) for (const k of o.values.keys()) names.add(k);
    const cls = o instanceof PyClass ? o : classOf(o);
    for (const c of cls.mro) for (const k of c.dict.keys()) names.add(k);
    return newList(m, [...names].sort());
  },
  { pure: true },
);
define(
  'super',
  (m, args) => {
    if (args.length < 2) return raise(m, 'RuntimeError', 'super(): no arguments');
    return makeSuper(m, args[0], args[1]);
  },
  { pure: true },
);

export function makeSuper(m: Machine, cls: Value, self: Value): Value {
  if (!(cls instanceof PyClass)) return typeError(m, `super() argument 1 must be a type, not ${typeName(cls)}`);
  if (self instanceof PyClass && isSubclass(self, cls)) return new SuperObject(cls, self, self);
  const start = classOf(self);
  if (!isSubclass(start, cls)) return typeError(m, 'super(type, obj): obj must be an instance or subtype of type');
  return new SuperObject(cls, self, start);
}

define(
  'globals',
  (m) => {
    const top = m.fiber?.top;
    const ns = top ? m.namespaceOf(top.code) : null;
    return ns ? attributesDict(m, ns) : null;
  },
  { pure: true },
);
define(
  'locals',
  (m) => {
    const top = m.fiber?.top;
    if (!top) return null;
    const pairs: [Value, Value][] = [];
    if (top.code.fn.kind === 'module') return attributesDict(m, m.namespaceOf(top.code));
    if (top.code.fn.kind === 'classBody') return makeDictFrom(m, [...bodyOf(m, top)]);
    for (const l of top.code.locals) {
      const v = top.registers[l.register];
      const value = l.isCell && v instanceof HeapObject && 'value' in v ? (v as unknown as { value: Value }).value : v;
      if (typeof value !== 'object' || value === null || typeName(value) !== 'object') pairs.push([l.name, value]);
    }
    return makeDictFrom(m, pairs);
  },
  { pure: true },
);
for (const name of ['eval', 'exec', 'compile', 'breakpoint', 'help']) {
  define(name, () => {
    throw new Unsupported(`${name}()`);
  });
}
for (const name of ['exit', 'quit'])
  define(name, (m, args) => raise(m, 'SystemExit', ...(args.length > 0 ? [args[0]] : [])), { pure: true });

/** type(name, bases, dict). */
export function typeCall(m: Machine, args: readonly Value[], meta: PyClass): Value {
  const [name, bases, dict] = args;
  if (typeof name !== 'string' || !(bases instanceof PyTuple) || !(dict instanceof PyDict))
    return typeError(m, 'type() takes 1 or 3 arguments');
  const names = new Map<string, Value>();
  for (const e of entriesOf(dict)) if (typeof e.key === 'string') names.set(e.key, e.value);
  const list = bases.items.filter((b): b is PyClass => b instanceof PyClass);
  return buildClass(m, name, list.length === 0 ? [builtinClasses.get('object') as PyClass] : list, names, meta);
}

export { attributeError, compareNumbers, truth };
