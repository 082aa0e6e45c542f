import assert from 'node:assert';
assert(true); assert.equal(1, '1'); assert.deepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] });
try { assert.strictEqual(1, 2); } catch (e) { console.log(e.name, e.code); }
try { assert(0, 'msg'); } catch (e) { console.log(e.message, e instanceof assert.AssertionError); }
assert.throws(() => { throw new TypeError('x'); }, TypeError);
await assert.rejects(Promise.reject(new Error('r')), /r/);
try { assert.throws(() => {}); } catch (e) { console.log(e.message); }
