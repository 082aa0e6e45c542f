const t = new EventTarget(); const log = (e) => console.log(e.type, e instanceof Event);
t.addEventListener('a', log); t.addEventListener('a', log); t.addEventListener('a', { handleEvent(e) { console.log('obj', e.type); } }); t.addEventListener('a', () => console.log('once'), { once: true });
t.dispatchEvent(new Event('a')); t.dispatchEvent(new Event('a')); t.removeEventListener('a', log); t.dispatchEvent(new Event('a'));
const c = new AbortController(); c.signal.addEventListener('abort', () => console.log('aborted', c.signal.aborted, c.signal.reason.name));
c.abort(); c.abort(); try { c.signal.throwIfAborted(); } catch (e) { console.log(e.name, e.message); }
console.log(AbortSignal.abort('why').reason);
