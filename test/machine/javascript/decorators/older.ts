function synchronized(target: any, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  const tails = new WeakMap<object, Promise<unknown>>();
  descriptor.value = function (this: object, ...args: unknown[]) {
    const before = tails.get(this) ?? Promise.resolve();
    const run = before.then(() => original.apply(this, args));
    tails.set(
      this,
      run.catch(() => undefined),
    );
    return run;
  };
  console.log('decorated', key, typeof target);
}
function memoize(_target: any, key: string, descriptor: PropertyDescriptor): PropertyDescriptor {
  const original = descriptor.value;
  const cache = new Map<string, unknown>();
  return {
    ...descriptor,
    value(this: unknown, ...args: unknown[]) {
      const k = JSON.stringify(args);
      if (!cache.has(k)) {
        console.log('compute', key, k);
        cache.set(k, original.apply(this, args));
      }
      return cache.get(k);
    },
  };
}
function tag(label: string) {
  console.log('make', label);
  return (target: any, key: string, descriptor: PropertyDescriptor) => {
    console.log('apply', label, key, target === Account.prototype || typeof target);
    const original = descriptor.value;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return `${label}(${original.apply(this, args)})`;
    };
  };
}
function column(target: any, key: string) {
  (target.columns ??= []).push(key);
}
function sealed(constructor: Function) {
  Object.seal(constructor);
  Object.seal(constructor.prototype);
}
function upper(_t: any, _k: string, d: PropertyDescriptor) {
  const get = d.get!;
  d.get = function () {
    return get.call(this).toUpperCase();
  };
}
const registry: string[] = [];
const registered = (name: string) => (c: Function) => {
  registry.push(`${name}:${c.name}`);
};
@registered('acct')
@sealed
class Account {
  @column id = 1;
  @column owner = 'ann';
  balance = 0;
  @synchronized async deposit(n: number) {
    const v = this.balance;
    await null;
    this.balance = v + n;
    return this.balance;
  }
  @memoize square(n: number) {
    return n * n;
  }
  @tag('a') @tag('b') name() {
    return this.owner;
  }
  @memoize static make(x: string) {
    return `made ${x}`;
  }
  @upper get shout() {
    return this.owner;
  }
}
const a = new Account();
console.log(await Promise.all([a.deposit(1), a.deposit(2), a.deposit(3)]), a.balance);
console.log(a.square(3), a.square(3), a.square(4), a.name(), Account.make('q'), Account.make('q'), a.shout);
console.log((a as any).columns, registry, Object.isSealed(Account), Object.keys(a));
function replace<T extends new (...args: any[]) => object>(Base: T) {
  return class extends Base {
    extra = 'x';
  };
}
@replace
class Plain {
  n = 1;
}
console.log(Object.entries(new Plain()));
