/** Text as bytes: atob and btoa, and what Buffer, TextEncoder and TextDecoder of the prelude are made of. */
import { Raise } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { type Opaque, type Value } from '../../values.ts';
import { identityOfBytes, isTyped, JsBuffer, JsView, nameOfBytes, newTyped, readCells, UnknownByte, writeCells } from '../binary/store.ts';
import { base64Bytes, base64Text, bytesOf, encodingOf, textOfBytes, utf8Text } from '../binary/text.ts';
import { stringOf, toText } from '../convert.ts';
import { chain, makeError, newArray, newNative, put, throwError } from '../objects.ts';
import { ask, computed, newOpaque } from '../opaque.ts';
import { state } from '../state.ts';
import { Flag, type JsFunction } from '../values.ts';
import { computing, known, methods } from './define.ts';
import { alike, self } from './typed-array.ts';

function invalidCharacter(m: Machine, message: string): Raise {
  const e = makeError(m, 'Error', message);
  put(e, 'name', 'InvalidCharacterError', Flag.Hidden);
  put(e, 'code', 5);
  return new Raise(e);
}

/** The bytes of a buffer or view; null for anything else. */
function cellsIn(m: Machine, v: Value): Value[] | null {
  if (v instanceof JsBuffer) return readCells(m, v, 0, v.cells.length);
  return v instanceof JsView ? readCells(m, v.buffer, v.byteOffset, v.byteLength) : null;
}

function isKnown(cells: readonly Value[]): cells is number[] {
  return cells.every((c) => typeof c === 'number');
}

/** Text of bytes that are not all known: the same text for the same bytes. */
function unknownText(m: Machine, cells: readonly Value[], how: string): Opaque {
  const o = newOpaque(m, `${nameOfBytes(cells)}.${how}`);
  o.definite = cells.length > 0;
  o.same = `${identityOfBytes(cells)}.${how}`;
  return o;
}

/** Decodes bytes in an encoding; undefined where a fatal decoder refuses them. */
function decode(m: Machine, cells: readonly Value[], encoding: string, isFatal: boolean): Value {
  if (!isKnown(cells)) return unknownText(m, cells, `toString('${encoding}')`);
  return isFatal && encoding === 'utf8' ? (utf8Text(cells, true) ?? undefined) : textOfBytes(cells, encoding);
}

/** Whether two runs of bytes are the same; a question where that is not known. */
function sameBytes(m: Machine, a: readonly Value[], b: readonly Value[]): Value {
  if (a.length !== b.length) return false;
  if (identityOfBytes(a) === identityOfBytes(b)) return true;
  if (a.some((x, i) => typeof x === 'number' && typeof b[i] === 'number' && x !== b[i])) return false;
  return ask(m, `${nameOfBytes(a)} equals ${nameOfBytes(b)}`);
}

export function installText(m: Machine): void {
  const s = state(m);
  methods(m, s.globalObject, {
    atob: [
      1,
      (n, _t, [v]) =>
        chain(n, toText(n, known(v)), (k, given) => {
          const text = (given as string).replace(/[\t\n\f\r ]/g, '');
          const body = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
          if (/[^A-Za-z0-9+/=]/.test(body)) throw invalidCharacter(k, 'Invalid character');
          if (body.length % 4 === 1 || body.includes('=')) throw invalidCharacter(k, 'The string to be decoded is not correctly encoded.');
          return textOfBytes(base64Bytes(body), 'latin1');
        }),
    ],
    btoa: [
      1,
      (n, _t, [v]) =>
        chain(n, toText(n, known(v)), (k, given) => {
          const text = given as string;
          for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) throw invalidCharacter(k, 'Invalid character');
          return base64Text(bytesOf(text, 'latin1'));
        }),
    ],
  });
  computing(s.globalObject, ['atob', 'btoa']);
  const helpers: Record<string, JsFunction['native'] & object> = {
    __rr_encodingOf: (_n, _t, [name]) => (typeof name === 'string' ? (encodingOf(name) ?? undefined) : undefined),
    /** The bytes of a text as an array of numbers. */
    __rr_bytesOf: (n, _t, [text, encoding]) => newArray(n, bytesOf(stringOf(n, text), stringOf(n, encoding))),
    __rr_textOf: (n, _t, [v, encoding, isFatal]) => decode(n, cellsIn(n, v) ?? [], stringOf(n, encoding), isFatal === true),
    __rr_sameBytes: (n, _t, [a, b]) => sameBytes(n, cellsIn(n, a) ?? [], cellsIn(n, b) ?? []),
    __rr_isKnownBytes: (n, _t, [v]) => isKnown(cellsIn(n, v) ?? []),
    __rr_isTyped: (_n, _t, [v]) => isTyped(v),
    __rr_isView: (_n, _t, [v]) => v instanceof JsView,
    __rr_isBuffer: (_n, _t, [v]) => v instanceof JsBuffer,
    /** A typed array of the kind and class of another, with as many zeros as are asked for. */
    __rr_alike: (n, _t, [v, length]) => {
      const a = self(n, v);
      return newTyped(n, a.kind, Number(length), a.proto ?? undefined);
    },
    __rr_copyOf: (n, _t, [v]) => {
      const a = self(n, v);
      return alike(n, a, readCells(n, a.buffer, a.byteOffset, a.byteLength));
    },
    /** Fills a view with bytes that nobody knows, of a source with a name. */
    __rr_randomise: (n, _t, [v, name]) => {
      if (!(v instanceof JsView)) throwError(n, 'TypeError', 'The data argument must be an integer-type TypedArray');
      const of = callName(n, stringOf(n, name));
      const cells = Array.from({ length: v.byteLength }, (_, i) => new UnknownByte('Uint8', of, i));
      writeCells(n, v.buffer, v.byteOffset, cells);
      return v;
    },
    /** What a built-in computes of values that are not known. */
    __rr_computed: (n, _t, [name, ...args]) => {
      const o = computed(n, stringOf(n, name), undefined, args, false);
      o.definite = true;
      return o;
    },
    __rr_assume: (n, _t, [what]) => {
      n.assume(stringOf(n, what));
      return undefined;
    },
  };
  for (const [name, native] of Object.entries(helpers)) s.prelude.set(name, newNative(m, name, 0, native));
}

/** Something unknown that each call gives anew, numbered from the second on. */
function callName(m: Machine, text: string): Opaque {
  const s = state(m);
  const n = (s.callNumbers.get(text) ?? 0) + 1;
  m.trail.mapSet(s.callNumbers, text, n);
  const o = newOpaque(m, n === 1 ? text : `${text} #${String(n)}`);
  o.definite = true;
  return o;
}
