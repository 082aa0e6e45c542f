/**
 * Seen too early: a context finds something missing, sets it, and does what it stands for only afterwards; another that
 * comes to the same check in between finds it set and goes on without. Of the triples (local, remote, local) this is the
 * remote read between two local writes (Lu, Tucek, Qin, Zhou: AVIO, ASPLOS 2006), of two locations.
 */
import { AccessKind } from '../explore/system.ts';
import type { MachineAccess } from '../machine/machine.ts';
import type { MachineEvent } from '../machine/system.ts';
import { inOrder, type StaleAct } from './stale.ts';

interface Setter {
  lane: number;
  event: number;
  check: MachineAccess;
  /** It has set what it found missing. */
  isSet: boolean;
  seen: { event: number; access: MachineAccess } | null;
}

/** The first such act of each of the candidates. */
export function seenEarly(path: readonly MachineEvent[], candidates: ReadonlySet<number>): StaleAct[] {
  if (candidates.size === 0) return [];
  /** By candidate and location: who looked there. */
  const setters = new Map<string, Setter[]>();
  const found = new Map<number, StaleAct>();
  const act = (candidate: number, lane: number, event: number, serial: number): void => {
    if (found.has(candidate)) return;
    for (const [key, all] of setters) {
      if (!key.startsWith(`${candidate}:`)) continue;
      for (const s of all) {
        if (s.lane !== lane || s.seen === null) continue;
        found.set(candidate, {
          candidate,
          checkEvent: s.event,
          interferenceEvent: s.seen.event,
          actEvent: event,
          actSerial: serial,
          lane,
          remoteLane: s.seen.access.lane,
          check: s.check,
          interference: s.seen.access,
          early: true,
        });
        return;
      }
    }
  };
  inOrder(
    path,
    ({ watch, lane, serial }, index) => {
      if (candidates.has(watch.candidate) && watch.role === 'act') act(watch.candidate, lane, index, serial);
    },
    (access, index) => {
      for (const { watch } of access.marks ?? []) {
        if (!candidates.has(watch.candidate) || watch.role !== 'check' || access.kind === AccessKind.Write) continue;
        const key = `${watch.candidate}:${access.location}`;
        const all = setters.get(key) ?? [];
        for (const s of all) if (s.lane !== access.lane && s.isSet) s.seen ??= { event: index, access };
        setters.set(key, [
          ...all.filter((s) => s.lane !== access.lane),
          { lane: access.lane, event: index, check: access, isSet: false, seen: null },
        ]);
      }
      if (access.kind === AccessKind.Read || !access.changed) return;
      for (const [key, all] of setters)
        if (key.endsWith(`:${access.location}`)) for (const s of all) if (s.lane === access.lane) s.isSet = true;
    },
  );
  return [...found.values()];
}
