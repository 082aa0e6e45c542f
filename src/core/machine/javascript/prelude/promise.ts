/** Promise combinators and finally, step for step as the specification has them. */
export const promisePrelude = String.raw`
function promiseFinally(promise, onFinally) {
  if (!__rr_isCallable(onFinally)) return promise.then(onFinally, onFinally);
  return promise.then(
    (value) => Promise.resolve(onFinally()).then(() => value),
    (reason) => Promise.resolve(onFinally()).then(() => { throw reason; }),
  );
}
function combine(C, iterable, each, empty) {
  const { promise, resolve, reject } = Promise.withResolvers();
  try {
    const values = [];
    const count = { remaining: 1 };
    let index = 0;
    for (const item of iterable) {
      const i = index++;
      values.push(undefined);
      count.remaining++;
      each(C.resolve(item), i, values, count, resolve, reject);
    }
    if (--count.remaining === 0) empty(values, resolve, reject);
  } catch (e) { reject(e); }
  return promise;
}
__rr_define(Promise, {
  all(iterable) {
    return combine(this, iterable, (p, i, values, count, resolve, reject) => {
      let called = false;
      p.then((v) => {
        if (called) return;
        called = true;
        values[i] = v;
        if (--count.remaining === 0) resolve(values);
      }, reject);
    }, (values, resolve) => resolve(values));
  },
  allSettled(iterable) {
    return combine(this, iterable, (p, i, values, count, resolve) => {
      let called = false;
      const settle = (result) => {
        if (called) return;
        called = true;
        values[i] = result;
        if (--count.remaining === 0) resolve(values);
      };
      p.then((value) => settle({ status: 'fulfilled', value }), (reason) => settle({ status: 'rejected', reason }));
    }, (values, resolve) => resolve(values));
  },
  any(iterable) {
    return combine(this, iterable, (p, i, errors, count, resolve, reject) => {
      let called = false;
      p.then(resolve, (e) => {
        if (called) return;
        called = true;
        errors[i] = e;
        if (--count.remaining === 0) reject(new AggregateError(errors, 'All promises were rejected'));
      });
    }, (errors, _resolve, reject) => reject(new AggregateError(errors, 'All promises were rejected')));
  },
  race(iterable) {
    const { promise, resolve, reject } = Promise.withResolvers();
    try {
      for (const item of iterable) this.resolve(item).then(resolve, reject);
    } catch (e) { reject(e); }
    return promise;
  },
});
`;
