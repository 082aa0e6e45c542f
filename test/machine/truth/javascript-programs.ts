/**
 * Random JavaScript functions over a few variables of known kinds: control flow with finalizers and labels in
 * random nesting, generators, destructuring with defaults, iteration of collections that change meanwhile,
 * classes, proxies, promises and timers. Every program prints what it does and how each call ended.
 */
import fc from 'fast-check';

const number = fc.constantFrom(
  '0',
  '1',
  '2',
  '3',
  '-1',
  '7',
  'n',
  'k',
  'xs.length',
  's.length',
  'n + k',
  'n * 2',
  'n % 3',
  '-n',
  'n ?? k',
  'n | 1',
  'n ** 2',
  'k >> 1',
  '0.5',
  'NaN',
);
const text = fc.constantFrom(
  "''",
  "'a'",
  "'b,c'",
  "'Hello World'",
  "' x '",
  's',
  't',
  's + t',
  'String(n)',
  '`${n}-${s}`',
  's.toUpperCase()',
  '[...s].reverse().join("")',
);
const list = fc.constantFrom(
  '[]',
  '[1]',
  '[3, 1, 2]',
  'xs',
  'xs.slice(1)',
  '[...xs, n]',
  '[n, k]',
  '[...s]',
  'Array.from({ length: 3 }, (_, i) => i * n)',
  '[, 1]',
  '[[1, [2]], 3]',
  '[undefined, null]',
);
const object = fc.constantFrom(
  '{}',
  '{ a: 1 }',
  '{ a: 1, b: { c: 2 } }',
  'o',
  '{ ...o, z: n }',
  '{ [s]: n, 2: k, 1: 0 }',
  'Object.fromEntries([...map])',
  '{ get g() { return n; }, set g(v) { k = v; } }',
  'null',
  'undefined',
);
const big = fc.constantFrom(
  '1n',
  '10n ** 20n',
  'BigInt(n | 0)',
  '-7n / 2n',
  '5n % 3n',
  '(2n << 65n)',
  'BigInt.asUintN(8, 257n)',
  '5n & 3n',
);
const bytes = fc.constantFrom(
  'u8',
  'words',
  'new Uint8Array(xs)',
  'Uint8Array.of(n, k, 300, -1)',
  'Int8Array.of(n, k, 200)',
  'new Int16Array([n, k, 70000])',
  'new Uint16Array(words.buffer, 2)',
  'new Uint32Array([n, -1])',
  'new Float32Array([0.1, n])',
  'Float64Array.from(xs, (x) => x / 2)',
  'new Uint8ClampedArray([n * 100, -5, 1.5, 2.5])',
  'new BigInt64Array([BigInt(k | 0), -5n])',
  'Buffer.from(s)',
  'Buffer.from(t + "é€😀")',
  'Buffer.from([n, k, 257])',
  "Buffer.from(s, 'latin1')",
  "Buffer.from(s, 'utf16le')",
  "Buffer.from(s, 'hex')",
  "Buffer.from(s, 'base64')",
  'Buffer.concat([Buffer.from(s), u8])',
  'Buffer.alloc(5, s)',
  'new TextEncoder().encode(t)',
);
const bytesMethod = fc.constantFrom(
  'length',
  'byteLength',
  '[1]',
  '[n]',
  '.slice(1)',
  '.slice(-2, -1)',
  '.subarray(n, k)',
  '.subarray(-2)',
  '.map((v) => v)',
  '.filter((v) => v > 1)',
  ".join('-')",
  '.toString()',
  '.indexOf(k)',
  '.includes(1)',
  '.lastIndexOf(1)',
  '.fill(k)',
  '.fill(k, 1, -1)',
  '.reverse()',
  '.sort()',
  '.toSorted((a, b) => (a < b ? 1 : -1))',
  '.with(0, k)',
  '.at(-1)',
  '.set([1, 2])',
  '.set(u8, 1)',
  '.copyWithin(0, 1)',
  '.reduce((a, v) => a + String(v), "")',
  '.findIndex((v) => v > 1)',
  '.some((v) => v === 0)',
  '.entries().next()',
  ".toString('hex')",
  ".toString('base64')",
  ".toString('latin1')",
  ".toString('utf8', 1)",
  '.constructor.name',
  '.toReversed()',
  '.toLocaleString()',
);
const bufferMethod = fc.constantFrom(
  'equals(u8)',
  'compare(u8)',
  "indexOf('l')",
  "lastIndexOf('l')",
  'includes(s)',
  'readUInt8(n)',
  'readInt16LE(0)',
  'readUInt32BE(k)',
  'readDoubleLE(0)',
  'writeUInt8(n, 0)',
  'writeInt16BE(k, 1)',
  'writeUInt16LE(n * 30000)',
  "write('héy', 1)",
  "fill('xy', 1)",
  'copy(u8, 1)',
  'copy(u8, 0, 1, 3)',
  'toJSON()',
  'slice(1, 3)',
  "toString('ucs2')",
  "toString('base64url')",
  "toString('ascii')",
);
const condition = fc.constantFrom(
  'n',
  'n > 1',
  'n === k',
  'xs.length',
  's',
  'o?.a',
  '"a" in Object(o)',
  'xs.includes(n)',
  's == n',
  'n < k && k < 5',
  'n == null',
  'map.has("a")',
  'typeof n === "number"',
  'n && k',
  '!set.size',
  'o instanceof Object',
  'Array.isArray(xs)',
);
const stringMethod = fc.constantFrom(
  "split('')",
  "split(',')",
  'split(/l/)',
  'trim()',
  "replace('a', 'zz')",
  'replace(/l/g, (m, at) => at)',
  "replaceAll('l', '-')",
  "indexOf('o')",
  "lastIndexOf('l')",
  'at(-1)',
  'charCodeAt(0)',
  "padStart(7, 'ab')",
  'padEnd(4)',
  'repeat(2)',
  'slice(-3)',
  'slice(1, -1)',
  'substring(3, 1)',
  'match(/[a-z]/g)',
  'match(/(?<first>\\w)(\\w)?/)?.groups?.first',
  "startsWith('He')",
  "endsWith('d')",
  "includes('o')",
  'search(/[A-Z]/)',
  'concat(n, k)',
  'codePointAt(0)',
  'normalize()',
  "localeCompare('b')",
  'toLowerCase()',
  'matchAll(/o/g).next().value?.index',
);
const listMethod = fc.constantFrom(
  'push(n, k)',
  'pop()',
  'shift()',
  'unshift(n)',
  'splice(1, 1)',
  "splice(0, 0, 'x', 'y')",
  'splice(-1)',
  'reverse()',
  'sort()',
  'sort((a, b) => b - a)',
  'slice()',
  'concat([n], k)',
  "join('-')",
  'indexOf(1)',
  'includes(NaN)',
  'map((v, i) => [i, v])',
  'filter(Boolean)',
  'reduce((a, v) => a + String(v), "")',
  'find((v) => v > 1)',
  'findLastIndex((v) => v)',
  'some((v) => v === n)',
  'every((v) => v)',
  'flat()',
  'flatMap((v) => [v, v])',
  'fill(n, 1)',
  'at(-1)',
  'with(0, n)',
  'toSorted()',
  'toSpliced(0, 1)',
  'keys().next()',
  'entries().next().value',
  'copyWithin(0, 1)',
  'forEach((v, i, all) => { if (i === 0) all.push("late"); })',
  'lastIndexOf(1)',
  'reduceRight((a, v) => [v, a])',
);
const mapMethod = fc.constantFrom(
  "set('a', n)",
  "get('a')",
  'has(n)',
  "delete('a')",
  'size',
  'set(NaN, 1).get(NaN)',
  'forEach((v, key, m) => { if (m.size < 4) m.set(key + "!", v); })',
  'entries().next()',
  'set({}, 1).size',
  'keys().next().value',
  'clear()',
);

