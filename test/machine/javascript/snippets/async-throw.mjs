async function f() { throw new Error('boom'); }
async function g() { await null; throw new TypeError('late'); }
try { await f(); } catch (e) { console.log(e.name, e.message); }
try { await g(); } catch (e) { console.log(e instanceof TypeError, e.message); }
f().catch((e) => console.log('caught', e.message)).finally(() => console.log('finally'));
