/**
 * The Python front end: text to core module, by tree-sitter. Loading the two WebAssembly files is
 * asynchronous, once; everything after is synchronous. It does no I/O of its own, so it runs in a
 * browser worker and in Node alike, given the bytes or an address to fetch them from.
 */
import { Edit, Language, Parser, type Tree } from 'web-tree-sitter';
import { changeBetween } from '../../core/program/change.ts';
import type { FrontEndResult } from '../../core/program/program.ts';
import { readDirectives } from './directives.ts';
import { emptyModule, lowerModule } from './lower.ts';
import { type NodeIndex, copyTree, grammarTable } from './syntax.ts';

export { pythonIntrinsics, type PythonIntrinsic } from './intrinsics.ts';

/** `web-tree-sitter.wasm` and `tree-sitter-python.wasm`: their bytes, or an address to load them from. */
export interface PythonWasm {
  runtime: Uint8Array | string;
  grammar: Uint8Array | string;
}

/** What is kept of a parse to make the next one cheap. Holds WebAssembly memory until released. */
export interface PythonParse {
  /** As given to the parser. */
  readonly text: string;
  /** Null once used up or released. */
  tree: Tree | null;
  nodes: NodeIndex;
}

export interface PythonFrontEnd {
  /** Parses and lowers a whole text. Never throws: what cannot be read comes back as problems. */
  parse(path: string, text: string): FrontEndResult;
  /**
   * The same, reusing what did not change since `previous`, which is used up (it must not be given
   * again, and need not be released). Pass null the first time. The result equals that of `parse`.
   */
  parseIncremental(path: string, text: string, previous: PythonParse | null): { result: FrontEndResult; state: PythonParse };
  /** Frees what a state holds. Harmless when it was used up. */
  release(state: PythonParse): void;
}

/** Texts longer than this many UTF-16 units are not parsed. */
const maxLength = 8_000_000;

/** Steps of the parser allowed per character, and at least: far more than any real text takes. */
const stepsPerCharacter = 40;
const minSteps = 200_000;

/** Operations of the parser between two calls of its progress callback. */
const stepsPerCall = 100;

export async function createPythonFrontEnd(wasm: PythonWasm): Promise<PythonFrontEnd> {
  const { runtime, grammar } = wasm;
  // The package types these as the options of an Emscripten module, all of which it does not ask for.
  const options = typeof runtime === 'string' ? { locateFile: () => runtime } : { wasmBinary: runtime };
  await Parser.init(options as unknown as Parameters<typeof Parser.init>[0]);
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const table = grammarTable(language);

  const parseTree = (text: string, old: Tree | null): Tree | null => {
    let calls = Math.max(minSteps, text.length * stepsPerCharacter) / stepsPerCall;
    const tree = parser.parse(text, old, { progressCallback: () => calls-- <= 0 });
    if (tree === null) parser.reset();
    return tree;
  };

  const parseIncremental = (path: string, text: string, previous: PythonParse | null): { result: FrontEndResult; state: PythonParse } => {
    const old = previous === null ? null : previous.tree;
    const failed = (message: string): { result: FrontEndResult; state: PythonParse } => ({
      result: emptyModule(path, text, message),
      state: { text: '', tree: null, nodes: new Map() },
    });
    try {
      if (text.length > maxLength) return failed(`file of ${text.length} characters is too large (limit ${maxLength})`);
      const parsed = parserText(text);
      if (previous !== null && old !== null) editTree(old, previous.text, parsed);
      const tree = parseTree(parsed, old);
      if (tree === null) return failed('the parser gave up: too many syntax errors');
      const { root, index } = copyTree(tree, table, old === null || previous === null ? null : previous.nodes);
      const directives = readDirectives(text, (offset) => tree.rootNode.descendantForIndex(offset)?.type === 'comment');
      return { result: lowerModule(path, text, root, directives), state: { text: parsed, tree, nodes: index } };
    } finally {
      if (previous !== null) release(previous);
    }
  };

  return {
    parse(path, text) {
      const { result, state } = parseIncremental(path, text, null);
      release(state);
      return result;
    },
    parseIncremental,
    release,
  };
}

/**
 * What the parser is given: `type(x).y = z` is no type alias, though the grammar reads it as one, so
 * calls of `type` get another name of the same length. Everything else reads the original text.
 */
function parserText(text: string): string {
  return text.replace(/\btype(?=[ \t]*\()/g, 'typo');
}

function release(state: PythonParse): void {
  state.tree?.delete();
  state.tree = null;
  state.nodes = new Map();
}

/** Tells the tree which part of the old text was replaced. */
function editTree(tree: Tree, before: string, after: string): void {
  const change = changeBetween(before, after);
  if (change === null) return;
  const { start, oldEnd, newEnd } = change;
  tree.edit(
    new Edit({
      startIndex: start,
      oldEndIndex: oldEnd,
      newEndIndex: newEnd,
      startPosition: pointAt(before, start),
      oldEndPosition: pointAt(before, oldEnd),
      newEndPosition: pointAt(after, newEnd),
    }),
  );
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let start = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
    row++;
    start = i + 1;
  }
  return { row, column: offset - start };
}
