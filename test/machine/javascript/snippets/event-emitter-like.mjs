class Emitter { #h = new Map(); on(e, f) { (this.#h.get(e) ?? this.#h.set(e, []).get(e)).push(f); return this; } emit(e, ...a) { for (const f of this.#h.get(e) ?? []) f.apply(this, a); return this.#h.has(e); } }
const e = new Emitter();
e.on('x', (a) => console.log('1', a)).on('x', function (a) { console.log('2', a, this === e); });
console.log(e.emit('x', 5), e.emit('y'));
