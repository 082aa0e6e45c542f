/**
 * Attributes of imported modules that a file sets: `sys.stdout = buffer`, `os.environ = settings`. They are variables that
 * the whole program has, by whatever name it imports them.
 */
import { isAlike } from '../program/kept.ts';
import type { FunctionDef } from '../program/program.ts';
import type { ModuleInfo } from './module-info.ts';
import { visitFunction } from './visit.ts';

const kept = new WeakMap<ModuleInfo, ReadonlySet<string>>();

/** Is it one that a function of the file sets? `qualified`: `sys.stdout`. */
export function isSetHere(info: ModuleInfo, qualified: string): boolean {
  return setHere(info).has(qualified);
}

function setHere(info: ModuleInfo): ReadonlySet<string> {
  let known = kept.get(info);
  if (known === undefined) kept.set(info, (known = found(info, info.module.functions)));
  return known;
}

/** Keeps what is known, where the new versions of functions set what the old ones did. */
export function keepSetHere(before: ModuleInfo, info: ModuleInfo, gone: readonly FunctionDef[], own: readonly FunctionDef[]): boolean {
  const isSame = isAlike(found(before, gone), found(info, own));
  if (isSame) kept.set(info, setHere(before));
  return isSame;
}

function found(info: ModuleInfo, functions: readonly FunctionDef[]): Set<string> {
  const names = new Set<string>();
  if (info.language !== 'python') return names;
  const imported = new Set([...info.imports.values(), ...info.variableImports.values()]);
  for (const fn of functions)
    visitFunction(fn, {
      stmt(s) {
        if (s.kind !== 'assign') return;
        for (const target of s.targets) {
          if (target.kind !== 'attr') continue;
          const object = info.qualified(target.object);
          if (object !== null && imported.has(object)) names.add(`${object}.${target.name}`);
        }
      },
    });
  return names;
}
