const p = new Promise(() => { throw new RangeError('in executor'); });
p.catch((e) => console.log(e.name, e.message));
const q = new Promise((r) => { r('first'); throw new Error('ignored'); });
console.log(await q);
console.log(p, q, new Promise(() => {}));
p.then(() => {}, () => {});
