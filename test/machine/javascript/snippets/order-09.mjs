async function f(n) { if (n === 0) return 'base'; return await f(n - 1); } f(3).then(console.log); let p = Promise.resolve(); for (let i = 0; i < 8; i++) p = p.then(() => console.log(i));