const value: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      number,
      text,
      list,
      object.map((x) => `(${x})`),
      big,
      fc.constantFrom(
        'true',
        'null',
        'undefined',
        'Symbol("q")',
        '/x/gi',
        'new Date(0)',
        '() => 1',
        'class K {}',
        'new Map(map)',
        'new Set(set)',
      ),
    ),
    fc.tuple(list, number).map(([x, i]) => `(${x})[${i}]`),
    fc.tuple(text, stringMethod).map(([x, f]) => `(${x}).${f}`),
    fc.tuple(list, listMethod).map(([x, f]) => `[...(${x})].${f}`),
    bytes,
    fc.tuple(bytes, bytesMethod).map(([x, f]) => `(${x})${/^[.[]/.test(f) ? f : `.${f}`}`),
    fc.tuple(text, bufferMethod).map(([x, f]) => `Buffer.from(${x}).${f}`),
    fc
      .tuple(object, fc.constantFrom('a', 'b.c', 'b?.c', '["a"]', 'toString()', 'b?.c?.d', 'nope?.()', 'nope?.[n]()', 'a?.toFixed(1)'))
      .map(([x, f]) => `(${x})${f.startsWith('[') ? f : `?.${f}`}`),
    fc.tuple(object, fc.constantFrom('keys', 'values', 'entries', 'getOwnPropertyNames', 'isFrozen')).map(([x, f]) => `Object.${f}(${x})`),
    fc.tuple(tie('e'), condition, tie('e')).map(([x, c, y]) => `(${c} ? ${x} : ${y})`),
    fc
      .tuple(
        tie('e'),
        fc.constantFrom('+', '-', '*', '/', '%', '<', '>=', '==', '===', '&&', '||', '??', '|', '<<', '>>>', 'in', 'instanceof'),
        tie('e'),
      )
      .map(([x, op, y]) => (op === '??' ? `((${x}) ?? (${y}))` : `((${x}) ${op} (${y}))`)),
    fc.tuple(fc.constantFrom('typeof', '!', '-', '+', '~', 'void'), tie('e')).map(([op, x]) => `(${op} (${x}))`),
    fc
      .tuple(
        fc.constantFrom(
          'String',
          'Number',
          'Boolean',
          'JSON.stringify',
          'Array.from',
          'Object',
          'BigInt',
          'parseInt',
          'isNaN',
          'structuredClone',
          'Number.isInteger',
          'Object.assign',
          'encodeURIComponent',
        ),
        tie('e'),
      )
      .map(([f, x]) => `${f}(${x})`),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => `((a, b = ${x}, ...c) => [a, b, c])(${y})`),
    fc.constantFrom(
      '((x = n, { y = k, ...z } = {}, [w = 5] = []) => [x, y, z, w])()',
      '(({ a: { deep = 1 } = {}, ...rest }) => [deep, rest])({ q: 1 })',
      '[...gen(2)]',
      'tag`a${n}b${s}c`',
      'new Box(n).double',
      '`${new Box(n)}`',
      '+new Box(k)',
      'new Sub(n, s).who()',
      'Box.made',
      'new Box(n).equals(new Box(k))',
      '[..."a😀b"].length',
      'n?.toFixed(2)',
      '(n, k)',
      '[n, k].toString()',
      'new Error(s).message',
      'String(new RangeError(s))',
      '0.1 + 0.2',
      '[1, 10, 2].sort()',
      'Number(s)',
      'JSON.stringify({ n, s, o, f() {} }, null, 1)',
      'JSON.parse("[1, {\\"a\\": null}]")',
      'n.toString(2)',
      '(1234.5678).toFixed(n < 9 && n > 0 ? n : 1)',
      'Math.max(...xs)',
      'new.target',
      'this?.tag',
      'arguments.length',
      'Reflect.ownKeys({ b: 1, 1: 2, a: 3, 0: 4 })',
    ),
  ),
})).e;

