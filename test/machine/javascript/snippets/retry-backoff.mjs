let tries = 0; async function flaky() { if (++tries < 3) throw new Error('try ' + tries); return 'ok after ' + tries; }
async function retry(f, n) { for (let i = 0; i < n; i++) { try { return await f(); } catch (e) { console.log(e.message); await new Promise((r) => setTimeout(r, 1 << i)); } } throw new Error('gave up'); }
console.log(await retry(flaky, 5)); tries = -10; try { await retry(flaky, 2); } catch (e) { console.log(e.message); }
