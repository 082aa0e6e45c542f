const a = [1, 2], o = { x: 1, y: { z: 2 } };
console.log([...a, 3, ...[4, 5]], { ...o, x: 9, ...null, ...undefined, ...'hi', ...[7] }, Math.max(...a, 10));
function f(...args) { return args.length; } console.log(f(...a, ...a), f(), ((a, ...b) => b)(1, 2, 3));
function g() { return arguments.length + ':' + Array.from(arguments).join() + typeof arguments; } console.log(g(1, 2), g.apply(null, [3, 4, 5]), g.call(null, 6));
console.log(new Date(...[2020, 0, 1]).getFullYear(), String.fromCharCode(...[72, 105]));
const copy = { ...o }; copy.y.z = 5; console.log(o.y.z); console.log({ ...{ get a() { return 'got'; } } });
