/** format(), str.format(), f-strings and % formatting. */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, PyBytes, PyFloat, PyRange, PyTuple, type Value } from '../values.ts';
import { getAttr } from './attributes.ts';
import { raise, typeError } from './errors.ts';
import { find as findEntry, canon, USER_KEY } from './keys.ts';
import { floatRepr, isInt, isNumber, toDouble, toInt, type Int } from './numbers.ts';
import { PyDict, PyList, PyObject } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { readsText } from './text-reads.ts';
import { reprOf, strOf } from './text.ts';
import { strClass, typeName, userMethod } from './types.ts';

interface Spec {
  fill: string;
  align: string;
  sign: string;
  alternate: boolean;
  zero: boolean;
  width: number;
  grouping: string;
  precision: number;
  type: string;
}

function parseSpec(m: Machine, text: string, v: Value): Spec {
  const p = Array.from(text);
  let i = 0;
  const spec: Spec = { fill: ' ', align: '', sign: '', alternate: false, zero: false, width: 0, grouping: '', precision: -1, type: '' };
  const isAlign = (c: string | undefined): boolean => c !== undefined && '<>=^'.includes(c);
  if (isAlign(p[1])) {
    spec.fill = p[0] as string;
    spec.align = p[1] as string;
    i = 2;
  } else if (isAlign(p[0])) {
    spec.align = p[0] as string;
    i = 1;
  }
  if (p[i] === '+' || p[i] === '-' || p[i] === ' ') spec.sign = p[i++] as string;
  if (p[i] === 'z') {
    if (typeof v === 'string') return raise(m, 'ValueError', 'Negative zero coercion (z) not allowed in string format specifier');
    i++;
  }
  if (p[i] === '#') {
    spec.alternate = true;
    i++;
  }
  if (p[i] === '0') {
    spec.zero = true;
    if (spec.align === '') {
      spec.fill = '0';
      spec.align = '=';
    }
    i++;
  }
  while (p[i] !== undefined && /[0-9]/.test(p[i] as string)) spec.width = spec.width * 10 + Number(p[i++]);
  if (p[i] === ',' || p[i] === '_') spec.grouping = p[i++] as string;
  if (p[i] === '.') {
    i++;
    let n = 0;
    let any = false;
    while (p[i] !== undefined && /[0-9]/.test(p[i] as string)) {
      n = n * 10 + Number(p[i++]);
      any = true;
    }
    if (!any) return raise(m, 'ValueError', 'Format specifier missing precision');
    spec.precision = n;
  }
  spec.type = p[i] ?? '';
  if (i + 1 < p.length)
    return raise(
      m,
      'ValueError',
      `Invalid format specifier${` '${text}' for object of type '${typeName(v)}'`}`.replace(/ '.*$/s, pythonHasDetail ? '$&' : ''),
    );
  return spec;
}

/** CPython 3.10 and later name the specifier and the type. */
const pythonHasDetail = true;

function group(digits: string, by: string, size = 3): string {
  if (by === '') return digits;
  let out = '';
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % size === 0) out += by;
    out += digits[i];
  }
  return out;
}

function padded(text: string, spec: Spec, otherwise: string): string {
  const missing = spec.width - Array.from(text).length;
  if (missing <= 0) return text;
  const align = spec.align === '' || spec.align === '=' ? otherwise : spec.align;
  if (align === '<') return text + spec.fill.repeat(missing);
  if (align === '>') return spec.fill.repeat(missing) + text;
  const left = missing >> 1;
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}

/** Sign, digits and padding between them. */
function number(negative: boolean, prefix: string, whole: string, rest: string, spec: Spec): string {
  const sign = negative ? '-' : spec.sign === '+' ? '+' : spec.sign === ' ' ? ' ' : '';
  let body = group(whole, spec.grouping, prefix === '' || prefix === '0' ? 3 : 4);
  if (spec.align === '=' || (spec.align === '' && spec.zero)) {
    const used = sign.length + prefix.length + rest.length;
    if (spec.fill === '0' && spec.grouping !== '') {
      let digits = whole;
      while (group(digits, spec.grouping).length + used < spec.width) {
        const longer = group(`0${digits}`, spec.grouping);
        if (longer.length + used > spec.width && longer.length + used !== spec.width + 0) {
          digits = `0${digits}`;
          break;
        }
        digits = `0${digits}`;
      }
      body = group(digits, spec.grouping);
    }
    const missing = spec.width - used - body.length;
    return sign + prefix + (missing > 0 ? spec.fill.repeat(missing) : '') + body + rest;
  }
  return padded(sign + prefix + body + rest, spec, '>');
}

