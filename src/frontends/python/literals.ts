/**
 * Values of Python literals: numbers, and the text of strings and bytes with their escapes
 * ("Lexical analysis" in the language reference). Text in, value or message out; no tree here.
 */
import type { ConstValue } from '../../core/program/program.ts';

export interface Decoded<T> {
  value: T;
  /** What Python rejects. */
  problem: string | null;
  /** What Python accepts and this front end does not know the value of. */
  unknown?: string;
}

/** The most digits CPython converts from decimal (sys.int_info.default_max_str_digits). */
const maxDecimalDigits = 4300;

/** Value of an integer, float or imaginary literal; null with a message when Python rejects it. */
export function decodeNumber(text: string): Decoded<ConstValue | null> {
  if (/^(?:[1-9][0-9]{0,14}|0)$/.test(text)) return { value: { type: 'integer', value: BigInt(text) }, problem: null };
  const plain = text.replaceAll('_', '');
  const problem = numberProblem(text);
  if (/[jJ]$/.test(plain)) return { value: { type: 'complex', value: Number(plain.slice(0, -1)) }, problem };
  const prefixed = /^0([xXoObB])([0-9a-fA-F]+)[lL]?$/.exec(plain);
  if (prefixed !== null) {
    const value = BigInt(`0${(prefixed[1] ?? '').toLowerCase()}${prefixed[2] ?? ''}`);
    return { value: { type: 'integer', value }, problem };
  }
  const decimal = /^([0-9]+)[lL]?$/.exec(plain);
  if (decimal !== null) {
    const digits = decimal[1] ?? '0';
    if (digits.length > maxDecimalDigits) {
      return { value: null, problem: `integer literal of ${digits.length} digits exceeds the limit of ${maxDecimalDigits}` };
    }
    const octal = /^0+[0-7]+$/.test(digits) && /[1-7]/.test(digits);
    return { value: { type: 'integer', value: BigInt(octal ? `0o${digits}` : digits) }, problem };
  }
  const value = Number(plain);
  if (Number.isNaN(value)) return { value: null, problem: `invalid number literal '${text}'` };
  return { value: { type: 'number', value }, problem };
}

function numberProblem(text: string): string | null {
  if (/_(_|$)|_[.eEjJ]|[.eE]_/.test(text.replace(/^0[xX].*/, (hex) => hex.replace(/[eE]/g, '0'))))
    return 'invalid underscore in a number literal';
  if (/[lL]$/.test(text)) return `invalid decimal literal '${text}' (Python 2 long integer)`;
  if (/^0[0-9_]*[1-9][0-9_]*$/.test(text))
    return 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
  return null;
}

export interface StringPrefix {
  raw: boolean;
  bytes: boolean;
  formatted: boolean;
  /** Template string of Python 3.14. */
  template: boolean;
}

