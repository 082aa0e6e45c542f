/** What is found by looking at each function of a module, worked out once, and kept while a function is exchanged that says the same. */
import { isAlike } from '../program/kept.ts';
import type { FunctionDef } from '../program/program.ts';
import type { ModuleInfo } from './module-info.ts';

interface ByFunctions<T> {
  of(info: ModuleInfo): T;
  /** `gone` became `own`: whether they say the same. Then what was known before is known of the module now. */
  keep(before: ModuleInfo, info: ModuleInfo, gone: readonly FunctionDef[], own: readonly FunctionDef[]): boolean;
}

export function byFunctions<T>(find: (info: ModuleInfo, functions: readonly FunctionDef[]) => T): ByFunctions<T> {
  const kept = new WeakMap<ModuleInfo, { found: T }>();
  const of = (info: ModuleInfo): T => {
    let known = kept.get(info);
    if (known === undefined) kept.set(info, (known = { found: find(info, info.module.functions) }));
    return known.found;
  };
  return {
    of,
    keep(before, info, gone, own) {
      const isSame = isAlike(find(before, gone), find(info, own));
      if (isSame) kept.set(info, { found: of(before) });
      return isSame;
    },
  };
}
