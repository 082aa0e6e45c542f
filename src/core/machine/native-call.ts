/**
 * The protocol of calling a native: stop before it when it is a visible operation or may block, then
 * run it, then note what it does to the runtime (the eval breaker, a yield).
 */
import { type Keywords, type Native, Raise, STOP } from './language.ts';
import type { Machine } from './machine.ts';
import { Breaker } from './runtimes.ts';
import { HeapObject, type Value } from './values.ts';

export function callNative(m: Machine, native: Native, args: readonly Value[], keywords: Keywords, thisValue: Value): Value {
  const t = native.traits;
  if (t.block) {
    const blocker = t.block(m, args, keywords, thisValue);
    if (blocker) {
      const isThread = m.process.kind === 'thread';
      if (isThread ? !m.atPending : !blocker.ready()) {
        m.trail.set(m.process, 'pending', blocker);
        return STOP;
      }
      if (m.process.pending) m.trail.set(m.process, 'pending', null);
      m.atPending = false;
      m.visibleDone = true;
      m.visibleAt = m.serial;
    } else if (m.mustStop()) return STOP;
  } else if (t.visible || (!t.pure && touchesShared(args, thisValue))) {
    if (m.mustStop()) return STOP;
  }
  if (t.gil === 'releases') m.breaker |= Breaker.Released;
  else if (t.gil === 'hot') m.breaker |= Breaker.HotNativeCall;
  else if (!t.pure || t.gil === 'call' || m.fiber?.top?.code.internal !== true) m.breaker |= Breaker.NativeCall;
  let value: Value;
  try {
    value = native.fn(m, args, keywords, thisValue);
  } catch (e) {
    value = e instanceof Raise ? m.ops.unknownResult?.(m, e.value, native.name, args) : undefined;
    if (value === undefined) throw e;
  }
  if (t.yields && value !== STOP) m.yieldAfter = m.yieldAfter ?? native.name;
  return value;
}

function touchesShared(args: readonly Value[], thisValue: Value): boolean {
  if (thisValue instanceof HeapObject && thisValue.shared && thisValue.type !== 'function') return true;
  for (const a of args) if (a instanceof HeapObject && a.shared && a.type !== 'function' && a.type !== 'type') return true;
  return false;
}
