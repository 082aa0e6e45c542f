const thenable = { then(resolve) { console.log('then called'); resolve('t'); } };
(async () => { console.log('got', await thenable); })();
Promise.resolve(thenable).then((v) => console.log('resolved', v));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));
console.log('sync');