function formatInt(m: Machine, v: Int, spec: Spec): string {
  const negative = v < 0;
  const size = v < 0 ? -BigInt(v) : BigInt(v);
  switch (spec.type) {
    case '':
    case 'd':
    case 'n':
      if (spec.precision >= 0) return raise(m, 'ValueError', 'Precision not allowed in integer format specifier');
      return number(negative, '', size.toString(), '', spec);
    case 'b':
      return number(negative, spec.alternate ? '0b' : spec.grouping ? '\u0000' : '', size.toString(2), '', spec).replace('\u0000', '');
    case 'o':
      return number(negative, spec.alternate ? '0o' : spec.grouping ? '\u0000' : '', size.toString(8), '', spec).replace('\u0000', '');
    case 'x':
      return number(negative, spec.alternate ? '0x' : spec.grouping ? '\u0000' : '', size.toString(16), '', spec).replace('\u0000', '');
    case 'X':
      return number(negative, spec.alternate ? '0X' : spec.grouping ? '\u0000' : '', size.toString(16).toUpperCase(), '', spec).replace(
        '\u0000',
        '',
      );
    case 'c':
      if (v < 0 || v > 0x10ffff) return raise(m, 'OverflowError', '%c arg not in range(0x110000)');
      return padded(String.fromCodePoint(Number(size)), spec, '<');
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
      return formatFloat(m, Number(v), spec);
    default:
      return raise(m, 'ValueError', `Unknown format code '${spec.type}' for object of type 'int'`);
  }
}

/** Digits rounded half to even on the exact value, as CPython does; toFixed is exact only up to 1e21. */
export function fixed(x: number, digits: number): string {
  const size = Math.abs(x);
  if (size < 1e21 && digits <= 100) return exactFixed(size, digits);
  return BigInt(Math.round(size)).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
}

function exactFixed(x: number, digits: number): string {
  // toFixed rounds the exact binary value, halves up; a tie is only possible when the value is exact.
  const text = x.toFixed(digits);
  if (digits > 30) return text;
  const scaled = x * 10 ** digits;
  if (digits <= 15 && scaled < 2 ** 50 && Math.abs(scaled - Math.floor(scaled) - 0.5) < 1e-9) {
    // A possible tie: decide exactly.
    const exact = toRatio(x);
    const n = exact.n * 10n ** BigInt(digits);
    const q = n / exact.d;
    const twice = (n - q * exact.d) * 2n;
    const rounded = twice > exact.d || (twice === exact.d && q % 2n === 1n) ? q + 1n : q;
    const s = rounded.toString().padStart(digits + 1, '0');
    return digits === 0 ? s : `${s.slice(0, s.length - digits)}.${s.slice(s.length - digits)}`;
  }
  return text;
}

/** A non-negative double as an exact fraction. */
export function toRatio(x: number): { n: bigint; d: bigint } {
  let d = 1n;
  let y = x;
  while (!Number.isInteger(y)) {
    y *= 2;
    d *= 2n;
  }
  return { n: BigInt(y), d };
}

