/** JSON texts, as CPython's json.scanner and json.decoder read them: integers of any size, their messages on a mismatch. */
import type { Machine } from '../machine.ts';
import { PyFloat, PyTuple, type Value } from '../values.ts';
import { newList } from './lists.ts';
import { norm } from './numbers.ts';

class Mismatch extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** How the values of a text are made. */
interface Maker {
  list(items: Value[]): Value;
  object(pairs: [string, Value][]): Value;
  int(text: string): Value;
  float(text: string): Value;
  constant(text: 'NaN' | 'Infinity' | '-Infinity'): Value;
  other(v: string | boolean | null): Value;
}

function plain(m: Machine): Maker {
  return {
    list: (items) => newList(m, items),
    object: (pairs) => {
      const d = m.ops.makeDict(m);
      for (const [k, v] of pairs) m.ops.dictSet(m, d, k, v);
      return d;
    },
    int: (text) => norm(BigInt(text)),
    float: (text) => new PyFloat(Number(text)),
    constant: (text) => new PyFloat(Number(text)),
    other: (v) => v,
  };
}

/** Each value as a pair of its kind and its content, for a decoder with hooks. */
function marked(m: Machine): Maker {
  const node = (kind: string, v: Value): Value => new PyTuple([kind, v]);
  return {
    list: (items) => node('list', newList(m, items)),
    object: (pairs) =>
      node(
        'dict',
        newList(
          m,
          pairs.map((p) => new PyTuple(p)),
        ),
      ),
    int: (text) => node('int', text),
    float: (text) => node('float', text),
    constant: (text) => node('constant', text),
    other: (v) => node('other', v),
  };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function scanString(s: string, begin: number): [text: string, end: number] {
  let out = '';
  for (let i = begin + 1; i < s.length; i++) {
    const c = s.charAt(i);
    if (c === '"') return [out, i + 1];
    if (c < ' ') throw new Mismatch('Invalid control character at', i);
    if (c !== '\\') {
      out += c;
      continue;
    }
    const e = s.charAt(++i);
    if (e === '') break;
    if (e !== 'u') {
      const known = escapes[e];
      if (known === undefined) throw new Mismatch('Invalid \\escape', i - 1);
      out += known;
      continue;
    }
    const digits = s.slice(i + 1, i + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Mismatch('Invalid \\uXXXX escape', i + 1);
    out += String.fromCharCode(parseInt(digits, 16));
    i += 4;
  }
  throw new Mismatch('Unterminated string starting at', begin);
}

function skip(s: string, i: number): number {
  while (i < s.length && ' \t\n\r'.includes(s.charAt(i))) i++;
  return i;
}

function scanObject(s: string, begin: number, make: Maker): [Value, number] {
  const pairs: [string, Value][] = [];
  let i = skip(s, begin);
  if (s[i] === '}') return [make.object(pairs), i + 1];
  for (;;) {
    if (s[i] !== '"') throw new Mismatch('Expecting property name enclosed in double quotes', i);
    const [key, afterKey] = scanString(s, i);
    i = skip(s, afterKey);
    if (s[i] !== ':') throw new Mismatch("Expecting ':' delimiter", i);
    const [value, afterValue] = scan(s, skip(s, i + 1), make);
    pairs.push([key, value]);
    i = skip(s, afterValue);
    if (s[i] === '}') return [make.object(pairs), i + 1];
    if (s[i] !== ',') throw new Mismatch("Expecting ',' delimiter", i);
    i = skip(s, i + 1);
  }
}

function scanArray(s: string, begin: number, make: Maker): [Value, number] {
  const items: Value[] = [];
  let i = skip(s, begin);
  if (s[i] === ']') return [make.list(items), i + 1];
  for (;;) {
    const [value, end] = scan(s, i, make);
    items.push(value);
    i = skip(s, end);
    if (s[i] === ']') return [make.list(items), i + 1];
    if (s[i] !== ',') throw new Mismatch("Expecting ',' delimiter", i);
    i = skip(s, i + 1);
  }
}

const words: readonly [string, boolean | null][] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

function scan(s: string, i: number, make: Maker): [Value, number] {
  const c = s[i];
  if (c === '"') {
    const [text, end] = scanString(s, i);
    return [make.other(text), end];
  }
  if (c === '{') return scanObject(s, i + 1, make);
  if (c === '[') return scanArray(s, i + 1, make);
  for (const [word, value] of words) if (s.startsWith(word, i)) return [make.other(value), i + word.length];
  for (const word of ['NaN', 'Infinity', '-Infinity'] as const) if (s.startsWith(word, i)) return [make.constant(word), i + word.length];
  const number = /^(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/.exec(s.slice(i, i + 5000));
  if (!number) throw new Mismatch('Expecting value', i);
  const isFloat = number[2] !== undefined || number[3] !== undefined;
  return [isFloat ? make.float(number[0]) : make.int(number[0]), i + number[0].length];
}

/** A tuple of kind, value and position: `('value', v, 0)` or `('error', message, position)`. */
export function readJson(m: Machine, text: string, isPlain: boolean): PyTuple {
  try {
    const [value, end] = scan(text, skip(text, 0), isPlain ? plain(m) : marked(m));
    const rest = skip(text, end);
    if (rest < text.length) throw new Mismatch('Extra data', rest);
    return new PyTuple(['value', value, 0]);
  } catch (e) {
    if (!(e instanceof Mismatch)) throw e;
    return new PyTuple(['error', e.message, Array.from(text.slice(0, e.at)).length]);
  }
}
