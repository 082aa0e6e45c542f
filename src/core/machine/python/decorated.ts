/** Functions that a decorator nobody can see into was given: what else it made of them is unknown. */
import type { Closure, Opaque } from '../values.ts';

const decorators = new WeakMap<Closure, Opaque>();

/** `@app.task` leaves the function callable as it is; `f.delay` is something the decorator put there. */
export function remember(target: Closure, decorator: Opaque): void {
  decorators.set(target, decorator);
}

export function decoratorOf(target: Closure): Opaque | null {
  return decorators.get(target) ?? null;
}
