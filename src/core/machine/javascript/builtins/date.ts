/** Date over virtual time, in UTC: the clock moves when a timer fires. */
import { UnknownOperand } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { prototypeFor } from '../calls.ts';
import { numberOf, toNumber, toPrimitive, toText } from '../convert.ts';
import { chain, forCount, throwError } from '../objects.ts';
import { computed } from '../opaque.ts';
import { getValueProperty } from '../properties.ts';
import { state } from '../state.ts';
import { JsDate, type NativeFunction } from '../values.ts';
import { constructor, method, methods, symbolMethod, type MethodTable, computing } from './define.ts';

/** When every simulated program starts: 2024-01-01 00:00 UTC. */
export const epoch = Date.UTC(2024, 0, 1);

export function virtualNow(m: Machine): number {
  m.assume('time is virtual: it only passes when a timer fires');
  return epoch + state(m).now;
}

export function installDate(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.Date;
  const f = constructor(m, 'Date', 7, proto, (n, _t, args, newTarget) => {
    if (newTarget === undefined) return new Date(virtualNow(n)).toUTCString();
    const made = (k: Machine, time: number): Value => k.adopt(new JsDate(prototypeFor(k, newTarget, proto), time));
    if (args.length === 0) return made(n, virtualNow(n));
    const first = args[0];
    if (args.length === 1) {
      if (first instanceof JsDate) return made(n, timeOf(first));
      return chain(n, toPrimitive(n, first, 'default'), (k, v) =>
        made(k, typeof v === 'string' ? Date.parse(utcText(v)) : new Date(numberOf(k, v)).getTime()),
      );
    }
    const numbers: number[] = [];
    return forCount(
      n,
      args.length,
      (k, i) =>
        chain(k, toNumber(k, args[i]), (_, v) => {
          numbers[i] = v as number;
          return undefined;
        }),
      (k) => made(k, Date.UTC(...(numbers as [number, number]))),
    );
  });
  methods(m, f, {
    now: [0, (n) => virtualNow(n)],
    UTC: [7, (n, _t, args) => Date.UTC(...(args.map((a) => numberOf(n, a)) as [number, number]))],
    parse: [1, (n, _t, [v]) => chain(n, toText(n, v), (_, text) => Date.parse(utcText(text as string)))],
  });
  f.computes = true;
  computing(f, ['UTC', 'parse']);
  const self = (n: Machine, t: Value): JsDate => (t instanceof JsDate ? t : throwError(n, 'TypeError', 'this is not a Date object.'));
  const table: MethodTable = {
    getTime: [0, (n, t) => read(n, self(n, t))],
    valueOf: method(0, (n, t) => read(n, self(n, t))),
    getTimezoneOffset: [0, () => 0],
    toISOString: [
      0,
      (n, t) => {
        const time = read(n, self(n, t));
        if (Number.isNaN(time)) throwError(n, 'RangeError', 'Invalid time value');
        return new Date(time).toISOString();
      },
    ],
    toJSON: [
      1,
      (n, t) => {
        const time = read(n, self(n, t));
        return Number.isNaN(time) ? null : new Date(time).toISOString();
      },
    ],
    setTime: [1, (n, t, args) => changed(n, self(n, t), 'setTime', args, () => change(n, self(n, t), numberOf(n, args[0])))],
  };
  const parts = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
  for (const part of [...parts, 'Day'] as const) {
    const get: NativeFunction = (n, t) => new Date(read(n, self(n, t)))[`getUTC${part}`]();
    table[`get${part}`] = [0, get];
    table[`getUTC${part}`] = [0, get];
  }
  for (const part of parts) {
    const set: NativeFunction = (n, t, args) => {
      const d = self(n, t);
      return changed(n, d, `set${part}`, args, () => {
        const host = new Date(timeOf(d));
        (host[`setUTC${part}`] as (...a: number[]) => number)(...args.map((a) => numberOf(n, a)));
        return change(n, d, host.getTime());
      });
    };
    table[`set${part}`] = [1, set];
    table[`setUTC${part}`] = [1, set];
  }
  const text =
    (format: (d: Date) => string): NativeFunction =>
    (n, t) => {
      const time = read(n, self(n, t));
      return Number.isNaN(time) ? 'Invalid Date' : format(new Date(time));
    };
  const utc = (d: Date): string => d.toUTCString();
  const day = (d: Date): string => utc(d).replace(/^(\w+), (\d+) (\w+) (\d+) .*$/, '$1 $3 $2 $4');
  const clock = (d: Date): string => `${utc(d).slice(17, 25)} GMT+0000 (Coordinated Universal Time)`;
  Object.assign(table, {
    toString: method(
      0,
      text((d) => `${day(d)} ${clock(d)}`),
    ),
    toDateString: [0, text(day)],
    toTimeString: [0, text(clock)],
    toUTCString: [0, text(utc)],
    toLocaleString: method(
      0,
      text((d) => d.toLocaleString('en-US', { timeZone: 'UTC' })),
    ),
    toLocaleDateString: [0, text((d) => d.toLocaleDateString('en-US', { timeZone: 'UTC' }))],
    toLocaleTimeString: [0, text((d) => d.toLocaleTimeString('en-US', { timeZone: 'UTC' }))],
  });
  table.toGMTString = table.toUTCString as MethodTable[string];
  table.getYear = [0, (n, t) => new Date(read(n, self(n, t))).getUTCFullYear() - 1900];
  methods(m, proto, table);
  computing(
    proto,
    Object.keys(table).filter((k) => !k.startsWith('set')),
  );
  symbolMethod(m, proto, s.symbols.toPrimitive, '[Symbol.toPrimitive]', (n, t, [hint]) =>
    chain(n, getValueProperty(n, t, hint === 'number' ? 'valueOf' : 'toString'), (k, g) => k.ops.call(k, g, t, [], null)),
  );
}

/** Local times are UTC: a time without a zone is read as UTC. */
function utcText(v: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(v)
    ? `${v}Z`
    : /[zZ]|GMT|UTC|[+-]\d\d:?\d\d$/.test(v) || /^\d{4}(-\d\d(-\d\d)?)?$/.test(v)
      ? v
      : `${v} UTC`;
}

function read(m: Machine, d: JsDate): number {
  m.read(d, 'time', d.unknown ?? d.time);
  return timeOf(d);
}

function timeOf(d: JsDate): number {
  if (d.unknown !== null) throw new UnknownOperand('a date that is not known');
  return d.time;
}

/** Runs a change of a date; with parts that are not known, it is another nobody knows. */
function changed(m: Machine, d: JsDate, name: string, args: readonly Value[], run: () => Value): Value {
  try {
    return run();
  } catch (e) {
    if (!(e instanceof UnknownOperand)) throw e;
    const time = computed(m, name, d, args, false);
    time.definite = true;
    m.write(d, 'time', time, d.unknown ?? d.time);
    m.escape(d, time);
    m.trail.set(d, 'unknown', time);
    return time;
  }
}

function change(m: Machine, d: JsDate, time: number): number {
  m.write(d, 'time', time, d.time);
  m.trail.set(d, 'time', time);
  if (d.unknown !== null) m.trail.set(d, 'unknown', null);
  return time;
}
