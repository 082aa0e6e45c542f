/** Number, Boolean, BigInt and Math. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { Op } from '../../code.ts';
import { STOP } from '../../language.ts';
import { toElement } from '../binary/store.ts';
import { prototypeFor } from '../calls.ts';
import { numberOf, toNumber, toNumeric, toPrimitive, toText } from '../convert.ts';
import { chain, forCount, newObject, put, throwError } from '../objects.ts';
import { state } from '../state.ts';
import { JsObject, type NativeFunction } from '../values.ts';
import { constructor, global, method, methods, tag, type MethodTable, known, computing } from './define.ts';

function wrap(m: Machine, proto: JsObject, newTarget: Value, className: string, v: Value): Value {
  if (newTarget === undefined) return v;
  const o = newObject(m, prototypeFor(m, newTarget, proto));
  o.className = className;
  o.slot = v;
  return o;
}

export function installNumber(m: Machine): void {
  const proto = state(m).intrinsics.Number;
  proto.className = 'Number';
  proto.slot = 0;
  const f = constructor(m, 'Number', 1, proto, (n, _t, args, newTarget) =>
    chain(n, args.length === 0 ? 0 : toNumeric(n, args[0]), (k, v) =>
      wrap(k, proto, newTarget, 'Number', typeof v === 'bigint' ? Number(v) : v),
    ),
  );
  for (const name of [
    'MAX_SAFE_INTEGER',
    'MIN_SAFE_INTEGER',
    'MAX_VALUE',
    'MIN_VALUE',
    'EPSILON',
    'POSITIVE_INFINITY',
    'NEGATIVE_INFINITY',
    'NaN',
  ] as const)
    put(f, name, Number[name], 0);
  const parse: Record<string, readonly [number, NativeFunction]> = {
    parseInt: [
      2,
      (n, _t, [v, radix]) =>
        chain(n, toText(n, v), (k, text) => parseInt(text as string, radix === undefined ? undefined : numberOf(k, radix))),
    ],
    parseFloat: [1, (n, _t, [v]) => chain(n, toText(n, v), (_, text) => parseFloat(text as string))],
  };
  methods(m, f, {
    isInteger: [1, (_n, _t, [v]) => Number.isInteger(known(v))],
    isSafeInteger: [1, (_n, _t, [v]) => Number.isSafeInteger(known(v))],
    isFinite: [1, (_n, _t, [v]) => Number.isFinite(known(v))],
    isNaN: [1, (_n, _t, [v]) => Number.isNaN(known(v))],
    ...parse,
  });
  for (const k of ['parseInt', 'parseFloat']) global(m, k, f.properties.get(k)?.value);
  computing(f);
  methods(m, state(m).globalObject, {
    isNaN: [1, (n, _t, [v]) => chain(n, toNumber(n, v), (_, x) => Number.isNaN(x))],
    isFinite: [1, (n, _t, [v]) => chain(n, toNumber(n, v), (_, x) => Number.isFinite(x))],
  });
  computing(state(m).globalObject, ['isNaN', 'isFinite']);
  const self = (n: Machine, t: Value): number =>
    typeof t === 'number'
      ? t
      : t instanceof JsObject && typeof t.slot === 'number'
        ? t.slot
        : throwError(n, 'TypeError', "Number.prototype.valueOf requires that 'this' be a Number");
  const hosted =
    (name: 'toFixed' | 'toPrecision' | 'toExponential' | 'toString'): NativeFunction =>
    (n, t, args) => {
      const x = self(n, t);
      const digits = args[0] === undefined ? undefined : numberOf(n, args[0]);
      try {
        return (x[name] as (d?: number) => string).call(x, digits);
      } catch (e) {
        throwError(n, 'RangeError', (e as Error).message);
      }
    };
  methods(m, proto, {
    toString: method(1, hosted('toString')),
    toFixed: [1, hosted('toFixed')],
    toPrecision: [1, hosted('toPrecision')],
    toExponential: [1, hosted('toExponential')],
    toLocaleString: method(0, (n, t) => grouped(self(n, t))),
    valueOf: method(0, (n, t) => self(n, t)),
  });
  computing(proto);
}

/** The en-US form of a number: at most three decimals, thousands grouped. */
function grouped(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x < 0 ? '-∞' : '∞';
  const [whole = '0', part] = String(Math.round(Math.abs(x) * 1000) / 1000).split('.');
  return `${x < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part ? `.${part}` : ''}`;
}

export function installBoolean(m: Machine): void {
  const proto = state(m).intrinsics.Boolean;
  proto.className = 'Boolean';
  proto.slot = false;
  constructor(m, 'Boolean', 1, proto, (n, _t, args, newTarget) => {
    const v = n.ops.truth(n, args[0]);
    return v === STOP ? STOP : wrap(n, proto, newTarget, 'Boolean', v);
  });
  const self = (t: Value): Value => (t instanceof JsObject ? (t.slot as boolean) : t);
  methods(m, proto, { toString: method(0, (_n, t) => String(self(t))), valueOf: method(0, (_n, t) => self(t)) });
}

