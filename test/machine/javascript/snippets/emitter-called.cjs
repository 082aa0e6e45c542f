const EventEmitter = require('node:events');
const util = require('node:util');
function Old(name) { EventEmitter.call(this); this.name = name; }
util.inherits(Old, EventEmitter);
Old.prototype.fire = function (v) { return this.emit('fire', v); };
const o = new Old('x');
o.on('fire', (v) => console.log('heard', v));
console.log(o.fire(3), o.emit('other'), o instanceof EventEmitter, o.listenerCount('fire'), typeof process.versions.node, process.versions.node.startsWith('20.'));
class Modern extends EventEmitter { constructor() { super(); this.n = 1; } }
const m = new Modern(); m.once('a', () => console.log('once')); m.emit('a'); console.log(m.emit('a'), Modern.name, Object.getPrototypeOf(Modern) === EventEmitter);
