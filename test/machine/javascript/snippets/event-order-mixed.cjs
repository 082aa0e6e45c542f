const order = []; const log = (x) => order.push(x);
setTimeout(() => { log('timeout1'); Promise.resolve().then(() => log('p in t1')); process.nextTick(() => log('nt in t1')); setImmediate(() => log('imm in t1')); }, 0);
setTimeout(() => log('timeout2'), 0);
Promise.resolve().then(() => { log('p1'); setTimeout(() => log('t in p1'), 50); }).then(() => log('p2')); process.nextTick(() => { log('nt1'); process.nextTick(() => log('nt nested')); });
queueMicrotask(() => log('qm')); (async () => { log('a1'); await 0; log('a2'); await new Promise((r) => process.nextTick(r)); log('a3'); })(); log('sync');
setTimeout(() => console.log(order), 120);
