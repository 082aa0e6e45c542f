/**
 * threading's synchronisation objects, with the conditions a process may wait for on each: Lock and
 * RLock 1 = free; Semaphore 1 = value above zero; Event 1 = set; a waiter of a Condition 1 = notified.
 */
import { STOP, type Keywords, type Native } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Blocker } from '../process.ts';
import { type HeapObject, PyFloat, STATE, type Value } from '../values.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { type PyClass, PyObject } from './objects.ts';
import { asIndex } from './numbers.ts';
import { makeBuiltin, objectClass, typeName } from './types.ts';

export class PyLock extends PyObject {
  locked = false;
  owner = -1;
  count = 0;
}

export class PySemaphore extends PyObject {
  value = 1;
  initial = 1;
  bounded = false;
}

export class PyEvent extends PyObject {
  set = false;
}

/** One waiting thread of a condition. */
export class PyWaiter extends PyObject {
  notified = false;
}

function hidden(name: string, make: (cls: PyClass) => PyObject, module = 'threading'): PyClass {
  const cls = makeBuiltin(name, 'object', objectClass, false);
  cls.module = module;
  cls.allocate = (m, c) => m.adopt(make(c));
  return cls;
}

export const lockClass = hidden('lock', (c) => new PyLock(c), '_thread');
export const rlockClass = hidden('RLock', (c) => new PyLock(c), '_thread');
export const semaphoreClass = hidden('Semaphore', (c) => new PySemaphore(c));
export const boundedSemaphoreClass = hidden('BoundedSemaphore', (c) => Object.assign(new PySemaphore(c), { bounded: true }));
export const eventClass = hidden('Event', (c) => new PyEvent(c));
export const waiterClass = hidden('waiter', (c) => new PyWaiter(c));

/** The thread as an owner: its process. */
function me(m: Machine): number {
  return m.process.id;
}

function lane(m: Machine, process: number): string {
  return m.processes[process]?.lane.name ?? 'nobody';
}

interface Waitable {
  object: HeapObject;
  free: () => boolean;
  reason: () => string;
}

/** `blocking` and `timeout` of acquire(): may it block, and may it give up? */
export function patience(args: readonly Value[], keywords: Keywords, at = 1): { blocks: boolean; gives: boolean } {
  const blocking = args[at] ?? keywords?.get('blocking') ?? true;
  const timeout = args[at + 1] ?? keywords?.get('timeout') ?? -1;
  const seconds = timeout instanceof PyFloat ? timeout.value : timeout === null ? -1 : Number(timeout);
  if (blocking === false || blocking === 0) return { blocks: false, gives: true };
  return { blocks: seconds !== 0, gives: seconds >= 0 };
}

export function blockOn(m: Machine, w: Waitable, needs = 1): Blocker {
  return m.blockerOf(w.object, needs, w.free, w.reason);
}

/**
 * An operation with a timeout: when it cannot go on now, it either keeps waiting or times out, which
 * the explorer chooses. True: go on (possibly waiting); false: gave up; null: stop first.
 */
export function keepsWaiting(m: Machine, what: string): boolean | null {
  const answer = m.choose(what, ['keeps waiting', 'times out']);
  return answer < 0 ? null : answer === 0;
}

function lockOf(m: Machine, v: Value): PyLock {
  return v instanceof PyLock ? v : typeError(m, `a lock is required, not ${typeName(v)}`);
}

function lockFree(m: Machine, l: PyLock): boolean {
  return !l.locked || (l.cls === rlockClass && l.owner === me(m));
}

function lockBlocker(m: Machine, l: PyLock): Blocker {
  const process = me(m);
  return blockOn(m, {
    object: l,
    free: () => !l.locked || (l.cls === rlockClass && l.owner === process),
    reason: () => `waits for ${l.label ?? 'the lock'}, held by ${lane(m, l.owner)}`,
  });
}

const acquire: Native['fn'] = (m, args, keywords) => {
  const l = lockOf(m, args[0]);
  const { gives } = patience(args, keywords);
  const free = lockFree(m, l);
  if (!free) {
    if (!gives) throw new Error('acquired a lock that is not free');
    m.sync(l, STATE, 'try acquire', 0, 0);
    return false;
  }
  m.sync(l, STATE, 'acquire', gives ? 0 : 1, l.locked ? 0 : 1);
  if (!gives && m.accesses.length === 1) m.decided(null);
  m.trail.set(l, 'locked', true);
  m.trail.set(l, 'owner', me(m));
  m.trail.set(l, 'count', l.count + 1);
  return true;
};

