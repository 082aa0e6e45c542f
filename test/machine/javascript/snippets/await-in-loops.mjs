const out = [];
for (const x of [1, 2, 3]) { out.push(await Promise.resolve(x * 2)); }
for (let i = 0; i < 3; i++) { await null; out.push(i); }
let k = 0;
while (k < 2) { k += await 1; out.push('k' + k); }
console.log(out);
