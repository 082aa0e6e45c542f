/**
 * The methods that bytes and bytearray share. Where they do what the method of str does, that is asked
 * with each byte as a character; where str knows more of characters than bytes do, it is done here.
 */
import { Native, STOP, Unsupported, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, PyBytes, PyTuple, type Value } from '../values.ts';
import { contentOf, isBytesLike, latin, stopsBefore, unlatin } from './bytes-like.ts';
import { callPrelude } from './runtime.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { newList } from './lists.ts';
import { ClassMethod, NativeMethod, PyByteArray, type PyClass, PyList } from './objects.ts';
import { opaque } from './opaque.ts';
import { fromUtf8 } from './strings.ts';
import { bytearrayClass, bytesClass, memoryviewClass, strClass, typeName } from './types.ts';

const blank = ' \t\n\r\x0b\x0c';
const upper = (s: string): string => s.replace(/[a-z]+/g, (c) => c.toUpperCase());
const lower = (s: string): string => s.replace(/[A-Z]+/g, (c) => c.toLowerCase());

/** A value of the kind that the method was called of. */
function like(m: Machine, model: Value, content: Uint8Array): Value {
  if (!(model instanceof PyByteArray)) return new PyBytes(content);
  const made = m.adopt(new PyByteArray(bytearrayClass));
  made.content = content;
  return made;
}

function convert(m: Machine, model: Value, v: Value): Value {
  if (typeof v === 'string') return like(m, model, unlatin(v));
  if (v instanceof PyTuple) return new PyTuple(v.items.map((i) => convert(m, model, i)));
  if (v instanceof PyList)
    return newList(
      m,
      v.items.map((i) => convert(m, model, i)),
    );
  return v;
}

type Body = (m: Machine, text: string, args: readonly Value[], keywords: Keywords, self: Value) => Value;

/** Defines a method of both classes: `body` gets the content and arguments as text, and gives text back. */
function define(name: string, body: Body, takesNumber = false, classes: readonly PyClass[] = [bytesClass, bytearrayClass]): void {
  for (const cls of classes)
    method(cls, name, (m, args, keywords) => {
      const tuple = args[1] instanceof PyTuple ? args[1].items : [];
      if (stopsBefore(m, ...args, ...tuple)) return STOP;
      const content = contentOf(m, args[0]);
      if (content === undefined)
        return typeError(m, `descriptor '${name}' for '${cls.name}' objects doesn't apply to a '${typeName(args[0])}' object`);
      const given = args.slice(1).map((a): Value => {
        if (a instanceof PyTuple) return new PyTuple(a.items.map((i) => textOf(m, i)));
        if (takesNumber && typeof a === 'number' && a === args[1]) return byteText(m, a);
        return isBytesLike(a) ? textOf(m, a) : typeof a === 'string' ? wanted(m, name, a) : a;
      });
      return convert(m, args[0], body(m, latin(content), given, keywords, args[0]));
    });
}

function byteText(m: Machine, n: number): Value {
  return n < 0 || n > 255 ? raise(m, 'ValueError', 'byte must be in range(0, 256)') : String.fromCharCode(n);
}

/** Text where bytes are wanted; names of encodings are text. */
function wanted(m: Machine, name: string, v: Value): Value {
  if (name === 'decode' || name === 'hex') return v;
  if (/^(find|rfind|index|rindex|count)$/.test(name))
    return typeError(m, `argument should be integer or bytes-like object, not '${typeName(v)}'`);
  if (/^(startswith|endswith)$/.test(name)) return typeError(m, `${name} first arg must be bytes or a tuple of bytes, not ${typeName(v)}`);
  return typeError(m, `a bytes-like object is required, not '${typeName(v)}'`);
}

function textOf(m: Machine, v: Value): Value {
  const content = contentOf(m, v);
  if (content !== undefined) return latin(content);
  return v instanceof Opaque ? v : typeError(m, `a bytes-like object is required, not '${typeName(v)}'`);
}

/** The method of str. */
function asText(name: string): Body {
  return (m, text, args, keywords) => {
    const unknown = args.find((a) => a instanceof Opaque);
    if (unknown instanceof Opaque) return opaque(m, `${name}(${unknown.name})`);
    const f = strClass.dict.get(name);
    if (!(f instanceof Native)) throw new Unsupported(`bytes.${name}`);
    return f.fn(m, [text, ...args], keywords, undefined);
  };
}

