queueMicrotask(() => console.log('one'));
Promise.reject(new Error('x')).then(() => console.log('no'), (e) => { console.log('handled', e.message); return 'v'; }).then(console.log);
(async () => { try { await Promise.reject(new Error('y')); } catch ({ message }) { console.log(message); } finally { console.log('f'); } })();
Promise.all([Promise.reject(1), Promise.reject(2)]).catch((e) => console.log('all', e)); Promise.race([]).then(() => console.log('never')); Promise.resolve().then(() => { throw 'z'; }).catch((e) => console.log(e));
