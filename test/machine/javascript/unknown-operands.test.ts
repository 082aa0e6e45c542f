/** Built-ins that are handed unknown values: they give unknown ones or ask, and never stop the simulation. */
import { describe, expect, it } from 'vitest';
import { load, runText } from './machine.ts';

/** Everything a program may print, by brute force over every choice. */
function outputs(text: string): string[] {
  const system = load(`const u = opaque('u');\n${text}`, 'program.mjs');
  const found = new Set<string>();
  const visit = (): void => {
    const enabled = [...system.enabled()];
    const m = system.machine;
    if (m.unsupported) throw new Error(m.unsupported.what);
    if (enabled.length === 0)
      found.add([...m.output.map((o) => o.text), ...m.failures.map((f) => `! ${m.ops.show(f.exception)}`)].join(' | '));
    for (const id of enabled) {
      for (let k = 0; k < system.alternatives(id); k++) {
        system.step(id, k);
        visit();
        system.undo();
      }
    }
  };
  visit();
  return [...found].sort();
}

describe('arrays at an index that is not known', () => {
  it.each([
    ['splice', 'const a = [1, 2, 3]; a.splice(u, 1); console.log(a.join());', ['1,2,3', '1,3', '2,3']],
    ['a number of items', 'const a = [1, 2]; a.splice(0, u); console.log(a.join());', ['1,2', '2']],
    ['reading', 'const a = ["x", "y"]; console.log(a[u]);', ['undefined', 'x', 'y']],
    ['the same index again', 'const a = ["x", "y"]; a[u] = 1; console.log(a.join(), a[u]);', ['1,y 1', 'x,1 1', 'x,y 1']],
    ['length', 'const a = [1, 2]; a.length = u; console.log(a.length);', ['1', '2']],
    ['new Array', 'console.log(new Array(u).fill(0).length);', ['1', '2']],
    ['lastIndexOf', 'console.log([1, 2].lastIndexOf(u));', ['-1', '0', '1']],
    ['join', 'console.log([1, 2].join(u));', ['1u2']],
    ['a weak map', 'const w = new WeakMap(); w.set(u, 5); console.log(w.get(u));', ['5']],
    ['apply', 'console.log(((...args) => args.length).apply(null, u));', ['0', '1', '2']],
  ])('%s', (_name, text, expected) => {
    expect(outputs(text)).toEqual(expected);
  });
});

describe('binary data that is not known', () => {
  it.each([
    ['an element', 'const a = new Uint8Array([1, u, 3]); console.log(a[0], a[1] === a[1], a[2], a.length);', ['1 true 3 3']],
    [
      'the same bytes otherwise',
      'const f = new Float64Array([u]); const b = new Uint8Array(f.buffer); console.log(b[1] === b[1], f[0] === f[0]);',
      ['true true'],
    ],
    ['an index', 'const a = new Uint8Array([1, 2]); a[u] = 9; console.log(a[0] === a[0], a.length);', ['true 2']],
    ['copying', 'const a = new Uint8Array(2); a.set([u], 1); const b = a.slice(); console.log(b[0], a[1] === b[1]);', ['0 true']],
    [
      'random bytes are one value',
      "import { randomBytes } from 'node:crypto'; const b = randomBytes(4); console.log(b.length, b.toString('hex') === b.toString('hex'), b.equals(b));",
      ['4 true true'],
    ],
    ['equal or not', "import { randomBytes } from 'node:crypto'; console.log(randomBytes(2).equals(randomBytes(2)));", ['false', 'true']],
    [
      'a known difference',
      'console.log(Buffer.from([u, 1]).equals(Buffer.from([u, 2])), Buffer.from([u, 1]).equals(Buffer.from([u, 1])));',
      ['false true'],
    ],
    ['getRandomValues', 'const a = crypto.getRandomValues(new Uint32Array(2)); console.log(a.length, a[0] === a[0]);', ['2 true']],
  ])('%s', (_name, text, expected) => {
    expect(outputs(text)).toEqual(expected);
  });
});

const calls = [
  'new Uint8Array(u)',
  'new ArrayBuffer(u)',
  'new DataView(u)',
  'new Uint8Array(4).subarray(u)',
  'new Uint8Array(4).fill(u, u)',
  'new Uint8Array(4).set(u, u)',
  'new Uint8Array(4).indexOf(u)',
  'new Uint8Array(4).with(u, 1)',
  'new DataView(new ArrayBuffer(8)).getInt32(u)',
  'new DataView(new ArrayBuffer(8)).setInt32(u, 1)',
  'Buffer.from(u)',
  'Buffer.alloc(u)',
  'Buffer.concat([u, Buffer.from("a")])',
  'Buffer.from("ab").equals(u)',
  'Buffer.from("ab").copy(u)',
  'Buffer.from("ab").readUInt8(u)',
  'Buffer.byteLength(u)',
  'new TextEncoder().encode(u)',
  'new TextDecoder().decode(u)',
  'atob(u)',
  'btoa(u)',
  'structuredClone(new Uint8Array([1, u]))',
  '[1, 2].fill(0, u)',
  '[1, [2]].flat(u)',
  '[1, 2].copyWithin(u, 1)',
  'new Date(0).setDate(u)',
  'BigInt(u)',
  'BigInt.asUintN(8, u)',
  'String.fromCodePoint(u)',
  '"abc".normalize(u)',
  '"abc"[u]',
  'Object.getOwnPropertyNames(u)',
  'Object.getOwnPropertyDescriptor(u, "x")',
  'Object.defineProperty(u, "x", { value: 1 })',
  'Object.create(u)',
  'Reflect.get(u, "x")',
  'Reflect.ownKeys(u)',
  'Reflect.construct(u, [])',
  'JSON.stringify({}, u)',
];

describe('what takes unknown operands', () => {
  it.each(calls)('%s', (call) => {
    const { unsupported, failure } = runText(`const u = opaque('u'); console.log(${call});`);
    expect([unsupported, failure]).toEqual([null, null]);
  });
});

describe('base classes nobody can see into', () => {
  it('give methods, and nothing that the program sets itself', () => {
    expect(
      outputs(`import { Base } from 'somewhere';
class Own extends Base { constructor() { super(); } start() { this.on('x', () => {}); if (this.state === undefined) this.state = 1; return this.state; } }
console.log(new Own().start());`),
    ).toEqual(['1']);
  });
  it('may be of before classes', () => {
    expect(
      outputs(`import { Base } from 'somewhere';
function Own() { Base.call(this); this.n = 1; }
Own.prototype = Object.create(Base.prototype);
Own.prototype.go = function () { this.emit('go'); return this.n; };
console.log(new Own().go());`),
    ).toEqual(['1']);
  });
});