for (const name of ['find', 'rfind', 'count']) define(name, asText(name), true);
for (const name of ['index', 'rindex'] as const) {
  const find = asText(name === 'index' ? 'find' : 'rfind');
  define(
    name,
    (m, text, args, keywords, self) => {
      const at = find(m, text, args, keywords, self);
      return at === -1 ? raise(m, 'ValueError', 'subsection not found') : at;
    },
    true,
  );
}
for (const name of ['replace', 'partition', 'rpartition', 'removeprefix', 'removesuffix', 'startswith', 'endswith'])
  define(name, asText(name));
for (const name of ['ljust', 'rjust', 'center', 'zfill']) define(name, asText(name));
for (const name of ['strip', 'lstrip', 'rstrip']) {
  const strip = asText(name);
  define(name, (m, text, args, keywords, self) => strip(m, text, [args[0] ?? blank], keywords, self));
}
define('upper', (_m, text) => upper(text));
define('lower', (_m, text) => lower(text));
define('swapcase', (_m, text) => text.replace(/[A-Za-z]/g, (c) => (c < 'a' ? lower(c) : upper(c))));
define('capitalize', (_m, text) => upper(text.slice(0, 1)) + lower(text.slice(1)));
define('title', (_m, text) => text.replace(/[A-Za-z]+/g, (w) => upper(w.slice(0, 1)) + lower(w.slice(1))));
const tests: Readonly<Record<string, RegExp>> = {
  isdigit: /^[0-9]+$/,
  isalpha: /^[A-Za-z]+$/,
  isalnum: /^[A-Za-z0-9]+$/,
  isspace: /^[ \t\n\r\x0b\x0c]+$/,
  isupper: /^[^a-z]*[A-Z][^a-z]*$/,
  islower: /^[^A-Z]*[a-z][^A-Z]*$/,
};
for (const [name, pattern] of Object.entries(tests)) define(name, (_m, text) => pattern.test(text));
define('isascii', (_m, text) => Array.from(text).every((c) => c.charCodeAt(0) < 128));

