console.log('start');
Promise.resolve().then(() => console.log('then 1')).then(() => console.log('then 2'));
queueMicrotask(() => console.log('microtask'));
(async () => { console.log('async start'); await null; console.log('async after'); })();
console.log('end');
