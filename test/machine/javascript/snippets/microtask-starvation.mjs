let n = 0;
setTimeout(() => console.log('timer after', n), 0);
function again() { if (++n < 50) Promise.resolve().then(again); }
again();
