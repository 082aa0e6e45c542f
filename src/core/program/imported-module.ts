/** Which file of a program an import names. */
import type { Module, Program } from './program.ts';
import { isLibraryModule } from './python-library.ts';

/** The path that a relative specifier of JavaScript names, as seen from a folder. */
export function pathFrom(folder: readonly string[], specifier: string): string {
  const parts = [...folder];
  for (const p of specifier.split('/')) {
    if (p === '..') parts.pop();
    else if (p !== '.') parts.push(p);
  }
  return parts.join('/');
}

/**
 * Workspace module that an import names: by dotted or relative path, the last parts deciding. `level`: how many dots a
 * relative import of Python begins with.
 */
export function importedModule(program: Program, from: Module, specifier: string, level: number): Module | null {
  const wanted = specifier.replace(/^node:/, '').replace(/\.(js|mjs|cjs|ts|tsx|jsx|mts|cts)$/, '');
  // What a driver of our own calls the file it drives.
  if (specifier === 'target' && program.modules.length > 1 && from.path.startsWith('<')) return program.modules[1] ?? null;
  const isPython = program.language === 'python';
  const alias = program.aliases?.get(from.path)?.get(specifier);
  if (alias !== undefined) return program.modules.find((m) => m.path === alias) ?? null;
  if (!isPython && !specifier.startsWith('.')) return null;
  // A driver stands beside what it drives.
  const base = (from.path.startsWith('<') ? (program.modules[1] ?? from) : from).path.split('/').slice(0, -1);
  let path: string;
  if (isPython) {
    const up = level > 0 ? base.slice(0, base.length - (level - 1)) : [];
    path = [...up, ...wanted.split('.')].filter((p) => p !== '').join('/');
  } else {
    path = pathFrom(base, wanted);
  }
  const stemOf = (m: Module): string => m.path.replace(/\.(pyi?|[cm]?[jt]sx?)$/, '');
  if (!isPython) {
    // A file before the folder of its name; modules may import themselves.
    const ways = [path, path === '' ? 'index' : `${path}/index`];
    for (const way of ways) for (const m of program.modules) if (stemOf(m) === way) return m;
    return null;
  }
  for (const m of program.modules) {
    if (m === from) continue;
    const stem = stemOf(m).replace(/\/__init__$/, '');
    if (stem === path || (level === 0 && stem.endsWith(`/${path}`) && !isLibraryModule(specifier))) return m;
  }
  return null;
}
