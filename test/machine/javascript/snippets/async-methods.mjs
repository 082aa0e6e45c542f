class A { #v = 1; async get() { await null; return this.#v; } static async make() { const a = new A(); a.#v = 7; return a; } async *[Symbol.asyncIterator]() { yield this.#v; yield await this.get(); } }
const a = await A.make();
console.log(await a.get());
for await (const x of a) console.log(x);
