async function worker(name) { for (let i = 0; i < 3; i++) { console.log(name, i); await null; } return name; }
Promise.all([worker('a'), worker('b')]).then((r) => console.log(r));
worker('c').then(() => console.log('c done'));
