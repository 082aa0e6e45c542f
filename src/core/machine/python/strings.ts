/** str methods, slicing and repetition. Positions count code points, as in Python. */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { PyBytes, PySlice, PyTuple, type Value } from '../values.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { formatMethod } from './format.ts';
import { drain } from './iteration.ts';
import { newList, payload, sliceBounds, sliceItems } from './lists.ts';
import { asIndex } from './numbers.ts';
import { PyDict, PyObject } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { find } from './keys.ts';
import { readsText } from './text-reads.ts';
import { strOf } from './text.ts';
import { lookup, strClass, typeName } from './types.ts';

const astral = /[\ud800-\udfff]/;

export function points(s: string): string[] | string {
  return astral.test(s) ? Array.from(s) : s;
}

export function stringLength(s: string): number {
  return points(s).length;
}

export function stringGet(m: Machine, s: string, key: Value): Value {
  const i = asIndex(key instanceof PyObject && key.payload !== undefined ? key.payload : key);
  const p = points(s);
  if (i !== undefined) {
    const at = i < 0 ? i + p.length : i;
    if (at < 0 || at >= p.length) return raise(m, 'IndexError', 'string index out of range');
    return p[at];
  }
  if (key instanceof PySlice) {
    const b = sliceBounds(m, key, p.length);
    if (b.step === 1 && typeof p === 'string') return p.slice(b.start, b.start + b.length);
    return sliceItems(typeof p === 'string' ? p.split('') : p, b).join('');
  }
  return typeError(m, `string indices must be integers, not '${typeName(key)}'`);
}

function self(m: Machine, v: Value, name: string): string {
  if (typeof v === 'string') return v;
  if (v instanceof PyObject && typeof v.payload === 'string') return v.payload;
  return typeError(m, `descriptor '${name}' for 'str' objects doesn't apply to a '${typeName(v)}' object`);
}

function text(m: Machine, v: Value, what: string): string {
  if (typeof v === 'string') return v;
  if (v instanceof PyObject && typeof v.payload === 'string') return v.payload;
  return typeError(m, what === 'argument' ? `must be str, not ${typeName(v)}` : `${what} must be str, not ${typeName(v)}`);
}

type StringMethod = (m: Machine, s: string, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null) => Value;

function define(name: string, fn: StringMethod): void {
  method(strClass, name, (m, args, keywords) => fn(m, self(m, args[0], name), args.slice(1), keywords));
}

const space = /[\s\u001c-\u001f\u0085]/;
const spaceOnly = (s: string): boolean => s !== '' && Array.from(s).every((c) => space.test(c) && c !== '\ufeff');

define('upper', (_m, s) => s.toUpperCase());
define('lower', (_m, s) => s.toLowerCase());
define('casefold', (_m, s) => s.toLowerCase().replace(/ß/g, 'ss'));
define('capitalize', (_m, s) => (s === '' ? '' : (Array.from(s)[0] ?? '').toUpperCase() + Array.from(s).slice(1).join('').toLowerCase()));
define('swapcase', (_m, s) =>
  Array.from(s)
    .map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()))
    .join(''),
);
define('title', (_m, s) => {
  let inside = false;
  let out = '';
  for (const c of s) {
    const cased = c.toLowerCase() !== c.toUpperCase();
    out += cased ? (inside ? c.toLowerCase() : c.toUpperCase()) : c;
    inside = cased;
  }
  return out;
});

function strip(s: string, chars: Value, left: boolean, right: boolean): string {
  const set = chars === undefined || chars === null ? null : new Set(Array.from(chars as string));
  const gone = (c: string): boolean => (set ? set.has(c) : space.test(c));
  const p = Array.from(s);
  let a = 0;
  let b = p.length;
  if (left) while (a < b && gone(p[a] as string)) a++;
  if (right) while (b > a && gone(p[b - 1] as string)) b--;
  return p.slice(a, b).join('');
}
for (const [name, left, right] of [
  ['strip', true, true],
  ['lstrip', true, false],
  ['rstrip', false, true],
] as const) {
  define(name, (m, s, args) => {
    const chars = args[0];
    if (chars !== undefined && chars !== null && typeof chars !== 'string') return typeError(m, `${name} arg must be None or str`);
    return strip(s, chars, left, right);
  });
}

