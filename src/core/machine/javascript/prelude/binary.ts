/** Typed array methods that call the program; Node's Buffer, TextEncoder, TextDecoder; random bytes. */
export const binaryPrelude = String.raw`
function typedSelf(self, f) {
  if (!__rr_isTyped(self)) __rr_typeError('this is not a typed array.');
  if (!__rr_isCallable(f)) __rr_typeError(__rr_show(f) + ' is not a function');
  return self;
}
/** What a typed array is made of, given something that the host cannot go through by itself. */
function elementsOfSource(source) {
  const method = source[Symbol.iterator];
  if (method !== undefined && method !== null) return collect(source);
  return fromArrayLike(source);
}
function numericOrder(a, b) {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === 0 && b === 0) { const x = Object.is(a, -0), y = Object.is(b, -0); return x === y ? 0 : x ? -1 : 1; }
  if (a !== a) return b !== b ? 0 : 1;
  return b !== b ? -1 : 0;
}
function filledLike(self, values) {
  const out = __rr_alike(self, values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i];
  return out;
}
function sortTyped(target, source, comparator) {
  if (comparator !== undefined && !__rr_isCallable(comparator)) __rr_typeError('The comparison function must be either a function or undefined');
  const sorted = mergeSort([...source], comparator === undefined ? numericOrder : (a, b) => { const r = Number(comparator(a, b)); return r !== r ? 0 : r; });
  for (let i = 0; i < sorted.length; i++) target[i] = sorted[i];
  return target;
}
__rr_define(TypedArray, {
  from(source, mapper, thisArg) { return new this(Array.from(source, mapper, thisArg)); },
  of(...items) { return new this(items); },
});
__rr_define(TypedArray.prototype, {
  forEach(callback, thisArg) { const self = typedSelf(this, callback); for (let i = 0; i < self.length; i++) callback.call(thisArg, self[i], i, self); },
  map(callback, thisArg) {
    const self = typedSelf(this, callback);
    const out = __rr_alike(self, self.length);
    for (let i = 0; i < self.length; i++) out[i] = callback.call(thisArg, self[i], i, self);
    return out;
  },
  filter(callback, thisArg) {
    const self = typedSelf(this, callback);
    const kept = [];
    for (let i = 0; i < self.length; i++) { const v = self[i]; if (callback.call(thisArg, v, i, self)) kept.push(v); }
    return filledLike(self, kept);
  },
  reduce(callback, ...initial) { return [...typedSelf(this, callback)].reduce((acc, v, i) => callback(acc, v, i, this), ...initial); },
  reduceRight(callback, ...initial) { return [...typedSelf(this, callback)].reduceRight((acc, v, i) => callback(acc, v, i, this), ...initial); },
  some(callback, thisArg) { const self = typedSelf(this, callback); for (let i = 0; i < self.length; i++) if (callback.call(thisArg, self[i], i, self)) return true; return false; },
  every(callback, thisArg) { const self = typedSelf(this, callback); for (let i = 0; i < self.length; i++) if (!callback.call(thisArg, self[i], i, self)) return false; return true; },
  find(callback, thisArg) { const self = typedSelf(this, callback); for (let i = 0; i < self.length; i++) { const v = self[i]; if (callback.call(thisArg, v, i, self)) return v; } return undefined; },
  findIndex(callback, thisArg) { const self = typedSelf(this, callback); for (let i = 0; i < self.length; i++) if (callback.call(thisArg, self[i], i, self)) return i; return -1; },
  findLast(callback, thisArg) { const self = typedSelf(this, callback); for (let i = self.length - 1; i >= 0; i--) { const v = self[i]; if (callback.call(thisArg, v, i, self)) return v; } return undefined; },
  findLastIndex(callback, thisArg) { const self = typedSelf(this, callback); for (let i = self.length - 1; i >= 0; i--) if (callback.call(thisArg, self[i], i, self)) return i; return -1; },
  sort(comparator) { return sortTyped(this, this, comparator); },
  toSorted(comparator) { return sortTyped(new (kindOf(this))(this.length), this, comparator); },
  toLocaleString() { return [...this].map((v) => v.toLocaleString()).join(','); },
});
function kindOf(a) { return globalThis[a[Symbol.toStringTag]]; }
class FastBuffer extends Uint8Array {}
/** An error of Node's own: its code shows where its name does. */
function coded(Kind, code, message) {
  const e = new Kind(message);
  e.code = code;
  Object.defineProperty(e, 'stack', { value: e.name + ' [' + code + ']: ' + message + '\n    at <anonymous>', writable: true, configurable: true });
  Object.defineProperty(e, 'toString', { value() { return this.name + ' [' + code + ']: ' + this.message; }, writable: true, configurable: true });
  return e;
}
function received(v) {
  if (v === null || v === undefined) return 'Received ' + v;
  if (typeof v === 'function') return 'Received function ' + v.name;
  if (typeof v === 'object') return v.constructor && v.constructor.name ? 'Received an instance of ' + v.constructor.name : 'Received ' + __rr_inspect(v);
  if (typeof v === 'string') {
    const text = v.length > 28 ? v.slice(0, 25) + '...' : v;
    return 'Received type string (' + (text.includes("'") ? JSON.stringify(text) : "'" + text + "'") + ')';
  }
  const text = __rr_inspect(v);
  return 'Received type ' + typeof v + ' (' + (text.length > 28 ? text.slice(0, 25) + '...' : text) + ')';
}
function encoding(name) {
  if (name === undefined || name === null || name === '') return 'utf8';
  const known = __rr_encodingOf(name);
  if (known === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', 'Unknown encoding: ' + name);
  return known;
}
function checkSize(size) {
  if (typeof size !== 'number' && !__rr_isOpaque(size)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "size" argument must be of type number. ' + received(size));
  if (!__rr_isOpaque(size) && !(size >= 0 && size <= 4294967296)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'The value of "size" is out of range. It must be >= 0 && <= 4294967296. Received ' + size);
}
function bufferOf(bytes) { return new FastBuffer(bytes); }
function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') return Buffer.alloc(value);
  return Buffer.from(value, encodingOrOffset, length);
}
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, 'prototype', { value: FastBuffer.prototype });
Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
__rr_define(Buffer, {
  poolSize: 8192,
  from(value, encodingOrOffset, length) {
    if (__rr_isOpaque(value)) return __rr_computed('Buffer.from', value, encodingOrOffset);
    if (typeof value === 'string') return bufferOf(__rr_bytesOf(value, encoding(encodingOrOffset)));
    if (typeof value === 'object' && value !== null) {
      if (__rr_isBuffer(value)) return new FastBuffer(value, encodingOrOffset, length);
      if (__rr_isTyped(value)) return new FastBuffer(value);
      const primitive = value.valueOf && value.valueOf();
      if (primitive !== null && primitive !== undefined && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) return Buffer.from(primitive, encodingOrOffset, length);
      if (value.length !== undefined || __rr_isBuffer(value.buffer)) return typeof value.length === 'number' ? bufferOf(fromArrayLike(value)) : new FastBuffer();
      if (value.type === 'Buffer' && __rr_isArray(value.data)) return bufferOf(fromArrayLike(value.data));
    }
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. ' + received(value));
  },
  alloc(size, fill, enc) {
    checkSize(size);
    if (__rr_isOpaque(size)) return __rr_computed('Buffer.alloc', size, fill);
    const b = new FastBuffer(size);
    return fill === undefined || fill === 0 || size === 0 ? b : b.fill(fill, enc);
  },
  allocUnsafe(size) {
    checkSize(size);
    if (__rr_isOpaque(size)) return __rr_computed('Buffer.allocUnsafe', size);
    __rr_assume('memory that Buffer.allocUnsafe gives is taken to be zeros');
    return new FastBuffer(size);
  },
  allocUnsafeSlow(size) { return Buffer.allocUnsafe(size); },
  of(...bytes) { return bufferOf(bytes); },
  isBuffer(v) { return v instanceof Buffer; },
  isEncoding(name) { return typeof name === 'string' && name.length !== 0 && __rr_encodingOf(name) !== undefined; },
  byteLength(value, enc) {
    if (__rr_isOpaque(value)) return __rr_computed('Buffer.byteLength', value, enc);
    if (typeof value === 'string') return enc === 'base64' || enc === 'base64url' ? value.replace(/=+$/, '').length * 3 >>> 2 : __rr_bytesOf(value, __rr_encodingOf(enc ?? 'utf8') ?? 'utf8').length;
    if (__rr_isView(value) || __rr_isBuffer(value)) return value.byteLength;
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "string" argument must be of type string or an instance of Buffer or ArrayBuffer. ' + received(value));
  },
  concat(list, length) {
    if (__rr_isOpaque(list)) return __rr_computed('Buffer.concat', list);
    if (!__rr_isArray(list)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list" argument must be an instance of Array. ' + received(list));
    if (list.length === 0) return new FastBuffer();
    const parts = [...list];
    for (let i = 0; i < parts.length; i++) {
      if (__rr_isOpaque(parts[i])) return __rr_computed('Buffer.concat', list);
      if (!__rr_isTyped(parts[i])) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list[' + i + ']" argument must be an instance of Buffer or Uint8Array. ' + received(parts[i]));
    }
    let total = 0;
    if (length === undefined) for (const p of parts) total += p.length;
    else total = length;
    if (__rr_isOpaque(total)) return __rr_computed('Buffer.concat', list, total);
    const out = new FastBuffer(total);
    let at = 0;
    for (const p of parts) {
      if (at >= total) break;
      out.set(at + p.length > total ? p.subarray(0, total - at) : p, at);
      at += p.length;
    }
    return out;
  },
  compare(a, b) {
    if (__rr_isOpaque(a) || __rr_isOpaque(b)) return __rr_computed('Buffer.compare', a, b);
    if (!__rr_isTyped(a)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "buf1" argument must be an instance of Buffer or Uint8Array. ' + received(a));
    if (!__rr_isTyped(b)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "buf2" argument must be an instance of Buffer or Uint8Array. ' + received(b));
    const n = Math.min(a.length, b.length);
    for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
  },
});
function bound(v, length, missing) {
  if (v === undefined) return missing;
  const n = Math.trunc(Number(v)) || 0;
  return n < 0 ? 0 : n > length ? length : n;
}
/** Where bytes begin in a buffer, -1 where they do not. */
function findBytes(self, value, from, enc, isLast) {
  if (typeof from === 'string') { enc = from; from = undefined; }
  const sought = typeof value === 'number' ? bufferOf([value]) : typeof value === 'string' ? Buffer.from(value, enc) : value;
  if (__rr_isOpaque(sought) || !__rr_isKnownBytes(self) || !__rr_isKnownBytes(sought)) return __rr_computed(isLast ? 'lastIndexOf' : 'indexOf', self, value);
  if (!__rr_isTyped(sought)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "value" argument must be one of type number or string or an instance of Buffer or Uint8Array. ' + received(value));
  const n = self.length, k = sought.length;
  let at = from === undefined ? (isLast ? n : 0) : Math.trunc(Number(from));
  if (at !== at) at = isLast ? n : 0;
  if (at < 0) { at += n; if (at < 0) { if (isLast) return -1; at = 0; } }
  if (k === 0) return Math.min(at, n);
  const matches = (i) => { for (let j = 0; j < k; j++) if (self[i + j] !== sought[j]) return false; return true; };
  if (isLast) { for (let i = Math.min(at, n - k); i >= 0; i--) if (matches(i)) return i; }
  else for (let i = at; i + k <= n; i++) if (matches(i)) return i;
  return -1;
}
__rr_define(FastBuffer.prototype, {
  toString(enc, start, end) {
    if (arguments.length === 0) return __rr_textOf(this, 'utf8');
    const from = bound(start, this.length, 0), to = bound(end, this.length, this.length);
    return to <= from ? '' : __rr_textOf(this.subarray(from, to), encoding(enc));
  },
  toLocaleString(enc, start, end) { return this.toString(enc, start, end); },
  toJSON() { return { type: 'Buffer', data: [...this] }; },
  equals(other) {
    if (__rr_isOpaque(other)) return __rr_computed('equals', this, other);
    if (!__rr_isTyped(other)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "otherBuffer" argument must be an instance of Buffer or Uint8Array. ' + received(other));
    return this === other || __rr_sameBytes(this, other);
  },
  compare(other, ts, te, ss, se) {
    if (__rr_isOpaque(other)) return __rr_computed('compare', this, other);
    if (!__rr_isTyped(other)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "target" argument must be an instance of Buffer or Uint8Array. ' + received(other));
    return Buffer.compare(this.subarray(ss ?? 0, se ?? this.length), other.subarray(ts ?? 0, te ?? other.length));
  },
  slice(start, end) { return this.subarray(start, end); },
  write(text, offset, length, enc) {
    if (typeof text !== 'string') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "string" argument must be of type string. ' + received(text));
    if (typeof offset === 'string') { enc = offset; offset = 0; length = undefined; }
    else if (typeof length === 'string') { enc = length; length = undefined; }
    const at = offset ?? 0;
    if (at < 0 || at > this.length) throw outOfRange('offset', '>= 0 && <= ' + this.length, at);
    const bytes = __rr_bytesOf(text, encoding(enc));
    let n = Math.min(bytes.length, length ?? this.length, this.length - at);
    // A character is written whole or not at all.
    if (encoding(enc) === 'utf8') while (n > 0 && n < bytes.length && (bytes[n] & 0xc0) === 0x80) n--;
    if (encoding(enc) === 'utf16le') n -= n % 2;
    for (let i = 0; i < n; i++) this[at + i] = bytes[i];
    return n;
  },
  fill(value, start, end, enc) {
    if (typeof start === 'string') { enc = start; start = undefined; end = undefined; }
    else if (typeof end === 'string') { enc = end; end = undefined; }
    if (start !== undefined) {
      if (typeof start !== 'number' && !__rr_isOpaque(start)) checkRange('offset', start, this.length);
      if (end !== undefined) checkRange('end', end, this.length);
      if (!__rr_isOpaque(start) && !__rr_isOpaque(end)) {
        if (start >= (end ?? this.length)) return this;
        if (!(start >= 0)) __rr_unsupported('Buffer.fill from such an index');
      }
    }
    const part = start === undefined && end === undefined ? this : this.subarray(start ?? 0, end ?? this.length);
    if (typeof value === 'string' || __rr_isTyped(value)) {
      const bytes = typeof value === 'string' ? __rr_bytesOf(value, encoding(enc)) : [...value];
      if (bytes.length === 0) { if (typeof value === 'string' && value.length === 0) fillTyped.call(part, 0); else throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'value' is invalid. Received " + __rr_inspect(value)); }
      else for (let i = 0; i < part.length; i++) part[i] = bytes[i % bytes.length];
    } else fillTyped.call(part, typeof value === 'boolean' ? +value : __rr_isOpaque(value) ? value : value & 255);
    return this;
  },
  copy(target, targetStart, sourceStart, sourceEnd) {
    if ([target, targetStart, sourceStart, sourceEnd].some((v) => __rr_isOpaque(v))) {
      const copied = __rr_computed('copy', this, target, targetStart);
      if (__rr_isTyped(target)) target.set(copied);
      return copied;
    }
    const at = targetStart === undefined ? 0 : Math.trunc(targetStart) || 0;
    const from = sourceStart === undefined ? 0 : Math.trunc(sourceStart) || 0;
    const end = sourceEnd === undefined ? this.length : Math.trunc(sourceEnd) || 0;
    if (at < 0) throw outOfRange('targetStart', '>= 0', at);
    if (from < 0 || from > this.length) throw outOfRange('sourceStart', '>= 0 && <= ' + this.length, from);
    if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
    if (at >= target.length || from >= end) return 0;
    const n = Math.min(end - from, target.length - at, this.length - from);
    target.set(this.subarray(from, from + n), at);
    return n;
  },
  indexOf(value, from, enc) { return findBytes(this, value, from, enc, false); },
  lastIndexOf(value, from, enc) { return findBytes(this, value, from, enc, true); },
  includes(value, from, enc) { return this.indexOf(value, from, enc) !== -1; },
});
function checkRange(what, v, length) {
  if (__rr_isOpaque(v)) return;
  if (typeof v !== 'number') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "' + what + '" argument must be of type number. ' + received(v));
  if (!(v >= 0 && v <= length)) throw outOfRange(what, '>= 0 && <= ' + length, v);
}
const fillTyped = TypedArray.prototype.fill;
function separated(v) {
  if (typeof v === 'bigint' || (Number.isInteger(v) && Math.abs(v) > 4294967296)) return String(v).replace(/\B(?=(\d{3})+$)/g, '_') + (typeof v === 'bigint' ? 'n' : '');
  return String(v);
}
function outOfRange(what, range, v) { return coded(RangeError, 'ERR_OUT_OF_RANGE', 'The value of "' + what + '" is out of range. It must be ' + range + '. Received ' + separated(v)); }
function checkOffset(self, offset, size) {
  if (__rr_isOpaque(offset)) return;
  if (typeof offset !== 'number') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "offset" argument must be of type number. ' + received(offset));
  if (Number.isInteger(offset) && offset >= 0 && offset + size <= self.length) return;
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (self.length < size) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  throw outOfRange('offset', '>= 0 and <= ' + (self.length - size), offset);
}
function viewOf(b) { return new DataView(b.buffer, b.byteOffset, b.byteLength); }
function reader(kind, size, little) { return function (offset = 0) { checkOffset(this, offset, size); return viewOf(this)['get' + kind](offset, little); }; }
function writer(kind, size, little, range) {
  return function (value, offset = 0) {
    const v = range === null || __rr_isOpaque(value) || typeof value === 'bigint' ? value : +value;
    if (range !== null && !__rr_isOpaque(v)) {
      if (typeof range[0] === 'bigint' && typeof v !== 'bigint') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "value" argument must be of type bigint. ' + received(value));
      if (v < range[0] || v > range[1]) throw outOfRange('value', range[2], v);
    }
    checkOffset(this, offset, size);
    viewOf(this)['set' + kind](offset, v, little);
    return offset + size;
  };
}
function hidden(target, name, value) { Object.defineProperty(target, name, { value, writable: true, configurable: true }); }
for (const [name, kind, size, range] of [
  ['UInt8', 'Uint8', 1, [0, 255, '>= 0 and <= 255']], ['Int8', 'Int8', 1, [-128, 127, '>= -128 and <= 127']],
  ['UInt16', 'Uint16', 2, [0, 65535, '>= 0 and <= 65535']], ['Int16', 'Int16', 2, [-32768, 32767, '>= -32768 and <= 32767']],
  ['UInt32', 'Uint32', 4, [0, 4294967295, '>= 0 and <= 4294967295']], ['Int32', 'Int32', 4, [-2147483648, 2147483647, '>= -2147483648 and <= 2147483647']],
  ['Float', 'Float32', 4, null], ['Double', 'Float64', 8, null],
  ['BigUInt64', 'BigUint64', 8, [0n, 18446744073709551615n, '>= 0n and < 2n ** 64n']], ['BigInt64', 'BigInt64', 8, [-9223372036854775808n, 9223372036854775807n, '>= -(2n ** 63n) and < 2n ** 63n']],
]) {
  for (const end of size === 1 ? [''] : ['LE', 'BE']) {
    const little = end !== 'BE';
    for (const n of name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name]) {
      hidden(FastBuffer.prototype, 'read' + n + end, reader(kind, size, little));
      hidden(FastBuffer.prototype, 'write' + n + end, writer(kind, size, little, range));
    }
  }
}
for (const end of ['LE', 'BE']) {
  for (const sign of ['UInt', 'Uint', 'Int']) {
    hidden(FastBuffer.prototype, 'read' + sign + end, function (offset, size) {
      if (!(Number.isInteger(size) && size >= 1 && size <= 6)) __rr_unsupported('Buffer.read' + sign + end + ' of that many bytes');
      checkOffset(this, offset, size);
      let v = 0;
      for (let i = 0; i < size; i++) v = v * 256 + this[end === 'LE' ? offset + size - 1 - i : offset + i];
      return sign === 'Int' && v >= 2 ** (8 * size - 1) ? v - 2 ** (8 * size) : v;
    });
    hidden(FastBuffer.prototype, 'write' + sign + end, function (value, offset, size) {
      const max = sign === 'Int' ? 2 ** (8 * size - 1) - 1 : 2 ** (8 * size) - 1;
      if (!(Number.isInteger(size) && size >= 1 && size <= 6 && value <= max && value >= (sign === 'Int' ? -max - 1 : 0))) __rr_unsupported('Buffer.write' + sign + end + ' of such a number');
      checkOffset(this, offset, size);
      let v = value < 0 ? value + 2 ** (8 * size) : Math.trunc(value);
      for (let i = 0; i < size; i++) { this[end === 'LE' ? offset + i : offset + size - 1 - i] = v % 256; v = Math.floor(v / 256); }
      return offset + size;
    });
  }
}
for (const name of ['swap16', 'swap32', 'swap64', 'asciiSlice', 'base64Slice', 'latin1Slice', 'hexSlice', 'ucs2Slice', 'utf8Slice', 'asciiWrite', 'base64Write', 'latin1Write', 'hexWrite', 'ucs2Write', 'utf8Write', 'base64urlSlice', 'base64urlWrite', 'inspect'])
  hidden(FastBuffer.prototype, name, function () { __rr_unsupported('Buffer.prototype.' + name); });
Object.defineProperty(FastBuffer.prototype, 'parent', { get() { return this.buffer; }, configurable: true });
Object.defineProperty(FastBuffer.prototype, 'offset', { get() { return this.byteOffset; }, configurable: true });
__rr_global('Buffer', Buffer);
__rr_module('buffer', { Buffer, kMaxLength: 4294967296, constants: { MAX_LENGTH: 4294967296, MAX_STRING_LENGTH: 536870888 }, atob, btoa, Blob });
class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return __rr_isOpaque(text) ? __rr_computed('encode', text) : new Uint8Array(__rr_bytesOf(String(text), 'utf8')); }
  encodeInto(text, target) {
    if (__rr_isOpaque(text)) { target.set(text); return __rr_computed('encodeInto', text); }
    let read = 0, written = 0;
    for (const c of text) {
      const bytes = __rr_bytesOf(c, 'utf8');
      if (written + bytes.length > target.length) break;
      for (const b of bytes) target[written++] = b;
      read += c.length;
    }
    return { read, written };
  }
}
class TextDecoder {
  #encoding; #fatal; #keepsMark;
  constructor(label = 'utf-8', options) {
    const name = __rr_encodingOf(String(label));
    if (name !== 'utf8' && name !== 'utf16le') __rr_unsupported('a TextDecoder for ' + __rr_show(label));
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#keepsMark = Boolean(options?.ignoreBOM);
  }
  get encoding() { return this.#encoding === 'utf8' ? 'utf-8' : 'utf-16le'; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#keepsMark; }
  decode(bytes = new Uint8Array(0), options) {
    if (__rr_isOpaque(bytes)) return __rr_computed('decode', bytes);
    if (options?.stream) __rr_unsupported('a TextDecoder that decodes a stream');
    if (!__rr_isView(bytes) && !__rr_isBuffer(bytes)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
    if (this.#encoding === 'utf16le' && (this.#fatal || bytes.byteLength % 2 !== 0)) __rr_unsupported('such a decoder of UTF-16');
    const text = __rr_textOf(bytes, this.#encoding, this.#fatal);
    if (text === undefined) throw coded(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', 'The encoded data was not valid for encoding ' + this.encoding);
    return !__rr_isOpaque(text) && !this.#keepsMark && text.startsWith('\ufeff') ? text.slice(1) : text;
  }
}
/** One turn at a time runs: nothing comes between. Waiting would be for a thread. */
function atomically(change) { return (array, at, value) => { const before = array[at]; array[at] = change(before, value); return before; }; }
const Atomics = {
  load(array, at) { return array[at]; },
  store(array, at, value) { array[at] = value; return typeof value === 'bigint' ? value : Math.trunc(value) || 0; },
  add: atomically((a, b) => a + b), sub: atomically((a, b) => a - b), and: atomically((a, b) => a & b), or: atomically((a, b) => a | b), xor: atomically((a, b) => a ^ b),
  exchange: atomically((_, b) => b),
  compareExchange(array, at, expected, value) { const before = array[at]; const wanted = new (kindOf(array))([expected])[0]; if (before === wanted) array[at] = value; return before; },
  isLockFree(size) { return size === 1 || size === 2 || size === 4 || size === 8; },
  notify() { return 0; },
  wait() { return __rr_unsupported('Atomics.wait'); },
  waitAsync() { return __rr_unsupported('Atomics.waitAsync'); },
};
__rr_global('Atomics', Atomics);
__rr_global('TextEncoder', TextEncoder);
__rr_global('TextDecoder', TextDecoder);
Object.assign(utilModule, { TextEncoder, TextDecoder });
Object.assign(utilModule.types, {
  isTypedArray: (v) => __rr_isTyped(v),
  isArrayBufferView: (v) => __rr_isView(v),
  isDataView: (v) => __rr_isView(v) && !__rr_isTyped(v),
  isArrayBuffer: (v) => v instanceof ArrayBuffer,
  isSharedArrayBuffer: (v) => v instanceof SharedArrayBuffer,
  isAnyArrayBuffer: (v) => __rr_isBuffer(v),
  isNativeError: (v) => v instanceof Error && Object.prototype.toString.call(v) === '[object Error]',
});
for (const Kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) utilModule.types['is' + Kind.name] = (v) => __rr_isTyped(v) && v[Symbol.toStringTag] === Kind.name;
crypto.getRandomValues = function getRandomValues(target) { return __rr_isOpaque(target) ? target : __rr_randomise(target, 'crypto.getRandomValues()'); };
crypto.randomBytes = function randomBytes(size, callback) {
  const bytes = __rr_isOpaque(size) ? __rr_computed('crypto.randomBytes', size) : __rr_randomise(new FastBuffer(size), 'crypto.randomBytes(' + size + ')');
  if (callback === undefined) return bytes;
  __rr_ioCallback(() => callback(null, bytes));
  return undefined;
};
crypto.randomFillSync = function randomFillSync(target) { return __rr_isOpaque(target) ? target : __rr_randomise(target, 'crypto.randomFillSync()'); };
// What a digest is nobody computes: it is unknown, and the same for the same text.
function hashOf(name, fed) {
  let spent = false;
  return {
    update(data, encoding) { if (spent) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' }); fed.push(data); return this; },
    copy() { return hashOf(name, [...fed]); },
    digest(encoding) {
      if (spent) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
      spent = true;
      return __rr_computed(name + '.digest', encoding, ...fed);
    },
  };
}
crypto.createHash = function createHash(algorithm) { return hashOf('crypto.createHash(' + __rr_show(algorithm) + ')', []); };
crypto.createHmac = function createHmac(algorithm, key) { return hashOf('crypto.createHmac(' + __rr_show(algorithm) + ')', [key]); };
crypto.hash = function hash(algorithm, data, encoding = 'hex') { return crypto.createHash(algorithm).update(data).digest(encoding); };
const knownHashes = __rr_computed('crypto.getHashes');
crypto.getHashes = function getHashes() { return knownHashes; };
crypto.webcrypto = crypto;
__rr_module('crypto', crypto);
`;
