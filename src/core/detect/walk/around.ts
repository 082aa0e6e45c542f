/** Is what the walks of a module's functions ask of the rest of it still so, after one of its functions was exchanged? */
import { carryOver, isAlike } from '../../program/kept.ts';
import type { FunctionDef } from '../../program/program.ts';
import { clientStores } from '../client-stores.ts';
import { sharedByObjects } from '../class-attributes.ts';
import { keepSetHere } from '../imported-attributes.ts';
import type { ModuleInfo } from '../module-info.ts';
import { textsOf } from '../texts.ts';
import { keepCallSites } from './callers.ts';
import { onlyEventLoop } from './walk.ts';

/** Words that count for functions nearby, or for all. */
const telling = /transaction|serializable|exclusive|immediate|zustand|pinia|rxjs|@angular/i;
/** What an expression after it would be taken to belong to. */
const openEnd = /(?:await|return|yield|=>)\s*\(?\s*$/;

/** `gone` became `own`, one by one; the rest of the two modules is the same. */
export function isSameAround(before: ModuleInfo, info: ModuleInfo, gone: readonly FunctionDef[], own: readonly FunctionDef[]): boolean {
  const [old] = gone;
  const [fn] = own;
  if (old === undefined || fn === undefined || before.links !== info.links || before.models !== info.models) return false;
  const edited = {
    before: before.module.text.slice(old.span.start, old.span.end),
    after: info.module.text.slice(fn.span.start, fn.span.end),
  };
  if (Object.values(edited).some((text) => telling.test(text) || openEnd.test(text.slice(-40)))) return false;
  const replaced = new Map<unknown, unknown>(gone.map((f, i) => [f, own[i]]));
  const isOwn = new Set<unknown>([...gone, ...own].flatMap((f) => [f, ...f.variables]));
  const same = (a: unknown, b: unknown): boolean => a === b || (replaced.has(a) && replaced.get(a) === b);
  const alike = <K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean => {
    const [x, y] = [a, b].map((map) => [...map].filter(([key]) => !isOwn.has(key)));
    return x?.length === y?.length && x?.every(([key, value]) => b.has(key) && isSame(value, b.get(key), same)) === true;
  };
  // Types under names that nothing else here has; of attributes, other files may have them.
  const [ends, begins] = [fn.span.end, fn.span.start];
  const isElsewhere = (key: string): boolean => {
    const name = /[\w$#]*$/.exec(key)?.[0] ?? '';
    const at = info.module.text.indexOf(name);
    return (
      name === '' || (info.links !== null && !key.startsWith('g:')) || (at >= 0 && at < begins) || info.module.text.includes(name, ends)
    );
  };
  const names = new Set([...before.types.keys(), ...info.types.keys()]);
  const isTyped = [...names].every((key) => isSame(before.types.get(key), info.types.get(key), same) || !isElsewhere(key));
  return (
    alike(before.imports, info.imports) &&
    alike(before.imported, info.imported) &&
    alike(before.variableImports, info.variableImports) &&
    alike(before.globalFunctions, info.globalFunctions) &&
    alike(before.exportedFunctions, info.exportedFunctions) &&
    alike(before.globalClasses, info.globalClasses) &&
    alike(before.localFunctions, info.localFunctions) &&
    alike(before.localClasses, info.localClasses) &&
    alike(before.constantGlobals, info.constantGlobals) &&
    isTyped &&
    alike(before.variableTypes, info.variableTypes) &&
    alike(before.objectOwners, info.objectOwners) &&
    alike(before.selves, info.selves) &&
    alike(before.prototypes.makers, info.prototypes.makers) &&
    alike(before.prototypes.members, info.prototypes.members) &&
    onlyEventLoop(before) === onlyEventLoop(info) &&
    keepCallSites(before, info, gone, own) &&
    keepSetHere(before, info, gone, own) &&
    alike(textsOf(before), textsOf(info)) &&
    isAlike(sharedByObjects(before), sharedByObjects(info)) &&
    clientStores(before).all.length === 0 &&
    clientStores(info).all.length === 0 &&
    carryOver(before.module, info.module, edited)
  );
}

/** The value itself, its next version, or a description with the same in it. */
function isSame(a: unknown, b: unknown, same: (a: unknown, b: unknown) => boolean): boolean {
  if (same(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return x.length <= 4 && x.length === y.length && x.every(([key, value]) => key in b && same(value, (b as Record<string, unknown>)[key]));
}
