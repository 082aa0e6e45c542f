/** Node modules that have a model, by name. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';

export function nodeModule(_m: Machine, _specifier: string): Value | undefined {
  return undefined;
}
