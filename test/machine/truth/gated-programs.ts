/**
 * Random async programs in which everything that comes from outside comes through a gate: what waits
 * at one goes on when the schedule opens it, in the machine and in a real Node.
 */
import fc from 'fast-check';

const value = fc.constantFrom('0', '1', '2', 'x', 'y', 'a');
/** Something to wait for; a gate may give a value or fail. */
const awaited = fc.oneof(
  { weight: 6, arbitrary: value.map((v) => `gate(${v})`) },
  { weight: 1, arbitrary: value.map((v) => `refuse(${v})`) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'null',
      'Promise.resolve(3)',
      '(async () => gate(4))()',
      '(async () => await gate(5))()',
      '({ then(r) { gate(6).then(r); } })',
      'new Promise((r) => r(gate(7)))',
      'new Promise((r) => process.nextTick(r, 8))',
      'new Promise((r) => queueMicrotask(() => gate(9).then(r)))',
      'Promise.all([gate(1), gate(2)])',
      'Promise.all([gate(1), refuse(2), refuse(3)])',
      'Promise.race([gate(1), gate(2)])',
      'Promise.race([gate(1), refuse(2)])',
      'Promise.any([refuse(1), gate(2)])',
      'Promise.any([refuse(1), refuse(2)]).catch((e) => e.errors.length)',
      'Promise.allSettled([gate(1), refuse(2)]).then((all) => all.map((one) => one.status).join())',
      'gate(1).then((v) => gate(v))',
      'gate(1).finally(() => gate(2))',
      'refuse(1).catch((e) => gate(e.message))',
      'gate(1).then(() => { throw new RangeError("then"); })',
      'once()',
      'table.get("k") ?? gate("none")',
    ),
  },
);

const { context } = fc.letrec<{ context: string[]; block: string; statement: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    awaited.map((v) => `a = await ${v}; log("got", a);`),
    awaited.map((v) => `x = await ${v};`),
    value.map((v) => `x = ${v};`),
    fc.constantFrom(
      'a = x; log("read", a);',
      'y = x;',
      'x += 1;',
      'x = x + await gate(1);',
      'x += await gate(1);',
      'items.push(x);',
      'items.push(await gate(x));',
      'log("took", items.shift());',
      'log("items", items.join());',
      'table.set("k", a);',
      'table.delete("k");',
      'if (!table.has("k")) { const made = await gate(a); table.set("k", made); log("made", table.size); }',
      'if (items.length > 0) { await gate(0); log("last", items.pop()); }',
      'for (const item of items) { log("item", item); await gate(item); if (items.length > 4) break; }',
      'for (let i = 0; i < 2; i++) { await gate(i); log("turn", i, x); }',
      'while (y < 2) { y = y + 1; await gate(y); }',
      'await box.add(x); log("box", box.sum);',
      'process.nextTick(() => { x = x + 1; log("tick", x); });',
      'queueMicrotask(() => { y = y + 1; log("micro", y); });',
      'log("memo", await memo());',
      'gate(x).then((v) => { y = v; log("later", v); });',
      'for await (const v of [gate(1), 2, gate(3)]) log("each", v);',
      'for await (const v of source(2)) { log("from", v); if (v === x) break; }',
      'if (a === 1) return gate(a);',
      'if (a === 2) throw new TypeError("two");',
      '({ a = 5, ...x } = { a: await gate(1) }); log("rest", a); x = 0;',
      'label: for (;;) { for (;;) { await gate(1); break label; } }',
      'switch (await gate(x)) { case 0: log("zero"); case 1: log("one"); break; default: log("other"); }',
    ),
    tie('block').map((b) => `(async () => { ${b} })().then((v) => log("ended", v), (e) => log("failed", e.message));`),
    fc.tuple(tie('block'), tie('block')).map(([b, c]) => `try { ${b} } catch (e) { log("caught", e.message); } finally { ${c} }`),
    fc.tuple(tie('block'), tie('block')).map(([b, c]) => `if (x === a) { ${b} } else { ${c} }`),
    tie('block').map((b) => `await Promise.all([1, 2].map(async (n) => { ${b} log("n", n); }));`),
    tie('block').map((b) => `log("value", await (async () => { ${b} return a; })());`),
  ),
  block: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((s) => s.join(' ')),
  context: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }),
}));

/** The text of `main(log, gate, refuse)`: two or three contexts over shared state. */
export const gatedProgram: fc.Arbitrary<string> = fc.array(context, { minLength: 2, maxLength: 3 }).map((contexts) => {
  let n = 0;
  const bodies = contexts.map(
    (body, i) =>
      `async function c${i}() { let a = 0; ${body.join('\n    ')} }\n  c${i}().then((v) => log("${i} ended", v), (e) => log("${i} failed", e.message));`,
  );
  return `function main(log, gate, refuse) {
  let x = 0, y = 1;
  const items = [1, 2];
  const table = new Map();
  let pending = null;
  const once = () => (pending ??= gate("once"));
  let known = null;
  const memo = async () => { if (known === null) known = await gate(x); return known; };
  class Box { #sum = 0; get sum() { return this.#sum; } async add(v) { const before = this.#sum; await gate(v); this.#sum = before + 1; } }
  const box = new Box();
  async function* source(n) { try { for (let i = 0; i < n; i++) yield await gate(i); } finally { log("closed"); } }
  ${bodies.join('\n  ')}
}
`.replace(/log\("(?!\d)/g, () => `log("${++n} `);
});
