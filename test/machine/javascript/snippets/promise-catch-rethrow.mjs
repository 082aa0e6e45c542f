Promise.reject(new Error('a'))
  .catch((e) => { console.log(e.message); throw new Error('b'); })
  .catch((e) => { console.log(e.message); return 'c'; })
  .then((v) => console.log(v));
