const t = setTimeout(() => console.log('never'), 5);
setTimeout(() => { clearTimeout(t); console.log('cleared'); }, 1);
const i = setImmediate(() => console.log('never 2'));
clearImmediate(i);
clearTimeout(undefined);
console.log('ok');
