/** Functions and classes that a decorator nobody can see into was given: what else it made of them is unknown. */
import type { Closure, Opaque } from '../values.ts';
import type { PyClass } from './objects.ts';

const decorators = new WeakMap<Closure, Opaque>();

/** `@app.task` leaves the function callable as it is; `f.delay` is something the decorator put there. */
export function remember(target: Closure, decorator: Opaque): void {
  decorators.set(target, decorator);
}

export function decoratorOf(target: Closure): Opaque | null {
  return decorators.get(target) ?? null;
}

const classes = new WeakSet<PyClass>();

export function rememberClass(target: PyClass): void {
  classes.add(target);
}

/** May such a decorator have given the class a constructor (`@attr.s`)? */
export function mayHaveConstructor(cls: PyClass): boolean {
  return cls.mro.some((c) => classes.has(c));
}
