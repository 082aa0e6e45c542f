function f(n) { try { if (n === 1) throw new Error('one'); if (n === 2) return 'two'; return 'other'; } catch (e) { return 'caught ' + e.message; } finally { console.log('finally', n); if (n === 3) return 'overridden'; } }
console.log(f(1), f(2), f(3), f(4));
function g() { for (let i = 0; ; i++) { try { if (i === 2) break; if (i === 0) continue; console.log('body', i); } finally { console.log('fin', i); } } return 'done'; }
console.log(g());
try { try { throw 1; } finally { console.log('inner'); } } catch (e) { console.log('outer', e); }
try { try { throw new Error('a'); } catch (e) { throw new Error('b: ' + e.message); } } catch ({ message }) { console.log(message); }
outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; console.log(i, j); } }
label: { console.log('in'); if (true) break label; console.log('never'); }
try { throw { custom: true }; } catch (e) { console.log(e); } try { throw null; } catch (e) { console.log(e); }
