Promise.resolve(1).then(2).then(null).then((v) => console.log(v));
Promise.reject(3).then(4).then(undefined, (e) => console.log('rejected', e));