export function installBigInt(m: Machine): void {
  const proto = state(m).intrinsics.BigInt;
  const f = constructor(m, 'BigInt', 1, proto, (n, _t, [v], newTarget) => {
    if (newTarget !== undefined) throwError(n, 'TypeError', 'BigInt is not a constructor');
    return chain(n, toPrimitive(n, known(v), 'number'), (k, p) => {
      known(p);
      try {
        if (p === undefined || p === null || typeof p === 'object') throw new TypeError(`Cannot convert ${k.ops.show(p)} to a BigInt`);
        return BigInt(p);
      } catch (e) {
        throwError(k, (e as Error).name, (e as Error).message);
      }
    });
  });
  const self = (t: Value): bigint => (typeof t === 'bigint' ? t : t instanceof JsObject ? (t.slot as bigint) : 0n);
  methods(m, f, {
    asIntN: [
      2,
      (n, _t, [bits, v]) => chain(n, toElement(n, 'BigInt64', known(v)), (k, x) => BigInt.asIntN(numberOf(k, bits), known(x) as bigint)),
    ],
    asUintN: [
      2,
      (n, _t, [bits, v]) => chain(n, toElement(n, 'BigInt64', known(v)), (k, x) => BigInt.asUintN(numberOf(k, bits), known(x) as bigint)),
    ],
  });
  methods(m, proto, {
    toString: method(0, (n, t, [radix]) => {
      const base = radix === undefined ? 10 : Math.trunc(numberOf(n, radix));
      if (!(base >= 2 && base <= 36)) throwError(n, 'RangeError', 'toString() radix argument must be between 2 and 36');
      return self(t).toString(base);
    }),
    valueOf: method(0, (_n, t) => self(t)),
    toLocaleString: method(0, (_n, t) => String(self(t)).replace(/\B(?=(\d{3})+$)/g, ',')),
  });
  f.computes = true;
  computing(f);
  computing(proto, ['toString']);
  tag(m, proto, 'BigInt');
}

/** The k-th number of a fixed sequence in [0, 1) (mulberry32). */
function pseudoRandom(k: number): number {
  let t = (k + 1) * 0x6d2b79f5;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** Whether the result of the present call is compared at once, so that both outcomes matter. */
function comparedAtOnce(m: Machine): boolean {
  const frame = m.fiber?.top;
  const i = frame?.code.instructions[frame.pc - 1];
  if (!frame || !i) return false;
  for (let k = 0; k < 3; k++) {
    const next = frame.code.instructions[frame.pc + k];
    if (!next) return false;
    if (next.op === Op.Compare) return next.a === i.d || next.b === i.d;
    if (next.op !== Op.Const && next.op !== Op.LoadGlobal && next.op !== Op.Move) return false;
  }
  return false;
}

export function installMath(m: Machine): void {
  const s = state(m);
  const math = m.adopt(new JsObject(s.intrinsics.Object));
  for (const name of ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const) put(math, name, Math[name], 0);
  const table: MethodTable = {};
  for (const name of Object.getOwnPropertyNames(Math)) {
    const f = (Math as unknown as Record<string, unknown>)[name];
    if (typeof f !== 'function' || name === 'random') continue;
    const hosted = f as (...a: number[]) => number;
    table[name] = [
      hosted.length,
      (n, _t, args) => {
        if (args.every((a) => typeof a === 'number')) return hosted(...(args as number[]));
        const numbers: number[] = [];
        return forCount(
          n,
          args.length,
          (k, i) =>
            chain(k, toNumber(k, args[i]), (_, v) => {
              numbers[i] = v as number;
              return undefined;
            }),
          () => hosted(...numbers),
        );
      },
    ];
  }
  table.random = [
    0,
    (n) => {
      if (comparedAtOnce(n)) {
        const answer = n.choose('Math.random()', ['0', '0.9999']);
        return answer < 0 ? STOP : answer === 0 ? 0 : 0.9999;
      }
      n.assume('Math.random() gives one fixed sequence of numbers');
      const k = s.randomCount;
      n.trail.set(s, 'randomCount', k + 1);
      return pseudoRandom(k);
    },
  ];
  methods(m, math, table);
  computing(math);
  tag(m, math, 'Math');
  global(m, 'Math', math);
  global(m, 'NaN', NaN);
  global(m, 'Infinity', Infinity);
  global(m, 'undefined', undefined);
  global(m, 'globalThis', s.globalObject);
  global(m, 'global', s.globalObject);
}
