/**
 * Observables nobody can see into: `http.get(url).pipe(map(f)).subscribe(g)`. Where a program has to do with RxJS, the
 * methods `pipe` and `subscribe` of unknown objects are those of observables.
 */
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { isCallable } from './calls.ts';
import { prelude } from './iteration.ts';
import { state } from './state.ts';
import { JsObject } from './values.ts';

/** What such a call gives; undefined for any other. */
export function observedCall(m: Machine, f: Opaque, args: readonly Value[]): Value {
  if (f.from?.kind !== 'part' || !(f.from.of instanceof Opaque) || args.length === 0) return undefined;
  const { of, name } = f.from;
  const helper =
    name === 'pipe' && args.every(isCallable) ? 'pipeUnknown' : name === 'subscribe' && isObserver(args[0]) ? 'subscribeUnknown' : null;
  if (helper === null || !state(m).prelude.has(helper)) return undefined;
  m.assume('an unknown observable was taken to answer a call once, and else to give what is emitted');
  return prelude(m, helper, [of, ...args]);
}

function isObserver(v: Value): boolean {
  return isCallable(v) || (v instanceof JsObject && v.properties.has('next'));
}
