/**
 * Unknown objects that have been closed (`conn.close()`, by name: `../program/lifecycle-names.ts`). What is called on one
 * afterwards is another call to the outside world than the same before: most libraries refuse it. Asked for only
 * where a candidate uses what it took before a gap (`Machine.tellsEnds`).
 */
import { endsForGood, isAboutEnd } from '../program/lifecycle-names.ts';
import type { Machine } from './machine.ts';
import { HeapObject, Opaque, type OutsidePlace, type Value } from './values.ts';

/** Type of the objects that stand for whether another is closed. */
export const ENDING = 'ending';

class Ending extends HeapObject {
  readonly type = ENDING;
  /** What was called to end it, as it is told: `close`. */
  by: string | null = null;
  constructor(name: string) {
    super();
    this.label = name;
  }
  references(): void {
    // Only a text.
  }
  /** That it is closed is told by the calls that made it so. */
  override changes(): [string, Value][] {
    return [];
  }
  override outside(show: (value: Value) => string): OutsidePlace {
    return { kind: 'value', name: this.label ?? '', value: this.by !== null, tell: show };
  }
}

const CLOSED = 'closed';
/** How far back an object is followed to the one it is a part of, or came from. */
const furthest = 4;

function endingOf(m: Machine, o: Opaque): Ending {
  const found = m.observe(`ending ${String(o.id)}`, () => new Ending(`${o.name} is closed`));
  if (o.shared && !found.shared) m.share(found);
  return found;
}

/** What it is a part of, or what it was asked of: `conn` of `conn.channel`, and of `conn.open("x")`. */
function originOf({ from }: Opaque): Opaque | null {
  const of = from?.kind === 'part' ? from.of : from?.kind === 'call' && from.callee.from?.kind === 'part' ? from.callee.from.of : null;
  return of instanceof Opaque ? of : null;
}

/**
 * A call of an unknown method: what is to be told of it because its object was closed before (`' after close'`), or
 * nothing; null when the step has to end first.
 */
export function afterEnd(m: Machine, f: Opaque): string | null {
  const { from } = f;
  if (!m.tellsEnds || from?.kind !== 'part' || !(from.of instanceof Opaque) || from.of.model !== null) return '';
  const { of, name } = from;
  if (of.shared && m.mustStop()) return null;
  if (endsForGood(name)) {
    const ending = endingOf(m, of);
    if (ending.by === null) {
      m.trail.set(ending, 'by', name);
      m.write(ending, CLOSED, true, false);
    }
    return '';
  }
  if (isAboutEnd(name)) return '';
  let at: Opaque | null = of;
  for (let steps = 0; at !== null && steps < furthest; steps++, at = originOf(at)) {
    const ending = endingOf(m, at);
    m.read(ending, CLOSED, ending.by !== null);
    if (ending.by !== null) return ` after ${ending.by}`;
  }
  return '';
}
