/** random, math, sys, logging, uuid, copy, operator, heapq, json and other small modules. */
import { type Native, STOP, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, PyFloat, PyTuple, type Value } from '../../values.ts';
import { binary } from '../arithmetic.ts';
import { builtins } from '../builtins.ts';
import { callFunction } from '../calls.ts';
import { compare } from '../compare.ts';
import { raise, typeError } from '../errors.ts';
import { isIndexed } from '../indices.ts';
import { drain } from '../iteration.ts';
import { defineModule, native } from '../library.ts';
import { newList, restructure } from '../lists.ts';
import { asIndex, isInt, isNumber, norm, toDouble, toInt } from '../numbers.ts';
import { NativeAttribute, PyList, PyObject } from '../objects.ts';
import { unmodelled } from '../opaque.ts';
import { callPrelude } from '../runtime.ts';
import { stringRepr } from '../text.ts';
import { makeBuiltin, objectClass, tupleClass, typeName } from '../types.ts';
import { jsonOf, parseJson } from '../unknown-text.ts';

const pure = { pure: true };

// ---- random: a data choice between few values ------------------------------------------------------

/** One of the values, as the explorer chooses; of many only the ends are tried, which is noted. */
function pick(m: Machine, what: string, values: readonly Value[]): Value {
  const few = values.length <= 3 ? values : [values[0], values.at(-1)];
  if (values.length > 3) m.noteBound('random values', 'of a large range of random values only the ends were tried');
  const i = m.choose(
    what,
    few.map((v) => m.ops.show(v)),
  );
  return i < 0 ? STOP : few[i];
}

function integers(from: number, to: number, step = 1): number[] {
  const n = Math.max(0, Math.ceil((to - from) / step));
  if (n <= 3) return Array.from({ length: n }, (_, i) => from + i * step);
  return [from, from + step, from + (n - 2) * step, from + (n - 1) * step];
}

defineModule('random', {}, 'random');
defineModule('random', {
  randint: native(
    'randint',
    (m, args) => {
      const a = asIndex(args[0]) ?? 0;
      const b = asIndex(args[1]) ?? 0;
      return b < a
        ? raise(m, 'ValueError', `empty range for randrange() (${a}, ${b + 1}, ${b + 1 - a})`)
        : pick(m, `randint(${a}, ${b})`, integers(a, b + 1));
    },
    pure,
  ),
  randrange: native(
    'randrange',
    (m, args) => {
      const a = args.length > 1 ? (asIndex(args[0]) ?? 0) : 0;
      const b = asIndex(args[args.length > 1 ? 1 : 0]) ?? 0;
      const values = integers(a, b, asIndex(args[2] ?? 1) ?? 1);
      return values.length === 0
        ? raise(m, 'ValueError', `empty range for randrange() (${a}, ${b}, ${b - a})`)
        : pick(m, `randrange(${a}, ${b})`, values);
    },
    pure,
  ),
  choice: native('choice', (m, args) => {
    const items = drain(m, args[0]);
    if (items === STOP) return STOP;
    if (items === null) return callPrelude(m, '__rr_call', [builtins.get('next') as Value, new PyTuple([args[0]]), m.ops.makeDict(m)]);
    const list = items as Value[];
    return list.length === 0 ? raise(m, 'IndexError', 'Cannot choose from an empty sequence') : pick(m, 'choice', list);
  }),
  random: native(
    'random',
    (m) => {
      m.noteBound('random values', 'random fractions are taken to be one half');
      return new PyFloat(0.5);
    },
    pure,
  ),
  uniform: native(
    'uniform',
    (m, args) => {
      m.noteBound('random values', 'random fractions are taken to be one half');
      return new PyFloat((isNumber(args[0]) ? toDouble(args[0]) : 0) / 2 + (isNumber(args[1]) ? toDouble(args[1]) : 0) / 2);
    },
    pure,
  ),
  seed: native('seed', () => null, pure),
  shuffle: native('shuffle', (m, args) => {
    const l = args[0];
    m.noteBound('random values', 'shuffling leaves the order as it is');
    if (l instanceof PyList) restructure(m, l);
    return null;
  }),
  sample: native('sample', (m, args) => {
    const items = drain(m, args[0]);
    return items === null || items === STOP ? STOP : newList(m, (items as Value[]).slice(0, asIndex(args[1]) ?? 0));
  }),
  getrandbits: native('getrandbits', (m, args) => pick(m, 'getrandbits', integers(0, 2 ** (asIndex(args[0]) ?? 1))), pure),
});