for (const name of ['split', 'rsplit'] as const) {
  const bySeparator = asText(name);
  define(name, (m, text, args, keywords, self) => {
    const separator = args[0] ?? keywords?.get('sep') ?? null;
    if (separator !== null) return bySeparator(m, text, args, keywords, self);
    // What str takes for blank and bytes do not is put out of the way.
    const isSafe = !/[\x1c-\x1f\x85\xa0]/.test(text);
    if (isSafe) return bySeparator(m, text, args, keywords, self);
    throw new Unsupported(`bytes.${name} with control characters`);
  });
}
define('splitlines', (m, text, args, keywords) => {
  const keeps = (args[0] ?? keywords?.get('keepends')) === true;
  const lines = text.match(/[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  return newList(
    m,
    lines.map((l) => (keeps ? l : l.replace(/[\r\n]+$/, ''))),
  );
});

function decode(m: Machine, text: string, encoding: Value, errors: Value): Value {
  const name = String(encoding ?? 'utf-8')
    .toLowerCase()
    .replace(/[-_ ]/g, '');
  const fail = (codec: string, at: number, why: string): Value => {
    if (errors === 'ignore' || errors === 'replace') throw new Unsupported(`decoding with errors='${errors}'`);
    const byte = text.charCodeAt(at).toString(16).padStart(2, '0');
    return raise(m, 'UnicodeDecodeError', `'${codec}' codec can't decode byte 0x${byte} in position ${at}: ${why}`);
  };
  const at = Array.from(text).findIndex((c) => c.charCodeAt(0) > 127);
  if (name === 'latin1' || name === 'iso88591') return text;
  if (name === 'ascii' || name === 'usascii') return at < 0 ? text : fail('ascii', at, 'ordinal not in range(128)');
  if (name !== 'utf8' && name !== 'utf8sig') throw new Unsupported(`decoding ${String(encoding)}`);
  const decoded = at < 0 ? text : fromUtf8(unlatin(text));
  if (decoded !== null) return name === 'utf8sig' ? decoded.replace(/^\ufeff/, '') : decoded;
  const first = firstWrong(text);
  return fail('utf-8', first.at, first.why);
}

/** Where UTF-8 is wrong first, and why, as CPython says it. */
function firstWrong(text: string): { at: number; why: string } {
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    const n = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
    if (n < 0) return { at: i, why: 'invalid start byte' };
    for (let k = 1; k <= n; k++) {
      if (i + k >= text.length) return { at: i, why: 'unexpected end of data' };
      if ((text.charCodeAt(i + k) & 0xc0) !== 0x80) return { at: i, why: 'invalid continuation byte' };
    }
    i += n + 1;
  }
  return { at: 0, why: 'invalid start byte' };
}

/** What gives text, not bytes: not converted back. */
function defineText(name: string, body: (m: Machine, text: string, args: readonly Value[], keywords: Keywords) => Value): void {
  for (const cls of [bytesClass, bytearrayClass, memoryviewClass])
    method(cls, name, (m, args, keywords) => {
      if (stopsBefore(m, args[0])) return STOP;
      const content = contentOf(m, args[0]);
      if (content === undefined) return typeError(m, `descriptor '${name}' doesn't apply to a '${typeName(args[0])}' object`);
      return body(m, latin(content), args.slice(1), keywords);
    });
}
defineText('decode', (m, text, args, kw) => decode(m, text, args[0] ?? kw?.get('encoding'), args[1] ?? kw?.get('errors')));
memoryviewClass.dict.delete('decode');
defineText('hex', (m, text, args, kw) => {
  const digits = Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0'));
  const separator = args[0] ?? kw?.get('sep');
  if (separator === undefined) return digits.join('');
  const size = Number(args[1] ?? kw?.get('bytes_per_sep') ?? 1);
  if (size !== 1) throw new Unsupported('bytes.hex with groups');
  return digits.join(isBytesLike(separator) ? latin(contentOf(m, separator) ?? new Uint8Array()) : String(separator));
});
defineText('__len__', (_m, text) => text.length);

for (const cls of [bytesClass, bytearrayClass]) {
  method(cls, 'join', (m, args) => {
    const drained = drain(m, args[1]);
    if (drained === STOP) return STOP;
    // The program's own code runs in the middle.
    if (drained === null) return callPrelude(m, '__rr_join', args);
    const items = drained as readonly Value[];
    if (stopsBefore(m, args[0], ...items)) return STOP;
    const parts = items.map((v, i) => {
      const content = contentOf(m, v);
      return content === undefined && !(v instanceof Opaque)
        ? typeError(m, `sequence item ${i}: expected a bytes-like object, ${typeName(v)} found`)
        : content;
    });
    if (parts.some((p) => p === undefined)) return opaque(m, 'bytes.join(…)');
    const text = parts.map((p) => latin(p ?? new Uint8Array())).join(latin(contentOf(m, args[0]) ?? new Uint8Array()));
    return like(m, args[0], unlatin(text));
  });
  method(cls, 'translate', (m, args, kw) => {
    if (stopsBefore(m, ...args)) return STOP;
    const content = contentOf(m, args[0]) ?? new Uint8Array();
    const table = args[1] === null ? null : contentOf(m, args[1]);
    const gone = contentOf(m, args[2] ?? kw?.get('delete') ?? null) ?? new Uint8Array();
    if (table !== null && table?.length !== 256) return raise(m, 'ValueError', 'translation table must be 256 characters long');
    const kept = [...content].filter((b) => !gone.includes(b));
    return like(m, args[0], Uint8Array.from(table === null ? kept : kept.map((b) => table[b] as number)));
  });
  const fromHex = new NativeMethod(
    'fromhex',
    (m, args) => {
      const s = args[1];
      if (typeof s !== 'string') return typeError(m, `fromhex() argument must be str, not ${typeName(s)}`);
      const compact = /^(\s*[0-9a-fA-F]{2})*\s*$/.exec(s);
      if (!compact) {
        const at = /^(\s*[0-9a-fA-F]{2})*\s*[0-9a-fA-F]?/.exec(s)?.[0].length ?? 0;
        return raise(m, 'ValueError', `non-hexadecimal number found in fromhex() arg at position ${at}`);
      }
      const digits = Uint8Array.from((s.match(/[0-9a-fA-F]{2}/g) ?? []).map((h) => parseInt(h, 16)));
      return cls === bytesClass ? new PyBytes(digits) : like(m, m.adopt(new PyByteArray(bytearrayClass)), digits);
    },
    { pure: true },
  );
  cls.dict.set('fromhex', new ClassMethod(fromHex));
}
method(
  bytesClass,
  'maketrans',
  (m, [from, to]) => {
    const a = contentOf(m, from);
    const b = contentOf(m, to);
    if (a === undefined || b === undefined) return typeError(m, `a bytes-like object is required, not '${typeName(a ? to : from)}'`);
    if (a.length !== b.length) return raise(m, 'ValueError', 'maketrans arguments must have same length');
    const table = Uint8Array.from({ length: 256 }, (_, i) => i);
    a.forEach((x, i) => (table[x] = b[i] as number));
    return new PyBytes(table);
  },
  { pure: true },
);
bytearrayClass.dict.set('maketrans', bytesClass.dict.get('maketrans'));
