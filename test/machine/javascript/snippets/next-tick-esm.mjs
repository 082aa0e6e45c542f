process.nextTick(() => { console.log('tick 1'); Promise.resolve().then(() => console.log('micro from tick')); process.nextTick(() => console.log('tick nested')); });
Promise.resolve().then(() => { console.log('micro 1'); process.nextTick(() => console.log('tick from micro')); }).then(() => console.log('micro 2'));
process.nextTick(() => console.log('tick 2'));
console.log('main');
