/** Observables of RxJS in a module's text: what a chain of `pipe` begins with, and which of its functions asks for something. */
import type { Expr, FunctionDef } from '../program/program.ts';
import { type ModuleInfo, refName } from './module-info.ts';

type Call = Extract<Expr, { kind: 'call' }>;

export const usesObservables = (info: ModuleInfo): boolean =>
  info.language === 'javascript' && /['"](?:rxjs(?:\/\w+)?|@angular\/[\w/-]+)['"]/.test(info.module.text);

/** Operators whose function gives an observable for each value. */
const flattens = /^(?:switch|merge|flat|concat|exhaust)Map$/;

export function isFlattening(e: Expr): e is Call {
  return e.kind === 'call' && e.callee.kind === 'name' && flattens.test(refName(e.callee.ref));
}

/** What comes before all calls of `pipe`. */
export function sourceOf(e: Expr): Expr {
  return e.kind === 'call' && e.callee.kind === 'attr' && e.callee.name === 'pipe' ? sourceOf(e.callee.object) : e;
}

/** Does it go on giving values, rather than answer the call that it is? */
export function isLasting(info: ModuleInfo, source: Expr): boolean {
  if (source.kind !== 'call') return source.kind === 'attr' || source.kind === 'name';
  return /^(?:rxjs\.(?:fromEvent|merge|combineLatest|interval|timer)|.*\.toObservable)$/.test(info.qualified(source.callee) ?? '');
}

/** `api.search(text).subscribe(…)`: is the call one that waits for the answer to another? */
export function answersCall(info: ModuleInfo, { callee }: Call): boolean {
  return callee.kind === 'attr' && usesObservables(info) && !isLasting(info, sourceOf(callee.object));
}

/** The last function of a chain that asks for something, and what it asks. */
export function requestIn(chain: Expr): { project: FunctionDef; request: Expr } | null {
  if (chain.kind !== 'call' || chain.callee.kind !== 'attr' || chain.callee.name !== 'pipe') return null;
  for (const { value } of [...chain.args].reverse()) {
    const given = isFlattening(value) ? value.args[0]?.value : undefined;
    const project = given?.kind === 'function' ? given.fn : null;
    const last = project?.body.at(-1);
    if (project !== null && last?.kind === 'return' && last.value !== null) return { project, request: last.value };
  }
  return requestIn(chain.callee.object);
}
