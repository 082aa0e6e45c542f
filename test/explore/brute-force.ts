/**
 * What the explorers are checked against: every interleaving of a small program, one by one, and
 * the Mazurkiewicz trace of each, computed from the events alone. Nothing here shares code with the
 * explorers.
 */

import type { Execution } from '../../src/core/explore/event-log.ts';
import { AccessKind, type SystemEvent } from '../../src/core/explore/system.ts';
import type { Model } from './model.ts';

/** Events of an observed execution. */
export function eventsOf(execution: Execution): SystemEvent[] {
  return Array.from({ length: execution.length }, (_, index) => execution.eventAt(index));
}

/** A text that two executions have in common iff they are equivalent. */
export function traceOf(events: readonly SystemEvent[]): string {
  const before: Set<number>[] = [];
  const lastOf = new Map<number, number>();
  const bornAt = new Map<number, number>();
  const ordinals = new Map<number, number>();
  const names: string[] = [];
  events.forEach((event, index) => {
    const mine = new Set<number>();
    const include = (other: number | undefined): void => {
      if (other !== undefined) {
        mine.add(other);
        for (const earlier of before[other] as Set<number>) {
          mine.add(earlier);
        }
      }
    };
    include(lastOf.get(event.process) ?? bornAt.get(event.process));
    for (const process of event.joined) {
      include(lastOf.get(process) ?? bornAt.get(process));
    }
    for (let other = 0; other < index; other++) {
      if (conflict(events[other] as SystemEvent, event)) {
        include(other);
      }
    }
    before.push(mine);
    const ordinal = (ordinals.get(event.process) ?? 0) + 1;
    ordinals.set(event.process, ordinal);
    names.push(`${event.process}.${ordinal}.${event.alternative}`);
    lastOf.set(event.process, index);
    for (const child of event.spawned) {
      bornAt.set(child, index);
    }
  });
  return events
    .map((_, index) => {
      const earlier = [...(before[index] as Set<number>)].map((other) => names[other]).sort();
      return `${names[index]}<${earlier.join(' ')}`;
    })
    .sort()
    .join('; ');
}

function conflict(a: SystemEvent, b: SystemEvent): boolean {
  return a.accesses.some((x) =>
    b.accesses.some((y) => x.location === y.location && (x.kind !== AccessKind.Read || y.kind !== AccessKind.Read)),
  );
}

export interface Enumeration {
  interleavings: number;
  /** Final state and stuck processes of each trace. */
  traces: Map<string, string>;
  /** Fewest context switches, and fewest preemptions, with which each trace can be executed. */
  fewestSwitches: Map<string, number>;
  fewestPreemptions: Map<string, number>;
}

/** The final state of a system and who is stuck in it. */
export function endOf(system: Model): string {
  const stuck = system.blocked().map((operation) => operation.process);
  return `${system.outcome()} stuck: ${stuck.join(',')}`;
}

/** All interleavings; null when there are more than `limit`. */
export function enumerate(system: Model, limit: number): Enumeration | null {
  const result: Enumeration = {
    interleavings: 0,
    traces: new Map(),
    fewestSwitches: new Map(),
    fewestPreemptions: new Map(),
  };
  const events: SystemEvent[] = [];
  const visit = (switches: number, preemptions: number): boolean => {
    const enabled = [...system.enabled()];
    if (enabled.length === 0) {
      const trace = traceOf(events);
      result.interleavings++;
      result.traces.set(trace, endOf(system));
      keepLeast(result.fewestSwitches, trace, switches);
      keepLeast(result.fewestPreemptions, trace, preemptions);
      return result.interleavings < limit;
    }
    const last = events.at(-1)?.process;
    for (const process of enabled) {
      const switched = last !== undefined && last !== process;
      const preempted = switched && enabled.includes(last);
      const alternatives = system.alternatives(process);
      for (let alternative = 0; alternative < alternatives; alternative++) {
        events.push(structuredClone(system.step(process, alternative)));
        const more = visit(switches + (switched ? 1 : 0), preemptions + (preempted ? 1 : 0));
        events.pop();
        system.undo();
        if (!more) {
          return false;
        }
      }
    }
    return true;
  };
  return visit(0, 0) ? result : null;
}

function keepLeast(map: Map<string, number>, key: string, value: number): void {
  const known = map.get(key);
  if (known === undefined || value < known) {
    map.set(key, value);
  }
}
