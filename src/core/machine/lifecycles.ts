/**
 * Unknown objects that are up or not (`client.isOpen`, `container.running`) and are brought there by their own
 * methods (`../program/lifecycle-names.ts`). Whether one was up before is asked once; a call that is waited for
 * takes effect when it completes, any other at once.
 */
import { lifecycleOf, lifecycleQuestion, lifecycleVerb } from '../program/lifecycle-names.ts';
import { isBroughtByScript } from '../program/script-names.ts';
import { STOP } from './language.ts';
import type { Machine } from './machine.ts';
import type { Errand, Lane } from './process.ts';
import { HeapObject, Opaque, type OutsidePlace, type Value } from './values.ts';

class Lifecycle extends HeapObject {
  readonly type = 'lifecycle';
  /** As the source has it: `client.isOpen`. */
  readonly name: string;
  isUp: boolean | null = null;
  constructor(name: string) {
    super();
    this.name = name;
    this.label = name;
  }
  references(): void {
    // Only a truth value.
  }
  /** That it is up is no outcome by itself: the calls that made it so are. */
  override changes(): [string, Value][] {
    return [];
  }
  override outside(show: (value: Value) => string): OutsidePlace {
    return { kind: 'value', name: this.name, value: this.isUp, tell: show };
  }
}

/** A call under way that will have changed whether an object is up. */
export class Bringing extends HeapObject {
  readonly type = 'bringing';
  readonly of: Lifecycle;
  readonly isUp: boolean;
  readonly errand: Errand;
  readonly lane: Lane;
  constructor(of: Lifecycle, isUp: boolean, errand: Errand, lane: Lane) {
    super();
    this.of = of;
    this.isUp = isUp;
    this.errand = errand;
    this.lane = lane;
  }
  references(visit: (value: Value) => void): void {
    visit(this.of);
  }
}

const UP = 'up';

/** Of `o.part`, called or read as the place says that is running. */
function lifecycle(m: Machine, o: Opaque, part: string, isCall: boolean): Lifecycle | null {
  const at = o.model === null ? m.where() : null;
  if (at === null) return null;
  const text = at.module.text.slice(at.span.start, at.span.end);
  const written = new RegExp(`([\\w$]{1,60})[?!]?\\.${part}\\b(\\s*\\()?`).exec(text);
  const name = written === null || (written[2] !== undefined) !== isCall ? null : lifecycleOf(at.module, written[1] ?? '');
  if (name === null) return null;
  const found = m.observe(`lifecycle ${String(o.id)}`, () => new Lifecycle(name));
  if (o.shared && !found.shared) m.share(found);
  return found;
}

/** What `o.part`, or a call of it, says of whether the object is up: STOP when that must be asked first, undefined when it says nothing of it. */
export function whetherUp(m: Machine, o: Opaque, part: string, isCall: boolean): boolean | typeof STOP | undefined {
  const isUp = lifecycleQuestion(part, isCall);
  const of = isUp === null ? null : lifecycle(m, o, part, isCall);
  if (of === null) return undefined;
  if (of.shared && m.mustStop()) return STOP;
  if (of.isUp === null) {
    const answer = m.chooseOnce(`up ${String(o.id)}`, `${of.name} was ${isUp === true ? 'true' : 'false'} before`, ['no', 'yes']);
    if (answer < 0) return STOP;
    m.trail.set(of, 'isUp', answer === 1);
  }
  m.assume(`\`${of.name}\` is not known; what changes it was told by the names of the methods that are called`);
  m.noteBound('lifecycle', `\`${of.name}\` is a model: whether it is up was told by names`);
  m.peeked = true;
  m.read(of, UP, of.isUp);
  return of.isUp === isUp;
}

/**
 * Whether a global of the page is there that a script brings (`../program/script-names.ts`): STOP when that must be asked
 * first, undefined for any other part of an unknown object.
 */
export function broughtByScript(m: Machine, o: Opaque, part: string): boolean | typeof STOP | undefined {
  const at = o.name === 'window' ? m.where() : null;
  if (at === null || !isBroughtByScript(at.module, part)) return undefined;
  const name = `window.${part}`;
  const of = m.observe(`${scripted}${name}`, () => new Lifecycle(name));
  if (!of.shared) m.share(of);
  if (m.mustStop()) return STOP;
  if (of.isUp === null) {
    const answer = m.chooseOnce(`there ${name}`, `${name} was there before`, ['no', 'yes']);
    if (answer < 0) return STOP;
    m.trail.set(of, 'isUp', answer === 1);
  }
  m.assume(`\`${name}\` is taken to be there as soon as a script that the file puts into the page has been loaded`);
  m.peeked = true;
  m.read(of, UP, of.isUp);
  return of.isUp ?? false;
}

const scripted = 'script ';

/** A script has been loaded that somebody put into the page: what it brings counts, and shows, where that was done. */
export function scriptLoaded(m: Machine, errand: Errand, lane: Lane): void {
  for (const [id, of] of m.observed)
    if (id.startsWith(scripted) && of instanceof Lifecycle) brought(m, m.adopt(new Bringing(of, true, errand, lane)));
}

/** The same of a call of an unknown function. */
export function answersUp(m: Machine, { from }: Opaque): boolean | typeof STOP | undefined {
  return from?.kind === 'part' && from.of instanceof Opaque ? whetherUp(m, from.of, from.name, true) : undefined;
}

/** The change that a call of an unknown function makes when it is such a method; null when it is not, 'stop' before its step. */
export function bringing(m: Machine, f: Opaque): Bringing | 'stop' | null {
  const { from } = f;
  if (from?.kind !== 'part' || !(from.of instanceof Opaque)) return null;
  const isUp = lifecycleVerb(from.name);
  const of = isUp === null ? null : lifecycle(m, from.of, from.name, true);
  if (of === null || isUp === null) return null;
  if (of.shared && m.mustStop()) return 'stop';
  m.peeked = true;
  return m.adopt(new Bringing(of, isUp, m.errand(), m.fiber?.lane ?? m.process.lane));
}

/** The change of a call that nobody waits for: now. */
export function bring(m: Machine, { of, isUp }: Bringing): void {
  const before = of.isUp;
  m.trail.set(of, 'isUp', isUp);
  m.write(of, UP, isUp, before ?? !isUp);
}

/** The call has completed, in a turn of its own; its effect counts, and shows, where it was begun. */
export function brought(m: Machine, change: Bringing): void {
  const { fiber } = m;
  m.fiber = m.createFiber(change.lane);
  m.fiber.worksFor = change.errand;
  m.serial++;
  m.tracer?.instruction(m.fiber, null);
  bring(m, change);
  m.fiber = fiber;
}

/** Is the call a statement, with nobody to use what it gives? */
export function isByItself(m: Machine): boolean {
  const top = m.fiber?.top;
  const i = top?.code.instructions[top.pc - 1];
  if (top === undefined || top === null || i === undefined) return false;
  const { text } = top.code.module;
  return text.slice(i.statement.start, i.statement.end).replace(/;\s*$/, '') === text.slice(i.span.start, i.span.end);
}
