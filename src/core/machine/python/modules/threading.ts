/** threading: native locks with the prelude's classes over them. */
import '../threads.ts';
import { builtins } from '../builtins.ts';
import { makeDictFrom } from '../dicts.ts';
import { libraryException } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { boundedSemaphoreClass, eventClass, lockClass, PyLock, rlockClass, semaphoreClass, waiterClass } from '../locks.ts';
import { HeapObject, type Value } from '../../values.ts';
import { PyObject } from '../objects.ts';
import { state } from '../runtime.ts';

const primitives: Record<string, Value> = {
  Lock: lockClass,
  RLock: rlockClass,
  Semaphore: semaphoreClass,
  BoundedSemaphore: boundedSemaphoreClass,
  Event: eventClass,
};
defineModule('threading', primitives, 'threading');
defineModule('threading', { ThreadError: libraryException('RuntimeError', 'threading', 'RuntimeError') }, 'threading');
for (const [name, cls] of Object.entries(primitives)) builtins.set(`__rr_${name}`, cls);
builtins.set('__rr_waiter', waiterClass);
const pure = { pure: true };
builtins.set(
  '__rr_is_rlock',
  native('__rr_is_rlock', (_m, args) => args[0] instanceof PyLock && args[0].cls === rlockClass, pure),
);
builtins.set(
  '__rr_thread_name',
  native(
    '__rr_thread_name',
    (m) => {
      const s = state(m);
      const n = s.counters.thread;
      m.trail.set(s.counters, 'thread', n + 1);
      return n === 0 ? 'MainThread' : `Thread-${n}`;
    },
    pure,
  ),
);
builtins.set(
  '__rr_lane_name',
  native(
    '__rr_lane_name',
    (_m, args) => {
      const t = args[0];
      if (!(t instanceof PyObject)) return null;
      const given = t.attrs?.get('_given');
      if (typeof given === 'string') return given;
      const target = t.attrs?.get('_target');
      if (target === null || target === undefined) return t.cls.internal ? t.cls.name : t.cls.name;
      return typeof target === 'object' && 'code' in target
        ? (target as { code: { name: string } }).code.name
        : typeof target === 'object' && 'fn' in target && typeof target.fn === 'object' && target.fn !== null && 'code' in target.fn
          ? (target.fn as { code: { name: string } }).code.name
          : null;
    },
    pure,
  ),
);
builtins.set(
  '__rr_thread_ident',
  native(
    '__rr_thread_ident',
    (_m, args) => {
      const id = args[0] instanceof PyObject ? args[0].attrs?.get('_rr_process') : 0;
      return 1000 + Number(id ?? 0);
    },
    pure,
  ),
);
builtins.set(
  '__rr_local_values',
  native(
    '__rr_local_values',
    (m, args) => {
      const s = state(m);
      const o = args[0];
      const key = `local ${o instanceof HeapObject ? o.id : 0} ${m.process.id}`;
      const known = s.singletons.get(key);
      if (known !== undefined) return known;
      const d = makeDictFrom(m, []);
      m.trail.mapSet(s.singletons, key, d);
      return d;
    },
    pure,
  ),
);
