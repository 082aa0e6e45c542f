/** Array: what needs none of the program's code. Methods with callbacks are in the prelude. */
import { STOP, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { LENGTH, Opaque, STRUCTURE, type Value } from '../../values.ts';
import { prototypeFor } from '../calls.ts';
import { integerOf, toText } from '../convert.ts';
import { prelude } from '../iteration.ts';
import { objectToString } from './object.ts';
import { chain, forCount, isObject, newArray, throwError } from '../objects.ts';
import { getProperty, setElement, setLength } from '../properties.ts';
import { state } from '../state.ts';
import { HOLE, JsArray, JsFunction, JsIterator, type JsObject } from '../values.ts';
import { constructor, getter, method, methods, symbolMethod, known, computing } from './define.ts';

const onArrayLike = [
  ...['push', 'pop', 'shift', 'unshift', 'splice', 'reverse', 'fill'],
  ...['slice', 'concat', 'join', 'indexOf', 'lastIndexOf', 'includes', 'at', 'flat', 'with', 'toReversed', 'toSpliced'],
];

export function self(m: Machine, v: Value): JsArray {
  if (v instanceof JsArray) return v;
  if (v === undefined || v === null) throwError(m, 'TypeError', 'Array.prototype method called on null or undefined');
  throw new Unsupported('an array method on something that is not an array');
}

/** Logs that everything in the array is read. */
export function readAll(m: Machine, a: JsArray): void {
  if (!a.shared) return;
  m.read(a, STRUCTURE, undefined);
  m.read(a, LENGTH, a.items.length);
  for (let i = 0; i < a.items.length; i++) m.read(a, i, a.items[i] === HOLE ? undefined : a.items[i]);
}

/** Replaces part of the array: elements move, so its structure changes. */
function restructure(m: Machine, a: JsArray, start: number, count: number, items: readonly Value[]): Value[] {
  if (a.slot === 'frozen' || (!a.extensible && items.length !== count)) {
    throwError(
      m,
      'TypeError',
      items.length > count
        ? `Cannot add property ${a.items.length}, object is not extensible`
        : `Cannot delete property '${Math.max(0, a.items.length - 1)}' of [object Array]`,
    );
  }
  if (a.shared) {
    for (let i = start; i < start + count; i++) m.read(a, i, a.items[i]);
    const atEnd = start + count === a.items.length;
    if (items.length !== count) {
      m.write(a, LENGTH, a.items.length - count + items.length, a.items.length);
      if (!atEnd) m.write(a, STRUCTURE, undefined, null);
    }
    items.forEach((v, i) => {
      m.write(a, start + i, v, a.items[start + i]);
      m.escape(a, v);
    });
    if (atEnd) for (let i = start + items.length; i < start + count; i++) m.remove(a, i, a.items[i]);
    if (!atEnd || start === 0) m.read(a, STRUCTURE, undefined);
  }
  return m.trail.splice(a.items, start, count, items);
}

/** Where an index that is not known is: at one of the first places, or past the end. Undefined: the step is to end for the question. */
function placed(m: Machine, v: Value, length: number): Value {
  if (!(v instanceof Opaque)) return v;
  const found = m.resolvedNumber(v) ?? m.resolveKey(v, Array(length).keys());
  return found === undefined ? STOP : typeof found === 'number' ? found : length;
}

/** A number of things that is not known: one, or none. */
function counted(m: Machine, v: Value): Value {
  if (!(v instanceof Opaque)) return v;
  return m.resolvedNumber(v) ?? m.resolveNumber(v, '>', 0) ?? STOP;
}

function relative(m: Machine, v: Value, length: number, missing: number): number {
  const n = integerOf(m, v, missing);
  return n < 0 ? Math.max(length + n, 0) : Math.min(n, length);
}

const present = (v: Value | undefined): Value => (v === HOLE ? undefined : v);

export function sameValueZero(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b));
}

/** Whether one of the items is what is looked for has to be asked: no item is it for certain, and something is not known. */
function isUnknownAmong({ items }: JsArray, [sought]: readonly Value[]): boolean {
  return !items.includes(sought) && (sought instanceof Opaque ? items.length > 0 : items.some((v) => v instanceof Opaque));
}

/** `indexOf`, item by item: each that may be it is asked about. */
function askedIndex(m: Machine, { items }: JsArray, [sought, from]: readonly Value[]): Value {
  return prelude(m, 'indexOfUnknown', [newArray(m, items.slice()), sought, relative(m, from, items.length, 0)]);
}

/** Array of the same kind, as ArraySpeciesCreate does for subclasses. */
export function species(m: Machine, like: JsArray, items: Value[]): JsArray {
  const a = newArray(m, items);
  if (like.className === 'Array' && like.proto !== state(m).intrinsics.Array) a.proto = like.proto;
  return a;
}

