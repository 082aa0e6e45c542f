function synchronized<A extends unknown[], R>(method: (...args: A) => Promise<R>, context: ClassMethodDecoratorContext) {
  const tails = new WeakMap<object, Promise<unknown>>();
  console.log('decorated', String(context.name), context.kind, context.static, context.private);
  return function (this: object, ...args: A): Promise<R> {
    const before = tails.get(this) ?? Promise.resolve();
    const run = before.then(() => method.apply(this, args));
    tails.set(
      this,
      run.catch(() => undefined),
    );
    return run;
  };
}
function bound(method: any, { name, addInitializer }: ClassMethodDecoratorContext) {
  addInitializer(function (this: any) {
    this[name] = this[name].bind(this);
  });
}
function memoize(method: any, context: ClassMethodDecoratorContext) {
  const cache = new Map<string, unknown>();
  return function (this: unknown, ...args: unknown[]) {
    const k = JSON.stringify(args);
    if (!cache.has(k)) {
      console.log('compute', String(context.name), k);
      cache.set(k, method.apply(this, args));
    }
    return cache.get(k);
  };
}
const tag = (label: string) => {
  console.log('make', label);
  return (method: any, context: ClassMethodDecoratorContext) => {
    console.log('apply', label, String(context.name));
    return function (this: unknown, ...args: unknown[]) {
      return `${label}(${method.apply(this, args)})`;
    };
  };
};
function doubled(_value: undefined, context: ClassFieldDecoratorContext) {
  console.log('field', String(context.name));
  return (initial: number) => initial * 2;
}
function upper(get: any, _context: ClassGetterDecoratorContext) {
  return function (this: unknown) {
    return get.call(this).toUpperCase();
  };
}
const registry: string[] = [];
const registered = (name: string) => (c: Function, context: ClassDecoratorContext) => {
  registry.push(`${name}:${c.name}:${context.kind}`);
};
@registered('acct')
class Account {
  owner = 'ann';
  balance = 0;
  @doubled limit = 21;
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
  @bound who() {
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
console.log(a.square(3), a.square(3), a.square(4), a.name(), Account.make('q'), Account.make('q'), a.shout, a.limit);
const { who } = a;
console.log(who(), registry);
function replace<T extends new (...args: any[]) => object>(Base: T, _context: ClassDecoratorContext) {
  return class extends Base {
    extra = 'x';
  };
}
@replace
class Plain {
  n = 1;
}
console.log(Object.entries(new Plain()));
