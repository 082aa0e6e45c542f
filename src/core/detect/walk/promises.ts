/** Where promises are kept for others to wait for, too: what waiting for one gives is no part of that place. */
import type { ModuleInfo } from '../module-info.ts';
import type { Place } from '../shared.ts';
import type { ActKind, Value, Walk } from './state.ts';

const kept = new WeakMap<ModuleInfo, Set<string>>();

const keyOf = (at: Place, depth: number): string => `${at.key}/${String(depth)}`;

/** `this.loading = this.load()`, `this.loading.set(key, this.load(key))`: a promise is put there. */
export function notePromise({ info, facts }: Walk, kind: ActKind, at: Place, value: Value | null): void {
  if (value?.promise !== true || (kind !== 'assign' && kind !== 'set')) return;
  const key = keyOf(at, at.path.length + (kind === 'set' ? 1 : 0));
  facts.promises.push(key);
  keepPromises(info, [key]);
}

export function keepPromises(info: ModuleInfo, keys: readonly string[]): void {
  const known = kept.get(info) ?? new Set();
  for (const key of keys) known.add(key);
  kept.set(info, known);
}

export function holdsPromise(info: ModuleInfo, at: Place): boolean {
  return kept.get(info)?.has(keyOf(at, at.path.length)) === true;
}

/** What a value is once it has been waited for. */
export function settled(info: ModuleInfo, value: Value): Value {
  if (value.place === null || !holdsPromise(info, value.place)) return value;
  return { ...value, place: null, instance: null, type: null };
}
