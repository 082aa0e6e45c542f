/** From paths on the command line to source files: walks folders, leaves out what is not source. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { SourceFile } from '../engine/api.ts';
import type { TraceLanguage } from '../core/trace/trace.ts';
import { createImporters, folderLister } from '../engine/importers.ts';
import { UsageError } from './usage.ts';

const languages: Record<string, TraceLanguage> = {
  '.py': 'python',
  '.pyw': 'python',
  '.ts': 'typescript',
  '.tsx': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.js': 'javascript',
  '.jsx': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
};

const skippedFolders = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'out',
  'build',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.mypy_cache',
  'coverage',
]);

export function languageOf(path: string): TraceLanguage | null {
  if (path.endsWith('.d.ts') || path.endsWith('.min.js')) return null;
  const dot = path.lastIndexOf('.');
  return dot < 0 ? null : (languages[path.slice(dot).toLowerCase()] ?? null);
}

export interface Listing {
  files: string[];
  /** What was named and cannot be read, in words. */
  problems: string[];
}

/** Files named, and source files under folders named, in a stable order and each once. */
export function listFiles(paths: readonly string[]): Listing {
  const files = new Set<string>();
  const problems: string[] = [];
  const visited = new Set<string>();
  const visit = (path: string, named: boolean): void => {
    try {
      const stat = statSync(path);
      if (stat.isDirectory()) {
        // A link to a folder above would go round in circles.
        const real = realpathSync(path);
        if (visited.has(real)) return;
        visited.add(real);
        for (const name of readdirSync(path).sort()) {
          if (!skippedFolders.has(name)) visit(join(path, name), false);
        }
      } else if (named || (stat.isFile() && languageOf(path))) files.add(path);
    } catch (e) {
      if (named) problems.push(`cannot read ${path}: ${reason(e)}`);
    }
  };
  for (const p of paths) visit(p, true);
  return { files: [...files], problems };
}

const largestFile = 8_000_000;

/** Reads one file as source text; bytes that are not UTF-8 become replacement characters. */
export function readSource(path: string, language: TraceLanguage | null): SourceFile {
  const known = language ?? languageOf(path);
  if (!known) {
    if (path !== '-' && !existsSync(path)) throw new UsageError(`cannot read ${path}: no such file`);
    throw new UsageError(
      `cannot tell the language of ${path === '-' ? 'standard input' : path}; give --language python, typescript or javascript`,
    );
  }
  try {
    if (path !== '-') {
      const stat = statSync(path);
      if (stat.isDirectory()) throw new UsageError(`cannot read ${path}: it is a folder`);
      if (stat.size > largestFile)
        throw new UsageError(`cannot read ${path}: it is too large (${stat.size} bytes; the limit is ${largestFile})`);
    }
    const text = path === '-' ? readFileSync(0, 'utf8') : readFileSync(path, 'utf8');
    return { path, text: text.startsWith('\ufeff') ? text.slice(1) : text, language: known };
  } catch (e) {
    if (e instanceof UsageError) throw e;
    throw new UsageError(`cannot read ${path === '-' ? 'standard input' : path}: ${reason(e)}`);
  }
}

/** Reads an import of a checked file; null when there is no such file. */
export function readImport(path: string): string | null {
  try {
    const full = resolve(path);
    return statSync(full).size > 1_000_000 ? null : readFileSync(full, 'utf8');
  } catch {
    return null;
  }
}

const importers = createImporters(folderLister(readdirSync, statSync), readImport, () => performance.now());

/** Files that import a file, for what they say of who runs it. The path as it was named, and theirs likewise. */
export function usersOf(path: string): string[] {
  const full = resolve(path);
  const here = `${resolve('.')}/`;
  return importers(full).map((user) => (path !== full && user.startsWith(here) ? user.slice(here.length) : user));
}

export function reason(e: unknown): string {
  if (e instanceof Error && 'code' in e) {
    if (e.code === 'ENOENT') return 'no such file';
    if (e.code === 'EACCES') return 'permission denied';
    if (e.code === 'EISDIR') return 'it is a folder';
  }
  return e instanceof Error ? e.message : String(e);
}

export function parseLanguage(text: string | undefined): TraceLanguage | null {
  if (text === undefined) return null;
  if (text === 'python' || text === 'typescript' || text === 'javascript') return text;
  throw new UsageError(`unknown language ${text}: use python, typescript or javascript`);
}
