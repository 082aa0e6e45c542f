const timeout = (p, ms) => { let t; return Promise.race([p, new Promise((_, rej) => { t = setTimeout(() => rej(new Error('timeout')), ms); })]).finally(() => clearTimeout(t)); };
const sleep = (ms, v) => new Promise((r) => setTimeout(r, ms, v));
console.log(await timeout(sleep(5, 'in time'), 200)); try { await timeout(sleep(200, 'late'), 5); } catch (e) { console.log(e.message); }