// ---- math ------------------------------------------------------------------------------------------

const real = (m: Machine, v: Value): number =>
  isNumber(v)
    ? toDouble(v)
    : v instanceof PyObject && isNumber(v.payload as Value)
      ? toDouble(v.payload as number)
      : typeError(m, `must be real number, not ${typeName(v)}`);
const unary = (name: string, fn: (x: number) => number): Native =>
  native(
    name,
    (m, args) => {
      const x = real(m, args[0]);
      const r = fn(x);
      if (Number.isNaN(r) && !Number.isNaN(x)) return raise(m, 'ValueError', 'math domain error');
      return new PyFloat(r);
    },
    pure,
  );
const rounding = (name: string, fn: (x: number) => number): Native =>
  native(name, (m, args) => (isInt(args[0]) ? toInt(args[0]) : norm(BigInt(fn(real(m, args[0]))))), pure);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
defineModule('math', {
  pi: new PyFloat(Math.PI),
  e: new PyFloat(Math.E),
  tau: new PyFloat(2 * Math.PI),
  inf: new PyFloat(Infinity),
  nan: new PyFloat(NaN),
  ...Object.fromEntries(
    (['sqrt', 'exp', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'log2', 'log10', 'sinh', 'cosh', 'tanh', 'cbrt'] as const).map((n) => [
      n,
      unary(n, Math[n]),
    ]),
  ),
  fabs: unary('fabs', Math.abs),
  radians: unary('radians', (x) => (x * Math.PI) / 180),
  degrees: unary('degrees', (x) => (x * 180) / Math.PI),
  log: native(
    'log',
    (m, args) => {
      const x = real(m, args[0]);
      if (x <= 0) return raise(m, 'ValueError', 'math domain error');
      return new PyFloat(args.length > 1 ? Math.log(x) / Math.log(real(m, args[1])) : Math.log(x));
    },
    pure,
  ),
  floor: rounding('floor', Math.floor),
  ceil: rounding('ceil', Math.ceil),
  trunc: rounding('trunc', Math.trunc),
  pow: native('pow', (m, args) => new PyFloat(real(m, args[0]) ** real(m, args[1])), pure),
  hypot: native('hypot', (m, args) => new PyFloat(Math.hypot(...args.map((a) => real(m, a)))), pure),
  atan2: native('atan2', (m, args) => new PyFloat(Math.atan2(real(m, args[0]), real(m, args[1]))), pure),
  fmod: native('fmod', (m, args) => new PyFloat(real(m, args[0]) % real(m, args[1])), pure),
  copysign: native(
    'copysign',
    (m, args) => new PyFloat(Math.abs(real(m, args[0])) * (real(m, args[1]) < 0 || Object.is(real(m, args[1]), -0) ? -1 : 1)),
    pure,
  ),
  isnan: native('isnan', (m, args) => Number.isNaN(real(m, args[0])), pure),
  isinf: native('isinf', (m, args) => Math.abs(real(m, args[0])) === Infinity, pure),
  isfinite: native('isfinite', (m, args) => Number.isFinite(real(m, args[0])), pure),
  isclose: native(
    'isclose',
    (m, args, kw) => {
      const a = real(m, args[0]);
      const b = real(m, args[1]);
      const rel = real(m, kw?.get('rel_tol') ?? new PyFloat(1e-9));
      const abs = real(m, kw?.get('abs_tol') ?? new PyFloat(0));
      return a === b || Math.abs(a - b) <= Math.max(rel * Math.max(Math.abs(a), Math.abs(b)), abs);
    },
    pure,
  ),
  gcd: native('gcd', (_m, args) => norm(args.reduce<bigint>((a, v) => gcd(a, BigInt(v as number)), 0n)), pure),
  lcm: native(
    'lcm',
    (_m, args) =>
      norm(
        args.reduce<bigint>((a, v) => {
          const b = BigInt(v as number);
          const g = gcd(a, b);
          return g === 0n ? 0n : (a * b) / g < 0n ? -((a * b) / g) : (a * b) / g;
        }, 1n),
      ),
    pure,
  ),
  factorial: native(
    'factorial',
    (m, args) => {
      const n = asIndex(args[0]) ?? 0;
      if (n < 0) return raise(m, 'ValueError', 'factorial() not defined for negative values');
      let r = 1n;
      for (let i = 2n; i <= BigInt(n); i++) r *= i;
      return norm(r);
    },
    pure,
  ),
  isqrt: native(
    'isqrt',
    (_m, args) => {
      const n = BigInt(args[0] as number);
      let x = BigInt(Math.floor(Math.sqrt(Number(n))));
      while (x * x > n) x--;
      while ((x + 1n) * (x + 1n) <= n) x++;
      return norm(x);
    },
    pure,
  ),
  comb: native(
    'comb',
    (_m, args) => {
      const n = BigInt(args[0] as number);
      const k = BigInt(args[1] as number);
      let r = 1n;
      for (let i = 0n; i < k; i++) r = (r * (n - i)) / (i + 1n);
      return norm(k > n ? 0n : r);
    },
    pure,
  ),
  prod: native('prod', (m, args, kw) => {
    const items = drain(m, args[0]);
    if (items === null || items === STOP) return STOP;
    return (items as Value[]).reduce<Value>((a, v) => binary(m, '*', a, v), kw?.get('start') ?? 1);
  }),
  fsum: native('fsum', (m, args) => {
    const items = drain(m, args[0]);
    return items === null || items === STOP ? STOP : new PyFloat((items as Value[]).reduce<number>((a, v) => a + real(m, v), 0));
  }),
});

