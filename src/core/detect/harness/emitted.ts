/** Drivers for what is done for each value of an observable: two values come, as a person types on. */
import type { Expr, FunctionDef } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';
import { isLasting, sourceOf, usesObservables } from '../observables.ts';
import { visitFunction } from '../visit.ts';

/** The source of the chain that a function is handed to: `this.term.valueChanges`; null when it is handed to none. */
function sourceFor(info: ModuleInfo, fn: FunctionDef): Expr | null {
  let found: Expr | null = null;
  if (fn.parent === null) return null;
  visitFunction(fn.parent, {
    expr(e) {
      const isChain = e.kind === 'call' && e.callee.kind === 'attr' && /^(?:pipe|subscribe)$/.test(e.callee.name);
      if (!isChain || !(e.span.start <= fn.span.start && fn.span.end <= e.span.end)) return;
      // The innermost around it.
      if (e.callee.kind === 'attr' && fn.span.start > e.callee.object.span.end) found = sourceOf(e.callee.object);
    },
  });
  return found !== null && isLasting(info, found) ? found : null;
}

/** The same driver, with values coming from the source in place of calls of the function. */
export function emittedText(info: ModuleInfo, fn: FunctionDef, text: string): string | null {
  const source = usesObservables(info) ? sourceFor(info, fn) : null;
  if (source === null) return null;
  const [, path] = /^this\.([\w$.]+)$/.exec(info.text(source.span)) ?? [];
  const [, receiver] = /^const (\w+) = new target\./m.exec(text) ?? [];
  if (path === undefined || receiver === undefined) return null;
  const name = path.split('.').at(-1) ?? path;
  const which = ['first', 'second'];
  let at = 0;
  return text
    .replace(/^const \w+ = functionAt\(.*\n/gm, '')
    .replace(/^ {2}\(\) => .*,$/gm, () => `  () => emit(${receiver}.${path}, '${which[at++] ?? 'another'} ${name}'),`);
}
