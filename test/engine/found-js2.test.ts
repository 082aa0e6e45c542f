/** Races in code as packages ship it: what compilers and callbacks make of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('asynchronous functions that a compiler made generators of', () => {
  const pool = (test: string, made: string): string => `class Pool {
  connect(name) {
    return __awaiter(this, void 0, void 0, function* () {
      if (${test}) return this.socket;
      ${made}
      return this.socket;
    });
  }
}
exports.Pool = Pool;
`;
  it('wait where they yield', () => {
    expect(found(pool('this.socket', 'this.socket = yield open(name);'))).toEqual(['warning double-init 4→5']);
    expect(found(pool('this.socket', 'this.socket = open(name);'))).toEqual([]);
  });
  it('take their parameters from the generator', () => {
    const text = pool('this.socket', 'this.socket = yield open(name);')
      .replace('connect(name)', 'connect()')
      .replace('void 0, void 0, function* ()', "arguments, void 0, function* (name = 'main')");
    expect(found(text)).toEqual(['warning double-init 4→5']);
  });
  it('are told by the helpers of other compilers, too', () => {
    const text = pool('this.socket', 'this.socket = yield open(name);');
    expect(found(text.replace('__awaiter(this, void 0, void 0,', '__async(this, null,'))).toEqual(['warning double-init 4→5']);
    const made = text.replace('__awaiter(this, void 0, void 0, ', '(0, _asyncToGenerator2.default)(').replace('    });', '    })();');
    expect(found(made)).toEqual(['warning double-init 4→5']);
  });
});

describe('private members that a compiler put into weak maps', () => {
  const loader = (set: string): string => `var _Loader_instances, _Loader_data, _Loader_load;
class Loader {
  constructor(api) {
    _Loader_instances.add(this);
    _Loader_data.set(this, undefined);
    this.api = api;
  }
  async get(id) {
    if (!__classPrivateFieldGet(this, _Loader_data, "f")) {
      ${set}
    }
    return __classPrivateFieldGet(this, _Loader_data, "f");
  }
}
_Loader_data = new WeakMap(), _Loader_instances = new WeakSet(), _Loader_load = async function _Loader_load(id) {
  const answer = await this.api.load(id);
  return answer.data;
};
exports.Loader = Loader;
`;
  it('are the members they stand for', () => {
    const late = loader(
      '__classPrivateFieldSet(this, _Loader_data, await __classPrivateFieldGet(this, _Loader_instances, "m", _Loader_load).call(this, id), "f");',
    );
    expect(found(late)).toEqual(['warning double-init 9→10']);
    const once = loader(
      '__classPrivateFieldSet(this, _Loader_data, __classPrivateFieldGet(this, _Loader_instances, "m", _Loader_load).call(this, id), "f");',
    );
    expect(found(once)).toEqual([]);
  });
  it('also as esbuild writes them', () => {
    const esbuild = (text: string): string =>
      text
        .replace('_Loader_instances.add(this)', '__privateAdd(this, _Loader_instances)')
        .replace('_Loader_data.set(this, undefined)', '__privateAdd(this, _Loader_data)')
        .replaceAll('__classPrivateFieldGet(this, _Loader_data, "f")', '__privateGet(this, _Loader_data)');
    const set = (value: string): string =>
      `__privateSet(this, _Loader_data, ${value}__privateMethod(this, _Loader_instances, _Loader_load).call(this, id));`;
    expect(found(esbuild(loader(set('await '))))).toEqual(['warning double-init 9→10']);
    expect(found(esbuild(loader(set(''))))).toEqual([]);
  });
});
