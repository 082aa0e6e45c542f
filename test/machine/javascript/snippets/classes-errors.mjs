class V extends Error { constructor(m, code) { super(m); this.name = 'V'; this.code = code; } }
try { throw new V('bad', 42); } catch (e) { console.log(e.name, e.message, e.code, e instanceof V, e instanceof Error, String(e)); }
class D extends Object { constructor() { try { this.x = 1; } catch (e) { console.log(e.name, e.message); } super(); } }
new D();
class N { constructor() { return { other: 1 }; } } console.log(new N());
try { class X extends null { constructor() { } } new X(); } catch (e) { console.log(e.name); }
try { class X extends 5 {} } catch (e) { console.log(e.name, e.message); }
const err = new Error('outer', { cause: new TypeError('inner') }); console.log(err.cause.message);
console.log(Object.prototype.toString.call(err), err.toString());
