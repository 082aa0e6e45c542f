/** tslib: what TypeScript emits calls of. What is not here is unknown. */
export const tslibPrelude = String.raw`
const tslibModule = {
  __extends(derived, base) {
    if (__rr_isOpaque(base)) return;
    if (base === null) { derived.prototype = Object.create(null); return; }
    if (typeof base !== 'function') throw new TypeError('Class extends value ' + String(base) + ' is not a constructor or null');
    Object.setPrototypeOf(derived, base);
    derived.prototype = Object.create(base.prototype);
    derived.prototype.constructor = derived;
  },
  __assign: Object.assign,
  __rest(source, except) {
    const out = {};
    if (source === null || source === undefined) return out;
    if (__rr_isOpaque(source)) return __rr_computed('__rest', source);
    for (const key of Object.keys(source)) if (!except.includes(key)) out[key] = source[key];
    for (const key of Object.getOwnPropertySymbols(source)) if (!except.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key)) out[key] = source[key];
    return out;
  },
  __decorate(decorators, target, key, given) {
    const isMember = arguments.length >= 3;
    let result = arguments.length < 3 ? target : given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
    for (let i = decorators.length - 1; i >= 0; i--) {
      const d = decorators[i];
      if (!d) continue;
      result = (!isMember ? d(result) : arguments.length > 3 ? d(target, key, result) : d(target, key)) || result;
    }
    if (arguments.length > 3 && result) Object.defineProperty(target, key, result);
    return result;
  },
  __param(index, decorator) { return (target, key) => { decorator(target, key, index); }; },
  __metadata() { return () => {}; },
  __awaiter(thisArg, args, P, body) {
    const Kind = P ?? Promise;
    return new Kind((resolve, reject) => {
      const generator = body.apply(thisArg, args ?? []);
      const advance = (method, value) => {
        let step;
        try { step = generator[method](value); } catch (e) { reject(e); return; }
        if (step.done) resolve(step.value);
        else (step.value instanceof Kind ? step.value : new Kind((settle) => { settle(step.value); })).then((v) => advance('next', v), (e) => advance('throw', e));
      };
      advance('next', undefined);
    });
  },
  __generator(thisArg, body) {
    // The instructions of a compiled body: what it is to do next, and with what.
    const NEXT = 0, THROW = 1, RETURN = 2, BREAK = 3, YIELD = 4, YIELD_ALL = 5, CATCH = 6, END_FINALLY = 7;
    let received = [NEXT, undefined];
    let inner = null;
    let running = false;
    let ended = false;
    const state = { label: 0, trys: [], ops: [], sent() { if (received[0] === THROW) throw received[1]; return received[1]; } };
    function leave(op) {
      // Where a jump, a return or an exception goes on: a handler, a finalizer, or out of the body.
      for (;;) {
        const region = state.trys[state.trys.length - 1];
        if (region === undefined && (op[0] === CATCH || op[0] === RETURN)) { ended = true; return; }
        if (op[0] === BREAK && (region === undefined || (op[1] > region[0] && op[1] < region[3]))) { state.label = op[1]; return; }
        if (op[0] === CATCH && region[1] !== undefined && state.label < region[1]) { state.label = region[1]; received = op; return; }
        if (region !== undefined && region[2] !== undefined && state.label < region[2]) { state.label = region[2]; state.ops.push(op); return; }
        if (region !== undefined && region[2] !== undefined) state.ops.pop();
        state.trys.pop();
      }
    }
    function resume(op) {
      if (running) throw new TypeError('Generator is already executing.');
      while (!ended) {
        if (inner !== null) {
          let r;
          running = true;
          try {
            const method = op[0] === RETURN ? inner.return : op[0] === THROW ? inner.throw : inner.next;
            if (method === undefined || method === null) { if (op[0] === THROW && inner.return) inner.return(); r = { done: true, value: op[1] }; }
            else { r = method.call(inner, op[1]); if (!r.done) { running = false; return r; } op = [op[0] === RETURN ? RETURN : NEXT, r.value]; }
          } catch (e) { op = [CATCH, e]; } finally { running = false; }
          inner = null;
        }
        switch (op[0]) {
          case NEXT: case THROW: received = op; break;
          case YIELD: state.label++; return { value: op[1], done: false };
          case YIELD_ALL: state.label++; inner = op[1]; op = [NEXT, undefined]; continue;
          case END_FINALLY: op = state.ops.pop(); state.trys.pop(); continue;
          default: leave(op); if (ended) continue;
        }
        running = true;
        try { op = body.call(thisArg, state); } catch (e) { op = [CATCH, e]; } finally { running = false; }
      }
      if (op[0] === THROW || op[0] === CATCH) throw op[1];
      return { value: op[0] === RETURN ? op[1] : undefined, done: true };
    }
    const generator = { next: (v) => resume([NEXT, v]), throw: (v) => resume([THROW, v]), return: (v) => resume([RETURN, v]), [Symbol.iterator]() { return this; } };
    return generator;
  },
  __values(o) {
    const method = o[Symbol.iterator];
    if (method) return method.call(o);
    let i = 0;
    return { next() { if (o && i >= o.length) o = undefined; return { value: o && o[i++], done: !o }; } };
  },
  __read(o, n) {
    if (!o[Symbol.iterator]) return o;
    if (n === undefined) return [...o];
    return take(o, n);
  },
  __spreadArray(to, from, pack) { return to.concat(__rr_isArray(from) && !pack ? from : [...from]); },
  __asyncValues(o) { return o[Symbol.asyncIterator] ? o[Symbol.asyncIterator]() : asyncFromSync(o); },
  __createBinding(to, from, key, name) { Object.defineProperty(to, name ?? key, { enumerable: true, get() { return from[key]; } }); },
  __exportStar(from, to) { for (const key in from) if (key !== 'default' && !Object.hasOwn(to, key)) tslibModule.__createBinding(to, from, key); },
  __importStar(module) {
    if (__rr_isOpaque(module) || (module && module.__esModule)) return module;
    const out = {};
    if (module !== null && module !== undefined) for (const key of Object.getOwnPropertyNames(module)) if (key !== 'default' && (typeof module !== 'function' || !/^(prototype|length|name)$/.test(key))) tslibModule.__createBinding(out, module, key);
    Object.defineProperty(out, 'default', { enumerable: true, value: module });
    return out;
  },
  __importDefault(module) { return __rr_isOpaque(module) ? { default: module } : module && module.__esModule ? module : { default: module }; },
  __classPrivateFieldGet(receiver, state, kind, f) {
    if (kind === 'a' && !f) throw new TypeError('Private accessor was defined without a getter');
    if (typeof state === 'function' ? receiver !== state || !f : !state.has(receiver)) throw new TypeError('Cannot read private member from an object whose class did not declare it');
    return kind === 'm' ? f : kind === 'a' ? f.call(receiver) : f ? f.value : state.get(receiver);
  },
  __classPrivateFieldSet(receiver, state, value, kind, f) {
    if (kind === 'm') throw new TypeError('Private method is not writable');
    if (kind === 'a' && !f) throw new TypeError('Private accessor was defined without a setter');
    if (typeof state === 'function' ? receiver !== state || !f : !state.has(receiver)) throw new TypeError('Cannot write private member to an object whose class did not declare it');
    if (kind === 'a') f.call(receiver, value);
    else if (f) f.value = value;
    else state.set(receiver, value);
    return value;
  },
  __makeTemplateObject(cooked, raw) { Object.defineProperty(cooked, 'raw', { value: raw }); return cooked; },
};
__rr_module('tslib', tslibModule);
`;
