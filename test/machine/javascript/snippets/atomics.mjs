const a = new Int32Array(3);
console.log(Atomics.add(a, 0, 5), Atomics.sub(a, 0, 2), Atomics.or(a, 1, 6), Atomics.and(a, 1, 3), Atomics.xor(a, 1, 1), Atomics.exchange(a, 2, 9), Atomics.load(a, 2), Atomics.store(a, 2, 3.7), a);
console.log(Atomics.compareExchange(a, 0, 3, 10), Atomics.compareExchange(a, 0, 3, 11), a, Atomics.isLockFree(4), Atomics.notify(a, 0));
const b = new BigInt64Array(1);
console.log(Atomics.add(b, 0, 5n), Atomics.store(b, 0, 7n), b);
const u = new Uint8Array(1);
console.log(Atomics.add(u, 0, 300), Atomics.compareExchange(u, 0, 300, 1), u);
