const { EventEmitter } = require('events'); const path = require('path');
module.exports = { a: 1 }; exports.b = 2;
console.log(typeof EventEmitter, path.join('a', 'b'), module.exports, typeof require);
function Old(x) { this.x = x; } Old.prototype.get = function () { return this.x; }; function New(x) { Old.call(this, x); } New.prototype = Object.create(Old.prototype); New.prototype.constructor = New;
const n = new New(5); console.log(n.get(), n instanceof Old, n, Old.prototype.constructor === Old, new.target === undefined || 'x');
function F() { console.log(new.target === F); if (!new.target) return new F(); } F(); new F();
