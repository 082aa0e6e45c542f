import { EventEmitter, once } from 'node:events';
class Server extends EventEmitter { start() { this.emit('start', 1, 2); return this; } }
const s = new Server();
s.on('start', function (a, b) { console.log('start', a, b, this === s); });
s.once('start', () => console.log('once'));
s.prependListener('start', () => console.log('first'));
s.start().start();
console.log(s.listenerCount('start'), s.eventNames(), s.emit('nope'));
const f = () => console.log('f'); s.on('x', f); s.on('x', f); s.off('x', f); s.emit('x');
try { s.emit('error', new Error('unhandled')); } catch (e) { console.log(e.message); }
s.on('grow', () => s.on('grow', () => console.log('added'))); s.emit('grow'); s.emit('grow');
setTimeout(() => s.emit('later', 'v'), 2);
const [v] = await once(s, 'later'); console.log(v);
