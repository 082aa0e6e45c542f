/** Objects that hold a value: BehaviorSubjects of RxJS, Svelte's stores, Angular's signals. */
import type { Expr } from '../../program/program.ts';
import { evalArgs } from './calls.ts';
import { act, read } from './events.ts';
import { evalReference } from './expressions.ts';
import { type Value, type Walk, nothing } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

const setters: Record<string, string> = { BehaviorSubject: 'next', writable: 'set', signal: 'set' };

/** `results$.next(found)` sets what is held, `count.update(f)` makes it of what it is; null for any other method. */
export function cellCall(w: Walk, e: Call, object: Value): Value | null {
  const type = object.type?.type ?? null;
  const setter = type === null ? undefined : setters[type];
  if (e.callee.kind !== 'attr' || setter === undefined || object.place === null) return null;
  const { name } = e.callee;
  if (name !== setter && name !== 'update') return null;
  const [value = nothing] = evalArgs(w, e.args, name === 'update' ? 'now' : 'later');
  act(w, name === 'update' ? 'update' : 'assign', object.place, e.span, { value, through: value.reads });
  return nothing;
}

/** `count()` of a signal and `get(count)` of a store read what is held; null for any other call. */
export function cellRead(w: Walk, e: Call): Value | null {
  const isGet = e.callee.kind === 'name' && w.info.qualified(e.callee) === 'svelte/store.get';
  if (!isGet && e.args.length > 0) return null;
  const held = isGet ? e.args[0]?.value : e.callee;
  if (held === undefined || (held.kind !== 'name' && held.kind !== 'attr')) return null;
  const { type, place } = evalReference(w, held);
  if (place === null || type?.type !== (isGet ? 'writable' : 'signal')) return null;
  return { ...nothing, reads: [read(w, place, e.span, 'value')], made: true };
}
