setTimeout(() => console.log('never'), 20);
Promise.resolve().then(() => { console.log('rejecting'); throw new Error('nobody'); });
process.nextTick(() => console.log('tick'));
