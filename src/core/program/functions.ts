/** Functions of a module by where they are. */
import type { FunctionDef, Module, Span } from './program.ts';

/** The innermost function around a span: functions are in source order, so that it is the last one. */
export function innermostFunction(module: Module, { start, end }: Span): FunctionDef {
  return module.functions.findLast((f) => f.span.start <= start && start < f.span.end && end <= f.span.end) ?? module.body;
}

/** Is a function written within another? */
export function isInside(f: FunctionDef, outer: FunctionDef): boolean {
  for (let p = f.parent; p !== null; p = p.parent) if (p === outer) return true;
  return false;
}

/** The function itself, or one written within it. */
export function isWithin(f: FunctionDef, outer: FunctionDef): boolean {
  return f === outer || isInside(f, outer);
}
