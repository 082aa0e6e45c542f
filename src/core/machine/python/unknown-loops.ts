/**
 * Event loops nobody can see into: `self._loop.create_future()`, where a base class elsewhere or a library gave the loop.
 * While a loop runs here, what is asked of an unknown one by a method that only loops have is asked of the one that runs.
 */
import { lastName } from '../../program/guard-names.ts';
import type { Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { loopOf } from './asyncio.ts';
import { callMethod } from './calls.ts';

const methodsOfLoops = /^(create_future|create_task|call_soon|call_later|call_at|call_soon_threadsafe|run_in_executor)$/;

/** A method of the loop that runs, for one of an unknown loop; undefined for any other call. */
export function loopCall(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const name = lastName(f.name);
  if (!methodsOfLoops.test(name) || f.from?.kind !== 'part' || !(f.from.of instanceof Opaque)) return undefined;
  const owner = lastName(f.from.of.name);
  // A group of tasks or a test's helper has a `create_task` of its own.
  if (name === 'create_task' && !/loop/i.test(owner)) return undefined;
  const loop = loopOf(m);
  if (loop === null || loop.closed) return undefined;
  m.assume(`\`${f.name}\` is not known; it was taken for the event loop that runs here`);
  return callMethod(m, loop, name, [...args], keywords, false);
}
