function s(x) { switch (x) { case 1: return 'one'; case 'a': case 'b': return 'letter'; default: return 'default'; case null: return 'null'; } }
console.log(s(1), s('a'), s('b'), s(null), s(undefined), s('1'));
let out = ''; switch (2) { case 1: out += 1; case 2: out += 2; case 3: { let k = 3; out += k; break; } case 4: out += 4; } console.log(out);
for (const i of [1, 2, 3]) { switch (i) { case 2: continue; } console.log(i); }
switch (3) { default: console.log('d'); case 4: console.log('fall'); }
