/** What the machine asks about exceptions. */
import type { Machine } from '../machine.ts';
import type { Value } from '../values.ts';
import { getOwn } from './properties.ts';
import { JsObject } from './values.ts';

/** Whether an exception is of the built-in class named `type` (AssertionError: of node:assert and its kin). */
export function exceptionMatches(m: Machine, exception: Value, type: Value | string): boolean {
  if (!(exception instanceof JsObject) || typeof type !== 'string') return false;
  for (let p: JsObject | null = exception; p; p = p.proto) {
    if (getOwn(m, p, 'name')?.value === type) return true;
    const c = getOwn(m, p, 'constructor')?.value;
    if (c instanceof JsObject && getOwn(m, c, 'name')?.value === type) return true;
  }
  return false;
}
