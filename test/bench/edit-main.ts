/**
 * What an edit costs in a file of 6,000 lines, made of the corpus's services under names of their own: from text to
 * candidates, and a whole check, in milliseconds of the processor and in runs of the machine. Each edit adds a statement to
 * one function; the first row of a language is the file as it is opened. Two more rows: half a statement, which breaks the
 * text, and a whole function more. Run by bundled.mjs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detect } from '../../src/core/detect/index.ts';
import { control } from '../../src/cli/load.ts';
import { defaultOptions } from '../../src/engine/api.ts';
import { createCheck } from '../../src/engine/check.ts';
import { createEditorParse, type Parse } from '../../src/engine/project.ts';
import { createRuntimes } from '../../src/engine/runtimes.ts';
import { createShelf } from '../../src/engine/runs.ts';
import { createPythonFrontEnd } from '../../src/frontends/python/index.ts';
import { corpusFiles } from '../corpus/run.ts';

const modules = process.env['RACE_REPLAY_MODULES'] as string;
const root = process.env['RACE_REPLAY_ROOT'] as string;
const lines = 6000;
const edits = 24;
/** A whole check of such a file takes all the time it may: a part of it, with less time for each candidate, is enough to compare. */
const checkedLines = 400;
const checks = 4;
const options = { ...defaultOptions, timeoutMs: 500 };

const frontEnd = await createPythonFrontEnd({
  runtime: readFileSync(join(modules, 'web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(join(modules, 'tree-sitter-python/tree-sitter-python.wasm')),
});

/** Corpus files one after the other, each with its top-level names made its own. */
function longFile(language: 'python' | 'typescript', atLeast: number): string {
  const parts: string[] = [];
  let count = 0;
  for (let round = 0; count < atLeast; round++)
    for (const [index, path] of corpusFiles(root).entries()) {
      if (!path.endsWith(language === 'python' ? '.py' : '.ts') || count >= atLeast) continue;
      let text = readFileSync(path, 'utf8');
      const declared = /^(?:export )?(?:default )?(?:async )?(?:def|class|function|const|let|var)\s+(\w+)|^(\w+)\s*=[^=]/gm;
      const names = new Set([...text.matchAll(declared)].map(([, a, b]) => a ?? b ?? ''));
      for (const name of names) text = text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}_${String(round)}_${String(index)}`);
      parts.push(text);
      count += text.split('\n').length;
    }
  return parts.join('\n');
}

type Kind = 'statement' | 'half' | 'function';

function edited(text: string, language: 'python' | 'typescript', n: number, kind: Kind = 'statement'): string {
  if (kind === 'function')
    return `${text}\n${language === 'python' ? `def edit_${String(n)}(x):\n    return x\n` : `function edit_${String(n)}(x: number) {\n  return x;\n}\n`}`;
  const all = text.split('\n');
  const isBody = language === 'python' ? /^ {4,}return\b/ : /^ {2,}return\b.*;$/;
  const places = all.flatMap((line, i) => (isBody.test(line) ? [i] : []));
  const at = places[(n * 37) % places.length] ?? 0;
  all.splice(
    at,
    0,
    `${/^ */.exec(all[at] ?? '')?.[0] ?? ''}edit_${String(n)} = ${kind === 'half' ? '(' : ''}${String(n)}${language === 'python' ? '' : ';'}`,
  );
  return all.join('\n');
}

const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

console.log('language    lines  candidates  text to candidates, ms (bar 50; opened 250)   a check of 400 lines, ms   runs made   kept');
for (const language of ['python', 'typescript'] as const) {
  const parse: Parse = createEditorParse(frontEnd);
  const path = language === 'python' ? 'long.py' : 'long.ts';
  let text = longFile(language, lines);
  const times: number[] = [];
  let candidates = 0;
  for (let n = 0; n <= edits; n++) {
    const start = processor();
    candidates = detect({ language, modules: [parse({ path, text, language }).module] }).candidates.length;
    times.push(processor() - start);
    text = edited(text, language, n);
  }
  const other = new Map<Kind, number>();
  for (const kind of ['half', 'function'] as const) {
    const all: number[] = [];
    for (let n = 0; n < edits / 2; n++) {
      const next = edited(text, language, edits + n, kind);
      const start = processor();
      detect({ language, modules: [parse({ path, text: next, language }).module] });
      all.push(processor() - start);
      if (kind === 'function') text = next;
      else detect({ language, modules: [parse({ path, text, language }).module] });
    }
    other.set(kind, median(all));
  }
  const shelf = createShelf();
  const { check } = createCheck({ parse, runtimes: createRuntimes(parse) }, shelf);
  let part = longFile(language, checkedLines);
  const rows: { ms: number; made: number; found: number }[] = [];
  for (let n = 0; n <= checks; n++) {
    const start = processor();
    check({ path: `part-${path}`, text: part, language }, options, control(null));
    rows.push({ ms: processor() - start, ...shelf.of(`part-${path}`).last });
    part = edited(part, language, n);
  }
  const [first, ...later] = rows;
  const row = (name: string, ms: number, check: number, made: number, kept: number): void =>
    console.log(
      `${name.padEnd(10)} ${String(text.split('\n').length).padStart(6)} ${String(candidates).padStart(11)} ${ms.toFixed(0).padStart(30)} ${check.toFixed(0).padStart(40)} ${String(made).padStart(11)} ${String(kept).padStart(6)}`,
    );
  row(language, times[0] ?? 0, first?.ms ?? 0, first?.made ?? 0, first?.found ?? 0);
  row(
    '  edited',
    median(times.slice(4)),
    median(later.map((r) => r.ms)),
    median(later.map((r) => r.made)),
    median(later.map((r) => r.found)),
  );
  for (const [kind, ms] of other)
    console.log(`  ${kind === 'half' ? 'half typed' : 'one more function'}`.padEnd(28), ms.toFixed(0).padStart(30));
}