const acquireTraits: Native['traits'] = {
  visible: true,
  gil: 'releases',
  block: (m, args, keywords) => {
    const l = args[0];
    if (!(l instanceof PyLock)) return null;
    const { gives } = patience(args, keywords);
    // With a timeout it may give up as soon as the lock is taken: not waiting is one of its ways.
    return gives ? null : lockBlocker(m, l);
  },
};

const release: Native['fn'] = (m, args) => {
  const l = lockOf(m, args[0]);
  if (l.cls === rlockClass) {
    if (!l.locked || l.owner !== me(m)) return raise(m, 'RuntimeError', 'cannot release un-acquired lock');
    m.sync(l, STATE, 'release', 0, 0);
    m.trail.set(l, 'count', l.count - 1);
    if (l.count > 0) return null;
  } else {
    if (!l.locked) {
      m.sync(l, STATE, 'release', 0, 1);
      return raise(m, 'RuntimeError', 'release unlocked lock');
    }
    m.sync(l, STATE, 'release', 0, 0);
    if (m.accesses.length === 1) m.decided(null);
    m.trail.set(l, 'count', 0);
  }
  m.trail.set(l, 'locked', false);
  m.trail.set(l, 'owner', -1);
  return null;
};

for (const cls of [lockClass, rlockClass]) {
  method(cls, 'acquire', acquire, acquireTraits);
  method(cls, '__enter__', acquire, acquireTraits);
  method(cls, 'release', release, { visible: true });
  method(cls, '__exit__', (m, args) => (release(m, [args[0]], null, undefined), null), { visible: true });
  method(
    cls,
    'locked',
    (m, args) => {
      const l = lockOf(m, args[0]);
      m.sync(l, STATE, 'locked', 0, l.locked ? 0 : 1);
      return l.locked;
    },
    { visible: true },
  );
  method(
    cls,
    '_is_owned',
    (m, args) => {
      const l = lockOf(m, args[0]);
      return l.locked && l.owner === me(m);
    },
    { visible: true },
  );
}
method(
  rlockClass,
  '_release_save',
  (m, args) => {
    const l = lockOf(m, args[0]);
    if (!l.locked || l.owner !== me(m)) return raise(m, 'RuntimeError', 'cannot release un-acquired lock');
    const n = l.count;
    m.sync(l, STATE, 'release', 0, 0);
    m.trail.set(l, 'count', 0);
    m.trail.set(l, 'locked', false);
    m.trail.set(l, 'owner', -1);
    return n;
  },
  { visible: true },
);
method(
  rlockClass,
  '_acquire_restore',
  (m, args) => {
    const l = lockOf(m, args[0]);
    m.sync(l, STATE, 'acquire', 1, 1);
    m.trail.set(l, 'locked', true);
    m.trail.set(l, 'owner', me(m));
    m.trail.set(l, 'count', Number(args[1]));
    return null;
  },
  { visible: true, gil: 'releases', block: (m, args) => (args[0] instanceof PyLock ? lockBlocker(m, args[0]) : null) },
);

// ---- semaphores ----------------------------------------------------------------------------------

function semaphore(m: Machine, v: Value): PySemaphore {
  return v instanceof PySemaphore ? v : typeError(m, `a semaphore is required, not ${typeName(v)}`);
}

