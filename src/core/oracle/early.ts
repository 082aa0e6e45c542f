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
  /** Where its act began, after that. */
  begun: { event: number; serial: number } | null;
}

/**
 * The first such act of each of the candidates. Of those in `readied` the act is an awaited call that makes ready what was set:
 * who has found it before that ended was given what was not ready, whatever came of it.
 */
export function seenEarly(
  path: readonly MachineEvent[],
  candidates: ReadonlySet<number>,
  readied: ReadonlySet<number> = new Set(),
): StaleAct[] {
  if (candidates.size === 0) return [];
  /** By candidate and location: who looked there. */
  const setters = new Map<string, Setter[]>();
  const found = new Map<number, StaleAct>();
  const tell = (candidate: number, s: Setter, event: number, serial: number): void => {
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
  const act = (candidate: number, lane: number, event: number, serial: number): void => {
    for (const [key, all] of setters) {
      if (!key.startsWith(`${candidate}:`)) continue;
      for (const s of all) {
        if (s.lane !== lane) continue;
        if (s.isSet) s.begun ??= { event, serial };
        if (!readied.has(candidate)) tell(candidate, s, event, serial);
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
          { lane: access.lane, event: index, check: access, isSet: false, seen: null, begun: null },
        ]);
      }
      if (access.kind === AccessKind.Read || !access.changed) return;
      for (const [key, all] of setters)
        if (key.endsWith(`:${access.location}`)) for (const s of all) if (s.lane === access.lane) s.isSet = true;
    },
  );
  // It is ready when the call that makes it so has ended: when the one that waits for it goes on.
  for (const candidate of readied) {
    for (const [key, all] of setters) {
      if (!key.startsWith(`${candidate}:`)) continue;
      for (const s of all) {
        const { seen, begun } = s;
        if (seen === null || begun === null) continue;
        const end = path.findIndex((e, at) => at > Math.max(seen.event, begun.event) && e.lane === s.lane);
        if (end >= 0) tell(candidate, s, end, begun.serial);
      }
    }
  }
  return [...found.values()];
}
