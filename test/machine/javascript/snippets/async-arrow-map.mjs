const ids = [40, 5, 20];
const results = await Promise.all(ids.map(async (id) => { await new Promise((r) => setTimeout(r, id)); console.log('done', id); return id * 10; }));
console.log(results);
