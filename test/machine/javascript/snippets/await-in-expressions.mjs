const f = async (x) => x;
console.log(await f(1) + await f(2) * await f(3));
console.log([await f('a'), await f('b')], { k: await f('v') }, `${await f('t')}!`);
console.log((await f({ a: { b: 5 } })).a.b, await (await f(async () => 'deep'))());
const o = { n: 1 }; o.n += await f(10); console.log(o.n);
console.log(await f(true) ? await f('yes') : await f('no'), await f(null) ?? await f('dflt'));