const indent = (lines: readonly string[]): string[] => lines.map((l) => `  ${l}`);

const { body } = fc.letrec<{ statement: string[]; block: string[]; body: string[] }>((tie) => {
  const block = tie('block').map(indent);
  return {
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      value.map((v) => [`p(${v});`]),
      fc
        .oneof(
          number.map((v) => `n = ${v};`),
          number.map((v) => `k = ${v};`),
          text.map((v) => `s = ${v};`),
          list.map((v) => `xs = ${v};`),
          object.map((v) => `o = ${v};`),
        )
        .map((l) => [l]),
      fc
        .oneof(
          listMethod.map((f) => `p(xs.${f}, xs);`),
          mapMethod.map((f) => `p(map.${f}, map);`),
        )
        .map((l) => [l]),
      fc
        .tuple(fc.constantFrom('n', 'k', 's', 'xs', 'o'), fc.constantFrom('+=', '-=', '*=', '??=', '||=', '&&=', '|='), value)
        .map(([x, op, v]) => [`${x} ${op} ${v};`, `p(${x});`]),
      fc.constantFrom<string[]>(
        ['n++; p(n--, --k, xs[0]++);'],
        ['delete o.a; p(o);'],
        ['u8[n] = k; p(u8, words);'],
        ['u8[1]++; words[0] += n; p(u8, words, u8.buffer);'],
        ['view.setInt16(n & 3, k); p(view.getUint8(1), words);'],
        ['view.setFloat32(4, n, true); p(view.getFloat32(4, true), view.getInt32(4), u8);'],
        ['p(view.getBigInt64(n));'],
        ['u8.set(xs, n); p(u8);'],
        ['u8.sort(); p(words);'],
        ['for (const v of u8) { p(v); if (v < 3) u8[2] = 9; }'],
        ['const clone = structuredClone({ u8, words, view }); clone.u8[0] = 77; p(clone, u8);'],
        ['p(new TextDecoder().decode(u8), JSON.stringify(words), Object.keys(u8).length, 3 in u8, 99 in u8);'],
        ['p(btoa(s), atob(btoa(t)));'],
        ['p(atob(s));'],
        ['o.a = n; p(o);'],
        ['xs[n] = k; p(xs);'],
        ['xs.length = 1; p(xs);'],
        ['[n, k] = [k, n];'],
        ['[n, , k = 9, ...xs] = xs; p(n, k, xs);'],
        ['({ a: n = 4, ...o } = o); p(n, o);'],
        ['for ([n, k] of Object.entries(o)) p(n, k);'],
        ['throw new TypeError(s);'],
        ['throw n;'],
        ['throw new Own(s, { cause: k });'],
        ['return n;'],
        ['return;'],
        ['return [s, xs];'],
        ['p(late); let late = 1;'],
        ['p(hoisted()); function hoisted() { return n; }'],
        ['const c = 1; c = 2;'],
        ['null.x;'],
        ['o.a.b.c;'],
        ['xs.nope();'],
        ['(void 0)?.x.y; n();'],
        ['for (const c of s) { if (c === "l") break; p(c); }'],
        ['for (const key in o) p(key);'],
        ['for (const key in xs) p(key, xs[key]);'],
        ['for (const [key, v] of map) { if (turn()) break; p(key, v); if (map.size < 4) { map.delete(key); map.set(key + 1, v); } }'],
        ['for (const v of set) { if (turn()) break; p(v); if (v < 3) { set.delete(v); set.add(v + 1); } }'],
        ['for (const v of xs) { p(v); if (xs.length < 5) xs.push(v); }'],
        ['const g = gen(n); p(g.next(k), g.next(s), g.return(7), g.next());'],
        ['const g = gen(n); g.next(); p(g.throw(new RangeError("in")), [...g]);'],
        ['for (const v of gen(3)) { p("got", v); if (v > 0) return v; }'],
        ['const [first, second = "none"] = gen(0); p(first, second);'],
        ['p([...deleg(n)]);'],
        ['const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); p(fs.map((f) => f()));'],
        ['var gs = []; for (var at = 0; at < 3; at++) gs.push(() => at); p(gs.map((f) => f()));'],
        ['const b = new Box(n); b.extra = s; p(b, b.double, "extra" in b, b.hasOwnProperty("nope")); b.double = 8; p(b.n); b.ro = 1;'],
        ['const b = new Sub(n, s); p(b, b.who(), b instanceof Box, b.secret(), Sub.name); Box.prototype.secret.call({});'],
        ['new Sub();'],
        ['Box();'],
        [
          'const q = new Proxy({ a: 1 }, { get: (t, key) => (key in t ? t[key] : `no ${String(key)}`), has: (t, key) => key !== "hidden", set(t, key, v) { p("set", key, v); t[key] = v; return key !== "ro"; } }); q.z = n; p(q.a, q.q, "hidden" in q, q.z); q.ro = 1;',
        ],
        [
          'outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === k) continue outer; if (i === n) break outer; p(i, j); } }',
        ],
        ['switch (n) { case 1: p("one"); case 2: p("two"); break; default: p("many"); case 3: p("three"); }'],
        ['do { if (turn()) break; n--; if (n === 1) continue; p(n); } while (n > 0);'],
        ['const fz = Object.freeze({ a: [1] }); fz.a.push(2); p(fz); fz.b = 1;'],
        ['Object.defineProperty(o, "h", { value: n }); p(o, o.h); o.h = 2;'],
        ['p(Object.entries({ b: 1, 2: "x", a: 3, 1: "y" }));'],
      ),
      fc.tuple(condition, block, block).map(([c, a, b]) => [`if (${c}) {`, ...a, '} else {', ...b, '}']),
      fc.tuple(list, block).map(([x, b]) => [`for (n of ${x}) {`, ...indent(['if (turn()) break;']), ...b, '}']),
      fc
        .tuple(block, fc.constantFrom('continue', 'break', 'p("go on")'))
        .map(([b, c]) => ['for (let i = 0; i < 2; i++) {', ...indent(['if (turn()) break;']), ...b, `  if (n !== 1) ${c};`, '}']),
      fc
        .tuple(block, block)
        .map(([b, h]) => ['try {', ...b, '} catch (e) {', '  p("caught", e instanceof Error ? `${e.name}: ${e.message}` : e);', ...h, '}']),
      fc.tuple(block, block).map(([b, f]) => ['try {', ...b, '} finally {', '  p("finally", n);', ...f, '}']),
      fc
        .tuple(block, block, fc.constantFrom('break', 'continue', 'return k', 'p("end")'))
        .map(([b, h, c]) => [
          'for (const i of [0, 1]) {',
          '  try {',
          ...indent(b),
          '  } catch {',
          ...indent(h),
          '  } finally {',
          '    p("leaving", i);',
          `    if (n === 1) ${c};`,
          '  }',
          '}',
        ]),
      fc
        .tuple(block, fc.constantFrom('throw e', 'throw new Own("again", { cause: e })', 'return e?.message'))
        .map(([b, r]) => ['try {', ...b, '} catch (e) {', `  ${r};`, '}']),
      block.map((b) => ['block: {', ...b, '  if (k > 1) break block;', '  p("end of block");', '}']),
    ),
    block: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((s) => s.flat()),
    body: fc.array(tie('statement'), { minLength: 2, maxLength: 6 }).map((s) => s.flat()),
  };
});

