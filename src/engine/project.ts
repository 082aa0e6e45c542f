/**
 * From files to programs: parses a file and the workspace files it imports. Bounded in files and
 * depth; an import that does not resolve stays unknown (its values are opaque).
 */
import type { FrontEndResult, Module, Program, Stmt } from '../core/program/program.ts';
import { pathFrom } from '../core/program/imported-module.ts';
import { isLibraryModule } from '../core/program/python-library.ts';
import type { PythonFrontEnd, PythonParse } from '../frontends/python/index.ts';
import { type IncrementalResult, parseTypeScript, parseTypeScriptIncremental } from '../frontends/typescript/index.ts';
import { changeBetween } from '../core/program/change.ts';
import { Places } from '../core/program/exchange.ts';
import { createAliases } from './aliases.ts';
import { keepLast } from './keep-last.ts';
import { splice } from './splice.ts';
import type { ReadFile, SourceFile } from './api.ts';

export type Parse = (file: SourceFile) => FrontEndResult;

export function createParse(python: PythonFrontEnd): Parse {
  return (file) => {
    const parsed = file.language === 'python' ? python.parse(file.path, file.text) : parseTypeScript(file.path, file.text, file.language);
    parsed.module.text = withoutBlobs(parsed.module.text);
    return parsed;
  };
}

/** Files whose last text is kept parsed. */
const mostKept = 40;
/** Texts whose modules others have. */
const mostLasting = 24;
/** Drivers of our own, of which each file has many and most are the same after an edit. */
const mostDrivers = 2000;

interface KeptParse {
  text: string;
  language: SourceFile['language'];
  result: FrontEndResult;
  python: PythonParse | null;
  typescript: IncrementalResult | null;
  /** Made when the text is edited for the first time. */
  places: Places | null;
  /** Somebody keeps the module: it stays as it is. */
  isShared: boolean;
  /** Where this text is broken, as it is while one types: the last that was not. */
  whole: KeptParse | null;
}

const justParsed = { python: null, typescript: null, places: null, isShared: false, whole: null };

/** `shared`: for those who keep a module while its file is edited. */
export type EditorParse = Parse & { shared: Parse };

/**
 * The same for files that are edited: the same text gives the same module, so that what is known of that is kept, and of
 * another text only what has changed is parsed. A module may be used up by that: it is good until the next text of its file
 * is parsed, unless it was asked for as `shared`.
 */
export function createEditorParse(python: PythonFrontEnd): EditorParse {
  const plain = createParse(python);
  const kept = new Map<string, KeptParse>();
  const drivers = new Map<string, FrontEndResult>();
  const driverOf = (file: SourceFile): FrontEndResult => {
    const key = `${file.path}\n${file.text}`;
    const known = drivers.get(key) ?? plain(file);
    if (drivers.size > mostDrivers) drivers.clear();
    drivers.set(key, known);
    return known;
  };
  const parse: Parse = (file) => {
    const { path, text, language } = file;
    if (path.startsWith('<')) return driverOf(file);
    const old = kept.get(path);
    kept.delete(path);
    const previous = old?.language === language ? old : null;
    if (old && !previous && old.python) python.release(old.python);
    if (previous?.text === text) {
      kept.set(path, previous);
      return previous.result;
    }
    const next = spliced(file, previous) ?? parsed(file, previous);
    keepLast(kept, path, next, mostKept, ({ python: state }) => {
      if (state) python.release(state);
    });
    return next.result;
  };
  const lasting = new Map<string, FrontEndResult>();
  const shared: Parse = (file) => {
    if (file.path.startsWith('<')) return driverOf(file);
    const key = `${file.language} ${file.path}\n${file.text}`;
    let result = lasting.get(key);
    const known = kept.get(file.path);
    if (result === undefined && known?.text === file.text && known.language === file.language) {
      known.isShared = true;
      result = known.result;
    }
    // Another text than the one that is edited leaves that alone.
    result ??= plain(file);
    keepLast(lasting, key, result, mostLasting);
    return result;
  };
  return Object.assign(parse, { shared });

  /** Where the edit is inside one function. The syntax is that of the last text that was parsed as a whole. */
  function spliced(file: SourceFile, previous: KeptParse | null): KeptParse | null {
    const base = previous?.whole ?? previous;
    if (previous === null || base === null || base.isShared || base.result.problems.length > 0) return null;
    const { text, result } = base;
    const syntax = { python: previous.python, typescript: previous.typescript };
    const edit = changeBetween(text, file.text);
    if (edit === null) return { ...base, ...syntax };
    // Text that stands for something else is read as a whole.
    if (result.module.text !== text) return null;
    const places = (base.places ??= new Places(result.module));
    const module = splice(file, result.module, places, edit, plain);
    return module && { ...base, ...syntax, text: file.text, result: { module, problems: result.problems } };
  }

  function parsed({ path, text, language }: SourceFile, previous: KeptParse | null): KeptParse {
    const next = language === 'python' ? editPython(path, text, previous) : editScript(path, text, language, previous);
    next.result.module.text = withoutBlobs(next.result.module.text);
    if (previous !== null && next.result.problems.length > 0)
      next.whole = previous.whole ?? (previous.result.problems.length > 0 ? null : previous);
    return next;
  }

  function editPython(path: string, text: string, previous: KeptParse | null): KeptParse {
    const { result, state } = python.parseIncremental(path, text, previous?.python ?? null);
    return { ...justParsed, text, language: 'python', result, python: state };
  }

  function editScript(path: string, text: string, language: 'typescript' | 'javascript', previous: KeptParse | null): KeptParse {
    const result = parseTypeScriptIncremental(path, text, language, previous?.typescript ?? null);
    return { ...justParsed, text, language, result, typescript: result };
  }
}

