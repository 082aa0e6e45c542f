let shown = null; let last = 0;
async function search(q, ms) { const id = ++last; const r = await new Promise((res) => setTimeout(res, ms, 'result ' + q)); shown = r; return id === last; }
console.log(await Promise.all([search('old', 60), search('new', 5)]), shown);
