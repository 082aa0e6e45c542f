console.log(await Promise.allSettled([1, Promise.reject(new Error('bad').message), Promise.resolve('x')]));
