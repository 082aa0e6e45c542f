import { setTimeout as sleep, setImmediate as imm } from 'node:timers/promises';
console.log(await sleep(3, 'slept'), await imm('i'));
const c = new AbortController();
const p = sleep(50, 'x', { signal: c.signal });
c.abort();
try { await p; } catch (e) { console.log(e.name, e.code); }
