import util, { types } from 'node:util';
console.log(typeof fetch, typeof URL, typeof ReadableStream, typeof WebAssembly, typeof crypto, typeof Buffer, typeof TextEncoder, typeof nothing, typeof URLSearchParams, typeof AbortController, typeof Intl);
console.log('  x '.trimLeft() + '|', '  x '.trimRight() + '|', new Date(0).toGMTString(), new Date(0).getYear());
console.log(types.isDate(new Date()), types.isPromise(Promise.resolve()), util.types === types, types.isUint8Array(new Uint8Array(1)), types.isUint8Array(Buffer.alloc(1)), types.isTypedArray(new Float32Array(1)), types.isArrayBuffer(new ArrayBuffer(1)), types.isAnyArrayBuffer(new SharedArrayBuffer(1)), types.isDataView(new DataView(new ArrayBuffer(1))), types.isArrayBufferView(5), types.isNativeError(new TypeError()), types.isNativeError({}));
console.log(String({}), `${[1, [2, 3]]}`, [].toString.call({ join: () => 'j' }), [].toString.call({}));
console.log(['a\x00\x1b\x7f\u0085', 'b\b\v\f', '\ud800', "it's"]);
const extra = [1, 2, 3, 4, 5, 6, 7]; extra.q = 1; console.log(extra);
try { 'use strict'; const s = 'ab'; s[0] = 'x'; } catch (e) { console.log(e.message); }
