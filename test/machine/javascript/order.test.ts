/**
 * Generated programs on the order of jobs: async functions, promises, thenables, ticks, microtasks,
 * async generators, exceptions and finalizers, in random nesting. One Node process runs a batch of
 * them one after another; the machine must print the same lines for each.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runText } from './machine.ts';

/** Values a program may await, return or resolve with. */
const awaited = fc.constantFrom(
  'null',
  '1',
  'Promise.resolve(2)',
  '(async () => 3)()',
  '(async () => Promise.resolve(4))()',
  '({ then(r) { log("thenable"); r(5); } })',
  'new Promise((r) => r(Promise.resolve(6)))',
  'new Promise((r) => process.nextTick(r, 7))',
  'Promise.all([1, Promise.resolve(8)])',
  'Promise.race([Promise.resolve(9), 10])',
  'Promise.allSettled([Promise.reject(11)])',
  'Promise.any([Promise.reject(0), 12])',
  'Promise.resolve(13).finally(() => {})',
  'Promise.resolve(14).then((v) => Promise.resolve(v))',
  'Promise.reject(15).catch((v) => v)',
);

const { program } = fc.letrec<{ program: string[]; statements: string[]; statement: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant('log("L");'),
    awaited.map((v) => `log("got", await ${v});`),
    fc.constant('process.nextTick(() => log("tick"));'),
    fc.constant('queueMicrotask(() => log("micro"));'),
    awaited.map((v) => `Promise.resolve(${v}).then((x) => log("then", x)).finally(() => log("fin"));`),
    awaited.map((v) => `for await (const x of [${v}, 0]) log("each", x);`),
    awaited.map((v) => `for await (const x of (async function* () { yield ${v}; yield 1; })()) log("gen", x);`),
    awaited.map(
      (v) =>
        `for await (const x of (async function* () { try { yield* [${v}]; return ${v}; } finally { log("closed"); } })()) { log("del", x); break; }`,
    ),
    tie('statements').map((s) => `(async () => { ${s.join(' ')} })().then((v) => log("ended", v), (e) => log("failed", e));`),
    tie('statements').map((s) => `await (async () => { ${s.join(' ')} })();`),
    fc.tuple(tie('statements'), awaited).map(([s, v]) => `log("value", await (async () => { ${s.join(' ')} return ${v}; })());`),
    fc
      .tuple(tie('statements'), tie('statements'))
      .map(([a, b]) => `try { ${a.join(' ')} throw "T"; } catch (e) { log("caught", e); } finally { ${b.join(' ')} }`),
    tie('statements').map((s) => `await Promise.all([1, 2].map(async (n) => { ${s.join(' ')} log("n", n); }));`),
  ),
  statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }),
  program: fc.array(tie('statement'), { minLength: 1, maxLength: 5 }),
}));

/** Numbers the labels so that every line of output says where it came from. */
function text(statements: readonly string[]): string {
  let n = 0;
  const body = statements.join('\n  ').replace(/log\("/g, () => `log("${++n} `);
  return `async function main(log) {\n  ${body}\n}\n`;
}

function inNode(programs: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'race-replay-order-'));
  try {
    const file = join(folder, 'batch.cjs');
    const parts = programs.map((p, i) => `{ ${p}\n all.push([main, ${i}]); }`);
    writeFileSync(
      file,
      `const all = [];\n${parts.join('\n')}\nconst out = all.map(() => []);\n(function next(i) { if (i === all.length) { console.log(JSON.stringify(out)); return; } setTimeout(() => { all[i][0]((...a) => out[i].push(a.join(' '))).then((v) => out[i].push('end'), (e) => out[i].push('error ' + e)); setTimeout(next, 1, i + 1); }, 0); })(0);\n`,
    );
    return (JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8', maxBuffer: 1 << 26 })) as string[][]).map((lines) =>
      lines.join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the order of jobs', () => {
  it('is Node’s for generated programs', () => {
    const programs = fc.sample(program, { numRuns: 150, seed: 20240229 }).map(text);
    const expected = inNode(programs);
    programs.forEach((p, i) => {
      const driver = `${p}setTimeout(() => { main((...a) => console.log(a.join(' '))).then(() => console.log('end'), (e) => console.log('error ' + e)); }, 0);\n`;
      const outcome = runText(driver, 'program.cjs');
      expect(outcome.unsupported, p).toBeNull();
      expect(outcome.lines.join('\n'), p).toBe(expected[i]);
    });
  });
});