/**
 * The text that heuristics search by patterns, as long as the original, with what cannot be a name taken out: a source map
 * or an image in one line makes many patterns try each of its characters as a beginning.
 */
function withoutBlobs(text: string): string {
  return text.replace(/[\w$+/=-]{300,}/g, (blob) => ' '.repeat(blob.length));
}

const maxFiles = 24;
/** Files of so many UTF-16 units and more are not followed. */
export const largestFollowed = 400_000;

/** The file's module first, then what it imports, breadth first. */
export function followImports(main: Module, parse: Parse, readFile: ReadFile | undefined): Program {
  const modules = [main];
  if (!readFile) return { language: main.language, modules };
  const aliasesOf = createAliases(readFile);
  const aliases = new Map<string, Map<string, string>>();
  const seen = new Set([main.path]);
  for (let head = 0; head < modules.length && modules.length < maxFiles; head++) {
    const module = modules[head];
    if (!module) break;
    for (const specifier of importsOf(module)) {
      const named = module.language === 'python' ? [] : aliasesOf(module.path, specifier.module).flatMap(withEndings);
      for (const path of named.length > 0 ? named : candidatesFor(module, specifier)) {
        const text = seen.has(path) ? '' : readFile(path);
        if (text === null) continue;
        if (named.length > 0) {
          const known = aliases.get(module.path) ?? new Map<string, string>();
          aliases.set(module.path, known.set(specifier.module, path));
        }
        if (seen.has(path)) break;
        seen.add(path);
        if (text.length < largestFollowed) modules.push(parse({ path, text, language: module.language }).module);
        break;
      }
    }
  }
  return { language: main.language, modules, ...(aliases.size === 0 ? {} : { aliases }) };
}

interface ImportRequest {
  module: string;
  level: number;
}

function importsOf(module: Module): ImportRequest[] {
  const out: ImportRequest[] = [];
  const visit = (statements: readonly Stmt[]): void => {
    for (const s of statements) {
      if (s.kind === 'import') {
        out.push({ module: s.module, level: s.level });
        for (const n of s.names)
          if (n.imported && n.imported !== '*' && module.language === 'python')
            out.push({ module: s.module === '' ? n.imported : `${s.module}.${n.imported}`, level: s.level });
      } else if (s.kind === 'if') {
        visit(s.then);
        visit(s.else);
      } else if (s.kind === 'try') visit(s.body);
    }
  };
  visit(module.body.body);
  // Objects of their classes are handed in.
  for (const t of module.typeImports ?? []) out.push({ module: t.module, level: 0 });
  if (module.language !== 'python')
    for (const [, specifier = ''] of module.text.matchAll(/\brequire\(\s*['"]([^'"\n]{1,300})['"]\s*\)/g))
      out.push({ module: specifier, level: 0 });
  return out;
}

function candidatesFor(from: Module, request: ImportRequest): string[] {
  const base = from.path.split('/').slice(0, -1);
  if (from.language === 'python') {
    const parts = request.module.split('.').filter((p) => p !== '');
    if (request.level === 0 && isLibraryModule(request.module)) return [];
    const roots: string[][] = [];
    if (request.level > 0) roots.push(base.slice(0, base.length - (request.level - 1)));
    else for (let n = base.length; n >= Math.max(0, base.length - 4); n--) roots.push(base.slice(0, n));
    return roots.flatMap((root) => {
      const stem = [...root, ...parts].join('/');
      return [`${stem}.py`, `${stem}/__init__.py`];
    });
  }
  if (!request.module.startsWith('.')) return [];
  return withEndings(pathFrom(base, request.module));
}

/** The files that a path without its ending may mean. */
function withEndings(stem: string): string[] {
  const bare = stem.replace(/\.[cm]?jsx?$/, '');
  return [
    ...new Set([
      stem,
      ...['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs'].map((x) => bare + x),
      `${bare}/index.ts`,
      `${bare}/index.js`,
    ]),
  ].filter((p) => /\.[cm]?[jt]sx?$/.test(p));
}
