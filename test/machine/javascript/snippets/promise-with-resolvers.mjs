const resolvers = {};
resolvers.promise = new Promise((a, b) => { resolvers.resolve = a; resolvers.reject = b; });
resolvers.promise.then((v) => console.log('first', v));
resolvers.resolve('one');
resolvers.resolve('two');
resolvers.reject(new Error('ignored'));
console.log(await resolvers.promise);