const beginning = `const p = (...values) => console.log(...values);
let turns = 0;
const turn = () => ++turns > 40;
class Own extends Error {
  constructor(message, options) { super(message, options); this.name = 'Own'; this.size = arguments.length; }
}
function* gen(n) {
  try {
    for (let i = 0; i <= n && i < 5; i++) {
      try { const got = yield i; p('sent', got); } catch (e) { p('inside', e.message); yield 'handled'; }
    }
    return 'done';
  } finally { p('generator over'); }
}
function* deleg(n) {
  const r = yield* gen(n > 1 ? 1 : 0);
  yield ['returned', r];
  yield* [10, 20];
}
const tag = (strings, ...values) => strings.raw.join('|') + values.join();
class Box {
  static made = 0;
  #n;
  constructor(n) { this.#n = n; Box.made++; }
  get n() { return this.#n; }
  get double() { return this.#n * 2; }
  set double(v) { this.#n = v / 2; }
  get ro() { return 1; }
  equals(other) { return #n in other && this.#n === other.#n; }
  #hidden() { return 'hidden ' + this.#n; }
  secret() { return this.#hidden(); }
  who() { return 'box ' + this.#n; }
  [Symbol.toPrimitive](hint) { return hint === 'string' ? \`Box(\${this.#n})\` : this.#n; }
}
class Sub extends Box {
  label = 'sub';
  constructor(n, name) { super(n); if (name === undefined) throw new Own('no name'); this.name = name; }
  who() { return this.label + ' ' + super.who(); }
}
`;

