/**
 * What datetime and the calendar part of time compute natively. What is known is computed; what the clock
 * says (`datetime.now()`) is unknown: how it compares is asked, so that both answers are explored.
 */
import { Unsupported, type Native } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, PyTuple, type Value } from '../../values.ts';
import { builtins } from '../builtins.ts';
import {
  dayOfYear,
  epochDay,
  formatMoment,
  fromOrdinal,
  fromSeconds,
  isoWeek,
  type Moment,
  parseMoment,
  toOrdinal,
  weekday,
} from '../dates.ts';
import { raise, typeError } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { isNumber, toDouble } from '../numbers.ts';
import { NativeAttribute, PyDict, PyList, PyObject } from '../objects.ts';
import { callOpaque, opaquePart, unmodelled } from '../opaque.ts';
import { state } from '../runtime.ts';
import { entriesOf, stringRepr } from '../text.ts';
import { makeBuiltin, tupleClass } from '../types.ts';

const helper = (name: string, fn: Native['fn']): void => {
  builtins.set(name, native(name, fn, { pure: true }));
};

helper('__rr_unknown', (_m, [v]) => v instanceof Opaque);
helper('__rr_any_unknown', (_m, [items]) => items instanceof PyTuple && items.items.some((v) => v instanceof Opaque));
/** Asks the world: `datetime.datetime.now()`, or `datetime.timedelta(…)` of something unknown. */
helper('__rr_ask', (m, [module, path, args, keywords]) => {
  const [first = '', ...rest] = String(path).split('.');
  let o: Value = unmodelled(m, String(module), first);
  for (const part of rest) if (o instanceof Opaque) o = opaquePart(m, o, part, `${o.name}.${part}`);
  const given = keywords instanceof PyDict ? new Map(entriesOf(keywords).map((e): [string, Value] => [String(e.key), e.value])) : null;
  return o instanceof Opaque ? callOpaque(m, o, args instanceof PyTuple ? args.items : [], given) : null;
});

const numbersOf = (v: Value): number[] => (v instanceof PyTuple || v instanceof PyList ? v.items.map(Number) : []);

function momentOf(v: Value, offset: Value = null, zone: Value = null): Moment {
  const [year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0, microsecond = 0] = numbersOf(v);
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    microsecond,
    offset: typeof offset === 'number' ? offset : null,
    zone: typeof zone === 'string' ? zone : null,
  };
}

function format(text: Value, t: Moment): string {
  const made = formatMoment(String(text), t);
  if (made === null) throw new Unsupported(`the format ${String(text)} of a date`);
  return made;
}

helper('__rr_to_ordinal', (_m, [y, mo, d]) => toOrdinal(Number(y), Number(mo), Number(d)));
helper('__rr_from_ordinal', (_m, [n]) => {
  const d = fromOrdinal(Number(n));
  return new PyTuple([d.year, d.month, d.day]);
});
helper('__rr_iso_week', (_m, [fields]) => {
  const t = momentOf(fields);
  return new PyTuple([isoWeek(t).year, isoWeek(t).week, weekday(t) + 1]);
});
helper('__rr_strftime', (_m, [text, fields, offset, zone]) => format(text, momentOf(fields, offset, zone)));

function parsed(m: Machine, text: Value, pattern: Value): Moment {
  if (typeof text !== 'string' || typeof pattern !== 'string') return typeError(m, 'strptime() argument must be str');
  const t = parseMoment(text, pattern);
  if (t === 'unknown') throw new Unsupported(`the format ${pattern} of a date`);
  if (t === 'mismatch') return raise(m, 'ValueError', `time data ${stringRepr(text)} does not match format ${stringRepr(pattern)}`);
  if ('rest' in t) return raise(m, 'ValueError', `unconverted data remains: ${t.rest}`);
  return t;
}
helper('__rr_strptime', (m, [text, pattern]) => {
  const t = parsed(m, text, pattern);
  return new PyTuple([t.year, t.month, t.day, t.hour, t.minute, t.second, t.microsecond, t.offset, t.zone]);
});

// ---- time ------------------------------------------------------------------------------------------

const structTime = makeBuiltin('struct_time', 'tuple', tupleClass, false);
structTime.module = 'time';
const fieldNames = ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'];
fieldNames.forEach((name, i) =>
  structTime.dict.set(
    name,
    new NativeAttribute((_m, o) => (o instanceof PyObject && o.payload instanceof PyTuple ? o.payload.items[i] : null)),
  ),
);

function structOf(m: Machine, t: Moment, isSummer: number): Value {
  const o = m.adopt(new PyObject(structTime));
  o.payload = new PyTuple([t.year, t.month, t.day, t.hour, t.minute, t.second, weekday(t), dayOfYear(t), isSummer]);
  return o;
}
helper('__rr_struct_time', (m, [fields, isSummer]) => structOf(m, momentOf(fields), Number(isSummer ?? -1)));

/** What the clock says, as it moves by sleeping. */
function now(m: Machine): number {
  m.peeked = true;
  return 1700000000 + state(m).clock;
}

function secondsOf(m: Machine, v: Value): number {
  if (v === undefined || v === null) return Math.floor(now(m));
  return isNumber(v) ? Math.floor(toDouble(v)) : typeError(m, 'an integer is required');
}

function fieldsOf(m: Machine, v: Value): Moment {
  if (v === undefined) return fromSeconds(secondsOf(m, v));
  const tuple = v instanceof PyObject ? v.payload : v;
  return tuple instanceof PyTuple
    ? { ...momentOf(tuple), microsecond: 0, offset: 0, zone: 'UTC' }
    : typeError(m, 'Tuple or struct_time argument required');
}
const pure = { pure: true };
const secondsSince = (t: Moment): number =>
  (toOrdinal(t.year, t.month, t.day) - epochDay) * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
defineModule('time', {
  struct_time: structTime,
  timezone: 0,
  altzone: 0,
  daylight: 0,
  tzname: new PyTuple(['UTC', 'UTC']),
  gmtime: native('gmtime', (m, [v]) => structOf(m, fromSeconds(secondsOf(m, v)), 0), pure),
  localtime: native('localtime', (m, [v]) => structOf(m, fromSeconds(secondsOf(m, v)), 0), pure),
  strftime: native('strftime', (m, [text, v]) => format(text, fieldsOf(m, v)), pure),
  strptime: native('strptime', (m, [text, pattern]) => structOf(m, parsed(m, text, pattern ?? '%a %b %d %H:%M:%S %Y'), -1), pure),
  ctime: native('ctime', (m, [v]) => format('%a %b %e %H:%M:%S %Y', fromSeconds(secondsOf(m, v))), pure),
  asctime: native('asctime', (m, [v]) => format('%a %b %e %H:%M:%S %Y', fieldsOf(m, v)), pure),
  mktime: native('mktime', (m, [v]) => m.ops.binary(m, '/', secondsSince(fieldsOf(m, v)), 1), pure),
});
defineModule('calendar', { timegm: native('timegm', (m, [v]) => secondsSince(fieldsOf(m, v)), pure) });
defineModule('datetime', {}, 'datetime');
