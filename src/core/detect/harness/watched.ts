/** Drivers for Vue: what a watcher looks at is set twice, as a page or another composable would. */
import type { Expr, FunctionDef, Param } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { visitFunction } from '../visit.ts';
import type { Starts } from './starts.ts';

export const importsRef = "import { ref } from 'vue';";

const usesVue = (info: ModuleInfo): boolean =>
  info.language === 'javascript' && /\bfrom\s+['"](?:vue|vue-demi|@vue\/[\w-]+|pinia)['"]/.test(info.module.text);

/** Is the parameter a ref, as far as the function's text tells: `day.value`, `unref(day)`, `watch(day, …)`? */
export function isRefParameter(info: ModuleInfo, fn: FunctionDef, param: Param): boolean {
  if (!usesVue(info) || !/^[\w$]+$/.test(param.name)) return false;
  if (/\b(?:Ref|MaybeRef|MaybeRefOrGetter)\b/.test(param.annotation ?? '')) return true;
  const name = param.name.replaceAll('$', '\\$');
  return new RegExp(
    `(?<![\\w$.])${name}\\.value\\b|\\b(?:unref|toValue|isRef)\\(\\s*${name}\\s*\\)|\\bwatch\\(\\s*(?:\\[[^\\]]*)?(?<![\\w$.])${name}\\b(?!\\.)`,
  ).test(info.text(fn.span));
}

/** The outermost function around one: what is called to make it. */
function composableOf(info: ModuleInfo, fn: FunctionDef): FunctionDef | null {
  let outer: FunctionDef | null = null;
  for (let f: FunctionDef | null = fn; f !== null && f.kind !== 'module'; f = f.parent) outer = f;
  return outer !== null && outer !== fn && info.globalFunctions.get(outer.name) === outer ? outer : null;
}

interface Watching {
  /** Text in which what it looks at is named. */
  source: string;
  callback: FunctionDef;
}

/** Watchers that a function sets up itself. */
function watchersIn(info: ModuleInfo, fn: FunctionDef): Watching[] {
  const found: Watching[] = [];
  const callbackOf = (e: Expr | undefined): FunctionDef | null => {
    if (e?.kind === 'function') return e.fn;
    if (e?.kind !== 'name') return null;
    return (e.ref.kind === 'variable' ? info.localFunctions.get(e.ref.variable) : info.globalFunctions.get(refName(e.ref))) ?? null;
  };
  visitFunction(fn, {
    expr(e) {
      if (e.kind !== 'call' || e.callee.kind !== 'name') return;
      const name = refName(e.callee.ref);
      const [first, second] = e.args;
      const isEffect = /^watch(Post|Sync)?Effect$/.test(name);
      if (!isEffect && !/^watch(Debounced|Throttled)?$/.test(name)) return;
      const callback = callbackOf((isEffect ? first : second)?.value);
      if (first !== undefined && callback !== null)
        found.push({ source: info.text(isEffect ? callback.span : first.value.span), callback });
    },
  });
  return found;
}

const mentions = (text: string, name: string): boolean => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\b`).test(text);

/** What code outside can set of what a watcher looks at: a parameter, a ref that is handed out, one of the module. */
function settable(info: ModuleInfo, outer: FunctionDef, source: string): string[] {
  const text = info.text(outer.span);
  const handedOut = /\breturn\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*;?\s*\}?\s*$/.exec(text)?.[1] ?? '';
  const out: string[] = [];
  for (const param of outer.params) if (isRefParameter(info, outer, param) && mentions(source, param.name)) out.push(`${param.name}.value`);
  for (const [, name = ''] of text.matchAll(/\bconst\s+([\w$]+)\s*(?::[^=]*)?=\s*(?:shallow)?[rR]ef\b/g))
    if (mentions(source, name) && new RegExp(`(?:^|,)\\s*${name.replaceAll('$', '\\$')}\\s*(?:,|$)`).test(handedOut))
      out.push(`made.${name}.value`);
  for (const name of info.constantGlobals.keys())
    if (
      mentions(source, name) &&
      new RegExp(`\\bconst\\s+${name.replaceAll('$', '\\$')}\\s*(?::[^=]*)?=\\s*(?:shallow)?[rR]ef\\b`).test(info.module.text)
    )
      out.push(`target.${name}.value`);
  return out;
}

/**
 * Drivers for what a watcher runs; empty for all else. `calling`: the beginning of a driver, which calls the composable
 * and keeps what it gives as `made`; null when it cannot be called.
 */
export function watchDrivers(
  info: ModuleInfo,
  starts: Starts,
  candidate: Candidate,
  calling: (outer: FunctionDef) => string[] | null,
): { text: string; contexts: string[] }[] {
  const outer = usesVue(info) ? composableOf(info, candidate.fn) : null;
  if (outer === null) return [];
  const watchers = watchersIn(info, outer).filter((w) => w.callback === candidate.fn || starts.reaches(w.callback, candidate.fn));
  const places = [...new Set(watchers.flatMap((w) => settable(info, outer, w.source)))];
  const lines = places.length === 0 ? null : calling(outer);
  if (lines === null) return [];
  return places.map((place) => {
    const name = place.split('.').at(-2) ?? place;
    const sets = (which: string): string => `  () => { ${place} = '${which} ${name}'; },`;
    return {
      text: [...lines, '', 'await concurrently(', sets('first'), sets('second'), ');', ''].join('\n'),
      contexts: [`first ${name}`, `second ${name}`],
    };
  });
}
