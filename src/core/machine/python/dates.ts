/** The proleptic Gregorian calendar, and texts of dates as strftime and strptime have them in the C locale. */

export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Seconds east of Greenwich; null when not known. */
  offset: number | null;
  zone: string | null;
}

/** Days since 0001-01-01, which is day 1. */
export function toOrdinal(year: number, month: number, day: number): number {
  const y = year - 1;
  const before = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  let days = before + day;
  for (let m = 1; m < month; m++) days += monthLength(year, m);
  return days;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function monthLength(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function fromOrdinal(ordinal: number): { year: number; month: number; day: number } {
  let year = Math.max(1, Math.floor(ordinal / 365.2425));
  while (toOrdinal(year + 1, 1, 1) <= ordinal) year++;
  while (toOrdinal(year, 1, 1) > ordinal) year--;
  let month = 1;
  let day = ordinal - toOrdinal(year, 1, 1) + 1;
  while (day > monthLength(year, month)) day -= monthLength(year, month++);
  return { year, month, day };
}

/** Ordinal of 1970-01-01. */
export const epochDay = 719163;

export function fromSeconds(seconds: number): Moment {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  return {
    ...fromOrdinal(epochDay + days),
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    microsecond: 0,
    offset: 0,
    zone: 'UTC',
  };
}

/** Monday is 0. */
export const weekday = (t: Moment): number => (toOrdinal(t.year, t.month, t.day) + 6) % 7;
export const dayOfYear = (t: Moment): number => toOrdinal(t.year, t.month, t.day) - toOrdinal(t.year, 1, 1) + 1;

/** ISO 8601 year and week. */
export function isoWeek(t: Moment): { year: number; week: number } {
  const ordinal = toOrdinal(t.year, t.month, t.day);
  const thursday = fromOrdinal(ordinal - weekday(t) + 3);
  return { year: thursday.year, week: Math.floor((ordinal - weekday(t) + 3 - toOrdinal(thursday.year, 1, 1)) / 7) + 1 };
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

export function offsetText(offset: number, separator: string): string {
  const size = Math.abs(offset);
  const seconds = size % 60;
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 3600))}${separator}${pad(Math.floor((size % 3600) / 60))}${seconds ? separator + pad(seconds) : ''}`;
}

/** Null for a directive that is not known here. */
export function formatMoment(format: string, t: Moment): string | null {
  const text = (directive: string): string | null => {
    switch (directive) {
      case 'Y':
        return String(t.year);
      case 'm':
        return pad(t.month);
      case 'd':
        return pad(t.day);
      case 'e':
        return String(t.day).padStart(2);
      case 'H':
        return pad(t.hour);
      case 'I':
        return pad(t.hour % 12 || 12);
      case 'M':
        return pad(t.minute);
      case 'S':
        return pad(t.second);
      case 'f':
        return pad(t.microsecond, 6);
      case 'y':
        return pad(t.year % 100);
      case 'j':
        return pad(dayOfYear(t), 3);
      case 'a':
        return (days[weekday(t)] ?? '').slice(0, 3);
      case 'A':
        return days[weekday(t)] ?? '';
      case 'b':
      case 'h':
        return (months[t.month - 1] ?? '').slice(0, 3);
      case 'B':
        return months[t.month - 1] ?? '';
      case 'p':
        return t.hour < 12 ? 'AM' : 'PM';
      case 'w':
        return String((weekday(t) + 1) % 7);
      case 'u':
        return String(weekday(t) + 1);
      case 'V':
        return pad(isoWeek(t).week);
      case 'G':
        return String(isoWeek(t).year);
      case 'z':
        return t.offset === null ? '' : offsetText(t.offset, '');
      case 'Z':
        return t.zone ?? '';
      case 'F':
        return formatMoment('%Y-%m-%d', t);
      case 'T':
      case 'X':
        return formatMoment('%H:%M:%S', t);
      case 'R':
        return formatMoment('%H:%M', t);
      case 'D':
      case 'x':
        return formatMoment('%m/%d/%y', t);
      case 'c':
        return formatMoment('%a %b %e %H:%M:%S %Y', t);
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 's':
        return null;
      case '%':
        return '%';
      default:
        return null;
    }
  };
  let out = '';
  for (let i = 0; i < format.length; i++) {
    const c = format.charAt(i);
    if (c !== '%') {
      out += c;
      continue;
    }
    const part = text(format.charAt(++i));
    if (part === null) return null;
    out += part;
  }
  return out;
}

const parts: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  m: '(1[0-2]|0[1-9]|[1-9])',
  d: '(3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])',
  H: '(2[0-3]|[01]\\d|\\d)',
  I: '(1[0-2]|0[1-9]|[1-9])',
  M: '([0-5]\\d|\\d)',
  S: '(6[01]|[0-5]\\d|\\d)',
  f: '(\\d{1,6})',
  y: '(\\d{2})',
  j: '(36[0-6]|3[0-5]\\d|[12]\\d{2}|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])',
  b: `(${months.map((m) => m.slice(0, 3)).join('|')})`,
  B: `(${months.join('|')})`,
  a: `(${days.map((d) => d.slice(0, 3)).join('|')})`,
  A: `(${days.join('|')})`,
  p: '(AM|PM)',
  z: '([+-]\\d{2}:?[0-5]\\d(?::?[0-5]\\d)?|Z)',
  Z: '(UTC|GMT)',
};

/** What a text says; `mismatch`, `rest` (unconverted data), or `unknown` for a format that is not known here. */
export function parseMoment(text: string, format: string): Moment | 'mismatch' | 'unknown' | { rest: string } {
  let pattern = '';
  const directives: string[] = [];
  const expanded = format.replace(/%T/g, '%H:%M:%S').replace(/%F/g, '%Y-%m-%d');
  for (let i = 0; i < expanded.length; i++) {
    const c = expanded.charAt(i);
    if (c === '%') {
      const d = expanded.charAt(++i);
      if (d === '%') pattern += '%';
      else {
        const part = parts[d];
        if (part === undefined) return 'unknown';
        pattern += part;
        directives.push(d);
      }
    } else if (/\s/.test(c)) {
      while (/\s/.test(expanded.charAt(i + 1))) i++;
      pattern += '\\s+';
    } else pattern += c.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  const match = new RegExp(`^${pattern}`, 'i').exec(text);
  if (!match) return 'mismatch';
  if (match[0].length < text.length) return { rest: text.slice(match[0].length) };
  const t: Moment = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0, offset: null, zone: null };
  let isAfternoon: boolean | null = null;
  let yearDay: number | null = null;
  directives.forEach((d, i) => {
    const value = match[i + 1] ?? '';
    const n = Number(value);
    const named = (list: readonly string[], size?: number): number =>
      list.findIndex((x) => x.slice(0, size).toLowerCase() === value.toLowerCase()) + 1;
    if (d === 'Y') t.year = n;
    else if (d === 'y') t.year = n <= 68 ? 2000 + n : 1900 + n;
    else if (d === 'm') t.month = n;
    else if (d === 'd') t.day = n;
    else if (d === 'H' || d === 'I') t.hour = n;
    else if (d === 'M') t.minute = n;
    else if (d === 'S') t.second = n;
    else if (d === 'f') t.microsecond = Number(value.padEnd(6, '0'));
    else if (d === 'b') t.month = named(months, 3);
    else if (d === 'B') t.month = named(months);
    else if (d === 'p') isAfternoon = value.toUpperCase() === 'PM';
    else if (d === 'j') yearDay = n;
    else if (d === 'Z') t.zone = value.toUpperCase();
    else if (d === 'z') t.offset = offsetOf(value);
  });
  if (directives.includes('I')) t.hour = (t.hour % 12) + (isAfternoon === true ? 12 : 0);
  if (yearDay !== null && !directives.includes('m')) Object.assign(t, fromOrdinal(toOrdinal(t.year, 1, 1) + yearDay - 1));
  return t;
}

export function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [h = 0, m = 0, s = 0] = (text.slice(1).match(/\d{2}/g) ?? []).map(Number);
  return (text.startsWith('-') ? -1 : 1) * (h * 3600 + m * 60 + s);
}
