/** What bytes, bytearray and memoryview have in common: their content, and reading it. */
import { STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { LENGTH, PyBytes, STRUCTURE, type Value } from '../values.ts';
import { raise, typeError } from './errors.ts';
import { PyByteArray, PyMemoryView, PyObject } from './objects.ts';
import { typeName } from './types.ts';

/** The object whose content may change that a bytes-like value reads; null for bytes. */
function storage(v: Value): PyByteArray | null {
  if (v instanceof PyByteArray) return v;
  return v instanceof PyMemoryView && v.source instanceof PyByteArray ? v.source : null;
}

export function isBytesLike(v: Value): boolean {
  return plainBytes(v) !== undefined || v instanceof PyByteArray || v instanceof PyMemoryView;
}

function plainBytes(v: Value): PyBytes | undefined {
  if (v instanceof PyBytes) return v;
  return v instanceof PyObject && v.payload instanceof PyBytes ? v.payload : undefined;
}

/** Is the step to end before these are read? */
export function stopsBefore(m: Machine, ...values: readonly Value[]): boolean {
  return values.some((v) => {
    const s = storage(v);
    return s !== null && m.stopBefore(s);
  });
}

/** The bytes, logged as read; undefined when it has none. Ask `stopsBefore` first. */
export function contentOf(m: Machine, v: Value): Uint8Array | undefined {
  const bytes = plainBytes(v);
  if (bytes) return bytes.value;
  const s = storage(v);
  if (s?.shared) m.read(s, STRUCTURE, undefined);
  if (v instanceof PyByteArray) return v.content;
  if (!(v instanceof PyMemoryView)) return undefined;
  if (v.isReleased) return raise(m, 'ValueError', 'operation forbidden on released memoryview object');
  const all = v.source instanceof PyByteArray ? v.source.content : v.source.value;
  return all.slice(v.start, v.start + v.length);
}

/** Calls `run` with the content of a bytes-like value. */
export function withBytes(m: Machine, v: Value, run: (bytes: Uint8Array) => Value): Value {
  if (stopsBefore(m, v)) return STOP;
  const bytes = contentOf(m, v);
  return bytes === undefined ? typeError(m, `a bytes-like object is required, not '${typeName(v)}'`) : run(bytes);
}

/** Replaces the content of a bytearray. */
export function setContent(m: Machine, b: PyByteArray, content: Uint8Array): void {
  m.write(b, STRUCTURE, undefined, undefined);
  if (content.length !== b.content.length) {
    // Whether a view is still there to forbid it is not known where nothing is collected.
    if (b.views > 0) throw new Unsupported('resizing a bytearray of which there was a memoryview');
    m.write(b, LENGTH, content.length, b.content.length);
  }
  m.trail.set(b, 'content', content);
}

export const latin = (b: Uint8Array): string => {
  let out = '';
  for (const x of b) out += String.fromCharCode(x);
  return out;
};
export const unlatin = (s: string): Uint8Array => Uint8Array.from(Array.from(s, (c) => c.charCodeAt(0)));