const acquireSemaphore: Native['fn'] = (m, args, keywords) => {
  const s = semaphore(m, args[0]);
  const { gives } = patience(args, keywords);
  m.sync(s, STATE, 'acquire', gives ? 0 : 1, s.value > 0 ? 1 : 0);
  if (s.value <= 0) return false;
  m.trail.set(s, 'value', s.value - 1);
  return true;
};
const semaphoreTraits: Native['traits'] = {
  visible: true,
  gil: 'releases',
  block: (m, args, keywords) => {
    const s = args[0];
    if (!(s instanceof PySemaphore) || patience(args, keywords).gives) return null;
    return blockOn(m, { object: s, free: () => s.value > 0, reason: () => `waits for ${s.label ?? 'the semaphore'}` });
  },
};
for (const cls of [semaphoreClass, boundedSemaphoreClass]) {
  method(
    cls,
    '__init__',
    (m, args, keywords) => {
      const s = semaphore(m, args[0]);
      const n = asIndex(args[1] ?? keywords?.get('value') ?? 1) ?? 1;
      if (n < 0) return raise(m, 'ValueError', 'semaphore initial value must be >= 0');
      m.trail.set(s, 'value', n);
      m.trail.set(s, 'initial', n);
      return null;
    },
    { pure: true },
  );
  method(cls, 'acquire', acquireSemaphore, semaphoreTraits);
  method(cls, '__enter__', acquireSemaphore, semaphoreTraits);
  const releaseSemaphore: Native['fn'] = (m, args, keywords) => {
    const s = semaphore(m, args[0]);
    const n = asIndex(args[1] ?? keywords?.get('n') ?? 1) ?? 1;
    m.sync(s, STATE, 'release', 0, s.value > 0 ? 1 : 0);
    if (s.bounded && s.value + n > s.initial) return raise(m, 'ValueError', 'Semaphore released too many times');
    m.trail.set(s, 'value', s.value + n);
    return null;
  };
  method(cls, 'release', releaseSemaphore, { visible: true });
  method(cls, '__exit__', (m, args) => (releaseSemaphore(m, [args[0]], null, undefined), null), { visible: true });
}

// ---- events and waiters --------------------------------------------------------------------------

function event(m: Machine, v: Value): PyEvent {
  return v instanceof PyEvent ? v : typeError(m, `an event is required, not ${typeName(v)}`);
}
method(eventClass, '__init__', () => null, { pure: true });
for (const name of ['is_set', 'isSet']) {
  method(
    eventClass,
    name,
    (m, args) => {
      const e = event(m, args[0]);
      m.sync(e, STATE, 'is_set', 0, e.set ? 1 : 0);
      return e.set;
    },
    { visible: true },
  );
}
for (const [name, value] of [
  ['set', true],
  ['clear', false],
] as const) {
  method(
    eventClass,
    name,
    (m, args) => {
      const e = event(m, args[0]);
      m.sync(e, STATE, name, 0, e.set ? 1 : 0);
      m.trail.set(e, 'set', value);
      return null;
    },
    { visible: true },
  );
}
const hasTimeout = (args: readonly Value[], keywords: Keywords): boolean => {
  const t = args[1] ?? keywords?.get('timeout') ?? null;
  return t !== null;
};
method(
  eventClass,
  'wait',
  (m, args, keywords) => {
    const e = event(m, args[0]);
    const gives = hasTimeout(args, keywords);
    m.sync(e, STATE, 'wait', gives ? 0 : 1, e.set ? 1 : 0);
    return e.set;
  },
  {
    visible: true,
    gil: 'releases',
    block: (m, args, keywords) => {
      const e = args[0];
      if (!(e instanceof PyEvent) || hasTimeout(args, keywords)) return null;
      return blockOn(m, { object: e, free: () => e.set, reason: () => `waits for ${e.label ?? 'the event'} to be set` });
    },
  },
);
method(
  waiterClass,
  'notify',
  (m, args) => {
    const w = args[0];
    if (w instanceof PyWaiter) {
      m.sync(w, STATE, 'notify', 0, w.notified ? 1 : 0);
      m.trail.set(w, 'notified', true);
    }
    return null;
  },
  { visible: true },
);
method(
  waiterClass,
  'wait',
  (m, args) => {
    const w = args[0];
    if (!(w instanceof PyWaiter)) return false;
    const gives = args[1] !== undefined && args[1] !== null;
    m.sync(w, STATE, 'wait', gives ? 0 : 1, w.notified ? 1 : 0);
    return w.notified;
  },
  {
    visible: true,
    gil: 'releases',
    block: (m, args) => {
      const w = args[0];
      if (!(w instanceof PyWaiter) || (args[1] !== undefined && args[1] !== null)) return null;
      return blockOn(m, { object: w, free: () => w.notified, reason: () => 'waits to be notified' });
    },
  },
);
export { STOP };
