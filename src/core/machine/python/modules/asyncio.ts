/** asyncio's natives: futures, tasks, timers; the rest of the module is the prelude. */
import { Op } from '../../code.ts';
import { type Native, PUSHED } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { RunResult } from '../../run.ts';
import { Generator, Opaque, PyTuple, STATE, type Value } from '../../values.ts';
import {
  AsyncStep,
  callSoon,
  cancelFuture,
  cancelledError,
  completion,
  createTask,
  currentLoop,
  externalFuture,
  hasStopped,
  resumeAfter,
  futureClass,
  invalidStateError,
  loopClass,
  loopOf,
  newFuture,
  PyFuture,
  PyTask,
  resultOf,
  settle,
  startLoop,
  taskClass,
  YieldOnce,
} from '../asyncio.ts';
import { builtins } from '../builtins.ts';
import { method } from '../dicts.ts';
import { newException, raise, typeError } from '../errors.ts';
import { exceptionArgument, resumeGenerator } from '../generators.ts';
import { defineModule, native } from '../library.ts';
import { isNumber, toDouble } from '../numbers.ts';
import { next } from '../iteration.ts';
import { Box, PyException, PyIterator } from '../objects.ts';
import { opaque } from '../opaque.ts';
import { callPrelude, preludeName } from '../runtime.ts';
import { reprOf } from '../text.ts';
import { asyncGeneratorClass, coroutineClass, typeName } from '../types.ts';
import { Raise } from '../../language.ts';

const pure = { pure: true };
const helper = (name: string, fn: Native['fn']): void => {
  builtins.set(name, native(name, fn, pure));
};

function future(m: Machine, v: Value): PyFuture {
  return v instanceof PyFuture ? v : typeError(m, `a Future is required, not ${typeName(v)}`);
}

function invalid(m: Machine, message: string): never {
  throw new Raise(newException(m, invalidStateError, [message]));
}

method(futureClass, '__init__', () => null, pure);
method(
  futureClass,
  'done',
  (m, args) => {
    const f = future(m, args[0]);
    m.read(f, STATE, undefined);
    return f.status !== 'pending';
  },
  pure,
);
method(
  futureClass,
  'cancelled',
  (m, args) => {
    const f = future(m, args[0]);
    m.read(f, STATE, undefined);
    return f.status === 'cancelled';
  },
  pure,
);
method(futureClass, 'result', (m, args) => resultOf(m, future(m, args[0])), pure);
method(
  futureClass,
  'exception',
  (m, args) => {
    const f = future(m, args[0]);
    if (f.status === 'done') return null;
    if (f.status === 'failed') {
      m.trail.set(f, 'unread', false);
      return f.result;
    }
    return resultOf(m, f);
  },
  pure,
);
method(
  futureClass,
  'set_result',
  (m, args) => {
    const f = future(m, args[0]);
    if (f.status !== 'pending') return invalid(m, 'invalid state');
    settle(m, f, 'done', args[1]);
    return null;
  },
  pure,
);
method(
  futureClass,
  'set_exception',
  (m, args) => {
    const f = future(m, args[0]);
    if (f.status !== 'pending') return invalid(m, 'invalid state');
    settle(m, f, 'failed', exceptionArgument(m, args[1], null));
    return null;
  },
  pure,
);
method(futureClass, 'cancel', (m, args, kw) => cancelFuture(m, future(m, args[0]), args[1] ?? kw?.get('msg') ?? null), pure);
method(
  futureClass,
  'add_done_callback',
  (m, args) => {
    const f = future(m, args[0]);
    if (f.status !== 'pending') callSoon(m, args[1], [f]);
    else {
      m.share(args[1]);
      m.trail.push(f.callbacks, { fn: args[1] });
    }
    return null;
  },
  pure,
);
method(
  futureClass,
  'remove_done_callback',
  (m, args) => {
    const f = future(m, args[0]);
    const kept = f.callbacks.filter((c) => 'task' in c || (c.fn !== args[1] && m.ops.compare(m, '==', c.fn, args[1]) !== true));
    const n = f.callbacks.length - kept.length;
    m.trail.set(f, 'callbacks', kept);
    return n;
  },
  pure,
);
method(futureClass, '__await__', (_m, args) => args[0], pure);
method(futureClass, '__iter__', (m, args) => callPrelude(m, '__rr_future_iter', [args[0]], 'asyncio'), pure);
method(futureClass, 'get_loop', (m) => currentLoop(m), pure);
/** The coroutine whose `__await__` an iterator came from; anything else as it is. */
helper('__rr_unwrapped', (_m, [it]) => (it instanceof PyIterator && it.type === 'coroutine_wrapper' ? it.source : it));
// `yield from coroutine.__await__()` goes on with the coroutine itself.
method(
  coroutineClass,
  '__await__',
  (m, [coroutine]) => m.adopt(new PyIterator('coroutine_wrapper', coroutine, (k, it) => next(k, it.source, null), { pure: false })),
  pure,
);

