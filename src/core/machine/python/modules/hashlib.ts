/** hashlib and hmac, and base64 and binascii: what they compute is computed. Of something unknown it is unknown. */
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Native } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, PyBytes, type Value } from '../../values.ts';
import { builtins } from '../builtins.ts';
import { contentOf, isBytesLike } from '../bytes-like.ts';
import { raise, typeError } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { PyList } from '../objects.ts';
import { opaque } from '../opaque.ts';
import { utf8 } from '../strings.ts';
import { reprOf } from '../text.ts';
import { typeName } from '../types.ts';

const algorithms = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
  blake2b,
  blake2s,
};

function algorithm(m: Machine, name: Value): (typeof algorithms)[keyof typeof algorithms] {
  const known = Object.entries(algorithms).find(([n]) => n === String(name).toLowerCase().replace(/-/g, ''));
  return known ? known[1] : raise(m, 'ValueError', `unsupported hash type ${String(name)}`);
}

function joined(m: Machine, chunks: readonly Value[]): Uint8Array {
  const parts = chunks.map((c) => (c instanceof PyBytes ? c.value : typeError(m, 'object supporting the buffer API required')));
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

/** Unknown, since part of what it is made of is; equal for what is made of the same. */
function unknownDigest(m: Machine, what: string, chunks: readonly Value[]): Value {
  const made = opaque(m, `${what}(${chunks.map((c) => (c instanceof Opaque ? c.name : (reprOf(c) ?? '…'))).join(' + ')})`);
  if (chunks.every((c) => !(c instanceof Opaque) || c.same !== null)) made.same = made.name;
  made.definite = true;
  return made;
}

const helper = (name: string, fn: Native['fn']): void => {
  builtins.set(name, native(name, fn, { pure: true }));
};
const items = (v: Value): readonly Value[] => (v instanceof PyList ? v.items : []);

helper('__rr_digest', (m, [name, chunks, isHex]) => {
  if (items(chunks).some((c) => c instanceof Opaque)) return unknownDigest(m, String(name), items(chunks));
  const digest = algorithm(m, name)(joined(m, items(chunks)));
  return isHex === true ? bytesToHex(digest) : new PyBytes(digest);
});
helper('__rr_hmac', (m, [name, key, chunks, isHex]) => {
  if ([key, ...items(chunks)].some((c) => c instanceof Opaque)) return unknownDigest(m, `hmac-${String(name)}`, [key, ...items(chunks)]);
  const digest = hmac(algorithm(m, name), joined(m, [key]), joined(m, items(chunks)));
  return isHex === true ? bytesToHex(digest) : new PyBytes(digest);
});
helper('__rr_hash_sizes', (m, [name]) => {
  const known = algorithm(m, name);
  return m.ops.makeTuple(m, [known.outputLen, known.blockLen]);
});
for (const name of ['hashlib', 'hmac', 'base64', 'binascii', 'zlib']) defineModule(name, {}, name);

// ---- base64, binascii ------------------------------------------------------------------------------

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytesOf(m: Machine, v: Value): Uint8Array {
  const content = contentOf(m, v);
  if (content !== undefined) return content;
  return typeof v === 'string' ? utf8(v) : typeError(m, `a bytes-like object is required, not '${typeName(v)}'`);
}

function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const quad = [18, 12, 6, 0].map((shift) => alphabet[(n >> shift) & 63]).join('');
    out += quad.slice(0, Math.min(4, bytes.length - i + 1)).padEnd(4, '=');
  }
  return out;
}

helper('__rr_b64encode', (m, [v]) =>
  isBytesLike(v)
    ? new PyBytes(utf8(toBase64(contentOf(m, v) ?? new Uint8Array())))
    : typeError(m, `a bytes-like object is required, not '${typeName(v)}'`),
);
/** None for a wrong padding. */
helper('__rr_b64decode', (m, [v]) => {
  const text = String.fromCharCode(...bytesOf(m, v)).replace(/[^A-Za-z0-9+/=]/g, '');
  const digits = text.replace(/=.*$/, '');
  if (digits.length % 4 === 1 || (digits.length + (text.length - digits.length)) % 4 !== 0) return null;
  const out: number[] = [];
  for (let i = 0; i < digits.length; i += 4) {
    const quad = digits.slice(i, i + 4);
    const n = [...quad.padEnd(4, 'A')].reduce((sum, c) => sum * 64 + alphabet.indexOf(c), 0);
    out.push(...[n >> 16, (n >> 8) & 255, n & 255].slice(0, quad.length - 1));
  }
  return new PyBytes(Uint8Array.from(out));
});
helper('__rr_crc32', (m, [v, start]) => {
  let crc = ~Number(start ?? 0);
  for (const byte of bytesOf(m, v)) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
});
