const chunks = [];
for (const part of ['ab', 'cdé']) chunks.push(Buffer.from(part));
const all = Buffer.concat(chunks);
console.log(all.toString(), all.length, all.readUInt16BE(0).toString(16));
const frame = Buffer.alloc(6); frame.writeUInt16BE(all.length, 0); all.copy(frame, 2); console.log(frame, frame.subarray(2).toString());
const m = new Map([[new Uint8Array([1]), 1]]); console.log(m);
console.log(new Uint8Array([1,2,3]) + '', [new Uint8Array(2), 1] + '', `${new Float32Array([1.5])}`);
console.log(Array.isArray(new Uint8Array(1)), JSON.stringify({ a: new Uint8Array([1]), b: [Buffer.from('a')] }, null, 1));
console.log(Object.assign({}, new Uint8Array([7, 8])), { ...new Uint8Array([5]) }, Object.fromEntries(Object.entries(new Uint8Array([9]))));
const [a, b = 9, ...r] = new Uint8Array([1]); console.log(a, b, r);
console.log(new Set(new Uint8Array([1, 1, 2])), new Map(new Uint8Array(0)), Math.max.apply(null, new Uint8Array([3, 9])), String.fromCharCode(...new Uint8Array([72, 105])), String.fromCharCode.apply(null, new Uint8Array([72, 105])));
console.log(Array.from({ length: 2 }, (_, i) => new Uint8Array(i)), [...new Uint8Array(2).keys()], new Uint8Array([3, 1, 2]).sort().join(''));
function sum() { return Array.prototype.reduce.call(arguments, (x, y) => x + y, 0); } console.log(sum(...new Uint8Array([1, 2])));
try { new Uint8Array(2).foo(); } catch (e) { console.log(e.message); }
try { Uint8Array.from(null); } catch (e) { console.log(e.message); }
try { new Uint8Array(Symbol('x')); } catch (e) { console.log(e.message); }
try { Buffer.from('a').readUInt8(undefined, 1); Buffer.from('').readUInt8(); } catch (e) { console.log(e.code, e.message); }
console.log(Object.isFrozen(new Uint8Array(0)), Object.isFrozen(new Uint8Array(1)), Object.isSealed(new Uint8Array(1)), Object.isExtensible(new Uint8Array(1)));
console.log(Object.getOwnPropertyNames(new Uint8Array(2)), Reflect.ownKeys(Object.assign(new Uint8Array(1), { z: 1 })), Reflect.has(new Uint8Array(1), 0), Reflect.set(new Uint8Array(1), 5, 1), Reflect.get(new Uint8Array([4]), 0));
const o = Object.create(new Uint8Array([1, 2])); console.log(o[0], o[5], 0 in o);
console.log(new Uint8Array(3).fill('7'), new Uint8Array([1, , 3]), new Float64Array(['x', '1e3', null, undefined, true, [], [5], {}]));
for await (const v of new Uint8Array([1, 2])) console.log('await', v);
const it = new Uint8Array([1])[Symbol.iterator](); console.log(it, it.next(), it.next(), Object.prototype.toString.call(it));
const big = new BigUint64Array([2n ** 64n - 1n]); big[0]++; console.log(big, new Uint8Array(big.buffer));
console.log(new Uint8Array(new ArrayBuffer(8), 4).byteOffset, new Uint8Array(new ArrayBuffer(8), 8).length, structuredClone(new Map([['k', new Uint8Array([1])]])));
console.log(Buffer.from('abc') == 'abc', Buffer.from('5') * 2, Buffer.from('b') > 'a', [Buffer.from('x')].join());
class Reader { #b; #at = 0; constructor(b) { this.#b = b; } u8() { return this.#b[this.#at++]; } u16() { const v = this.#b.readUInt16BE(this.#at); this.#at += 2; return v; } text(n) { return this.#b.toString('utf8', this.#at, (this.#at += n)); } }
const rd = new Reader(Buffer.from([1, 0, 2, 104, 105])); console.log(rd.u8(), rd.u16(), rd.text(2), rd.u8());
console.log(Buffer.from('x'.repeat(3)).fill(0).every((v) => v === 0), Buffer.from([1, 2, 3]).indexOf(2, -1), new Uint8Array([1, 2]).indexOf('1'));
