async function f(n) { if (n === 0) return 'base'; return f(n - 1); } f(3).then(console.log); let p = Promise.resolve(); for (let i = 0; i < 14; i++) p = p.then(() => console.log(i));