function splitWhite(s: string, limit: number, fromRight: boolean): string[] {
  const parts: string[] = [];
  if (!fromRight) {
    let rest = strip(s, null, true, false);
    while (rest !== '') {
      if (limit >= 0 && parts.length >= limit) {
        parts.push(strip(rest, null, false, true));
        break;
      }
      const at = rest.search(space);
      if (at < 0) {
        parts.push(rest);
        break;
      }
      parts.push(rest.slice(0, at));
      rest = strip(rest.slice(at), null, true, false);
    }
    return parts;
  }
  let rest = strip(s, null, false, true);
  while (rest !== '') {
    if (limit >= 0 && parts.length >= limit) {
      parts.unshift(strip(rest, null, true, false));
      break;
    }
    let at = rest.length - 1;
    while (at >= 0 && !space.test(rest[at] as string)) at--;
    parts.unshift(rest.slice(at + 1));
    rest = strip(rest.slice(0, at + 1), null, false, true);
  }
  return parts;
}

function split(m: Machine, s: string, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null, fromRight: boolean): Value {
  const sep = args[0] ?? keywords?.get('sep') ?? null;
  const limit = asIndex(args[1] ?? keywords?.get('maxsplit') ?? -1) ?? -1;
  if (sep === null) return newList(m, splitWhite(s, limit, fromRight));
  if (typeof sep !== 'string') return typeError(m, `must be str or None, not ${typeName(sep)}`);
  const by = sep;
  if (by === '') return raise(m, 'ValueError', 'empty separator');
  const all = s.split(by);
  if (limit >= 0 && all.length > limit + 1) {
    if (fromRight) return newList(m, [all.slice(0, all.length - limit).join(by), ...all.slice(all.length - limit)]);
    return newList(m, [...all.slice(0, limit), all.slice(limit).join(by)]);
  }
  return newList(m, all);
}
define('split', (m, s, args, kw) => split(m, s, args, kw, false));
define('rsplit', (m, s, args, kw) => split(m, s, args, kw, true));
define('splitlines', (m, s, args, kw) => {
  const keep = (args[0] ?? kw?.get('keepends') ?? false) === true;
  const lines =
    s.match(
      /[^\r\n\v\f\u001c-\u001e\u0085\u2028\u2029]*(?:\r\n|[\r\n\v\f\u001c-\u001e\u0085\u2028\u2029])|[^\r\n\v\f\u001c-\u001e\u0085\u2028\u2029]+$/g,
    ) ?? [];
  return newList(
    m,
    lines.map((l) => (keep ? l : l.replace(/(?:\r\n|[\r\n\v\f\u001c-\u001e\u0085\u2028\u2029])$/, ''))),
  );
});
define('join', (m, s, args) => {
  const items = drain(m, args[0]);
  if (items === STOP) return STOP;
  if (items === null) return callPrelude(m, '__rr_join', [s, args[0]]);
  const parts: string[] = [];
  for (const [i, v] of (items as Value[]).entries()) {
    const t = v instanceof PyObject && typeof v.payload === 'string' ? v.payload : v;
    if (typeof t !== 'string') return typeError(m, `sequence item ${i}: expected str instance, ${typeName(v)} found`);
    parts.push(t);
  }
  return parts.join(s);
});

