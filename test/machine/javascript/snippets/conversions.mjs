const o = { valueOf() { return 42; }, toString() { return 'str'; } };
console.log(o + 1, `${o}`, o * 2, o > 41, o == 42, [o] + '', String(o), Number(o), o + '');
const p = { [Symbol.toPrimitive](h) { return h === 'number' ? 7 : h; } }; console.log(+p, `${p}`, p + '', p * 1, p == 'default', p < 8);
console.log(Number(''), Number(' 12 '), Number('12px'), Number(null), Number([5]), Number([1, 2]), Number(true), Number('0x1f'), parseInt('12px'), parseInt('101', 2), parseFloat('3.14abc'), Number(10n), Number(new Date(5)));
console.log(String(null), String([1, [2, 3]]), String({}), String(Symbol('s')), String(() => 1), [null, undefined, 1].join(), [[], [[]]].toString(), String(-0), (255).toString(16), (0.5).toString(2), String(123.456));
console.log(Boolean(''), Boolean('0'), Boolean([]), Boolean(NaN), !!document2());
function document2() { return null; }
try { +{ valueOf() { return {}; }, toString() { return {}; } }; } catch (e) { console.log(e.message); }
const d = new Date(0); console.log(d - 1, d.getTime(), +d, typeof (d + 1), JSON.stringify(d), d.toISOString());
console.log([1, 2] + [3], [1] * [2], {} + 1, [] == false, null + '', `${[]}`, 'a' + +'b');
