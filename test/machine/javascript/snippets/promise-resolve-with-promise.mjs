const inner = Promise.resolve('inner');
new Promise((r) => r(inner)).then((v) => console.log('outer', v));
inner.then(() => console.log('a')).then(() => console.log('b')).then(() => console.log('c')).then(() => console.log('d'));
