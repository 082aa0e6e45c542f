/**
 * Attributes of imported modules that a file sets: `sys.stdout = buffer`, `os.environ = settings`. They are variables that
 * the whole program has, by whatever name it imports them.
 */
import type { ModuleInfo } from './module-info.ts';
import { visitFunction } from './visit.ts';

const kept = new WeakMap<ModuleInfo, ReadonlySet<string>>();

/** Is it one that a function of the file sets? `qualified`: `sys.stdout`. */
export function isSetHere(info: ModuleInfo, qualified: string): boolean {
  return setHere(info).has(qualified);
}

export function setHere(info: ModuleInfo): ReadonlySet<string> {
  let known = kept.get(info);
  if (known === undefined) kept.set(info, (known = info.language === 'python' ? found(info) : new Set()));
  return known;
}

function found(info: ModuleInfo): Set<string> {
  const names = new Set<string>();
  const imported = new Set([...info.imports.values(), ...info.variableImports.values()]);
  for (const fn of info.module.functions)
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
