setTimeout(() => console.log('never'), 1);
Promise.resolve().then(() => { console.log('micro'); process.exit(0); console.log('no'); }).then(() => console.log('no 2'));
console.log('main');
