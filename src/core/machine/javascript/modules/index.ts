/** Node modules and libraries that have a model: objects the prelude registered under their names. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { state } from '../state.ts';

export function nodeModule(m: Machine, specifier: string): Value | undefined {
  return state(m).models.get(specifier.replace(/^node:/, ''));
}
