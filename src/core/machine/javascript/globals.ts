/** Names no module declares: the global object's. */
import type { Machine } from '../machine.ts';
import type { Value } from '../values.ts';
import { moduleGlobal } from './modules.ts';
import { throwError } from './objects.ts';
import { getOwn, getProperty } from './properties.ts';
import { state } from './state.ts';

export function hasGlobal(m: Machine, name: string): boolean {
  const s = state(m);
  return s.globals.has(name) || getOwn(m, s.globalObject, name) !== undefined || moduleGlobal(m, name) !== undefined;
}

export function globalValue(m: Machine, name: string): Value {
  const s = state(m);
  const code = m.fiber?.top?.code;
  const binding = code?.module.globals.find((g) => g.name === name);
  if (binding) {
    if (binding.kind === 'var' || binding.kind === 'function') return undefined;
    throwError(m, 'ReferenceError', `Cannot access '${name}' before initialization`);
  }
  if (code?.internal || name.startsWith('__rr_')) {
    const helper = s.prelude.get(name);
    if (helper !== undefined) return helper;
  }
  const own = moduleGlobal(m, name);
  if (own !== undefined) return own;
  if (getOwn(m, s.globalObject, name)) return getProperty(m, s.globalObject, name, s.globalObject);
  throwError(m, 'ReferenceError', `${name} is not defined`);
}
