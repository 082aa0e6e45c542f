setTimeout(() => console.log('t10'), 10);
setTimeout(() => console.log('t1 a'), 1);
setTimeout(() => console.log('t0'), 0);
setTimeout(() => { console.log('t5'); setTimeout(() => console.log('t5+1'), 1); }, 5);
setTimeout(() => console.log('t30'), 30);
console.log('main');
