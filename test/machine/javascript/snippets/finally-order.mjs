Promise.resolve(1).finally(() => console.log('f1')).then((v) => console.log('v', v));
Promise.reject(new Error('x')).finally(() => console.log('f2')).catch((e) => console.log(e.message));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4)).then(() => console.log(5)).then(() => console.log(6));
Promise.resolve(2).finally(() => { throw new Error('from finally'); }).catch((e) => console.log(e.message));
