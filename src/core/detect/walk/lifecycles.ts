/**
 * Unknown objects that are up or not: `client.isOpen` … `await client.connect()`. A place of its own stands for the
 * state that only the object knows; a call that is waited for acts when it completes, after its own gap.
 */
import type { Expr, Span } from '../../program/program.ts';
import { lifecycleOf, lifecycleQuestion, lifecycleVerb } from '../../program/lifecycle-names.ts';
import { place } from '../shared.ts';
import { evalArgs } from './calls.ts';
import { isAwaited } from './database.ts';
import { act, block, read, suspend } from './events.ts';
import { type Value, type Walk, nothing, union } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** `object.part`, read or called; null when it is no such question. */
export function lifecycleRead(w: Walk, object: Value, receiver: Expr, part: string, span: Span, isCall = false): Value | null {
  const name = lifecycleQuestion(part, isCall) === null ? null : nameOf(w, object, receiver);
  if (name === null) return null;
  const r = read(w, place({ kind: 'lifecycle', name }), span, 'value');
  return { ...nothing, reads: union(object.reads, [r]), made: true };
}

/** Null when the call neither asks nor changes whether an object is up. */
export function lifecycleCall(w: Walk, e: Call, object: Value, awaited: boolean): Value | null {
  if (e.callee.kind !== 'attr') return null;
  const { name: method, object: receiver } = e.callee;
  if (e.args.length === 0) {
    const asked = lifecycleRead(w, object, receiver, method, e.span, true);
    if (asked !== null) return asked;
  }
  const name = lifecycleVerb(method) === null ? null : nameOf(w, object, receiver);
  if (name === null) return null;
  evalArgs(w, e.args, 'later');
  if (w.mode === 'threads') block(w, e.span);
  else if (awaited || isAwaited(w, e)) suspend(w, e.span);
  const kind = lifecycleVerb(method) === true ? 'assign' : 'mutate';
  act(w, kind, place({ kind: 'lifecycle', name }), e.span, { value: { ...nothing, made: true }, through: object.reads });
  return { ...nothing, made: true };
}

/** Under which name its state goes; null for what is known, made here or not taken to be up or down. */
function nameOf(w: Walk, object: Value, receiver: Expr): string | null {
  if (object.type !== null || object.fresh || object.instance?.cls != null) return null;
  if (object.place === null && object.qualified === null) return null;
  return lifecycleOf(w.info.module, w.info.text(receiver.span));
}
