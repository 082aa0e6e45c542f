import { setTimeout as sleep } from 'node:timers/promises';
const ac = new AbortController(); ac.signal.addEventListener('abort', () => console.log('aborted', ac.signal.aborted, ac.signal.reason?.name)); ac.signal.onabort = (e) => console.log('on', e.type);
ac.abort(); ac.abort();
try { ac.signal.throwIfAborted(); } catch (e) { console.log(e.name, e.message, e instanceof DOMException); }
const b = new AbortController(); b.abort(new Error('why')); try { await sleep(5, null, { signal: b.signal }); } catch (e) { console.log(e.name, e.code, e.cause?.message); }
const c = new AbortController(); setTimeout(() => c.abort(), 2); try { await sleep(1000, 'x', { signal: c.signal }); } catch (e) { console.log(e.name); }
console.log(await sleep(1, 'value'), AbortSignal.abort('r').reason, AbortSignal.abort().reason.name);
function fetchLike(ms, signal) { return new Promise((res, rej) => { const t = setTimeout(() => res('data'), ms); signal?.addEventListener('abort', () => { clearTimeout(t); rej(signal.reason); }, { once: true }); }); }
async function withTimeout(p, ms) { let t; try { return await Promise.race([p, new Promise((_, rej) => { t = setTimeout(() => rej(new Error('timeout ' + ms)), ms); })]); } finally { clearTimeout(t); } }
console.log(await withTimeout(fetchLike(1), 50)); try { await withTimeout(fetchLike(100), 5); } catch (e) { console.log(e.message); }
const d = new AbortController(); const p = fetchLike(100, d.signal); d.abort('stop'); try { await p; } catch (e) { console.log(e); }
try { await fetchLike(100, AbortSignal.timeout(2)); } catch (e) { console.log(e.name); }
const any = AbortSignal.any([new AbortController().signal, AbortSignal.abort('second')]); console.log(any.aborted, any.reason);
