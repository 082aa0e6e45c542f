/**
 * A flag that keeps others out while one is at work, and did not: a context found it down, another raised
 * it and went in, and the first raised it as well while the other was still inside. Both let it down in the
 * end, so that the outcome may be that of one after the other, which is what the flag was there for.
 * (A check and a later set are no mutual exclusion: Dijkstra, Cooperating sequential processes, 1965.)
 */
import type { MachineAccess } from '../machine/machine.ts';
import { UNBOUND, type Value } from '../machine/values.ts';

export interface Written {
  event: number;
  access: MachineAccess;
}

const isNothing = (v: Value): boolean => v === null || v === undefined || v === UNBOUND;
const isMade = (v: Value): boolean => typeof v === 'object' && v !== null && v !== UNBOUND;
const isPlain = (v: Value): boolean => /^(number|boolean|string)$/.test(typeof v);

/**
 * Did the act raise a flag that another holds up? `seen` is what the check saw of it, `remote` the other's change,
 * `writes` all there were of that location, in order. Held up is what is let down in a later step by who raised it.
 */
export function entersTogether(seen: Value, remote: Written, act: Written | undefined, writes: readonly Written[]): boolean {
  if (act === undefined || act.access.lane === remote.access.lane) return false;
  const raised = act.access.value;
  const isMissing = isNothing(seen) || (seen === false && isMade(raised));
  const isDown = (v: Value): boolean => v === seen || (isNothing(v) && isMissing);
  const isLetDown = (up: Written): boolean =>
    writes.some((w) => w.event > up.event && w.access.lane === up.access.lane && isDown(w.access.value));
  // Something made for it, a promise others wait for: the second put its own in place of the first, which is gone.
  if (isMissing && isMade(raised) && isMade(remote.access.value)) return isLetDown(act) || isLetDown(remote);
  if (act.access.changed || !(isPlain(seen) || isNothing(seen)) || !isPlain(raised)) return false;
  return raised !== seen && remote.access.value === raised && isLetDown(act) && isLetDown(remote);
}
