(async () => { for await (const x of [1, 2]) console.log('x', x); console.log('done'); })();
let p = Promise.resolve();
for (let i = 0; i < 9; i++) p = p.then(() => console.log('tick', i));
