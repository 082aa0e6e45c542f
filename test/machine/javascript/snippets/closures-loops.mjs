const fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i++);
console.log(fs.map((f) => f()), fs.map((f) => f()));
const gs = [];
for (var j = 0; j < 3; j++) gs.push(() => j);
console.log(gs.map((f) => f()));
for (const x of ['a', 'b']) gs.push(() => x);
console.log(gs[3](), gs[4]());
function counter() { let n = 0; return { inc: () => ++n, get value() { return n; } }; }
const c = counter(); c.inc(); c.inc(); console.log(c.value, c);
