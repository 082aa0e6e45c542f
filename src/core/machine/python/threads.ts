/** Starting and joining threads. The class Thread is Python (prelude threading); these are its parts. */
import { Native } from '../language.ts';
import type { Machine } from '../machine.ts';
import { BoundMethod, Closure, PyFloat, PyTuple, STATE, type HeapObject, type Value } from '../values.ts';
import { builtins } from './builtins.ts';
import { matchesName, typeError } from './errors.ts';
import { defineModule, libraryModule, native } from './library.ts';
import { lockClass, rlockClass } from './locks.ts';
import { PyObject } from './objects.ts';
import { callPrelude, preludeName, state } from './runtime.ts';

/** Everything a new thread can reach becomes shared; the first one shares the modules too. */
function shareAll(m: Machine, values: readonly Value[]): void {
  for (const ns of m.namespaces.values()) m.share(ns);
  for (const v of state(m).singletons.values()) m.share(v);
  for (const v of values) m.share(v);
}

/** Starts `target(*args, **kwargs)` on a thread of its own; the process number. */
export function startThread(m: Machine, name: string, target: Value, args: Value, kwargs: Value): number {
  shareAll(m, [target, args, kwargs]);
  if (args instanceof PyTuple) for (const a of args.items) m.share(a);
  const lane = m.createLane(name, 'thread');
  const fiber = m.createFiber(lane);
  const outer = m.fiber;
  m.fiber = fiber;
  const serial = m.atomicDepth;
  callPrelude(m, '__rr_thread_main', [target, args, kwargs]);
  m.atomicDepth = serial;
  m.fiber = outer;
  const process = m.spawn(lane, 'thread', fiber);
  fiber.onEnd = (value, failed) => {
    if (failed && !matchesName(value, 'SystemExit')) m.fail(value, matchesName(value, 'AssertionError') ? 'assertion' : 'exception');
  };
  return process.id;
}

function targetName(v: Value): string {
  if (v instanceof Closure) return v.code.name;
  if (v instanceof BoundMethod) return targetName(v.fn);
  if (v instanceof Native) return v.name;
  return 'thread';
}

/** A name no lane has yet. */
function laneName(m: Machine, wanted: string): string {
  const taken = new Set(m.lanes.map((l) => l.name));
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted} ${n}`)) n++;
  return `${wanted} ${n}`;
}

const starting: Native['traits'] = { visible: true, gil: 'releases' };

defineModule('_thread', {
  start_new_thread: native(
    'start_new_thread',
    (m, args) => {
      const [target, tuple, kwargs] = args;
      if (!(tuple instanceof PyTuple)) return typeError(m, '2nd arg must be a tuple');
      return startThread(m, laneName(m, targetName(target)), target, tuple, kwargs ?? m.ops.makeDict(m)) + 1;
    },
    starting,
  ),
  allocate_lock: lockClass,
  LockType: lockClass,
  RLock: rlockClass,
  error: builtins.get('RuntimeError') ?? null,
  TIMEOUT_MAX: new PyFloat(9223372036),
  get_ident: native('get_ident', (m) => 1000 + m.process.id, { pure: true }),
});
defineModule('_thread', {
  start_new: native(
    'start_new',
    (m, args, kw) => (m.ops.getAttr(m, threadModule, 'start_new_thread') as Native).fn(m, args, kw, undefined),
    starting,
  ),
});
const threadModule = libraryModule('_thread') as Value;

/** __rr_start_thread(thread, name or None, run): starts and remembers it. */
builtins.set(
  '__rr_start_thread',
  native(
    '__rr_start_thread',
    (m, args) => {
      const [thread, name, run] = args;
      const label = typeof name === 'string' && name !== '' ? name : targetName(run);
      m.share(thread);
      const hook = state(m).replaced.get('threading.excepthook');
      const hooked = hook === undefined ? null : preludeName(m, 'threading', '_hooked');
      const given = hooked === null ? [] : [thread, run, hook];
      const id = startThread(m, laneName(m, label), hooked ?? run, new PyTuple(given), m.ops.makeDict(m));
      m.trail.mapSet(state(m).threads, id, thread);
      if (thread instanceof PyObject && thread.attrs) m.trail.mapSet(thread.attrs, '_rr_process', id);
      return null;
    },
    starting,
  ),
);

builtins.set(
  '__rr_start_plain_thread',
  native(
    '__rr_start_plain_thread',
    (m, args) => {
      startThread(m, laneName(m, String(args[0])), args[1], args[2], m.ops.makeDict(m));
      return null;
    },
    starting,
  ),
);

builtins.set(
  '__rr_start_worker',
  native('__rr_start_worker', (m, args) => startThread(m, laneName(m, String(args[0])), args[1], args[2], m.ops.makeDict(m)), starting),
);
builtins.set(
  '__rr_join_worker',
  native(
    '__rr_join_worker',
    (m, args) => {
      const p = m.processes[Number(args[0])];
      if (p?.done) m.joined.push(p.id);
      return null;
    },
    {
      visible: true,
      gil: 'releases',
      block: (m, args) => {
        const p = m.processes[Number(args[0])];
        return p
          ? m.blockerOf(
              m.namespaces.values().next().value as HeapObject,
              0,
              () => p.done,
              () => `waits for ${p.lane.name} to end`,
            )
          : null;
      },
    },
  ),
);

function processOf(thread: Value): number {
  const id = thread instanceof PyObject ? thread.attrs?.get('_rr_process') : undefined;
  return typeof id === 'number' ? id : -1;
}

builtins.set(
  '__rr_join_thread',
  native(
    '__rr_join_thread',
    (m, args) => {
      const p = m.processes[processOf(args[0])];
      if (args[1] !== undefined && args[1] !== null) m.peeked = true;
      if (!p) return null;
      if (p.done) m.joined.push(p.id);
      return null;
    },
    {
      visible: true,
      gil: 'releases',
      block: (m, args) => {
        const thread = args[0];
        const p = m.processes[processOf(thread)];
        if (!p || (args[1] !== undefined && args[1] !== null)) return null;
        return m.blockerOf(
          thread as HeapObject,
          0,
          () => p.done,
          () => `waits for ${p.lane.name} to end`,
        );
      },
    },
  ),
);
builtins.set(
  '__rr_thread_alive',
  native(
    '__rr_thread_alive',
    (m, args) => {
      const p = m.processes[processOf(args[0])];
      m.peeked = true;
      if (args[0] instanceof PyObject) m.read(args[0], STATE, undefined);
      return p !== undefined && !p.done;
    },
    { visible: true },
  ),
);
builtins.set(
  '__rr_current_thread',
  native('__rr_current_thread', (m) => state(m).threads.get(m.process.id) ?? null, { pure: true }),
);
builtins.set(
  '__rr_process',
  native('__rr_process', (m) => m.process.id, { pure: true }),
);
builtins.set(
  '__rr_threads',
  native(
    '__rr_threads',
    (m) => {
      m.peeked = true;
      const running = [...state(m).threads].filter(([id]) => m.processes[id]?.done === false);
      return m.ops.makeList(
        m,
        running.map(([, t]) => t),
      );
    },
    { pure: true },
  ),
);
