console.log(await Promise.all([1, Promise.resolve(2), { then(r) { r(3); } }]));
console.log(await Promise.all([]));
try { await Promise.all([Promise.resolve(1), Promise.reject(new Error('no')), Promise.reject(new Error('no 2'))]); } catch (e) { console.log(e.message); }
Promise.all([Promise.resolve('p1'), Promise.resolve('p2')]).then((v) => console.log(v));
Promise.resolve().then(() => console.log('m1')).then(() => console.log('m2')).then(() => console.log('m3')).then(() => console.log('m4'));
