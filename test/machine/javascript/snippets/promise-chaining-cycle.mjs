let resolve;
const p = new Promise((r) => { resolve = r; });
resolve(p);
p.catch((e) => console.log(e.name + ': ' + e.message));
const q = Promise.resolve().then(() => q);
q.catch((e) => console.log(e.message));
