/**
 * Woken in vain: a context found a condition unmet and waited; the condition came to be met and it was
 * woken, but before it went on somebody else had made use of it, and it acts as if it were still met.
 * Hoare's monitors hand the condition over; Mesa's, and those of all languages here, do not (Lampson,
 * Redell: Experience with processes and monitors in Mesa, CACM 1980), which is why waits are repeated.
 */
import { AccessKind } from '../explore/system.ts';
import type { Frame } from '../machine/frame.ts';
import type { MachineAccess } from '../machine/machine.ts';
import type { MachineEvent } from '../machine/system.ts';
import type { Value } from '../machine/values.ts';
import { inOrder, type StaleAct } from './stale.ts';

interface Change {
  event: number;
  /** Orders accesses of the whole execution. */
  at: number;
  access: MachineAccess;
}

interface Seen extends Change {
  /** It has waited since. */
  waited: boolean;
}

const isPlain = (v: Value): boolean => v === null || /^(number|bigint|boolean|string)$/.test(typeof v);

/** The first such act of each of the candidates. Values are compared where they are plain ones. */
export function wokenInVain(path: readonly MachineEvent[], candidates: ReadonlySet<number>): StaleAct[] {
  if (candidates.size === 0) return [];
  /** What the checks saw, by candidate and frame, then by location. */
  const checks = new Map<number, Map<Frame, Map<number, Seen>>>();
  const changes = new Map<number, Change[]>();
  const found = new Map<number, StaleAct>();
  const seenBy = (candidate: number, frame: Frame): Map<number, Seen> => {
    let frames = checks.get(candidate);
    if (!frames) checks.set(candidate, (frames = new Map()));
    let seen = frames.get(frame);
    if (!seen) frames.set(frame, (seen = new Map()));
    return seen;
  };
  const act = (candidate: number, frame: Frame, lane: number, event: number, serial: number): void => {
    if (found.has(candidate)) return;
    for (const [location, seen] of checks.get(candidate)?.get(frame) ?? []) {
      if (!seen.waited || !isPlain(seen.access.value)) continue;
      const since = (changes.get(location) ?? []).filter((c) => c.at > seen.at && c.access.lane !== lane);
      const last = since.at(-1);
      const isMet = ({ access }: Change): boolean => isPlain(access.value) && access.value !== seen.access.value;
      if (!last || last.access.value !== seen.access.value || !since.some(isMet)) continue;
      found.set(candidate, {
        candidate,
        checkEvent: seen.event,
        interferenceEvent: last.event,
        actEvent: event,
        actSerial: serial,
        lane,
        remoteLane: last.access.lane,
        check: seen.access,
        interference: last.access,
        anyway: 'woken',
      });
      return;
    }
  };
  let now = 0;
  inOrder(
    path,
    ({ watch, frame, lane, serial }, index) => {
      if (!candidates.has(watch.candidate)) return;
      if (watch.role === 'begin') checks.get(watch.candidate)?.delete(frame);
      else if (watch.role === 'wait') for (const seen of seenBy(watch.candidate, frame).values()) seen.waited = true;
      else if (watch.role === 'act') act(watch.candidate, frame, lane, index, serial);
    },
    (access, index) => {
      now++;
      for (const { watch, frame } of access.marks ?? [])
        if (watch.role === 'check' && access.kind === AccessKind.Read && candidates.has(watch.candidate))
          seenBy(watch.candidate, frame).set(access.location, { event: index, at: now, access, waited: false });
      if (access.kind !== AccessKind.Write || !access.changed) return;
      const list = changes.get(access.location);
      if (list) list.push({ event: index, at: now, access });
      else changes.set(access.location, [{ event: index, at: now, access }]);
    },
  );
  return [...found.values()];
}
