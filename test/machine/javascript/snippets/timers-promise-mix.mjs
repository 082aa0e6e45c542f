const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function job(name, ms) { console.log(name, 'start'); await sleep(ms); console.log(name, 'middle'); await sleep(ms); console.log(name, 'end'); }
await Promise.all([job('a', 200), job('b', 40)]);
