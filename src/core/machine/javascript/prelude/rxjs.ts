/**
 * RxJS as far as it decides who is told what, and when: observables, subjects, and the operators that map, time, join and
 * end them. What an unknown object is asked for by a call answers once, in a turn of its own; another, such as the changes
 * of a form's value, gives what a driver emits. Operators nobody can see into pass on what they are given.
 */
export const rxjsPrelude = String.raw`
class Subscription {
  closed = false; #ends = [];
  constructor(end) { if (end !== undefined) this.#ends.push(end); }
  add(end) {
    if (end === undefined || end === null || end === this) return;
    if (this.closed) endOf(end);
    else this.#ends.push(end);
  }
  remove(end) { this.#ends = this.#ends.filter((e) => e !== end); }
  unsubscribe() {
    if (this.closed) return;
    this.closed = true;
    for (const end of this.#ends.splice(0)) endOf(end);
  }
}
function endOf(end) { if (typeof end === 'function') end(); else end.unsubscribe(); }
class Subscriber extends Subscription {
  #to; #over = false;
  constructor(to) { super(); this.#to = to; }
  next(value) { if (!this.#over && !this.closed && this.#to.next) this.#to.next(value); }
  error(reason) {
    if (this.#over || this.closed) return;
    this.#over = true;
    if (this.#to.error) this.#to.error(reason);
    else setTimeout(() => { throw reason; });
    this.unsubscribe();
  }
  complete() {
    if (this.#over || this.closed) return;
    this.#over = true;
    if (this.#to.complete) this.#to.complete();
    this.unsubscribe();
  }
}
class Observable {
  #start;
  constructor(start) { this.#start = start; }
  started(subscriber) { return this.#start === undefined ? undefined : this.#start(subscriber); }
  subscribe(next, error, complete) {
    const to = typeof next === 'function' || next === undefined || next === null ? { next, error, complete } : next;
    const subscriber = new Subscriber(to);
    try { subscriber.add(this.started(subscriber)); } catch (reason) { subscriber.error(reason); }
    return subscriber;
  }
  pipe(...operators) { return operators.reduce((source, operator) => (__rr_isOpaque(operator) ? source : operator(source)), this); }
  forEach(each) { return new Promise((resolve, reject) => { this.subscribe(each, reject, resolve); }); }
  toPromise() { return lastValueFrom(this, { defaultValue: undefined }); }
}
class Subject extends Observable {
  closed = false; observers = []; #end = null;
  started(subscriber) {
    if (this.#end !== null) return void this.#end(subscriber);
    this.observers.push(subscriber);
    return () => { this.observers = this.observers.filter((o) => o !== subscriber); };
  }
  next(value) { if (this.#end === null) for (const o of this.observers.slice()) o.next(value); }
  error(reason) { this.ended((o) => o.error(reason)); }
  complete() { this.ended((o) => o.complete()); }
  ended(end) {
    if (this.#end !== null) return;
    this.#end = end;
    for (const o of this.observers.splice(0)) end(o);
  }
  unsubscribe() { this.closed = true; this.observers = []; }
  asObservable() { return new Observable((s) => this.subscribe(s)); }
}
class BehaviorSubject extends Subject {
  constructor(value) { super(); this._value = value; }
  started(subscriber) { const end = super.started(subscriber); subscriber.next(this._value); return end; }
  next(value) { this._value = value; super.next(value); }
  get value() { return this._value; }
  getValue() { return this._value; }
}
class ReplaySubject extends Subject {
  #kept = []; #most;
  constructor(most = Infinity) { super(); this.#most = most; }
  started(subscriber) { for (const v of this.#kept) subscriber.next(v); return super.started(subscriber); }
  next(value) { this.#kept.push(value); if (this.#kept.length > this.#most) this.#kept.shift(); super.next(value); }
}
/** Who listens to what nobody can see into, by its text. */
const listening = new Map();
const textOf = (o) => __rr_show(o).replace(/ #\d+/g, '');
function heard(text) {
  return new Observable((s) => {
    if (!listening.has(text)) listening.set(text, new Subject());
    return listening.get(text).subscribe(s);
  });
}
function ofUnknown(o) {
  if (!__rr_isAnswer(o)) return heard(textOf(o));
  return new Observable((s) => {
    __rr_external('the answer of ' + textOf(o), o).then((v) => { s.next(v); s.complete(); }, (e) => s.error(e));
  });
}
function pipeUnknown(o, ...operators) { return ofUnknown(o).pipe(...operators); }
function subscribeUnknown(o, ...observers) { return ofUnknown(o).subscribe(...observers); }
/** For drivers: a value comes from an observable. */
function emit(source, value) {
  if (source instanceof Subject) source.next(value);
  else if (listening.has(textOf(source))) listening.get(textOf(source)).next(value);
}
__rr_global('emit', emit);
function from(input) {
  if (input instanceof Observable) return input;
  if (__rr_isOpaque(input)) return ofUnknown(input);
  if (typeof input?.then === 'function')
    return new Observable((s) => { input.then((v) => { s.next(v); s.complete(); }, (e) => s.error(e)); });
  return new Observable((s) => { for (const v of input) { if (s.closed) return; s.next(v); } s.complete(); });
}
const of = (...values) => from(values);
const EMPTY = new Observable((s) => { s.complete(); });
const NEVER = new Observable();
const throwError = (given) => new Observable((s) => { s.error(typeof given === 'function' ? given() : given); });
const defer = (make) => new Observable((s) => from(make()).subscribe(s));
function timer(due, every) {
  return new Observable((s) => {
    let n = 0;
    let each;
    const t = setTimeout(() => {
      s.next(n++);
      if (every === undefined) s.complete();
      else each = setInterval(() => { s.next(n++); }, every);
    }, due);
    return () => { clearTimeout(t); if (each !== undefined) clearInterval(each); };
  });
}
const interval = (ms) => timer(ms, ms);
const fromEvent = (target, name) => heard('fromEvent(' + textOf(target) + ', ' + String(name) + ')');
/** An operator: what each observer of the result does with what the source gives it. */
function operator(handlers) {
  return (source) => new Observable((s) => {
    const own = handlers(s, source);
    const subscription = from(source).subscribe({
      next: (v) => { try { own.next(v); } catch (e) { s.error(e); } },
      error: own.error ?? ((e) => s.error(e)),
      complete: own.complete ?? (() => s.complete()),
    });
    s.add(own.end);
    return subscription;
  });
}
const map = (project) => operator((s) => { let i = 0; return { next: (v) => s.next(project(v, i++)) }; });
const filter = (test) => operator((s) => { let i = 0; return { next: (v) => { if (test(v, i++)) s.next(v); } }; });
const tap = (given) => operator((s) => {
  const to = typeof given === 'function' ? { next: given } : (given ?? {});
  return {
    next: (v) => { if (to.next) to.next(v); s.next(v); },
    error: (e) => { if (to.error) to.error(e); s.error(e); },
    complete: () => { if (to.complete) to.complete(); s.complete(); },
  };
});
/** Maps to observables of which so many may be going on: the rest waits, is left out, or takes the place of the one before. */
function flattening(project, most, whenFull) {
  return operator((s) => {
    let going = [];
    let waiting = [];
    let over = false;
    let i = 0;
    const settle = () => {
      if (waiting.length > 0 && going.length < most) begin(waiting.shift());
      else if (over && going.length === 0) s.complete();
    };
    const begin = (v) => {
      const inner = from(project(v, i++));
      const subscription = new Subscription();
      going.push(subscription);
      const done = () => { going = going.filter((g) => g !== subscription); settle(); };
      subscription.add(inner.subscribe({ next: (x) => { if (!subscription.closed) s.next(x); }, error: (e) => s.error(e), complete: done }));
    };
    return {
      next: (v) => {
        if (going.length < most) return begin(v);
        if (whenFull === 'wait') waiting.push(v);
        if (whenFull === 'switch') { for (const g of going.splice(0)) g.unsubscribe(); begin(v); }
      },
      complete: () => { over = true; settle(); },
      end: () => { for (const g of going.splice(0)) g.unsubscribe(); },
    };
  });
}
const mergeMap = (project, most = Infinity) => flattening(project, most, 'wait');
const concatMap = (project) => flattening(project, 1, 'wait');
const switchMap = (project) => flattening(project, 1, 'switch');
const exhaustMap = (project) => flattening(project, 1, 'leave');
const itself = (v) => v;
const debounceTime = (ms) => operator((s) => {
  let t;
  let held = false;
  let last;
  const give = () => { held = false; s.next(last); };
  return {
    next: (v) => { if (held) clearTimeout(t); held = true; last = v; t = setTimeout(give, ms); },
    complete: () => { if (held) { clearTimeout(t); give(); } s.complete(); },
    end: () => { if (held) clearTimeout(t); },
  };
});
const throttleTime = (ms) => operator((s) => {
  let t;
  let held = false;
  return { next: (v) => { if (held) return; held = true; t = setTimeout(() => { held = false; }, ms); s.next(v); }, end: () => { if (held) clearTimeout(t); } };
});
const delay = (ms) => operator((s) => ({ next: (v) => { setTimeout(() => s.next(v), ms); }, complete: () => { setTimeout(() => s.complete(), ms); } }));
const distinctUntilChanged = (same = (a, b) => a === b, key = itself) => operator((s) => {
  let before;
  let isFirst = true;
  return { next: (v) => { const k = key(v); if (!isFirst && same(before, k)) return; isFirst = false; before = k; s.next(v); } };
});
const startWith = (...values) => (source) => new Observable((s) => { for (const v of values) s.next(v); return from(source).subscribe(s); });
const take = (n) => operator((s) => { let i = 0; return { next: (v) => { if (++i <= n) s.next(v); if (i >= n) s.complete(); } }; });
const first = (test = () => true) => (source) => from(source).pipe(filter(test), take(1));
const skip = (n) => filter((_v, i) => i >= n);
const takeWhile = (test) => operator((s) => { let i = 0; return { next: (v) => { if (test(v, i++)) s.next(v); else s.complete(); } }; });
const takeUntil = (notifier) => (source) => new Observable((s) => {
  s.add(from(notifier).subscribe({ next: () => s.complete(), error: () => {}, complete: () => {} }));
  if (!s.closed) s.add(from(source).subscribe(s));
});
const catchError = (recover) => (source) => new Observable((s) => {
  const subscription = new Subscription();
  const given = from(source).subscribe({
    next: (v) => s.next(v),
    error: (e) => { try { subscription.add(from(recover(e, source)).subscribe(s)); } catch (again) { s.error(again); } },
    complete: () => s.complete(),
  });
  subscription.add(given);
  return subscription;
});
const finalize = (end) => (source) => new Observable((s) => { const subscription = from(source).subscribe(s); subscription.add(end); return subscription; });
const scan = (fold, ...seed) => operator((s) => {
  let has = seed.length > 0;
  let value = seed[0];
  let i = 0;
  return { next: (v) => { value = has ? fold(value, v, i++) : v; has = true; s.next(value); } };
});
const share = () => (source) => {
  let subject = null;
  let subscription = null;
  let count = 0;
  return new Observable((s) => {
    count++;
    subject ??= new Subject();
    const end = subject.subscribe(s);
    if (subscription === null) subscription = from(source).subscribe(subject);
    return () => { end.unsubscribe(); if (--count === 0 && subscription !== null) { subscription.unsubscribe(); subscription = null; subject = null; } };
  });
};
const shareReplay = (given) => (source) => {
  let subject = null;
  const most = typeof given === 'object' && given !== null ? given.bufferSize : given;
  return new Observable((s) => {
    if (subject !== null) return subject.subscribe(s);
    subject = new ReplaySubject(most);
    const end = subject.subscribe(s);
    from(source).subscribe(subject);
    return end;
  });
};
const withLatestFrom = (...others) => (source) => new Observable((s) => {
  const latest = others.map(() => []);
  others.forEach((o, i) => { if (typeof o !== 'function') s.add(from(o).subscribe((v) => { latest[i] = [v]; })); });
  return from(source).subscribe({
    next: (v) => { if (latest.every((l) => l.length > 0)) s.next([v, ...latest.map((l) => l[0])]); },
    error: (e) => s.error(e), complete: () => s.complete(),
  });
});
const inputsOf = (given) => (given.length === 1 && __rr_isArray(given[0]) ? given[0] : given);
const merge = (...given) => new Observable((s) => {
  let left = given.length;
  for (const o of given) s.add(from(o).subscribe({ next: (v) => s.next(v), error: (e) => s.error(e), complete: () => { if (--left === 0) s.complete(); } }));
});
/** Gives a list, or an object, of the latest of each: at every change, or when all have ended. */
const joining = (atEnd) => (...given) => new Observable((s) => {
  const parts = inputsOf(given);
  const isNamed = parts.length === 1 && !(parts[0] instanceof Observable) && !__rr_isOpaque(parts[0]);
  const named = isNamed ? parts[0] : parts;
  const keys = Object.keys(named);
  const latest = {};
  let left = keys.length;
  const give = () => { if (keys.every((k) => k in latest)) s.next(isNamed ? Object.assign({}, latest) : keys.map((k) => latest[k])); };
  for (const k of keys)
    s.add(from(named[k]).subscribe({
      next: (v) => { latest[k] = v; if (!atEnd) give(); },
      error: (e) => s.error(e),
      complete: () => { if (--left > 0) return; if (atEnd) give(); s.complete(); },
    }));
});
function firstValueFrom(source, options) {
  return new Promise((resolve, reject) => {
    const subscription = from(source).subscribe({
      next: (v) => { resolve(v); subscription?.unsubscribe(); },
      error: reject,
      complete: () => { if (options !== undefined) resolve(options.defaultValue); else reject(new Error('no elements in sequence')); },
    });
  });
}
function lastValueFrom(source, options) {
  return new Promise((resolve, reject) => {
    let given = [];
    from(source).subscribe({
      next: (v) => { given = [v]; },
      error: reject,
      complete: () => { if (given.length > 0 || options !== undefined) resolve(given.length > 0 ? given[0] : options.defaultValue); else reject(new Error('no elements in sequence')); },
    });
  });
}
const operators = {
  map, filter, tap, mergeMap, flatMap: mergeMap, concatMap, switchMap, exhaustMap,
  mergeAll: () => mergeMap(itself), concatAll: () => concatMap(itself), switchAll: () => switchMap(itself),
  debounceTime, throttleTime, auditTime: debounceTime, delay, distinctUntilChanged,
  distinctUntilKeyChanged: (key) => distinctUntilChanged(undefined, (v) => v[key]),
  startWith, take, first, skip, takeWhile, takeUntil, catchError, finalize, scan, share, shareReplay, withLatestFrom,
  observeOn: () => itself, mapTo: (v) => map(() => v),
};
__rr_module('rxjs/operators', operators);
__rr_module('rxjs', {
  ...operators, Observable, Subject, BehaviorSubject, ReplaySubject, Subscription, Subscriber,
  from, of, EMPTY, NEVER, throwError, defer, timer, interval, fromEvent, merge, combineLatest: joining(false), forkJoin: joining(true),
  firstValueFrom, lastValueFrom,
});
`;