function exponentForm(x: number, digits: number): string {
  const text = x.toExponential(Math.min(100, digits));
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function formatFloat(m: Machine, x: number, spec: Spec): string {
  let type = spec.type;
  const negative = x < 0 || Object.is(x, -0);
  const size = Math.abs(x);
  const upper = type === 'E' || type === 'F' || type === 'G';
  if (!Number.isFinite(x)) {
    const s = Number.isNaN(x) ? 'nan' : 'inf';
    const text = (upper ? s.toUpperCase() : s) + (type === '%' ? '%' : '');
    return number(negative && !Number.isNaN(x), '', text, '', {
      ...spec,
      grouping: '',
      fill: spec.fill === '0' ? ' ' : spec.fill,
      align: spec.align === '=' && spec.fill === '0' ? '>' : spec.align,
    });
  }
  let body: string;
  let tail = '';
  const precision = spec.precision < 0 ? 6 : spec.precision;
  switch (type) {
    case 'f':
    case 'F':
      body = fixed(size, precision);
      break;
    case '%':
      body = fixed(size * 100, precision);
      tail = '%';
      break;
    case 'e':
    case 'E':
      body = exponentForm(size, precision);
      break;
    case 'g':
    case 'G':
    case 'n':
      body = general(size, precision === 0 ? 1 : precision, spec.alternate);
      break;
    case '':
      body = spec.precision < 0 ? floatRepr(size) : generalRepr(size, spec.precision === 0 ? 1 : spec.precision);
      break;
    default:
      return raise(m, 'ValueError', `Unknown format code '${type}' for object of type 'float'`);
  }
  type = '';
  if (upper) body = body.toUpperCase();
  const at = body.search(/[.e]/i);
  const whole = at < 0 ? body : body.slice(0, at);
  const rest = (at < 0 ? '' : body.slice(at)) + tail;
  return number(negative, '', whole, rest, spec);
}

function general(x: number, p: number, keep: boolean): string {
  if (x === 0) return keep ? `0.${'0'.repeat(p - 1)}` : '0';
  const e = Number(x.toExponential(p - 1).split('e')[1]);
  if (e < -4 || e >= p) {
    const s = exponentForm(x, p - 1);
    return keep ? s : s.replace(/\.?0+e/, 'e');
  }
  const s = fixed(x, Math.max(0, p - 1 - e));
  return keep || !s.includes('.') ? s : s.replace(/\.?0+$/, '');
}

/** No type given: like g, with at least one digit after the point. */
function generalRepr(x: number, p: number): string {
  const e = x === 0 ? 0 : Number(x.toExponential(p - 1).split('e')[1]);
  const s = e < -4 || e >= p ? exponentForm(x, p - 1).replace(/\.?0+e/, 'e') : general(x, p, false);
  return /[.e]/.test(s) ? s : `${s}.0`;
}

function formatString(m: Machine, s: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') return raise(m, 'ValueError', `Unknown format code '${spec.type}' for object of type 'str'`);
  if (spec.grouping !== '') return raise(m, 'ValueError', `Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.sign !== '') return raise(m, 'ValueError', 'Sign not allowed in string format specifier');
  if (spec.align === '=' && !spec.zero) return raise(m, 'ValueError', "'=' alignment not allowed in string format specifier");
  const cut = spec.precision >= 0 ? Array.from(s).slice(0, spec.precision).join('') : s;
  return padded(cut, spec, '<');
}

/** format(v, spec); undefined when the program's own `__format__` or `__str__` decides. */
export function formatValue(m: Machine, v: Value, text: string): string | undefined {
  if (userMethod(v, '__format__') !== undefined) return undefined;
  if (text === '') return strOf(v);
  if (v instanceof PyObject && v.payload !== undefined) {
    if (typeof v.payload === 'string')
      return strOf(v) === undefined ? undefined : formatString(m, strOf(v) as string, parseSpec(m, text, v));
    return userMethod(v, '__str__') !== undefined ? undefined : formatValue(m, v.payload, text);
  }
  if (typeof v === 'boolean') {
    const spec = parseSpec(m, text, v);
    if (spec.type === 's') return raise(m, 'ValueError', "Unknown format code 's' for object of type 'bool'");
    return formatInt(m, toInt(v), spec);
  }
  if (isInt(v)) return formatInt(m, toInt(v), parseSpec(m, text, v));
  if (v instanceof PyFloat) return formatFloat(m, v.value, parseSpec(m, text, v));
  if (typeof v === 'string') return formatString(m, v, parseSpec(m, text, v));
  if (v instanceof Opaque) return strOf(v);
  return typeError(m, `unsupported format string passed to ${typeName(v)}.__format__`);
}

export type TemplatePart = string | { value: Value; conversion: string; format: Value | null };

/** An f-string: its text, or the prelude does it when user code has a say. */
export function template(m: Machine, parts: readonly TemplatePart[]): Value {
  let out = '';
  for (const p of parts) {
    if (typeof p === 'string') {
      out += p;
      continue;
    }
    if (readsText(m, p.value)) return STOP;
    const s = convert(m, p.value, p.conversion, typeof p.format === 'string' ? p.format : '');
    if (s === undefined) {
      return callPrelude(m, '__rr_template', [
        new PyTuple(
          parts.map((q) =>
            typeof q === 'string' ? q : new PyTuple([q.value, q.conversion, typeof q.format === 'string' ? q.format : '']),
          ),
        ),
      ]);
    }
    out += s;
  }
  return out;
}

export function convert(m: Machine, v: Value, conversion: string, spec: string): string | undefined {
  if (conversion === '') return formatValue(m, v, spec);
  const s = conversion === 's' ? strOf(v) : reprOf(v);
  if (s === undefined) return undefined;
  return formatValue(m, conversion === 'a' ? ascii(s) : s, spec);
}

export function ascii(s: string): string {
  return Array.from(s)
    .map((c) => {
      const p = c.codePointAt(0) ?? 0;
      if (p < 128) return c;
      return p < 256
        ? `\\x${p.toString(16).padStart(2, '0')}`
        : p < 65536
          ? `\\u${p.toString(16).padStart(4, '0')}`
          : `\\U${p.toString(16).padStart(8, '0')}`;
    })
    .join('');
}

/** str.format. */
export function formatMethod(m: Machine, text: string, args: readonly Value[], keywords: ReadonlyMap<string, Value> | null): Value {
  let auto = 0;
  const parts: TemplatePart[] = [];
  const parse = (s: string, depth: number): TemplatePart[] | string => {
    const out: TemplatePart[] = [];
    let literal = '';
    for (let i = 0; i < s.length; i++) {
      const c = s[i] as string;
      if (c === '{' && s[i + 1] === '{' && depth === 0) {
        literal += '{';
        i++;
      } else if (c === '}' && s[i + 1] === '}' && depth === 0) {
        literal += '}';
        i++;
      } else if (c === '{') {
        let nesting = 1;
        let j = i + 1;
        for (; j < s.length && nesting > 0; j++) {
          if (s[j] === '{') nesting++;
          else if (s[j] === '}') nesting--;
        }
        if (nesting > 0)
          return raise(
            m,
            'ValueError',
            j >= s.length && i + 1 >= s.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
          );
        if (literal !== '') out.push(literal);
        literal = '';
        out.push(field(s.slice(i + 1, j - 1), depth));
        i = j - 1;
      } else if (c === '}') return raise(m, 'ValueError', "Single '}' encountered in format string");
      else literal += c;
    }
    if (literal !== '') out.push(literal);
    return out;
  };
  const field = (s: string, depth: number): TemplatePart => {
    const match = /^([^!:]*(?:\[[^\]]*\][^!:]*)*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(s);
    if (!match) return raise(m, 'ValueError', 'bad format field');
    const name = match[1] ?? '';
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value: Value;
    if (first === '' || /^\d+$/.test(first)) {
      const i = first === '' ? auto++ : Number(first);
      if (i >= args.length) return raise(m, 'IndexError', `Replacement index ${i} out of range for positional args tuple`);
      value = args[i];
    } else {
      if (!keywords?.has(first)) return raise(m, 'KeyError', first);
      value = keywords.get(first);
    }
    for (const step of name.slice(first.length).matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
      if (step[1] !== undefined) value = getAttr(m, value, step[1]);
      else value = m.ops.getIndex(m, value, /^\d+$/.test(step[2] ?? '') ? Number(step[2]) : (step[2] ?? ''));
      if (value === STOP) return raise(m, 'RuntimeError', 'formatting a shared object');
    }
    let spec = match[3] ?? '';
    if (spec.includes('{')) {
      const inner = parse(spec, depth + 1);
      spec =
        typeof inner === 'string'
          ? inner
          : inner.map((p) => (typeof p === 'string' ? p : (convert(m, p.value, p.conversion, '') ?? ''))).join('');
    }
    return { value, conversion: match[2] ?? '', format: spec };
  };
  const parsed = parse(text, 0);
  if (typeof parsed !== 'string') parts.push(...parsed);
  return template(m, parts);
}

/** What `%` counts as a mapping: anything with `__getitem__` but tuples and strings. */
function isMapping(v: Value): boolean {
  return (
    v instanceof PyDict ||
    v instanceof PyList ||
    v instanceof PyRange ||
    v instanceof PyBytes ||
    (v instanceof PyObject && v.payload === undefined && userMethod(v, '__getitem__') !== undefined)
  );
}

/** text % values, of a string or of bytes. */
export function percent(m: Machine, text: string, values: Value, kind: 'string' | 'bytes' = 'string'): Value {
  const list = values instanceof PyTuple ? values.items : [values];
  let at = 0;
  const nextValue = (): Value => {
    if (at >= list.length) return typeError(m, 'not enough arguments for format string');
    return list[at++];
  };
  let out = '';
  let usedMap = false;
  const pattern = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.)/gs;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    out += text.slice(end, match.index);
    end = match.index + match[0].length;
    const [, name, flags = '', widthText, precisionText, type = ''] = match;
    if (type === '%') {
      out += '%';
      continue;
    }
    let width = widthText === undefined ? 0 : widthText === '*' ? Number(nextValue()) : Number(widthText);
    const precision = precisionText === undefined ? -1 : precisionText === '*' ? Number(nextValue()) : Number(precisionText);
    let v: Value;
    if (name !== undefined) {
      if (!(values instanceof PyDict)) return typeError(m, 'format requires a mapping');
      usedMap = true;
      const c = canon(m, name);
      const e = c === USER_KEY ? null : findEntry(values.table, c as string);
      if (!e) return raise(m, 'KeyError', name);
      v = e.value;
    } else v = nextValue();
    const left = flags.includes('-') || width < 0;
    width = Math.abs(width);
    const spec: Spec = {
      fill: flags.includes('0') && !left && type !== 's' && type !== 'r' ? '0' : ' ',
      align: left ? '<' : flags.includes('0') && type !== 's' && type !== 'r' ? '=' : '>',
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
      alternate: flags.includes('#'),
      zero: false,
      width,
      grouping: '',
      precision,
      type,
    };
    switch (v instanceof Opaque ? 's' : type) {
      case 's':
      case 'r':
      case 'a': {
        if (readsText(m, v)) return STOP;
        const s = type === 's' ? strOf(v) : reprOf(v);
        if (s === undefined) return callPrelude(m, '__rr_percent', [text, values]);
        out += formatString(m, type === 'a' ? ascii(s) : s, { ...spec, type: 's', sign: '' });
        break;
      }
      case 'd':
      case 'i':
      case 'u': {
        const n = v instanceof PyObject && v.payload !== undefined ? v.payload : v;
        if (!isNumber(n)) return typeError(m, `%${type} format: a real number is required, not ${typeName(v)}`);
        const whole: Int = n instanceof PyFloat ? Number(BigInt(Math.trunc(n.value))) : toInt(n);
        out += formatInt(m, whole, { ...spec, type: 'd', precision: -1 });
        break;
      }
      case 'x':
      case 'X':
      case 'o':
        if (!isInt(v)) return typeError(m, `%${type} format: an integer is required, not ${typeName(v)}`);
        out += formatInt(m, toInt(v), { ...spec, precision: -1 });
        break;
      case 'c':
        if (!isInt(v) && !(typeof v === 'string' && Array.from(v).length === 1)) return typeError(m, '%c requires int or char');
        if (isInt(v) && (Number(v) < 0 || Number(v) > 0x10ffff)) return raise(m, 'OverflowError', '%c arg not in range(0x110000)');
        out += padded(typeof v === 'string' ? v : String.fromCodePoint(Number(v)), spec, '>');
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        if (!isNumber(v)) return typeError(m, `must be real number, not ${typeName(v)}`);
        out += formatFloat(m, toDouble(v), spec);
        break;
      default:
        return raise(
          m,
          'ValueError',
          `unsupported format character '${type}' (0x${(type.codePointAt(0) ?? 0).toString(16)}) at index ${end - 1}`,
        );
    }
  }
  out += text.slice(end);
  if (!usedMap && at < list.length && !isMapping(values)) return typeError(m, `not all arguments converted during ${kind} formatting`);
  return out;
}

export { PyBytes, strClass };
