/**
 * Seen too early: a context finds something missing, sets it, and does what it stands for only afterwards; another that
 * comes to the same check in between finds it set and goes on without. Of the triples (local, remote, local) this is the
 * remote read between two local writes (Lu, Tucek, Qin, Zhou: AVIO, ASPLOS 2006), of two locations.
 */
import { AccessKind } from '../explore/system.ts';
import type { MachineAccess } from '../machine/machine.ts';
import type { MachineEvent } from '../machine/system.ts';
import { inOrder, type StaleAct } from './stale.ts';

/** Who looked at a location for a candidate, and what became of it. */
interface Setter {
  candidate: number;
  location: number;
  lane: number;
  event: number;
  check: MachineAccess;
  /** It has set what it found missing. */
  isSet: boolean;
  seen: { event: number; access: MachineAccess } | null;
  /** Where its act began, after that. */
  begun: { event: number; serial: number } | null;
}

/**
 * The first such act of each of the candidates. Of those in `readied` the act is an awaited call that makes ready what was set:
 * who has found it before that ended was given what was not ready, whatever came of it.
 */
export function seenEarly(path: readonly MachineEvent[], candidates: ReadonlySet<number>, readied: ReadonlySet<number>): StaleAct[] {
  if (candidates.size === 0) return [];
  let setters: Setter[] = [];
  const found = new Map<number, StaleAct>();
  const tell = (s: Setter, event: number, serial: number): void => {
    const { candidate } = s;
    if (s.seen === null || found.has(candidate)) return;
    found.set(candidate, {
      candidate,
      checkEvent: s.event,
      interferenceEvent: s.seen.event,
      actEvent: event,
      actSerial: serial,
      lane: s.lane,
      remoteLane: s.seen.access.lane,
      check: s.check,
      interference: s.seen.access,
      early: true,
      ...(readied.has(candidate) ? { anyway: 'early' as const } : {}),
    });
  };
  inOrder(
    path,
    ({ watch, lane, serial }, index) => {
      if (watch.role !== 'act') return;
      for (const s of setters) {
        if (s.candidate !== watch.candidate || s.lane !== lane) continue;
        if (s.isSet) s.begun ??= { event: index, serial };
        if (!readied.has(s.candidate)) tell(s, index, serial);
      }
    },
    (access, index) => {
      const { lane, location } = access;
      for (const { watch } of access.marks ?? []) {
        const { candidate, role } = watch;
        if (!candidates.has(candidate) || role !== 'check' || access.kind === AccessKind.Write) continue;
        const isHere = (s: Setter): boolean => s.candidate === candidate && s.location === location;
        for (const s of setters) if (isHere(s) && s.lane !== lane && s.isSet) s.seen ??= { event: index, access };
        setters = setters.filter((s) => !isHere(s) || s.lane !== lane);
        setters.push({ candidate, location, lane, event: index, check: access, isSet: false, seen: null, begun: null });
      }
      if (access.kind === AccessKind.Read || !access.changed) return;
      for (const s of setters) if (s.location === location && s.lane === lane) s.isSet = true;
    },
  );
  // It is ready when the call that makes it so has ended: when the one that waits for it goes on.
  for (const s of setters) {
    const { seen, begun } = s;
    if (!readied.has(s.candidate) || seen === null || begun === null) continue;
    const end = path.findIndex((e, at) => at > Math.max(seen.event, begun.event) && e.lane === s.lane);
    if (end >= 0) tell(s, end, begun.serial);
  }
  return [...found.values()];
}
