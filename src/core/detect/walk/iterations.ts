/** What is iterated, as facts for the rule about collections that change meanwhile. */
import type { Expr, FunctionDef, Span, Stmt } from '../../program/program.ts';
import { gapBetween } from './events.ts';
import type { Read, Walk } from './state.ts';

export function iterated(w: Walk, r: Read, iterable: Span, target: Span, since: number, use: Span): void {
  if (w.later.length > 0) return;
  const gap = gapBetween(w, Math.max(since, r.time));
  w.facts.iterations.push({
    fn: w.fn,
    place: r.place,
    iterable,
    target,
    gap: gap.suspended ?? gap.blocked,
    held: r.held,
    mode: w.mode,
    use,
  });
}

/** `d.items()`, `Object.entries(o)`, `enumerate(xs)` iterate the thing itself; `list(xs)` a copy. */
export function iteratedExpr(w: Walk, e: Expr): { e: Expr; copy: boolean } {
  if (e.kind === 'call') {
    const name = w.info.text(e.callee.span);
    if (e.callee.kind === 'attr' && /^(items|keys|values|entries)$/.test(e.callee.name) && e.args.length === 0)
      return { e: e.callee.object, copy: false };
    const [first] = e.args;
    // The value of a key: `for handler in self.handlers.get(event, ()):`.
    if (e.callee.kind === 'attr' && /^(get|setdefault)$/.test(e.callee.name) && first !== undefined) return { e, copy: false };
    if (first !== undefined && /^(enumerate|reversed|iter)$/.test(name)) return iteratedExpr(w, first.value);
    if (first !== undefined && /^(zip|map|filter)$/.test(name)) return { ...iteratedExpr(w, first.value) };
    return { e, copy: true };
  }
  // `this.listeners.get(event) ?? []`.
  if (e.kind === 'logical' && e.op !== 'and') return iteratedExpr(w, e.left);
  if (e.kind === 'attr' || e.kind === 'name' || e.kind === 'index') return { e, copy: false };
  return { e, copy: true };
}

/** What a comprehension makes of each item: the first place that relies on the collection being as it was. */
export function itemUse(fn: FunctionDef): Span | null {
  const within = (body: readonly Stmt[]): Span | null => {
    for (const s of body) {
      const found =
        s.kind === 'collect' || s.kind === 'expr'
          ? s.span
          : s.kind === 'forEach' || s.kind === 'block'
            ? within(s.body)
            : s.kind === 'if'
              ? s.test.span
              : null;
      if (found !== null) return found;
    }
    return null;
  };
  return within(fn.body);
}