/** A label may not be declared twice around the same statement. */
function labelled(lines: readonly string[]): string[] {
  const open: string[] = [];
  let n = 0;
  return lines.map((line) => {
    if (line.endsWith('block: {')) open.push(`block${++n}`);
    else if (!line.endsWith('break block;')) return line;
    return line.replace(/block(?=:|;)/, (line.endsWith('{') ? open.at(-1) : open.pop()) ?? 'block');
  });
}

/** The text of a module that calls a random function with several arguments. */
export const javascriptProgram: fc.Arbitrary<string> = body.map((lines) => {
  return `${beginning}
function f(n, k, s, t, xs, o, map, set) {
  const u8 = new Uint8Array([200, 1, 2, n, k, 0, 65, 226]);
  const words = new Int16Array(u8.buffer);
  const view = new DataView(u8.buffer);
${indent(labelled(lines)).join('\n')}
  return ['end', n, k, s, xs, o, map.size, set.size];
}
for (const args of [[1, 2, 'a', 'abc', [1, 2, 3], { a: 1 }, new Map([['a', 1]]), new Set([1, 2])], [3, 0, 'Hello', '', [], {}, new Map(), new Set()], [2, 2, 'b,c', 'x', [2, 'q', null], { a: [1], 2: 3 }, new Map([['x', 1], ['a', 2]]), new Set([3])]]) {
  try {
    turns = 0;
    p('returned', f(...args));
  } catch (e) {
    p('threw', e instanceof Error ? \`\${e.name}: \${e.message}\` : e, String(e?.cause));
  }
}
`;
});