// ---- operator --------------------------------------------------------------------------------------

const operators: Record<string, Value> = {};
for (const [name, op] of [
  ['add', '+'],
  ['sub', '-'],
  ['mul', '*'],
  ['truediv', '/'],
  ['floordiv', '//'],
  ['mod', '%'],
  ['pow', '**'],
  ['and_', '&'],
  ['or_', '|'],
  ['xor', '^'],
  ['lshift', '<<'],
  ['rshift', '>>'],
] as const)
  operators[name] = native(name, (m, args) => binary(m, op, args[0], args[1]));
for (const [name, op] of [
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
  ['is_', 'is'],
  ['is_not', 'is not'],
] as const)
  operators[name] = native(name, (m, args) => compare(m, op, args[0], args[1]));
operators.neg = native('neg', (m, args) => m.ops.unary(m, '-', args[0]));
operators.not_ = native('not_', (m, args) => m.ops.unary(m, 'not', args[0]));
operators.contains = native('contains', (m, args) => compare(m, 'in', args[1], args[0]));
operators.getitem = native('getitem', (m, args) => m.ops.getIndex(m, args[0], args[1]));
operators.index = native('index', (m, [v]) => {
  if (isIndexed(v)) return callPrelude(m, '__rr_as_index', [v]);
  return isInt(v) ? toInt(v) : typeError(m, `'${typeName(v)}' object cannot be interpreted as an integer`);
});
operators.abs = builtins.get('abs');
for (const [name, f] of Object.entries(operators)) if (name !== 'index') operators[`__${name.replace(/_$/, '')}__`] = f;
defineModule('operator', operators, 'operator');

// ---- sys, logging and no-ops -----------------------------------------------------------------------

/** `sys.version_info`: a tuple whose items have names. */
function versionInfo(): PyObject {
  const cls = makeBuiltin('version_info', 'tuple', tupleClass, false);
  cls.module = 'sys';
  const items = [3, 11, 7, 'final', 0];
  ['major', 'minor', 'micro', 'releaselevel', 'serial'].forEach((name, i) => cls.dict.set(name, new NativeAttribute(() => items[i])));
  const o = new PyObject(cls);
  o.payload = new PyTuple(items);
  return o;
}

