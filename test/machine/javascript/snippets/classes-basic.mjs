class Animal { constructor(name) { this.name = name; } speak() { return `${this.name} speaks`; } get upper() { return this.name.toUpperCase(); } set nick(v) { this.name = v; } static create(n) { return new this(n); } toString() { return 'Animal:' + this.name; } }
class Dog extends Animal { #tricks = []; kind = 'dog'; constructor(n) { super(n); this.#tricks.push('sit'); } speak() { return super.speak() + ' woof ' + this.#tricks.join(); } get upper() { return super.upper + '!'; } static create(n) { const d = super.create(n); d.made = true; return d; } }
const d = Dog.create('rex');
console.log(d, d.speak(), d.upper, String(d), `${d}`, d + '');
d.nick = 'max'; console.log(d.name, d instanceof Animal, Dog.name, Dog.length, Object.getPrototypeOf(Dog) === Animal);
console.log(Object.getOwnPropertyNames(Dog.prototype), typeof Dog);
try { Dog(); } catch (e) { console.log(e.message); }
