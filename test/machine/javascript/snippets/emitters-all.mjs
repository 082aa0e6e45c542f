import { EventEmitter, once, on } from 'node:events';
class Bus extends EventEmitter { publish(t, ...a) { return this.emit(t, ...a); } }
const b = new Bus(); const log = [];
b.on('x', (v) => log.push('1:' + v)); b.once('x', (v) => log.push('once:' + v)); b.prependListener('x', () => log.push('first'));
const h = () => log.push('h'); b.on('x', h); b.off('x', h);
console.log(b.publish('x', 5), b.publish('x', 6), b.publish('nobody'), log, b.listenerCount('x'), b.eventNames());
try { b.emit('error', new Error('bad')); } catch (e) { console.log(e.message); }
b.on('error', (e) => console.log('handled', e.message)); b.emit('error', new Error('bad2'));
setTimeout(() => b.emit('ready', 1, 2), 1); console.log(await once(b, 'ready'));
b.on('self', function () { console.log(this === b); }); b.emit('self');
b.on('rm', function f() { b.off('rm', f); console.log('rm1'); }); b.on('rm', () => console.log('rm2')); b.emit('rm'); b.emit('rm');
b.removeAllListeners('rm'); console.log(b.emit('rm'), b.listeners('x').length, b.rawListeners('x').length, b.getMaxListeners());
const ac = new AbortController(); setTimeout(() => ac.abort(), 1); try { await once(b, 'never', { signal: ac.signal }); } catch (e) { console.log(e.name, e.code); }
setTimeout(() => { b.emit('tick', 1); b.emit('tick', 2); }, 1); let n = 0; for await (const [v] of on(b, 'tick')) { console.log('tick', v); if (++n === 2) break; }
const et = new EventTarget(); et.addEventListener('go', (e) => console.log(e.type, e instanceof Event), { once: true }); et.dispatchEvent(new Event('go')); et.dispatchEvent(new Event('go'));
b.on('newListener', (n) => console.log('new', n)); b.on('later', () => {});
console.log(b.setMaxListeners(3) === b, b.listenerCount('none'));
