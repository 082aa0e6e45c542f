setTimeout(() => console.log('timeout'), 0);
Promise.resolve().then(() => { console.log('p1'); process.nextTick(() => console.log('tick in p1')); queueMicrotask(() => console.log('qm in p1')); });
process.nextTick(() => { console.log('tick1'); queueMicrotask(() => console.log('qm in tick1')); });
queueMicrotask(() => console.log('qm'));
(async () => { await null; console.log('async'); process.nextTick(() => console.log('tick in async')); await null; console.log('async 2'); })();
process.nextTick(() => console.log('tick2'));
console.log('sync');
