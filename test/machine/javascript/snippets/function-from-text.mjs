const load = new Function('specifier', 'return import(specifier)');
const { join } = await load('node:path');
console.log(join('a', '..', 'b'), load.length, load.name, new Function('return this')() === globalThis, Function('return this;')() === globalThis);
