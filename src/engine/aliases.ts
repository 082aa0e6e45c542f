/**
 * Imports that go by a project's own names: `@/lib/store` where its `tsconfig.json` says what `@/` is, `lib/store` from its
 * `baseUrl`. The closest configuration above a file counts, with what it extends by a relative path.
 */
import { type PathAliases, readPathAliases } from '../frontends/typescript/index.ts';

const configNames = ['tsconfig.json', 'jsconfig.json'];
const mostLevels = 12;
const mostParents = 4;

/** Paths without an ending that a specifier may stand for, in a file of that path. */
export type Aliases = (path: string, specifier: string) => string[];

interface Config {
  /** What `paths` stand beside, and what `baseUrl` names. */
  folder: string[];
  base: string[] | null;
  paths: NonNullable<PathAliases['paths']>;
}

export function createAliases(readFile: (path: string) => string | null): Aliases {
  const byFolder = new Map<string, Config | null>();
  const configOf = (folder: string[], level = 0): Config | null => {
    const key = folder.join('/');
    let known = byFolder.get(key);
    if (known === undefined) {
      known = null;
      for (const name of configNames) known ??= read([...folder, name], readFile, 0);
      if (known === null && folder.length > 0 && level < mostLevels) known = configOf(folder.slice(0, -1), level + 1);
      byFolder.set(key, known);
    }
    return known;
  };
  return (path, specifier) => {
    if (/^(?:\.|node:)/.test(specifier)) return [];
    const config = configOf(path.split('/').slice(0, -1));
    if (config === null) return [];
    for (const { pattern, targets } of config.paths) {
      const rest = matched(pattern, specifier);
      if (rest !== null)
        return targets.map((t) =>
          joined(
            config.base ?? config.folder,
            t.replace('*', () => rest),
          ),
        );
    }
    return config.base === null || !specifier.includes('/') ? [] : [joined(config.base, specifier)];
  };
}

function read(path: string[], readFile: (path: string) => string | null, depth: number): Config | null {
  const text = readFile(path.join('/'));
  const found = text === null ? null : readPathAliases(text);
  if (found === null) return null;
  const folder = path.slice(0, -1);
  const parentPath = found.parent?.startsWith('.') === true && depth < mostParents ? joined(folder, found.parent) : null;
  const parent =
    parentPath === null ? null : read((parentPath.endsWith('.json') ? parentPath : `${parentPath}.json`).split('/'), readFile, depth + 1);
  return {
    folder: found.paths !== null || parent === null ? folder : parent.folder,
    base: found.baseUrl === null ? (parent?.base ?? null) : partsOf(joined(folder, found.baseUrl)),
    paths: found.paths ?? parent?.paths ?? [],
  };
}

/** What `*` stands for; null where the pattern does not fit. */
function matched(pattern: string, specifier: string): string | null {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === specifier ? '' : null;
  const fits = specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : null;
}

/** No folders for the current one. */
function partsOf(path: string): string[] {
  return path === '' ? [] : path.split('/');
}

function joined(folder: readonly string[], path: string): string {
  const parts = path.startsWith('/') ? [''] : [...folder];
  for (const p of path.split('/')) {
    if (p === '..') parts.pop();
    else if (p !== '.' && p !== '') parts.push(p);
  }
  return parts.join('/');
}