// ---- tasks ---------------------------------------------------------------------------------------

function task(m: Machine, v: Value): PyTask {
  return v instanceof PyTask ? v : typeError(m, `a Task is required, not ${typeName(v)}`);
}
method(
  taskClass,
  'cancel',
  (m, args, kw) => callPrelude(m, '__rr_task_cancel', [args[0], args[1] ?? kw?.get('msg') ?? null], 'asyncio'),
  pure,
);
helper('__rr_task_request', (m, args) => {
  const t = task(m, args[0]);
  m.trail.set(t, 'cancels', t.cancels + 1);
  m.trail.set(t, 'cancelMessage', args[1]);
  return t.awaiting;
});
helper('__rr_task_must_cancel', (m, args) => {
  m.trail.set(task(m, args[0]), 'mustCancel', true);
  return null;
});
method(taskClass, 'cancelling', (m, args) => task(m, args[0]).cancels, pure);
method(
  taskClass,
  'uncancel',
  (m, args) => {
    const t = task(m, args[0]);
    if (t.cancels > 0) m.trail.set(t, 'cancels', t.cancels - 1);
    if (t.cancels === 0) m.trail.set(t, 'mustCancel', false);
    return t.cancels;
  },
  pure,
);
method(taskClass, 'get_name', (m, args) => task(m, args[0]).name, pure);
method(
  taskClass,
  'set_name',
  (m, args) => {
    m.trail.set(task(m, args[0]), 'name', String(args[1]));
    return null;
  },
  pure,
);
method(taskClass, 'get_coro', (m, args) => task(m, args[0]).coroutine, pure);
helper('__rr_create_task', (m, args) => createTask(m, args[0], args[1] ?? null, 'task', args[2] ?? null));
helper('__rr_current_task', (m) => loopOf(m)?.current ?? null);
helper('__rr_all_tasks', (m) =>
  m.ops.makeList(
    m,
    (loopOf(m)?.tasks ?? []).filter((t) => t.status === 'pending'),
  ),
);
helper('__rr_is_coroutine', (_m, args) => args[0] instanceof Generator && args[0].type === 'coroutine');
helper('__rr_is_coroutine_function', (_m, args) => {
  const v = args[0];
  return (
    typeof v === 'object' &&
    v !== null &&
    'code' in v &&
    (v.code as { isAsync: boolean; isGenerator: boolean }).isAsync &&
    !(v.code as { isGenerator: boolean }).isGenerator
  );
});
/** Is what the function that asks gives back waited for where it was called? */
helper('__rr_is_waited_for', (m) => {
  const caller = m.fiber?.top?.caller;
  const next = caller?.code.instructions[caller.pc]?.op;
  return next === Op.Await || next === Op.Yield;
});
/** `raise gen.Return(value)`: the value in a tuple; None for any other exception. */
helper('__rr_returned', (_m, [e]) => {
  const [raised] = e instanceof PyException ? e.args.items : [];
  const made = raised instanceof Opaque && raised.from?.kind === 'call' ? raised.from : null;
  const isReturn = made !== null && made.callee instanceof Opaque && /(^|\.)Return$/.test(made.callee.name);
  return isReturn ? new PyTuple([made.args[0] ?? null]) : null;
});
helper('__rr_is_opaque', (_m, args) => args[0] instanceof Opaque);
helper('__rr_call_soon', (m, args) => {
  const cancelled = callSoon(
    m,
    args[0],
    args[1] !== undefined && typeof args[1] === 'object' && args[1] !== null && 'items' in args[1] ? (args[1].items as Value[]) : [],
  );
  return new Box(cancelled);
});
helper('__rr_cancel_handle', (m, args) => {
  const b = args[0];
  if (b instanceof Box) m.trail.set(b.data as { value: boolean }, 'value', true);
  return null;
});

