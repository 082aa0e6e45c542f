/** Compares what the front end makes of the names of a text with CPython's own symbol tables. */
import { spawnSync } from 'node:child_process';
import { lineIndex, lineStarts } from '../../../src/core/program/lines.ts';
import type { FunctionDef, Module, Ref } from '../../../src/core/program/program.ts';

/** Prints, for each text of a JSON list, its scopes as `[name, line, {symbol: scope}]`, or null when it does not compile. */
const script = `
import json, symtable, sys
def scope(symbol):
    flags = {1: 'local', 2: 'global', 3: 'global', 4: 'free', 5: 'cell'}
    return flags.get(symbol._Symbol__scope, 'unknown')
def walk(table, out):
    if table.get_type() in ('function', 'class', 'module') or getattr(table.get_type(), 'value', '') in ('function', 'class', 'module'):
        out.append([table.get_name().strip('<>'), table.get_lineno(), {s.get_name(): scope(s) for s in table.get_symbols()}])
    for child in table.get_children():
        walk(child, out)
    return out
def one(text):
    try:
        return walk(symtable.symtable(text, 'test.py', 'exec'), [])
    except (SyntaxError, ValueError, RecursionError):
        return None
print(json.dumps([one(text) for text in json.load(sys.stdin)]))
`;

type PythonScope = [name: string, line: number, symbols: Record<string, string>];

function inlinesComprehensions(): boolean {
  return Number(pythonVersion()?.split('.')[1] ?? 0) >= 12;
}

let version: string | null | undefined;

/** The version of `python3`, null when there is none of 3.8 or newer. */
export function pythonVersion(): string | null {
  version ??= findVersion();
  return version;
}

function findVersion(): string | null {
  const run = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
  const match = /^3\.(\d+)\s*$/.exec(run.status === 0 ? run.stdout : '');
  return match !== null && Number(match[1]) >= 8 ? run.stdout.trim() : null;
}

export function pythonScopes(texts: string[]): (PythonScope[] | null)[] {
  const run = spawnSync('python3', ['-X', 'utf8', '-c', script], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as (PythonScope[] | null)[];
}

/** References in the code of one function, not of those inside it. */
function references(fn: FunctionDef): Map<string, Ref> {
  const found = new Map<string, Ref>();
  const visit = (node: unknown, key: string): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, key);
    } else if (typeof node === 'object' && node !== null) {
      if (key === 'fn' || key === 'cls') {
        // Defaults, decorators and bases belong to the code around.
        const inner = node as { params?: { default: unknown }[]; decorators: unknown; bases?: unknown; keywords?: unknown };
        visit(inner.decorators, 'decorators');
        for (const param of inner.params ?? []) visit(param.default, 'default');
        visit(inner.bases, 'bases');
        visit(inner.keywords, 'keywords');
        return;
      }
      const { kind, ref } = node as { kind?: unknown; ref?: Ref };
      if (kind === 'name' && ref !== undefined) found.set(ref.kind === 'variable' ? ref.variable.name : ref.name, ref);
      else for (const [name, value] of Object.entries(node)) visit(value, name);
    }
  };
  visit(fn.body, 'body');
  return found;
}

/**
 * Names of the comprehensions directly in a function. From 3.12 on CPython makes most of them part of
 * the function around, whose symbols are then a mixture that says nothing about these names.
 */
function inlinedNames(module: Module, fn: FunctionDef): Set<string> {
  const names = new Set<string>();
  for (const inner of module.functions) {
    let outer = inner;
    while (outer.kind === 'comprehension' && outer.parent !== null) outer = outer.parent;
    if (outer === fn && inner !== fn && inner.kind === 'comprehension') {
      for (const name of [...inner.variables.map((v) => v.name), ...references(inner).keys()]) names.add(name);
    }
  }
  return names;
}

/** What differs between the two, as lines a person can read. */
export function compareScopes(module: Module, scopes: PythonScope[], inlines = inlinesComprehensions()): string[] {
  const starts = lineStarts(module.text);
  const differences: string[] = [];
  const own = new Map<string, FunctionDef[]>();
  for (const fn of module.functions) {
    const key = fn.kind === 'module' ? 'top:0' : `${mangledName(fn)}:${lineIndex(starts, fn.span.start) + 1}`;
    own.set(key, [...(own.get(key) ?? []), fn]);
  }
  for (const [name, line, symbols] of scopes) {
    const key = name === 'top' ? 'top:0' : `${name}:${line}`;
    const fn = own.get(key)?.shift();
    if (fn === undefined) {
      differences.push(`${key}: not found`);
      continue;
    }
    const refs = references(fn);
    const inlined = inlines ? inlinedNames(module, fn) : new Set<string>();
    for (const [symbol, expected] of Object.entries(symbols)) {
      if (inlined.has(symbol)) continue;
      const actual = fn.kind === 'module' ? describeGlobal(module, symbol, expected) : describe(fn, symbol, refs.get(symbol));
      // A name nobody in this function's own code uses: only declared, or handed through to an inner one.
      if (actual === null ? expected === 'local' || expected === 'cell' : actual !== expected) {
        differences.push(`${key} ${symbol}: CPython says ${expected}, the front end ${actual ?? 'nothing'}`);
      }
    }
  }
  for (const [key, fns] of own) {
    for (const fn of fns) if (!inlines || fn.kind !== 'comprehension') differences.push(`${key}: ${fn.kind} unknown to CPython`);
  }
  return differences;
}

function mangledName(fn: FunctionDef): string {
  return fn.name.replace(/^<(.*)>$/, '$1');
}

function describe(fn: FunctionDef, symbol: string, ref: Ref | undefined): string | null {
  const variable = fn.variables.find((v) => v.name === symbol);
  if (variable !== undefined && fn.kind !== 'classBody') return variable.captured ? 'cell' : 'local';
  if (ref === undefined) return null;
  if (ref.kind === 'classLocal') return 'local';
  return ref.kind === 'variable' ? 'free' : 'global';
}

/** CPython calls a module's own names local in it, or global when other code declares them so. */
function describeGlobal(module: Module, symbol: string, expected: string): string {
  const own = module.globals.some((g) => g.name === symbol);
  return own && expected === 'local' ? 'local' : 'global';
}