const stream = (name: string): PyObject => {
  const o = new PyObject(objectClass);
  o.attrs = new Map<string, Value>([
    ['_rr_stream', name],
    [
      'write',
      native(
        'write',
        (m, args) => {
          if (name === 'stdout') m.print(String(args[0]));
          return String(args[0]).length;
        },
        { gil: 'releases' },
      ),
    ],
    ['encoding', 'utf-8'],
    ['errors', name === 'stderr' ? 'backslashreplace' : 'strict'],
    ['name', `<${name}>`],
    ['mode', 'w'],
    ['closed', false],
    ['fileno', native('fileno', () => (name === 'stdout' ? 1 : 2), pure)],
    ['writable', native('writable', () => true, pure)],
    ['readable', native('readable', () => false, pure)],
    ['seekable', native('seekable', () => false, pure)],
    ['reconfigure', native('reconfigure', () => null, pure)],
    [
      'writelines',
      native(
        'writelines',
        (m, args) => {
          const lines = drain(m, args[0]);
          if (lines === STOP || lines === null) throw new Unsupported('writelines of an iterator of the program');
          if (name === 'stdout') for (const l of lines as readonly Value[]) m.print(String(l));
          return null;
        },
        { gil: 'releases' },
      ),
    ],
    ['flush', native('flush', () => null, pure)],
    ['isatty', native('isatty', () => false, pure)],
  ]);
  return o;
};
defineModule(
  'sys',
  {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    maxsize: norm(9223372036854775807n),
    version: '3.11.7',
    platform: 'linux',
    byteorder: 'little',
    executable: '/usr/bin/python3',
    version_info: versionInfo(),
    exit: native('exit', (m, args) => raise(m, 'SystemExit', ...(args.length > 0 ? [args[0]] : [])), pure),
    getrecursionlimit: native('getrecursionlimit', () => 1000, pure),
    setrecursionlimit: native('setrecursionlimit', () => null, pure),
    setswitchinterval: native('setswitchinterval', () => null, pure),
    getswitchinterval: native('getswitchinterval', () => new PyFloat(0.005), pure),
    getsizeof: native('getsizeof', () => 64, pure),
    intern: native('intern', (_m, args) => args[0], pure),
    exc_info: native(
      'exc_info',
      (m) => {
        const e = m.handling();
        return new PyTuple(e instanceof PyObject ? [e.cls, e, unmodelled(m, 'traceback', 'stack')] : [null, null, null]);
      },
      pure,
    ),
  },
  'sys',
);
for (const name of [
  'copy',
  'bisect',
  'string',
  'uuid',
  'warnings',
  'signal',
  'atexit',
  'gc',
  'types',
  'inspect',
  'statistics',
  'secrets',
  'textwrap',
])
  defineModule(name, {}, name);
builtins.set(
  '__rr_quote',
  native(
    '__rr_quote',
    (_m, [v, isAscii]) => {
      const text = JSON.stringify(v instanceof PyObject ? v.payload : String(v));
      return isAscii === true ? text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
    },
    pure,
  ),
);
builtins.set(
  '__rr_json_loads',
  native(
    '__rr_json_loads',
    (m, [text]) => {
      const value = parseJson(m, text instanceof Opaque ? jsonOf(text) : String(text), (prepared) => {
        const floats = numberKinds(prepared);
        let at = 0;
        return (v) => (typeof v === 'number' ? (floats[at++] === true ? new PyFloat(v) : norm(BigInt(Math.trunc(v)))) : (v as Value));
      });
      return value === undefined ? null : new PyTuple([value]);
    },
    pure,
  ),
);

/** For each number of a JSON text, in order: is it written as a float? */
function numberKinds(text: string): boolean[] {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return (bare.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/g) ?? []).map((n) => /[.eE]/.test(n));
}
builtins.set(
  '__rr_unique',
  native('__rr_unique', (m) => m.adopt(new PyObject(objectClass)).id, pure),
);
builtins.set(
  '__rr_shallow',
  native(
    '__rr_shallow',
    (m, args) => {
      const o = args[0];
      if (!(o instanceof PyObject)) return o;
      const copy = m.adopt(Object.create(Object.getPrototypeOf(o) as object, Object.getOwnPropertyDescriptors(o)) as PyObject);
      copy.shared = false;
      copy.locations = null;
      copy.attrs = o.attrs ? new Map(o.attrs) : null;
      copy.dict = null;
      for (const [k, v] of o.attrs ?? []) m.read(o, k, v);
      return copy;
    },
    pure,
  ),
);
builtins.set(
  '__rr_stringio',
  native('__rr_stringio', (_m, args) => stringRepr(String(args[0])), pure),
);
void callFunction;
