/** What a framework works out for a parameter of a handler and hands in: FastAPI's `cache = Depends(get_cache)`. */
import type { Expr, FunctionDef, Param } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';

/** The function that a parameter is worked out by. */
function providerOf(info: ModuleInfo, { default: given, annotation = '' }: Param): { fn: FunctionDef; name: string } | null {
  const named = given?.kind === 'call' && isDepends(info, given.callee) ? given.args[0]?.value : undefined;
  // `cache: Annotated[Cache, Depends(get_cache)]`
  const noted = /^Annotated\[.*\b(?:Depends|Security)\(\s*([A-Za-z_]\w*)/s.exec(annotation)?.[1];
  const name = named?.kind === 'name' && named.ref.kind === 'global' ? named.ref.name : noted;
  if (name === undefined) return null;
  const fn = info.globalFunctions.get(name) ?? info.linked({ kind: 'global', name })?.fn;
  return fn === undefined || fn.params.some((p) => p.default === null) ? null : { fn, name };
}

function isDepends(info: ModuleInfo, callee: Expr): boolean {
  return /^fastapi\.(?:\w+\.)*(?:Depends|Security)$/.test(info.qualified(callee) ?? '');
}

/** The text of the call that works it out, as the framework does for each request; null where nothing says how. `isAsync`: it may be waited for. */
export function providedText(info: ModuleInfo, param: Param, isAsync: boolean): string | null {
  const provider = providerOf(info, param);
  if (provider === null || (provider.fn.isAsync && !isAsync)) return null;
  const { fn, name } = provider;
  const call = `target.${name}()`;
  if (fn.isGenerator) return fn.isAsync ? `await anext(${call})` : `next(${call})`;
  return fn.isAsync ? `await ${call}` : call;
}