function range(s: string, args: readonly Value[]): { part: string; offset: number } | null {
  if (args.length < 2) return { part: s, offset: 0 };
  const p = Array.from(s);
  const n = p.length;
  const clamp = (v: Value, other: number): number => {
    const i = v === undefined || v === null ? other : (asIndex(v) ?? other);
    return i < 0 ? Math.max(0, i + n) : i;
  };
  const a = clamp(args[1], 0);
  const b = Math.min(n, clamp(args[2], n));
  if (a > n || a > b) return null;
  return { part: p.slice(a, b).join(''), offset: a };
}
const search =
  (last: boolean): StringMethod =>
  (m, s, args) => {
    const what = args[0];
    if (typeof what !== 'string') return typeError(m, `must be str, not ${typeName(what)}`);
    const r = range(s, args);
    if (!r) return -1;
    const at = last ? r.part.lastIndexOf(what) : r.part.indexOf(what);
    return at < 0 ? -1 : r.offset + stringLength(r.part.slice(0, at));
  };
define('find', search(false));
define('rfind', search(true));
for (const [name, last] of [
  ['index', false],
  ['rindex', true],
] as const) {
  define(name, (m, s, args, kw) => {
    const r = search(last)(m, s, args, kw);
    return r === -1 ? raise(m, 'ValueError', 'substring not found') : r;
  });
}
define('count', (m, s, args) => {
  const what = text(m, args[0], 'argument');
  const r = range(s, args);
  if (!r) return 0;
  return what === '' ? stringLength(r.part) + 1 : r.part.split(what).length - 1;
});
define('replace', (m, s, args, kw) => {
  const a = text(m, args[0], 'replace() argument 1');
  const b = text(m, args[1], 'replace() argument 2');
  const limit = asIndex(args[2] ?? kw?.get('count') ?? -1) ?? -1;
  if (limit < 0)
    return a === ''
      ? b +
          Array.from(s)
            .map((c) => c + b)
            .join('')
      : s.split(a).join(b);
  if (a === '') {
    const p = Array.from(s);
    return p.map((c, i) => (i < limit ? b + c : c)).join('') + (p.length < limit ? b : '');
  }
  const parts = s.split(a);
  if (parts.length <= limit + 1) return parts.join(b);
  return parts.slice(0, limit + 1).join(b) + a + parts.slice(limit + 1).join(a);
});
for (const [name, test] of [
  ['startswith', (s: string, p: string) => s.startsWith(p)],
  ['endswith', (s: string, p: string) => s.endsWith(p)],
] as const) {
  define(name, (m, s, args) => {
    const r = range(s, args);
    if (!r) return false;
    const what = args[0];
    if (what instanceof PyTuple) return what.items.some((p) => typeof p === 'string' && test(r.part, p));
    if (typeof what !== 'string') return typeError(m, `${name} first arg must be str or a tuple of str, not ${typeName(what)}`);
    return test(r.part, what);
  });
}
define('removeprefix', (m, s, args) => (s.startsWith(text(m, args[0], 'argument')) ? s.slice((args[0] as string).length) : s));
define('removesuffix', (m, s, args) => {
  const t = text(m, args[0], 'argument');
  return t !== '' && s.endsWith(t) ? s.slice(0, s.length - t.length) : s;
});
define('partition', (m, s, args) => {
  const t = text(m, args[0], 'argument');
  if (t === '') return raise(m, 'ValueError', 'empty separator');
  const at = s.indexOf(t);
  return new PyTuple(at < 0 ? [s, '', ''] : [s.slice(0, at), t, s.slice(at + t.length)]);
});
define('rpartition', (m, s, args) => {
  const t = text(m, args[0], 'argument');
  if (t === '') return raise(m, 'ValueError', 'empty separator');
  const at = s.lastIndexOf(t);
  return new PyTuple(at < 0 ? ['', '', s] : [s.slice(0, at), t, s.slice(at + t.length)]);
});
function pad(m: Machine, s: string, args: readonly Value[], place: 'left' | 'right' | 'center'): Value {
  const width = asIndex(args[0]);
  if (width === undefined) return typeError(m, `'${typeName(args[0])}' object cannot be interpreted as an integer`);
  const fillChar = args[1] ?? ' ';
  if (typeof fillChar !== 'string' || stringLength(fillChar) !== 1)
    return typeError(m, 'The fill character must be exactly one character long');
  const missing = width - stringLength(s);
  if (missing <= 0) return s;
  if (missing > 5e6) return raise(m, 'MemoryError');
  if (place === 'left') return s + fillChar.repeat(missing);
  if (place === 'right') return fillChar.repeat(missing) + s;
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fillChar.repeat(left) + s + fillChar.repeat(missing - left);
}
define('ljust', (m, s, args) => pad(m, s, args, 'left'));
define('rjust', (m, s, args) => pad(m, s, args, 'right'));
define('center', (m, s, args) => pad(m, s, args, 'center'));
define('zfill', (m, s, args) => {
  const n = (asIndex(args[0]) ?? 0) - stringLength(s);
  if (n <= 0) return s;
  if (n > 5e6) return raise(m, 'MemoryError');
  return /^[+-]/.test(s) ? (s[0] as string) + '0'.repeat(n) + s.slice(1) : '0'.repeat(n) + s;
});
define('expandtabs', (_m, s, args, kw) => {
  const size = asIndex(args[0] ?? kw?.get('tabsize') ?? 8) ?? 8;
  let column = 0;
  let out = '';
  for (const c of s) {
    if (c === '\t') {
      const n = size > 0 ? size - (column % size) : 0;
      out += ' '.repeat(n);
      column += n;
    } else {
      out += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return out;
});
const every =
  (test: RegExp): StringMethod =>
  (_m, s) =>
    s !== '' && Array.from(s).every((c) => test.test(c));
define('isdigit', every(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]$/u));
define('isdecimal', every(/^\p{Nd}$/u));
define('isnumeric', every(/^\p{N}$/u));
define('isalpha', every(/^\p{L}$/u));
define('isalnum', every(/^[\p{L}\p{N}]$/u));
define('isspace', (_m, s) => spaceOnly(s));
define('isascii', (_m, s) => Array.from(s).every((c) => c.charCodeAt(0) < 128));
define('isprintable', (_m, s) => Array.from(s).every((c) => c === ' ' || !/[\p{C}\p{Z}]/u.test(c)));
define('isidentifier', (_m, s) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(s));
define('isupper', (_m, s) => s !== s.toLowerCase() && s === s.toUpperCase());
define('islower', (_m, s) => s !== s.toUpperCase() && s === s.toLowerCase());
define('istitle', (_m, s) => {
  let cased = false;
  let any = false;
  for (const c of s) {
    const isUpper = c !== c.toLowerCase();
    const isLower = c !== c.toUpperCase();
    if (isUpper && cased) return false;
    if (isLower && !cased) return false;
    cased = isUpper || isLower;
    any ||= cased;
  }
  return any;
});
define('encode', (m, s, args, kw) => {
  const encoding = String(args[0] ?? kw?.get('encoding') ?? 'utf-8')
    .toLowerCase()
    .replace(/[-_]/g, '');
  const bytes = utf8(s);
  if (encoding === 'ascii' || encoding === 'latin1') {
    const limit = encoding === 'ascii' ? 128 : 256;
    const p = Array.from(s);
    const at = p.findIndex((c) => (c.codePointAt(0) ?? 0) >= limit);
    if (at >= 0) return raise(m, 'UnicodeEncodeError', `'${encoding}' codec can't encode character`);
    return new PyBytes(Uint8Array.from(p.map((c) => c.charCodeAt(0))));
  }
  return new PyBytes(bytes);
});
define('format', (m, s, args, kw) => formatMethod(m, s, args, kw));
define('format_map', (m, s, args) => {
  const map = args[0];
  if (!(map instanceof PyDict)) return callPrelude(m, '__rr_format_map', [s, map]);
  const kw = new Map<string, Value>();
  for (const e of map.table.entries) if (e && typeof e.key === 'string') kw.set(e.key, e.value);
  return formatMethod(m, s, [], kw);
});
define('translate', (m, s, args) => {
  const table = args[0];
  if (!(table instanceof PyDict)) return typeError(m, 'translate needs a dict');
  return Array.from(s)
    .map((c) => {
      const e = find(table.table, c.codePointAt(0) ?? 0);
      if (!e) return c;
      return e.value === null ? '' : typeof e.value === 'number' ? String.fromCodePoint(e.value) : (strOf(e.value) ?? '');
    })
    .join('');
});
define('__len__', (_m, s) => stringLength(s));
define('__getitem__', (m, s, args) => stringGet(m, s, args[0]));
define('__contains__', (m, s, args) => s.includes(text(m, args[0], 'argument')));
method(strClass, 'maketrans', (m, args) => {
  const d = m.ops.makeDict(m) as PyDict;
  const set = (k: Value, v: Value): void => void m.ops.dictSet(m, d, k, v);
  if (args.length === 1 && args[0] instanceof PyDict) {
    for (const e of args[0].table.entries) if (e) set(typeof e.key === 'string' ? (e.key.codePointAt(0) ?? 0) : e.key, e.value);
    return d;
  }
  const [a, b, gone] = args;
  if (typeof a === 'string' && typeof b === 'string') {
    const to = Array.from(b);
    for (const [i, c] of Array.from(a).entries()) set(c.codePointAt(0) ?? 0, to[i]?.codePointAt(0) ?? 0);
  }
  if (typeof gone === 'string') for (const c of gone) set(c.codePointAt(0) ?? 0, null);
  return d;
});

export function utf8(s: string): Uint8Array {
  const out: number[] = [];
  for (const c of s) {
    const p = c.codePointAt(0) ?? 0;
    if (p < 0x80) out.push(p);
    else if (p < 0x800) out.push(0xc0 | (p >> 6), 0x80 | (p & 63));
    else if (p < 0x10000) out.push(0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
    else out.push(0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63));
  }
  return Uint8Array.from(out);
}

/** Decoded text, or null when the bytes are not UTF-8. */
export function fromUtf8(b: Uint8Array): string | null {
  let out = '';
  for (let i = 0; i < b.length; ) {
    const c = b[i] as number;
    const n = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
    if (n < 0 || i + n >= b.length + (n === 0 ? 1 : 0)) return null;
    let p = n === 0 ? c : c & (0x3f >> n);
    for (let k = 1; k <= n; k++) {
      const x = b[i + k] as number;
      if ((x & 0xc0) !== 0x80) return null;
      p = (p << 6) | (x & 63);
    }
    out += String.fromCodePoint(p);
    i += n + 1;
  }
  return out;
}

strClass.allocate = (m, cls, args, keywords) => {
  const make = (s: string): Value => (cls === strClass ? s : payload(m, cls, s));
  const v = args.length === 0 ? keywords?.get('object') : args[0];
  if (v === undefined) return make('');
  if ((args.length > 1 || keywords?.has('encoding') === true) && v instanceof PyBytes)
    return m.ops.callMethod(m, v, 'decode', [args[1] ?? keywords?.get('encoding'), ...args.slice(2)], null, false, false);
  if (args.length > 1 && v instanceof PyObject && lookup(v.cls, 'decode') !== undefined)
    return m.ops.callMethod(m, v, 'decode', args.slice(1), null, false, false);
  if (readsText(m, v)) return STOP;
  const s = strOf(v);
  if (s === undefined) {
    const r = callPrelude(m, '__rr_str', [v]);
    return cls === strClass ? r : m.afterCall((mm, text2, data) => payload(mm, data as typeof cls, text2), cls);
  }
  return make(s);
};