/** __rr_timer(delay, fn, args): calls back when the time comes; gives what cancels it. */
helper('__rr_timer', (m, args) => {
  const [delay, fn, tuple] = args;
  const seconds = isNumber(delay) ? toDouble(delay) : 0;
  const items = typeof tuple === 'object' && tuple !== null && 'items' in tuple ? (tuple.items as Value[]) : [];
  m.share(fn);
  for (const i of items) m.share(i);
  const p = completion(m, `after ${String(seconds)} s`, 'timer', seconds, () => {
    callSoon(m, fn, items);
    return RunResult.Ended;
  });
  return new Box({ process: p.id });
});
helper('__rr_cancel_timer', (m, args) => {
  const b = args[0];
  if (!(b instanceof Box)) return null;
  const p = m.processes[(b.data as { process: number }).process];
  if (p && !p.done) m.trail.set(p, 'done', true);
  return null;
});
/** A future that a sleep of that many seconds completes. */
helper('__rr_sleep_future', (m, args) => {
  const [delay, result] = args;
  const seconds = isNumber(delay) ? toDouble(delay) : 0;
  return externalFuture(m, `sleep(${reprOf(delay) ?? ''})`, isNumber(delay) ? seconds : null, () => result);
});
/** `await sleep(0)`: the task goes to the end of the ready queue. */
helper('__rr_yield_once', (m) => {
  const f = newFuture(m);
  f.status = 'done';
  return new YieldOnce(f);
});
helper('__rr_external', (m, args) => externalFuture(m, String(args[0]), null, () => args[1] ?? opaque(m, String(args[0]))));
/** From a thread: settles a future on the loop, as call_soon_threadsafe does. */
helper('__rr_settle_later', (m, args) => {
  const [f, value, failed] = args;
  if (!(f instanceof PyFuture)) return null;
  const loop = loopOf(m);
  if (!loop || loop.closed) return null;
  m.share(value);
  const p = m.spawn(m.createLane('executor result', 'callback'), 'turn', null);
  p.guard = () => !loop.closed && !hasStopped(loop) && (m.serialised || loop.batch === 0);
  p.action = () => {
    if (f.status === 'pending') settle(m, f, failed === true ? 'failed' : 'done', value);
  };
  return null;
});
builtins.set(
  '__rr_call_threadsafe',
  native(
    '__rr_call_threadsafe',
    (m, args) => {
      const loop = currentLoop(m);
      const items = typeof args[1] === 'object' && args[1] !== null && 'items' in args[1] ? (args[1].items as Value[]) : [];
      const p = m.spawn(m.createLane('call from a thread', 'callback'), 'turn', null);
      m.share(args[0]);
      p.guard = () => !loop.closed && !hasStopped(loop) && (m.serialised || loop.batch === 0);
      const cancelled = { value: false };
      p.action = () => {
        if (!cancelled.value) callSoon(m, args[0], items);
      };
      return new Box(cancelled);
    },
    { visible: true },
  ),
);

// ---- the loop ------------------------------------------------------------------------------------

helper('__rr_loop_start', (m) => startLoop(m));
helper('__rr_running_loop', (m) => {
  const loop = loopOf(m);
  return loop && !loop.closed && m.process.kind !== 'thread' ? loop : null;
});
helper('__rr_loop_finish', (m) => {
  const loop = loopOf(m);
  if (!loop) return null;
  m.trail.set(loop, 'closed', true);
  if (loop.process) m.trail.set(loop.process, 'done', true);
  for (const t of loop.tasks) if (t.unread && t.result instanceof PyException) m.fail(t.result, 'exception');
  for (const p of m.processes) if (p && p.kind === 'turn' && !p.done) m.trail.set(p, 'done', true);
  return null;
});
builtins.set(
  '__rr_wait_future',
  native(
    '__rr_wait_future',
    (m, args) => {
      const f = future(m, args[0]);
      m.sync(f, STATE, 'wait', 1, f.status === 'pending' ? 0 : 1);
      resumeAfter(m, f);
      return null;
    },
    {
      visible: true,
      gil: 'releases',
      block: (m, args) => {
        const f = args[0];
        if (!(f instanceof PyFuture)) return null;
        if (!f.watched) m.trail.set(f, 'watched', true);
        return m.blockerOf(
          f,
          1,
          () => {
            const loop = loopOf(m);
            return f.status !== 'pending' && (!loop || loop.closed || hasStopped(loop));
          },
          () => 'runs the event loop',
        );
      },
    },
  ),
);
helper('__rr_is_loading', (m) => m.isLoading());
builtins.set(
  '__rr_wait_idle',
  native('__rr_wait_idle', (_m, [f]) => !(f instanceof PyFuture) || f.status !== 'pending', {
    visible: true,
    gil: 'releases',
    block: (m, args) => {
      const [f] = args;
      if (!(f instanceof PyFuture)) return null;
      const own = m.process;
      const isIdle = (): boolean => m.processes.every((p) => p === undefined || p === own || !m.mayMove(p));
      return m.blockerOf(
        f,
        1,
        () => f.status !== 'pending' || isIdle(),
        () => 'runs the event loop',
      );
    },
  }),
);
helper('__rr_future', (m) => newFuture(m));
helper('__rr_mark_read', (m, args) => {
  const f = args[0];
  if (f instanceof PyFuture && f.unread) m.trail.set(f, 'unread', false);
  return null;
});

