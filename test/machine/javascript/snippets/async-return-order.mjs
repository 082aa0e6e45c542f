const log = (s) => console.log(s);
async function a() { log('a1'); await b(); log('a2'); return 'a'; }
async function b() { log('b1'); await null; log('b2'); }
a().then((v) => log('then ' + v));
log('main');
await null;
log('after 1');
await null;
log('after 2');
await null;
log('after 3');
