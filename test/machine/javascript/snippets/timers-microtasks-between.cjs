setTimeout(() => { console.log('timeout 1'); Promise.resolve().then(() => console.log('micro 1')); process.nextTick(() => console.log('tick 1')); }, 0);
setTimeout(() => { console.log('timeout 2'); process.nextTick(() => console.log('tick 2')); Promise.resolve().then(() => console.log('micro 2')); }, 0);
