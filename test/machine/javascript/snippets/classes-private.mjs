class A { #x = 1; static #count = 0; #m() { return this.#x * 2; } get #g() { return this.#x + 10; } set #g(v) { this.#x = v; } run() { A.#count++; this.#g = 5; this.#x++; return [this.#m(), this.#g, A.#count]; } static has(o) { return #x in o; } static read(o) { return o.#x; } static write(o) { o.#x = 1; } }
const a = new A();
console.log(a.run(), a.run(), A.has(a), A.has({}), a);
try { A.read({}); } catch (e) { console.log(e.name, e.message); }
try { A.write({}); } catch (e) { console.log(e.name, e.message); }
class B extends A { #x = 'b'; own() { return this.#x; } }
const b = new B(); console.log(b.own(), b.run());
