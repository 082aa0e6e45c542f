setImmediate(() => { console.log('i1'); setImmediate(() => console.log('i1 nested')); Promise.resolve().then(() => console.log('i1 p')); process.nextTick(() => console.log('i1 t')); });
setImmediate(() => { console.log('i2'); queueMicrotask(() => console.log('i2 q')); });
