/**
 * queue.Queue's state as one synchronisation object: 1 = not empty, 2 = not full, 4 = all tasks done.
 * put and get are one step each, as the real ones are between acquiring and releasing their mutex.
 */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { PyTuple, STATE, type Value } from '../values.ts';
import { builtins } from './builtins.ts';
import { order } from './compare.ts';
import { typeError } from './errors.ts';
import { native } from './library.ts';
import { splice } from './lists.ts';
import { asIndex } from './numbers.ts';
import { PyList } from './objects.ts';
import { listClass, typeName } from './types.ts';
import { Unsupported } from '../language.ts';

class QueueState extends PyList {
  limit = 0;
  unfinished = 0;
}

function queue(m: Machine, v: Value): QueueState {
  return v instanceof QueueState ? v : typeError(m, `a queue is required, not ${typeName(v)}`);
}

function held(q: QueueState): number {
  return (q.items.length > 0 ? 1 : 0) | (isFull(q) ? 0 : 2) | (q.unfinished === 0 ? 4 : 0);
}

function isFull(q: QueueState): boolean {
  return q.limit > 0 && q.items.length >= q.limit;
}

function waits(block: Value, timeout: Value): boolean {
  return block !== false && block !== 0 && (timeout === null || timeout === undefined);
}

builtins.set(
  '__rr_queue',
  native(
    '__rr_queue',
    (m, args) => {
      const q = m.adopt(new QueueState(listClass, []));
      q.limit = asIndex(args[0]) ?? 0;
      return q;
    },
    { pure: true },
  ),
);
builtins.set(
  '__rr_queue_size',
  native(
    '__rr_queue_size',
    (m, args) => {
      const q = queue(m, args[0]);
      m.sync(q, STATE, 'size', 0, held(q));
      return q.items.length;
    },
    { visible: true },
  ),
);
builtins.set(
  '__rr_queue_put',
  native(
    '__rr_queue_put',
    (m, args) => {
      const [state, item, block, timeout, kind] = args;
      const q = queue(m, state);
      const needs = waits(block, timeout) && q.limit > 0 ? 2 : 0;
      m.sync(q, STATE, 'put', needs, held(q));
      if (isFull(q)) return false;
      m.escape(q, item);
      let at = q.items.length;
      if (kind === 2) {
        while (at > 0) {
          const less = order('<', item, q.items[at - 1]);
          if (less === undefined) throw new Unsupported('PriorityQueue of objects with their own order');
          if (less === null)
            return typeError(m, `'<' not supported between instances of '${typeName(item)}' and '${typeName(q.items[at - 1])}'`);
          if (!less) break;
          at--;
        }
      }
      splice(m, q, at, 0, [item]);
      m.trail.set(q, 'unfinished', q.unfinished + 1);
      return true;
    },
    {
      visible: true,
      gil: 'releases',
      block: (_m, args) => {
        const q = args[0];
        if (!(q instanceof QueueState) || q.limit === 0 || !waits(args[2], args[3])) return null;
        return { object: q, needs: 2, ready: () => !isFull(q), reason: () => 'waits for room in the queue' };
      },
    },
  ),
);
builtins.set(
  '__rr_queue_get',
  native(
    '__rr_queue_get',
    (m, args) => {
      const [state, block, timeout, kind] = args;
      const q = queue(m, state);
      m.sync(q, STATE, 'get', waits(block, timeout) ? 1 : 0, held(q));
      if (q.items.length === 0) return null;
      const at = kind === 1 ? q.items.length - 1 : 0;
      const [item] = splice(m, q, at, 1, []);
      return new PyTuple([item]);
    },
    {
      visible: true,
      gil: 'releases',
      block: (_m, args) => {
        const q = args[0];
        if (!(q instanceof QueueState) || !waits(args[1], args[2])) return null;
        return { object: q, needs: 1, ready: () => q.items.length > 0, reason: () => 'waits for an item in the queue' };
      },
    },
  ),
);
builtins.set(
  '__rr_queue_task_done',
  native(
    '__rr_queue_task_done',
    (m, args) => {
      const q = queue(m, args[0]);
      m.sync(q, STATE, 'task_done', 0, held(q));
      if (q.unfinished <= 0) return false;
      m.trail.set(q, 'unfinished', q.unfinished - 1);
      return true;
    },
    { visible: true },
  ),
);
builtins.set(
  '__rr_queue_join',
  native(
    '__rr_queue_join',
    (m, args) => {
      const q = queue(m, args[0]);
      m.sync(q, STATE, 'join', 4, held(q));
      return null;
    },
    {
      visible: true,
      gil: 'releases',
      block: (_m, args) => {
        const q = args[0];
        if (!(q instanceof QueueState)) return null;
        return { object: q, needs: 4, ready: () => q.unfinished === 0, reason: () => 'waits for all tasks of the queue to be done' };
      },
    },
  ),
);
export { STOP };