/** Reads the prefix from the opening of a string such as `rb"""`. */
export function stringPrefix(opening: string): StringPrefix {
  const letters = opening.replace(/['"]+$/, '').toLowerCase();
  return { raw: letters.includes('r'), bytes: letters.includes('b'), formatted: letters.includes('f'), template: letters.includes('t') };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Named characters programs write in practice; a string with another name is not simulated. */
const characterNames: Readonly<Record<string, string>> = {
  SPACE: ' ',
  'NO-BREAK SPACE': '\u00a0',
  NULL: '\0',
  TAB: '\t',
  'LINE FEED': '\n',
  'CARRIAGE RETURN': '\r',
  'EN DASH': '\u2013',
  'EM DASH': '\u2014',
  'MINUS SIGN': '\u2212',
  BULLET: '\u2022',
  'HORIZONTAL ELLIPSIS': '\u2026',
  'LEFT SINGLE QUOTATION MARK': '\u2018',
  'RIGHT SINGLE QUOTATION MARK': '\u2019',
  'LEFT DOUBLE QUOTATION MARK': '\u201c',
  'RIGHT DOUBLE QUOTATION MARK': '\u201d',
  'DEGREE SIGN': '\u00b0',
  'MICRO SIGN': '\u00b5',
  'PLUS-MINUS SIGN': '\u00b1',
  'MULTIPLICATION SIGN': '\u00d7',
  'EURO SIGN': '\u20ac',
  'COPYRIGHT SIGN': '\u00a9',
  'CHECK MARK': '\u2713',
  'RIGHTWARDS ARROW': '\u2192',
  'LEFTWARDS ARROW': '\u2190',
  'GREEK SMALL LETTER MU': '\u03bc',
  'GREEK CAPITAL LETTER OMEGA': '\u03a9',
  'GREEK SMALL LETTER ALPHA': '\u03b1',
  'LATIN SMALL LETTER E WITH ACUTE': '\u00e9',
  'ZERO WIDTH SPACE': '\u200b',
  'ZERO WIDTH JOINER': '\u200d',
  SNOWMAN: '\u2603',
  'BLACK HEART SUIT': '\u2665',
};

/**
 * The value of the text between the quotes. In a formatted string `{{` and `}}` stand for braces.
 * For bytes the value holds one character per byte.
 */
export function decodeText(text: string, prefix: StringPrefix): Decoded<string> {
  const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let problem: string | null = null;
  let unknown: string | undefined;
  const needsWork = (!prefix.raw && source.includes('\\')) || ((prefix.formatted || prefix.template) && /[{}]/.test(source));
  let value = source;
  if (needsWork) {
    const pattern = prefix.formatted || prefix.template ? formattedEscape : plainEscape;
    value = source.replace(pattern, (match: string) => {
      if (match === '{{' || match === '}}') return match.charAt(0);
      if (prefix.raw) return match;
      const decoded = decodeEscape(match, prefix.bytes);
      problem ??= decoded.problem;
      unknown ??= decoded.unknown;
      return decoded.value;
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, control characters included.
  if (prefix.bytes && /[^\x00-\x7f]/.test(source)) problem ??= 'bytes can only contain ASCII literal characters';
  return unknown === undefined ? { value, problem } : { value, problem, unknown };
}

const plainEscape = /\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|N(?:\{[^}\n]*\}?)?|[^])/g;
const formattedEscape = /\{\{|\}\}|\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|N(?:\{[^}\n]*\}?)?|[^{}])/g;

function decodeEscape(escape: string, bytes: boolean): Decoded<string> {
  const code = escape.charAt(1);
  if (code === '\n') return { value: '', problem: null };
  const simple = simpleEscapes[code];
  if (simple !== undefined) return { value: simple, problem: null };
  if (/^[0-7]$/.test(code)) return { value: String.fromCharCode(parseInt(escape.slice(1), 8) & (bytes ? 0xff : 0x1ff)), problem: null };
  if (code === 'x' || (!bytes && (code === 'u' || code === 'U'))) {
    const digits = escape.slice(2);
    const wanted = code === 'x' ? 2 : code === 'u' ? 4 : 8;
    const point = parseInt(digits, 16);
    if (digits.length < wanted) return { value: escape, problem: `truncated \\${code}${'X'.repeat(wanted)} escape` };
    if (point > 0x10ffff) return { value: escape, problem: 'illegal Unicode character in escape' };
    return { value: String.fromCodePoint(point), problem: null };
  }
  if (!bytes && code === 'N') {
    const name = escape.slice(3, -1).toUpperCase();
    const known = characterNames[name];
    if (known !== undefined) return { value: known, problem: null };
    if (!escape.endsWith('}') || !/^[A-Z0-9 ()-]+$/.test(name)) return { value: escape, problem: 'malformed \\N character escape' };
    return { value: escape, problem: null, unknown: `the character named '${name}'` };
  }
  // An unknown escape stays as it is (a SyntaxWarning in recent versions).
  return { value: escape, problem: null };
}

/** One byte per character of a decoded bytes literal. */
export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);
}
