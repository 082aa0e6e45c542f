/**
 * Locks nobody can see into: `with FileLock(path):`, `async with store.lock(key):`, `lock.acquire()`
 * of an unknown object. Their names are taken at their word: one at a time, by name and arguments.
 */
import { handsOut, lastName, saysGuard } from '../../program/guard-names.ts';
import { Op } from '../code.ts';
import type { Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { BoundMethod, Closure, type Opaque, PyTuple, type Value } from '../values.ts';
import { builtins } from './builtins.ts';
import { callFunction, callMethod } from './calls.ts';
import { PyLock, rlockClass } from './locks.ts';
import { PyClass } from './objects.ts';
import { remember, rememberClass } from './decorated.ts';
import { callOpaque } from './opaque.ts';
import { callPrelude, singleton } from './runtime.ts';

/** `Lock()` makes one of its own; `named_lock('a')` and `FileLock('x.lock')` name the same one each time. */
function keyOf(o: Opaque, text: string): string {
  return handsOut(text) && /\(\)$/.test(text) ? `${text}#${o.id}` : text;
}

function lockFor(m: Machine, key: string): PyLock {
  return singleton(m, `guard ${key}`, () => {
    const lock = new PyLock(rlockClass);
    lock.label = key;
    lock.shared = true;
    return lock;
  });
}

function assume(m: Machine, text: string): void {
  m.assume(`\`${text}\` is not known; it was taken to let one in at a time, as its name says`);
}

function leave(m: Machine, key: string): Value {
  const lock = lockFor(m, key);
  return lock.locked && lock.owner === m.process.id ? callMethod(m, lock, 'release', [], null, false) : null;
}

/** What is entered again and again, and no lock by its name alone: `with util.mini_gil:`, `with state.guard:`. */
const entered = /(?:^|[._])(?:gil|guard|critical|critical_section|cond|condition|gate)$/;

/** Entering or leaving a `with` whose context manager says it is a lock; undefined when it does not. */
export function guardedWith(m: Machine, o: Opaque, name: string): Value {
  if (!saysGuard(o.name) && !entered.test(o.name)) return undefined;
  const key = keyOf(o, o.name);
  if (name === '__enter__') {
    assume(m, o.name);
    return callMethod(m, lockFor(m, key), 'acquire', [], null, false);
  }
  if (name === '__exit__') return leave(m, key);
  if (name === '__aenter__') {
    assume(m, o.name);
    return callPrelude(m, 'enter', [key], 'guards');
  }
  return name === '__aexit__' ? callPrelude(m, 'leave', [key], 'guards') : undefined;
}

/**
 * `@retry(3)` of a library nobody can see into: what it decorates is taken as it is, but for one that
 * says it lets one call in at a time, or that it makes a property. Undefined when it is called with
 * something that is neither a function nor a class of the program.
 */
export function decoratedUnknown(m: Machine, decorator: Opaque, target: Value): Value {
  if (!(target instanceof Closure)) {
    if (!(target instanceof PyClass)) return undefined;
    m.assume(`\`@${decorator.name}\` is not known; the class was taken as it is`);
    rememberClass(target);
    return target;
  }
  if (saysGuard(decorator.name)) {
    assume(m, `@${decorator.name}`);
    return callPrelude(m, target.code.isAsync ? 'guarded_async' : 'guarded', [decorator.name, target], 'guards');
  }
  // Begins when it is called, goes on when what it yields is there.
  if (target.code.isGenerator && !target.code.isAsync && /(^|\.)(coroutine|inlineCallbacks|engine)$/.test(decorator.name))
    return callPrelude(m, 'as_coroutine', [target], 'guards');
  m.assume(`\`@${decorator.name}\` is not known; the function was taken as it is`);
  remember(target, decorator);
  const makesProperty = /prop(erty)?$|^reify$/i.test(lastName(decorator.name));
  return makesProperty ? callFunction(m, builtins.get('property'), [target], null) : target;
}

/**
 * `await hass.async_add_executor_job(self._load, key)`: an unknown function that is handed one of the
 * program's and waited for is taken to call it, once. Undefined for any other call.
 */
export function calledBack(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const top = m.fiber?.top;
  if (top?.code.instructions[top.pc]?.op !== Op.Await) return undefined;
  const isFunction = (v: Value): boolean => v instanceof Closure || v instanceof BoundMethod;
  const at = args.findIndex(isFunction);
  const callback = args[at];
  if (callback === undefined || args.filter(isFunction).length > 1) return undefined;
  const made = callOpaque(m, f, args, keywords);
  m.assume(`\`${f.name}\` is not known; it was taken to call the function it is given, once`);
  const inThread = /thread|executor|sync_to_async|run_sync|blocking/.test(lastName(f.name));
  return callPrelude(m, inThread ? 'call_in_thread' : 'call_back', [made, callback, new PyTuple(args.slice(at + 1))], 'guards');
}

/** `lock.acquire()` and `lock.release()` of an unknown lock; undefined for any other call. */
export function guardedCall(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const name = lastName(f.name);
  if (name !== 'acquire' && name !== 'release') return undefined;
  const owner = f.name.slice(0, f.name.length - name.length - 1);
  if (!saysGuard(owner)) return undefined;
  const isAsync = m.fiber?.top?.code.isAsync === true;
  if (name === 'acquire') {
    assume(m, owner);
    if (isAsync) return callPrelude(m, 'enter', [owner], 'guards');
    return callMethod(m, lockFor(m, owner), 'acquire', args, keywords, false);
  }
  return isAsync ? callPrelude(m, 'leave_soon', [owner], 'guards') : leave(m, owner);
}

/**
 * `if on_main_thread():` of a library nobody can see into: one context at most is, whatever others are told. Undefined for
 * any other call.
 */
export function asksForMainThread(m: Machine, f: Opaque): Value {
  if (!/^_?(?:is|on|in)_?(?:the_?)?main_?thread$/i.test(lastName(f.name))) return undefined;
  m.assume(`\`${f.name}\` is not known; it was taken to say whether this is the main thread`);
  return m.process.kind !== 'thread';
}
