setImmediate(() => { console.log('immediate 1'); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('micro')); setImmediate(() => console.log('immediate 3')); });
setImmediate(() => console.log('immediate 2'));
