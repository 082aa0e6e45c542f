/**
 * The parser that goes into the bundle, held against the whole TypeScript compiler: the same trees
 * and the same syntax errors, on this project's own source and on what is left of it when cut short.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'race-replay-parser-'));
let own: typeof ts;

beforeAll(async () => {
  const { typescriptParser } = (await import(join(root, 'scripts', 'typescript-parser.mjs'))) as { typescriptParser: Plugin };
  const outfile = join(folder, 'parser.cjs');
  await build({
    stdin: { contents: "export * from 'typescript';", resolveDir: root },
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    plugins: [typescriptParser],
    logLevel: 'error',
  });
  own = createRequire(import.meta.url)(outfile) as typeof ts;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kinds, positions and flags of every node, then the syntax errors. */
function dump(compiler: typeof ts, name: string, text: string): string {
  const file = compiler.createSourceFile(name, text, compiler.ScriptTarget.Latest, true);
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = compiler.isIdentifier(node) || compiler.isPrivateIdentifier(node) ? node.text : node.getText(file).slice(0, 20);
    const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
    lines.push(`${node.kind} ${node.pos} ${node.end} ${node.flags} ${line}:${character} ${node.getChildCount(file)} ${words}`);
    lines.push(Object.getOwnPropertyNames(Object.getPrototypeOf(node)).join(' '));
    compiler.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] };
  for (const each of parseDiagnostics)
    lines.push(`${each.code} ${each.start} ${compiler.flattenDiagnosticMessageText(each.messageText, '\n')}`);
  return lines.join('\n');
}

const sources = ['src/webview', 'src/webview/view', 'src/server', 'src/frontends/typescript', 'media/samples'].flatMap((place) =>
  readdirSync(join(root, place))
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(place, name)),
);
const others: [string, string][] = [
  ['a.js', 'let x = <T>y; await z; /** @type {string} */ var s; label: for (;;) break label;'],
  ['a.jsx', 'const a = <><B {...c} d="e">f{g}</B></>;'],
  ['a.ts', 'class A<T> extends B { @d() #x?: T; static { } accessor y = 1; get [z]() { return `a${1}b` } }'],
  ['a.mts', 'using x = f(); await using y = g(); export * as n from "m" with { type: "json" }; enum E { A = 1 << 2 }'],
  ['a.cts', 'import a = require("b"); export = a; declare module "c" { } namespace N.M { }'],
  ['broken.ts', 'function ( { if while => ] } class { constructor( \n `${ /unterminated'],
  ['nothing.ts', ''],
];

it.each([...sources.map((path): [string, string] => [path, readFileSync(join(root, path), 'utf8')]), ...others])('%s', (name, text) => {
  for (const part of [1, 0.73, 0.31]) {
    const cut = text.slice(0, Math.floor(text.length * part));
    expect(dump(own, name, cut)).toBe(dump(ts, name, cut));
  }
});

it('leaves the type checker out', () => {
  expect(Object.keys(own)).not.toContain('createTypeChecker');
  expect(Object.keys(ts)).toContain('createTypeChecker');
});