function join(m: Machine, items: readonly Value[], separator: string): Value {
  const texts: string[] = [];
  return forCount(
    m,
    items.length,
    (n, i) => {
      const v = present(items[i]);
      if (v === undefined || v === null) {
        texts[i] = '';
        return undefined;
      }
      return chain(n, toText(n, v), (_, text) => {
        texts[i] = text as string;
        return undefined;
      });
    },
    () => texts.join(separator),
  );
}

function flatten(m: Machine, items: readonly Value[], depth: number, out: Value[]): void {
  for (const v of items) {
    if (v === HOLE) continue;
    if (v instanceof JsArray && depth > 0) {
      readAll(m, v);
      flatten(m, v.items, depth - 1, out);
    } else out.push(v);
  }
}

/** Array.isArray: a proxy of an array is one. */
export function isArray(v: Value): boolean {
  if (isObject(v) && v.proxy !== null) return isArray(v.proxy.target);
  return v instanceof JsArray && v.className === 'Array';
}

export function installArray(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.Array;
  const f = constructor(m, 'Array', 1, proto, (n, _t, args, newTarget) => {
    const a = newArray(n, []);
    if (newTarget !== undefined) a.proto = prototypeFor(n, newTarget, proto);
    const first =
      args.length === 1 && args[0] instanceof Opaque ? (n.resolvedNumber(args[0]) ?? n.resolveNumber(args[0], '>', 1) ?? STOP) : args[0];
    if (first === STOP) return STOP;
    if (args.length === 1 && typeof first === 'number') setLength(n, a, first);
    else a.items.push(...args);
    return a;
  });
  getter(m, f, s.symbols.species, (_n, t) => t);
  methods(m, f, {
    isArray: [1, (_n, _t, [v]) => isArray(known(v))],
    of: [0, (n, _t, args) => newArray(n, [...args])],
  });
  methods(m, proto, {
    push: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        for (const v of args) setElement(n, a, a.items.length, v);
        if (args.length === 0) n.read(a, LENGTH, a.items.length);
        return a.items.length;
      },
    ],
    pop: [
      0,
      (n, t) => {
        const a = self(n, t);
        if (a.items.length === 0) {
          n.read(a, LENGTH, 0);
          return undefined;
        }
        return present(restructure(n, a, a.items.length - 1, 1, [])[0]);
      },
    ],
    shift: [
      0,
      (n, t) => {
        const a = self(n, t);
        if (a.items.length === 0) {
          n.read(a, LENGTH, 0);
          return undefined;
        }
        return present(restructure(n, a, 0, 1, [])[0]);
      },
    ],
    unshift: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        restructure(n, a, 0, 0, args);
        return a.items.length;
      },
    ],
    splice: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        const at = placed(n, args[0], a.items.length);
        const many = at === STOP ? STOP : counted(n, args[1]);
        if (many === STOP) return STOP;
        const start = relative(n, at, a.items.length, 0);
        const count =
          args.length === 0
            ? 0
            : args.length === 1
              ? a.items.length - start
              : Math.min(Math.max(integerOf(n, many), 0), a.items.length - start);
        n.read(a, LENGTH, a.items.length);
        return species(n, a, restructure(n, a, start, count, args.slice(2)));
      },
    ],
    slice: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        return species(n, a, a.items.slice(relative(n, args[0], a.items.length, 0), relative(n, args[1], a.items.length, a.items.length)));
      },
    ],
    concat: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        const out = [...a.items];
        for (const v of args) {
          if (v instanceof JsArray && v.className === 'Array') {
            readAll(n, v);
            out.push(...v.items);
          } else out.push(v);
        }
        return species(n, a, out);
      },
    ],
    join: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        return chain(n, args[0] === undefined ? ',' : toText(n, args[0]), (k, text) => join(k, a.items.slice(), text as string));
      },
    ],
    reverse: [
      0,
      (n, t) => {
        const a = self(n, t);
        restructure(n, a, 0, a.items.length, a.items.slice().reverse());
        return a;
      },
    ],
    indexOf: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        if (isUnknownAmong(a, args)) return askedIndex(n, a, args);
        return a.items.indexOf(args[0], relative(n, args[1], a.items.length, 0));
      },
    ],
    lastIndexOf: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        const from = args.length > 1 ? integerOf(n, args[1]) : a.items.length - 1;
        if (isUnknownAmong(a, args))
          return prelude(n, 'lastIndexOfUnknown', [
            newArray(n, a.items.slice()),
            args[0],
            from < 0 ? a.items.length + from : Math.min(from, a.items.length - 1),
          ]);
        return a.items.lastIndexOf(args[0], from);
      },
    ],
    includes: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        if (isUnknownAmong(a, args)) return chain(n, askedIndex(n, a, args), (_, at) => at !== -1);
        return a.items.slice(relative(n, args[1], a.items.length, 0)).some((v) => sameValueZero(present(v), args[0]));
      },
    ],
    at: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        const k = integerOf(n, args[0]);
        return getProperty(n, a, String(k < 0 ? a.items.length + k : k), a);
      },
    ],
    fill: [
      1,
      (n, t, args) => {
        const a = self(n, t);
        const from = placed(n, args[1], a.items.length);
        const to = from === STOP ? STOP : placed(n, args[2], a.items.length);
        if (to === STOP) return STOP;
        const end = relative(n, to, a.items.length, a.items.length);
        for (let i = relative(n, from, a.items.length, 0); i < end; i++) setElement(n, a, i, args[0]);
        return a;
      },
    ],
    flat: [
      0,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        const depth = counted(n, args[0]);
        if (depth === STOP) return STOP;
        const out: Value[] = [];
        flatten(n, a.items, integerOf(n, depth, 1), out);
        return newArray(n, out);
      },
    ],
    copyWithin: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        const copy = a.items.slice();
        const places: Value[] = [];
        for (const x of args) {
          const at = placed(n, x, copy.length);
          if (at === STOP) return STOP;
          places.push(at);
        }
        const numbers = places.map((x, i) => (x === undefined && i === 2 ? copy.length : integerOf(n, x)));
        copy.copyWithin(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2]);
        restructure(n, a, 0, a.items.length, copy);
        return a;
      },
    ],
    toReversed: [
      0,
      (n, t) => {
        const a = self(n, t);
        readAll(n, a);
        return newArray(n, a.items.map(present).reverse());
      },
    ],
    toSpliced: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        const copy = a.items.map(present);
        const start = relative(n, args[0], copy.length, 0);
        const count =
          args.length === 0
            ? 0
            : args.length === 1
              ? copy.length - start
              : Math.min(Math.max(integerOf(n, args[1]), 0), copy.length - start);
        copy.splice(start, count, ...args.slice(2));
        return newArray(n, copy);
      },
    ],
    with: [
      2,
      (n, t, args) => {
        const a = self(n, t);
        readAll(n, a);
        const k = integerOf(n, args[0]);
        const at = k < 0 ? a.items.length + k : k;
        if (at < 0 || at >= a.items.length) throwError(n, 'RangeError', `Invalid index : ${k}`);
        const copy = a.items.map(present);
        copy[at] = args[1];
        return newArray(n, copy);
      },
    ],
    keys: [0, (n, t) => iterator(n, t, 'keys')],
    entries: [0, (n, t) => iterator(n, t, 'entries')],
    values: [0, (n, t) => iterator(n, t, 'values')],
    toString: method(0, (n, t) => {
      if (!isObject(t)) return '';
      return chain(n, getProperty(n, t, 'join', t), (k, j) =>
        j instanceof JsFunction ? k.ops.call(k, j, t, [], null) : objectToString(k, t),
      );
    }),
    toLocaleString: method(0, (n, t) => join(n, self(n, t).items, ',')),
  });
  // On anything else the prelude does it, an access at a time.
  for (const name of onArrayLike) {
    const own = proto.properties.get(name)?.value;
    const inner = own instanceof JsFunction ? own.native : null;
    if (!(own instanceof JsFunction) || !inner) continue;
    own.native = (n, t, args, newTarget) =>
      t instanceof JsArray || !isObject(t) ? inner(n, t, args, newTarget) : prelude(n, 'genericArray', [name, t, newArray(n, [...args])]);
  }
  computing(f, ['isArray']);
  computing(proto, ['slice', 'indexOf', 'lastIndexOf', 'includes', 'at', 'with', 'toSpliced']);
  s.arrayValues = proto.properties.get('values')?.value;
  symbolMethod(m, proto, s.symbols.iterator, 'values', () => undefined);
  const own = proto.properties.get(s.symbols.iterator);
  if (own) own.value = s.arrayValues;
  s.arrayIteratorNext = s.intrinsics.ArrayIterator.properties.get('next')?.value;
}

function iterator(m: Machine, t: Value, kind: 'keys' | 'values' | 'entries'): Value {
  if (t === undefined || t === null) throwError(m, 'TypeError', 'Cannot convert undefined or null to object');
  return m.adopt(new JsIterator(state(m).intrinsics.ArrayIterator, t, kind, 'Array Iterator'));
}

/** Stable sort of host values by the default order (texts); for arrays of primitives. */
export function defaultOrder(a: Value, b: Value): number {
  const x = String(a);
  const y = String(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Puts a permutation of an array's elements back into it (sort). */
export function reorder(m: Machine, a: JsArray, items: readonly Value[]): void {
  if (a.shared) {
    readAll(m, a);
    m.write(a, STRUCTURE, undefined, null);
  }
  if (a.slot === 'frozen' && items.length > 0)
    throwError(m, 'TypeError', "Cannot assign to read only property '0' of object '[object Array]'");
  m.trail.splice(a.items, 0, a.items.length, items);
}

export type { JsObject };
