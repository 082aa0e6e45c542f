// What TypeScript emits for ES5, with helpers that are the real ones in Node and the model in the machine.
const { __awaiter, __generator, __rest, __assign, __extends, __spreadArray, __values, __read, __decorate, __importDefault, __importStar, __exportStar, __classPrivateFieldGet, __classPrivateFieldSet, __asyncValues } = require('tslib');
var Base = (function () { function Base(x) { this.x = x; } Base.make = function () { return new this(1); }; Base.prototype.get = function () { return this.x; }; return Base; })();
var Derived = (function (_super) { __extends(Derived, _super); function Derived(x) { var _this = _super.call(this, x) || this; _this.y = 2; return _this; } return Derived; })(Base);
console.log(new Derived(5).get(), Derived.make(), new Derived(1) instanceof Base, Derived.prototype.constructor === Derived);
console.log(__assign({ a: 1 }, { b: 2 }), __rest({ a: 1, b: 2, c: 3 }, ['b']), __spreadArray([1], [2, 3], false), __spreadArray([], [, 1], true), __read([1, 2, 3], 2), __read(new Set([4, 5])));
function loop(n) {
  return __awaiter(this, void 0, void 0, function () {
    var i, e_1;
    return __generator(this, function (_a) {
      switch (_a.label) {
        case 0: i = 0; _a.label = 1;
        case 1:
          if (!(i < n)) return [3, 9];
          _a.label = 2;
        case 2:
          _a.trys.push([2, 5, 6, 8]);
          console.log('try', i);
          return [4, Promise.resolve(i * 2)];
        case 3:
          if (_a.sent() === 2) throw new Error('two');
          return [4, null];
        case 4: _a.sent(); return [3, 8];
        case 5: e_1 = _a.sent(); console.log('caught', e_1.message); if (n > 3) return [2, 'early']; return [3, 8];
        case 6: console.log('finally', i); return [4, i];
        case 7: _a.sent(); return [7];
        case 8: i++; return [3, 1];
        case 9: return [2, 'done ' + i];
      }
    });
  });
}
function numbers() {
  return __generator(this, function (_a) {
    switch (_a.label) {
      case 0: return [4, 1];
      case 1: console.log('got', _a.sent()); return [5, __values([10, 20])];
      case 2: console.log('inner', _a.sent()); return [4, 2];
      case 3: _a.sent(); return [2, 'end'];
    }
  });
}
const g = numbers();
console.log(g.next(), g.next('a'), g.next(), g.next('b'), g.next(), g.next());
const h = numbers();
console.log(h.next(), h.return(7), h.next());
const k = numbers();
try { k.next(); k.throw(new Error('in')); } catch (e) { console.log(e.message, k.next()); }
console.log([...numbers()]);
const D = (function () { function C() {} C.prototype.m = function () { return 1; }; __decorate([function (t, key, d) { const old = d.value; d.value = function () { return old.call(this) + 1; }; return d; }], C.prototype, 'm', null); return C; })();
console.log(new D().m(), __importDefault({ a: 1 }), __importDefault({ __esModule: true, default: 3 }).default, __importStar({ a: 1 }), __importStar({ __esModule: true, b: 1 }));
const target = {}; __exportStar({ a: 1, default: 2 }, target); console.log(target.a, Object.keys(target));
const w = new WeakMap(); const o = {}; w.set(o, 1);
console.log(__classPrivateFieldGet(o, w, 'f'), __classPrivateFieldSet(o, w, 4, 'f'), __classPrivateFieldGet(o, w, 'f'));
try { __classPrivateFieldGet({}, w, 'f'); } catch (e) { console.log(e.name, e.message); }
(async () => {
  console.log(await loop(2)); console.log(await loop(4));
  await Promise.all([loop(2).then((v) => console.log('a', v)), loop(1).then((v) => console.log('b', v))]);
  try { await __awaiter(void 0, void 0, void 0, function* () { yield 1; throw new TypeError('x'); }); } catch (e) { console.log(e.name); }
  const it = __asyncValues([1, 2]); console.log(await it.next());
})();
