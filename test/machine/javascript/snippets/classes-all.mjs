class Account {
  static #count = 0; #balance = 0; #log = []; static { Account.bank = 'B'; }
  constructor(owner, initial = 0) { this.owner = owner; this.#balance = initial; Account.#count++; }
  get balance() { return this.#balance; } set balance(v) { throw new TypeError('no direct'); }
  static get count() { return Account.#count; }
  #check(n) { if (n > this.#balance) throw new RangeError(`insufficient: ${n} > ${this.#balance}`); }
  withdraw(n) { this.#check(n); this.#balance -= n; this.#log.push(['w', n]); return this; }
  deposit(n) { this.#balance += n; this.#log.push(['d', n]); return this; }
  static #make(o) { return new Account(o); } static of(o) { return Account.#make(o); }
  has(o) { return #balance in o; } *[Symbol.iterator]() { yield* this.#log; }
  get [Symbol.toStringTag]() { return 'Acc'; } toJSON() { return { owner: this.owner, balance: this.#balance }; }
  [Symbol.toPrimitive](hint) { return hint === 'string' ? this.owner : this.#balance; }
}
const a = new Account('ann', 100);
console.log(a.withdraw(30).deposit(5).balance, Account.count, [...a], `${a}`, +a, a + 1, JSON.stringify(a), String(a), Object.prototype.toString.call(a));
try { a.withdraw(1000); } catch (e) { console.log(e.name, e.message, e instanceof RangeError); }
try { a.balance = 3; } catch (e) { console.log(e.message); }
console.log(Account.of('bob').has(a), a.has({}), Account.bank, Account.name, Account.length, typeof Account);
class Savings extends Account { #rate; constructor(o, r, ...rest) { super(o, ...rest); this.#rate = r; } get rate() { return this.#rate; } withdraw(n) { super.withdraw(n); return super.balance; } static of(o) { return super.of(o).owner + '!'; } }
const s = new Savings('sue', 0.05, 50); console.log(s.withdraw(10), s.rate, Savings.of('x'), s instanceof Account, Object.getPrototypeOf(Savings) === Account, s.constructor.name);
try { Account.prototype.withdraw.call({}, 1); } catch (e) { console.log(e.name, e.message); }
try { class X extends null {} ; new X(); } catch (e) { console.log(e.name); }
try { Account(); } catch (e) { console.log(e.message); }
try { new (class extends Account { constructor() { this.x = 1; } })(); } catch (e) { console.log(e.name, e.message); }
const Mixin = (B) => class extends B { hi() { return 'hi ' + this.name; } }; class P { constructor(n) { this.name = n; } } class Q extends Mixin(P) {} console.log(new Q('q').hi(), Q.name, new Q('z'));
class Temp { static #cache = new Map(); static get(k) { let v = Temp.#cache.get(k); if (!v) Temp.#cache.set(k, v = new Temp(k)); return v; } constructor(k) { this.k = k; } } console.log(Temp.get('a') === Temp.get('a'), new Temp('q'));
class F { a = 1; b = this.a + 1; ['c' + 1] = 3; fn = () => this.b; static s = F.name; accessorLike; 'quoted key' = 4; 5 = 6; } const f = new F(); console.log(f, f.fn.call(null), F.s, Object.keys(f));
console.log(class {}, class N extends P {}, Object.getOwnPropertyNames(P.prototype), new (class { static x = 1; })());
class Stack { #items = []; push(x) { this.#items.push(x); return this; } pop() { return this.#items.pop() ?? null; } get size() { return this.#items.length; } static from(it) { const st = new this(); for (const x of it) st.push(x); return st; } } const st = Stack.from([1, 2]); console.log(st.pop(), st.size, st.pop(), st.pop());
