setTimeout(() => console.log('t10'), 80);
setTimeout(() => console.log('t1 a'), 1);
setTimeout(() => console.log('t0'), 0);
setTimeout(() => { console.log('t5'); setTimeout(() => console.log('t5+1'), 1); }, 20);
setTimeout(() => console.log('t30'), 160);
console.log('main');
