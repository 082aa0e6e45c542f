/**
 * Put there too late: a context waits for something and puts it where another, called meanwhile, has ended what is there
 * (`stop()` closes `this.socket`): there was nothing yet, and what is there afterwards nobody ends. As with answers that
 * overtake each other, the one that was called first has the last word.
 */
import { AccessKind } from '../explore/system.ts';
import type { MachineAccess } from '../machine/machine.ts';
import type { Lane } from '../machine/process.ts';
import type { MachineEvent } from '../machine/system.ts';
import { inOrder, isLater, lineOf, type StaleAct } from './stale.ts';

/** Objects whose accesses say who runs when, and nothing of the program's state. */
const schedules = new Set(['event loop', 'promise', 'order']);

interface Begun {
  event: number;
  serial: number;
}

/** Another context has ended what is at a location, or found nothing there to end. */
interface Ended {
  candidate: number;
  lane: number;
  event: number;
  access: MachineAccess;
}

/** What was put there too late, as long as nobody has seen to it. `line`: the lane and those that began it. */
interface Open {
  late: StaleAct;
  location: number;
  line: readonly number[];
}

/** The first such act of each of the candidates that is still so in the end. */
export function putLate(path: readonly MachineEvent[], lanes: readonly Pick<Lane, 'by'>[], candidates: ReadonlySet<number>): StaleAct[] {
  if (candidates.size === 0) return [];
  /** Where each began to wait; one that goes on after it has waited comes by there again. */
  const begun: (Begun & { candidate: number; lane: number })[] = [];
  const ended: Ended[] = [];
  /** By location, who changed it and when. */
  const changed = new Map<number, { lane: number; event: number; serial: number }[]>();
  let open: Open[] = [];
  const acted: { candidate: number; lane: number; event: number }[] = [];
  /** Where it began to wait, before something was ended. */
  const askedBefore = (end: Ended, line: readonly number[]): Begun | undefined =>
    begun.findLast(
      (b) => b.candidate === end.candidate && line.includes(b.lane) && isLater(end.event, end.access.serial, b.event, b.serial),
    );
  /** Who looked at anything that one who ended it had changed: it goes on all the same, or ends it itself. */
  const told: { lane: number; line: readonly number[] }[] = [];
  const looksAround = (access: MachineAccess, event: number): void => {
    const line = lineOf(access.lane, lanes);
    for (const lane of new Set(ended.map((e) => e.lane)))
      if (!line.includes(lane) && changedBy(lane, access, event)) told.push({ lane, line });
  };
  const changedBy = (lane: number, { location, serial }: MachineAccess, event: number): boolean =>
    changed.get(location)?.some((c) => c.lane === lane && isLater(event, serial, c.event, c.serial)) === true;
  inOrder(
    path,
    ({ watch, lane, serial }, event) => {
      if (watch.role === 'begin' && candidates.has(watch.candidate)) begun.push({ candidate: watch.candidate, lane, event, serial });
    },
    (a, event) => {
      const { lane, location, serial } = a;
      const line = lineOf(lane, lanes);
      const marks = (a.marks ?? []).filter(({ watch }) => candidates.has(watch.candidate));
      for (const { watch } of marks)
        if (watch.role === 'begin') begun.push({ candidate: watch.candidate, lane, event, serial });
        else if (watch.role === 'end') ended.push({ candidate: watch.candidate, lane, event, access: a });
      const isWrite = a.kind !== AccessKind.Read;
      // Somebody sees to what is there after all; what it has started itself, a timer set again, does not.
      const isOther = (o: Open): boolean => isWrite && !o.line.includes(lane) && !line.includes(o.late.lane);
      open = open.filter((o) => o.location !== location || !(marks.some(({ watch }) => watch.role === 'end') || isOther(o)));
      if (isWrite && a.changed) changed.set(location, [...(changed.get(location) ?? []), { lane, event, serial }]);
      else if (!isWrite && !schedules.has(a.object.type)) looksAround(a, event);
      for (const { watch } of marks) {
        const { candidate, role } = watch;
        if (role !== 'act' || !isWrite) continue;
        const end = ended.findLast((e) => e.candidate === candidate && e.access.location === location && !line.includes(e.lane));
        const asked = end && askedBefore(end, line);
        if (!asked || open.some((o) => o.late.candidate === candidate)) continue;
        // What it put there before that has been ended.
        if (acted.some((e) => e.candidate === candidate && line.includes(e.lane) && e.event > asked.event && e.event < event)) continue;
        const late: StaleAct = {
          candidate,
          checkEvent: asked.event,
          interferenceEvent: end.event,
          actEvent: event,
          actSerial: serial,
          lane,
          remoteLane: end.lane,
          check: { serial: asked.serial },
          interference: end.access,
          anyway: 'late',
        };
        open.push({ late, location, line });
        acted.push({ candidate, lane, event });
      }
    },
  );
  return open.flatMap(({ late }) => (told.some((t) => t.lane === late.remoteLane && t.line.includes(late.lane)) ? [] : [late]));
}