// ---- async generators ----------------------------------------------------------------------------

function asyncGenerator(m: Machine, v: Value): Generator {
  return v instanceof Generator ? v : typeError(m, 'an async generator is needed');
}
method(asyncGeneratorClass, '__anext__', (m, args) => new AsyncStep(asyncGenerator(m, args[0]), null, null), pure);
method(asyncGeneratorClass, 'asend', (m, args) => new AsyncStep(asyncGenerator(m, args[0]), args[1] ?? null, null), pure);
method(
  asyncGeneratorClass,
  'athrow',
  (m, args) => new AsyncStep(asyncGenerator(m, args[0]), null, exceptionArgument(m, args[1], args[2])),
  pure,
);
method(asyncGeneratorClass, 'aclose', (m, args) => callPrelude(m, '__rr_aclose', [args[0]], 'asyncio'), pure);
helper('__rr_generator_started', (_m, args) => args[0] instanceof Generator && args[0].state === 'suspended');
helper('aiter', (m, args) => m.ops.iterate(m, args[0], true));
helper('anext', (m, args) =>
  args.length > 1 ? callPrelude(m, '__rr_anext', args, 'asyncio') : m.ops.callMethod(m, args[0], '__anext__', [], null, false, false),
);
helper('__rr_drive_send', (m, args) => {
  const g = args[0];
  return g instanceof Generator
    ? resumeGenerator(m, g, args[1] ?? null, 'call')
    : m.ops.callMethod(m, g, '__next__', [], null, false, false);
});
helper('__rr_is_future', (_m, args) => args[0] instanceof PyFuture);
helper(
  '__rr_awaitable_now',
  (_m, args) =>
    args[0] instanceof PyFuture || args[0] instanceof AsyncStep || (args[0] instanceof Generator && args[0].type === 'coroutine'),
);
void PUSHED;
void raise;

defineModule(
  'asyncio',
  {
    Future: futureClass,
    Task: taskClass,
    CancelledError: cancelledError,
    InvalidStateError: invalidStateError,
    AbstractEventLoop: loopClass,
  },
  'asyncio',
);
for (const name of ['asyncio.exceptions', 'asyncio.tasks', 'asyncio.futures', 'asyncio.events', 'asyncio.locks', 'asyncio.queues']) {
  defineModule(
    name,
    { Future: futureClass, Task: taskClass, CancelledError: cancelledError, InvalidStateError: invalidStateError },
    'asyncio',
  );
}
for (const [k, v] of [
  ['Future', futureClass],
  ['Task', taskClass],
  ['CancelledError', cancelledError],
  ['InvalidStateError', invalidStateError],
] as const)
  builtins.set(`__rr_${k}`, v);
for (const [name, target] of [
  ['run_until_complete', '__rr_run_until_complete'],
  ['create_task', '__rr_loop_create_task'],
  ['call_soon', '__rr_loop_call_soon'],
  ['call_later', '__rr_loop_call_later'],
  ['call_at', '__rr_loop_call_at'],
  ['run_in_executor', '__rr_run_in_executor'],
  ['create_future', '__rr_loop_create_future'],
  ['close', '__rr_loop_close'],
  ['stop', '__rr_loop_stop'],
  ['is_running', '__rr_loop_is_running'],
  ['is_closed', '__rr_loop_is_closed'],
  ['run_forever', '__rr_run_forever'],
  ['call_soon_threadsafe', '__rr_loop_threadsafe'],
  ['time', '__rr_loop_time'],
  ['set_debug', '__rr_loop_close'],
  ['get_debug', '__rr_loop_get_debug'],
  ['shutdown_asyncgens', '__rr_shutdown'],
  ['set_exception_handler', '__rr_loop_close'],
  ['add_signal_handler', '__rr_loop_close'],
] as const) {
  method(loopClass, name, (m, args, kw) => m.ops.call(m, preludeName(m, 'asyncio', target), undefined, [...args], kw), pure);
}
