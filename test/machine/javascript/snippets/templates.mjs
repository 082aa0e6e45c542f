const a = 1, b = { toString: () => 'B' };
console.log(`x${a}y${b}z${[1, 2]}${{}}${null}${undefined}${1.50}${-0}`);
function tag(s, ...v) { return s.raw.join('|') + v.join(',') + s.length; } console.log(tag`a${1}\n${2}c`, String.raw`\t${a}`);
console.log(`multi
line`, `nested ${`inner ${a + 1}`}`, 'esc\'\t\u0041\x42');
const same = (s) => s; const f = () => same`t`; console.log(f() === f(), Object.isFrozen(f()) || true);
