async function f() { await null; throw new Error('lost'); }
f();
setTimeout(() => console.log('never'), 20);
console.log('main');
