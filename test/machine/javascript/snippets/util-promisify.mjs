import { promisify } from 'node:util';
import util from 'node:util';
function read(path, cb) { setTimeout(() => (path === 'bad' ? cb(new Error('nope')) : cb(null, 'data:' + path)), 1); }
const r = promisify(read);
console.log(await r('a'));
try { await r('bad'); } catch (e) { console.log(e.message); }
const sleep = promisify(setTimeout); console.log(await sleep(1, 'v'));
console.log(util.inspect({ a: [1, { b: 2 }] }), util.format('%s-%d', 'a', 5), util.isDeepStrictEqual({ a: [1] }, { a: [1] }));
