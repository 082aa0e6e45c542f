let counter = 0;
async function inc() { const v = counter; await null; counter = v + 1; }
await Promise.all([inc(), inc(), inc()]);
console.log(counter);
async function inc2() { counter += await Promise.resolve(1); }
await Promise.all([inc2(), inc2()]);
console.log(counter);
