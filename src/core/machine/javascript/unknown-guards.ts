/**
 * Calls of locks nobody can see into: `mutex.runExclusive(fn)`, `await lock.acquire()`,
 * `withLock(key, fn)`, `limit(fn)`. Their names are taken at their word: one at a time.
 */
import { Op } from '../code.ts';
import type { Machine } from '../machine.ts';
import { handsOut, lastName, runsAtOnce, saysGuard, saysQueue, saysRuns } from '../../program/guard-names.ts';
import { Closure, Opaque, type Value } from '../values.ts';
import { prelude } from './iteration.ts';
import { newArray } from './objects.ts';
import { callOpaque, present } from './opaque.ts';
import { JsFunction } from './values.ts';

const runs =
  /^(run\w*|use|using|with\w*|exclusive\w*|dispatch|sync\w*|lock\w*|acquire\w*|request|execute|exec|schedule|add|push|enqueue|invoke|do\w*|call|wrap)$/i;
const acquires = /^(acquire|lock|obtain|take|enter|claim)/i;
const releases = /^(release|unlock|free|leave|signal|dispose)/i;

/** Is what the running instruction gives awaited at once, or returned by an async function? */
export function isAwaited(m: Machine): boolean {
  const top = m.fiber?.top;
  const next = top?.code.instructions[top.pc];
  return next?.op === Op.Await || (next?.op === Op.Return && top?.code.isAsync === true);
}

/** `return db.transaction(async (tx) => …)` of a function that is not asynchronous itself. */
function isHandedOn(m: Machine, f: Opaque, callback: Value): boolean {
  const top = m.fiber?.top;
  const isReturned = top?.code.instructions[top.pc]?.op === Op.Return;
  return isReturned && saysRuns(f.name) && callback instanceof JsFunction && callback.closure?.code.isAsync === true;
}

/**
 * `await retry(async () => …)`, `return db.transaction(async (tx) => …)`: an unknown function that is
 * handed one of the program's and waited for is taken to call it, once. Undefined for any other call.
 */
export function calledBack(m: Machine, f: Opaque, args: readonly Value[]): Value {
  const callbacks = args.filter((a) => a instanceof JsFunction || a instanceof Closure);
  const [callback] = callbacks;
  if (callback === undefined || callbacks.length > 1 || !(isAwaited(m) || isHandedOn(m, f, callback))) return undefined;
  const made = callOpaque(m, f, args, false);
  m.assume(`\`${f.name}\` is not known; it was taken to call the function it is given, once`);
  return prelude(m, 'callBack', [made, callback, newArray(m, argumentsFor(m, f, callback))]);
}

/** `runInAction(() => …)`: called at once, and what it gives is handed back. Undefined for any other call. */
export function calledAtOnce(m: Machine, f: Opaque, args: readonly Value[]): Value {
  const [callback] = args;
  if (!(callback instanceof JsFunction) || !runsAtOnce(f.name)) return undefined;
  m.assume(`\`${f.name}\` is not known; it was taken to call the function it is given at once`);
  return prelude(m, 'runAtOnce', [callback]);
}

/** Something unknown for each parameter, which is there: `rows.reduce((all, row) => …, {})`. */
function argumentsFor(m: Machine, f: Opaque, callback: Value): Value[] {
  const params = callback instanceof JsFunction ? callback.length : 1;
  const name = `${lastName(f.name)} argument`;
  return Array.from({ length: Math.max(1, params) }, (_, i) => present(m, i === 0 ? name : `${name} ${String(i + 1)}`));
}

/**
 * `queue.add(async () => …)` that nobody waits for: work handed to what says it is a queue is done, once, and
 * one after the other, since nobody knows how many at a time. Undefined for any other call.
 */
export function queuedCall(m: Machine, f: Opaque, thisValue: Value, args: readonly Value[]): Value {
  const receiver = thisValue instanceof Opaque ? thisValue : null;
  const name = lastName(f.name);
  const onQueue = receiver !== null && saysQueue(receiver.name) && runs.test(name);
  if ((!onQueue && !saysQueue(name)) || isAwaited(m)) return undefined;
  const functions = args.filter((a) => a instanceof JsFunction);
  const [work] = functions;
  if (work === undefined || functions.length > 1 || work.closure?.code.isAsync !== true) return undefined;
  m.assume(`\`${f.name}\` is not known; it was taken to call the function it is given, one at a time`);
  m.share(work);
  const key = onQueue ? `queue #${String(receiver.id)}` : `queue ${f.name}`;
  return prelude(m, 'guardRun', [key, work, present(m, `${name} argument`)]);
}

/** The result of the call when its callee says it is a lock; undefined when it does not. */
export function guardedCall(m: Machine, f: Opaque, thisValue: Value, args: readonly Value[]): Value {
  const receiver = thisValue instanceof Opaque ? thisValue : null;
  const name = lastName(f.name);
  const onGuard = receiver !== null && saysGuard(receiver.name);
  if (!onGuard && !saysGuard(f.name)) return undefined;
  const callback = args.findLast((a) => a instanceof JsFunction || a instanceof Closure);
  const keys = args.filter((a) => typeof a === 'string' || Array.isArray(a) || a instanceof Opaque).map((a) => m.ops.show(a));
  const owner = onGuard && receiver !== null ? `#${receiver.id}` : f.name.slice(0, f.name.length - name.length);
  const key = [owner, ...keys.slice(0, 1)].join(' ');
  const assume = (): void => {
    m.assume(`\`${onGuard && receiver ? receiver.name : name}\` is not known; it was taken to let one in at a time, as its name says`);
  };
  if (callback !== undefined) {
    if (onGuard && !runs.test(name)) return undefined;
    assume();
    m.share(callback);
    return prelude(m, 'guardRun', [onGuard ? key : `${name} ${key}`, callback, present(m, `${name} argument`)]);
  }
  if (releases.test(name)) {
    assume();
    return prelude(m, 'guardRelease', [owner]);
  }
  if (handsOut(f.name) || !acquires.test(name)) return undefined;
  assume();
  return prelude(m, 'guardAcquire', [key]);
}
