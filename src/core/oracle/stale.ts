/**
 * The stale act: an act reached through a check whose input another context changed in the gap.
 * Of the triples (local, remote, local) on one location those with a remote write between check and
 * act are unserialisable (Lu, Tucek, Qin, Zhou: AVIO, ASPLOS 2006).
 */
import { AccessKind } from '../explore/system.ts';
import type { Frame } from '../machine/frame.ts';
import type { Machine, MachineAccess, Mark, Watch } from '../machine/machine.ts';
import type { Lane } from '../machine/process.ts';
import type { MachineEvent } from '../machine/system.ts';
import { HeapObject, Opaque, type Value } from '../machine/values.ts';
import type { Code, Instruction } from '../machine/code.ts';
import type { Module, Span } from '../program/program.ts';
import { ENDING } from '../machine/endings.ts';
import { entersTogether, type Written } from './entered.ts';
import { successors } from './way.ts';

export interface StaleAct {
  candidate: number;
  /** Indices into the path. */
  checkEvent: number;
  interferenceEvent: number;
  actEvent: number;
  /** Instruction number at which the act was reached. */
  actSerial: number;
  lane: number;
  remoteLane: number;
  check: Pick<MachineAccess, 'serial'>;
  interference: MachineAccess;
  /**
   * Wrong although a serial order may give its outcome: an older request's answer stored over a newer one's,
   * gone on from a wait for what was no longer so, gone in by a flag that another held up,
   * given what was not ready yet, or put there after another had ended it.
   */
  anyway?: 'overtaken' | 'woken' | 'entered' | 'early' | 'late';
  /** The other one did not change what was checked: it found it set, before what it stands for was there. */
  early?: true;
  /** What was there is nothing by now, and the act threw, whoever caught that. */
  fell?: true;
  /** The other one came before the check, which did not tell: no stale act, but not free of the race, either. */
  isBefore?: true;
}

export interface WatchedSite {
  candidate: number;
  module: Module;
  check: Span;
  act: Span;
  /** Where the act happens inside an asynchronous call. */
  inside?: readonly (Span & { module?: Module })[];
  /** Where a check that is not met waits. */
  wait?: Span;
  /** Where the values the check looks at were read, when that was before: `const cached = map.get(k)`. */
  inputs?: readonly Span[];
  /** Where others end what the act puts there. */
  ends?: readonly Span[];
  /** Where the copies that the check looks at were taken, once for all calls: `const [open, setOpen] = useState(false)`. */
  copies?: readonly Span[];
}

/** Puts watches on the instructions of each candidate's check and act. */
export function watch(m: Machine, codes: readonly Code[], sites: readonly WatchedSite[]): void {
  const own = codes.filter((code) => !code.internal);
  for (const code of own) for (const i of code.instructions) i.watch = null;
  m.copying.clear();
  for (const site of sites) {
    const { candidate, check, act, inputs = [], inside = [], copies = [], ends = [] } = site;
    const there = own.filter((code) => code.module === site.module);
    const contained = within(check, act) && act.end - act.start > check.end - check.start;
    const order = ends.length > 0 ? m.adopt(new Order()) : undefined;
    const begin: Watch = { candidate, role: 'begin', ...(order ? { order } : {}) };
    inputs.forEach((span, i) => mark(there, span, { candidate, role: 'check' }, contained || i > 0 ? null : begin));
    // `fs.stat(path, (error) => fs.mkdir(path))`: the act in what the check calls back is no part of the check.
    const before = there.filter(({ fn }) => !(within(act, fn.span) && within(fn.span, check)));
    mark(before, check, { candidate, role: 'check' }, contained || inputs.length > 0 ? null : begin);
    // What is handed on inside an act, to be called later, is not the act.
    const acting = there.filter(({ fn }) => !within(fn.span, act));
    mark(acting, act, { candidate, role: 'act' }, contained ? begin : null);
    markEnds(acting, act, { candidate, role: 'acted' });
    const codesOf = (module: Module): Code[] => (module === site.module ? there : own.filter((code) => code.module === module));
    for (const span of inside) markEnds(codesOf(span.module ?? site.module), span, { candidate, role: 'acted' });
    for (const span of copies)
      for (const i of instructionsOf(there, span).flat()) m.copying.set(i, [...(m.copying.get(i) ?? []), { candidate, role: 'copied' }]);
    if (site.wait) mark(there, site.wait, { candidate, role: 'wait' }, null);
    for (const span of inside) mark(codesOf(span.module ?? site.module), span, { candidate, role: 'act' }, null);
    for (const span of ends) mark(there, span, { candidate, role: 'end', ...(order ? { order } : {}) }, null);
  }
  m.watching = sites.length > 0;
}

/** Stands for the order in which a candidate begins to wait and others end what it will put there. */
class Order extends HeapObject {
  readonly type = 'order';
  override shared = true;
  references(): void {
    // Nothing.
  }
}

function within(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function mark(codes: readonly Code[], span: Span, each: Watch, first: Watch | null): void {
  for (const instructions of instructionsOf(codes, span)) {
    let begun = first === null;
    for (const i of instructions) {
      i.watch = begun || first === null ? [...(i.watch ?? []), each] : [...(i.watch ?? []), first, each];
      begun = true;
    }
  }
}

/** The instructions after which control leaves a span, other than by an exception. */
function markEnds(codes: readonly Code[], span: Span, each: Watch): void {
  for (const found of instructionsOf(codes, span)) {
    const inSpan = new Set(found);
    for (const { instructions } of codes) {
      instructions.forEach((i, at) => {
        if (!inSpan.has(i)) return;
        const onward = successors(i, at);
        if (onward.length > 0 && onward.every((to) => inSpan.has(instructions[to] as Instruction))) return;
        i.watch = [...(i.watch ?? []), each];
      });
    }
  }
}

/** Those within a span, by code; where there is none (`x.f` in `x.f()` is looked up by the call), the closest around it. */
function instructionsOf(codes: readonly Code[], span: Span): Instruction[][] {
  const inSpan = codes.map(({ instructions }) => instructions.filter((i) => within(i.span, span))).filter((found) => found.length > 0);
  if (inSpan.length > 0) return inSpan;
  const around = codes.flatMap(({ instructions }) => instructions.filter((i) => within(span, i.span)));
  const least = Math.min(...around.map(({ span }) => span.end - span.start));
  return [around.filter(({ span }) => span.end - span.start === least)];
}

interface Checked {
  /** Of the call that checked. */
  frame: Frame;
  event: number;
  access: MachineAccess;
}

/** Marks and accesses of an execution in the order in which they happened; `event` is the index into the path. */
export function inOrder(
  path: readonly MachineEvent[],
  onMark: (mark: Mark, event: number) => void,
  onAccess: (access: MachineAccess, event: number) => void,
): void {
  path.forEach(({ marks, accesses }, index) => {
    let next = 0;
    const marksUpTo = (position: number): void => {
      for (let mk = marks[next]; mk && mk.position <= position; mk = marks[++next]) onMark(mk, index);
    };
    accesses.forEach((access, position) => {
      marksUpTo(position);
      onAccess(access, index);
    });
    marksUpTo(Number.MAX_SAFE_INTEGER);
  });
}

/**
 * Every stale act of an execution: the first of each candidate. A callback that acts may have a lane of its own:
 * what led to it was checked on the lane that began it. Acts of the candidates in `changing` are changes: one that turns
 * out to change nothing (`UPDATE … WHERE version = ?` that finds no row) has not been done. Those in `sets` put there
 * themselves what they use later: that counts where it is nothing by then, and they fail. Those in `own` put there themselves
 * what they go on with: their check is a write. What those in `awaited` check is what they wait for.
 */
export function staleActs(
  path: readonly MachineEvent[],
  lanes: readonly Pick<Lane, 'by'>[],
  changing: ReadonlySet<number> = new Set(),
  sets: ReadonlySet<number> = new Set(),
  own: ReadonlySet<number> = new Set(),
  awaited: ReadonlySet<number> = new Set(),
): StaleAct[] {
  const checks = new Map<number, Map<Frame, Map<number, Checked>>>();
  const writes = new Map<number, Written[]>();
  const found = new Map<number, StaleAct>();
  /** Uses of what had been closed already when it was checked. */
  const before = new Map<number, StaleAct>();
  /** What the check of each saw, and what changed it. */
  const evidence = new Map<StaleAct, { seen: MachineAccess; remote: Written }>();
  const readsOf = (candidate: number, frame: Frame): Map<number, Checked> => {
    let frames = checks.get(candidate);
    if (!frames) checks.set(candidate, (frames = new Map()));
    let reads = frames.get(frame);
    if (!reads) frames.set(frame, (reads = new Map()));
    return reads;
  };
  /** The same by lane: check and act may be in callbacks, each with a frame of its own. */
  const byLane = new Map<string, Map<number, Checked>>();
  const readsOfLane = (candidate: number, lane: number): Map<number, Checked> => {
    const key = `${candidate}:${lane}`;
    let reads = byLane.get(key);
    if (!reads) byLane.set(key, (reads = new Map()));
    return reads;
  };
  /** Rows or files that a candidate has looked at, whose acts are changes of them. */
  const looked = new Map<number, Set<number>>();
  const happens = (candidate: number, a: MachineAccess): boolean => {
    const rows = looked.get(candidate);
    return rows === undefined || (a.kind !== AccessKind.Read && rows.has(a.location));
  };
  /** What the code that a lane runs has copies of. */
  const copied = new Map<string, Map<number, Checked>>();
  const act = (w: Watch, frame: Frame, lane: number, event: number, serial: number, lowered: number | null = null): void => {
    if (found.has(w.candidate)) return;
    const own = checks.get(w.candidate)?.get(frame) ?? byLane.get(`${w.candidate}:${lane}`);
    if (own && actOn(own, (other) => other !== lane, w, lane, event, serial, lowered)) return;
    actFor(w, lane, own !== undefined, event, serial);
  };
  /** The same for what was checked, or copied, by the lane that began this one. */
  const actFor = (w: Watch, lane: number, isChecked: boolean, event: number, serial: number): void => {
    const line = lineOf(lane, lanes);
    for (const from of line) {
      const own = from === lane || isChecked ? undefined : byLane.get(`${w.candidate}:${from}`);
      const reads = own ?? copied.get(`${w.candidate}:${from}`);
      const isRemote = (other: number): boolean => !line.includes(other) && !lineOf(other, lanes).includes(from);
      if (reads && actOn(reads, isRemote, w, lane, event, serial)) return;
    }
  };
  const actOn = (
    reads: ReadonlyMap<number, Checked>,
    isRemote: (lane: number) => boolean,
    w: Watch,
    lane: number,
    event: number,
    serial: number,
    lowered: number | null = null,
  ): boolean => {
    for (const [location, checked] of reads) {
      if (!isLater(event, serial, checked.event, checked.access.serial)) continue;
      const since = checked.access.serial;
      const remote = writes
        .get(location)
        ?.find(
          (x) =>
            isLater(x.event, x.access.serial, checked.event, since) &&
            isRemote(x.access.lane) &&
            x.access.lane !== checked.access.lane &&
            (x.access.changed || (location === lowered && x.access.value === true)) &&
            (!sets.has(w.candidate) || x.access.value == null),
        );
      if (!remote) continue;
      const stale: StaleAct = {
        candidate: w.candidate,
        checkEvent: checked.event,
        interferenceEvent: remote.event,
        actEvent: event,
        actSerial: serial,
        lane,
        remoteLane: remote.access.lane,
        check: checked.access,
        interference: remote.access,
      };
      found.set(w.candidate, stale);
      evidence.set(stale, { seen: checked.access, remote });
      return true;
    }
    return false;
  };
  /** A use of what another context has closed since it was checked (`../machine/endings.ts`). */
  const useOf = (w: Watch, frame: Frame, a: MachineAccess, event: number): void => {
    const own = checks.get(w.candidate)?.get(frame) ?? byLane.get(`${w.candidate}:${a.lane}`);
    const [checked] = own?.values() ?? [];
    if (found.has(w.candidate) || checked === undefined || a.kind !== AccessKind.Read || a.value !== true) return;
    const isRemote = (other: number): boolean => other !== a.lane;
    if (actOn(new Map([[a.location, checked]]), isRemote, w, a.lane, event, a.serial)) return;
    const closed = writes.get(a.location)?.findLast((x) => isRemote(x.access.lane));
    if (closed === undefined) return;
    const { access: check } = checked;
    const at = { checkEvent: checked.event, interferenceEvent: closed.event, actEvent: event, actSerial: a.serial };
    before.set(w.candidate, {
      ...{ ...at, candidate: w.candidate, lane: a.lane, remoteLane: closed.access.lane, check, interference: closed.access },
      isBefore: true,
    });
  };
  const fallen: { candidate: number; lane: number; event: number; serial: number }[] = [];
  inOrder(
    path,
    (mk, index) => {
      if (mk.watch.role === 'fell') fallen.push({ candidate: mk.watch.candidate, lane: mk.lane, event: index, serial: mk.serial });
      if (mk.watch.role === 'act' && !looked.has(mk.watch.candidate)) act(mk.watch, mk.frame, mk.lane, index, mk.serial);
      else if (mk.watch.role === 'begin') {
        checks.get(mk.watch.candidate)?.delete(mk.frame);
        // Another call on the same lane checks something of its own: `mkdirs(parent, () => mkdir(path))`.
        const reads = readsOfLane(mk.watch.candidate, mk.lane);
        for (const [location, { frame }] of reads) if (frame === mk.frame) reads.delete(location);
      }
    },
    (a, index) => {
      if (a.marks) {
        for (const k of a.marks) {
          if (k.watch.role !== 'act') continue;
          if (happens(k.watch.candidate, a)) act(k.watch, k.frame, a.lane, index, a.serial, loweredBy(a));
          if (a.object.type === ENDING) useOf(k.watch, k.frame, a, index);
        }
        for (const k of a.marks) {
          // Nobody looks at a promise: who waits for one goes on when it is settled.
          const looks = a.kind !== AccessKind.Write || sets.has(k.watch.candidate) || own.has(k.watch.candidate);
          // Whoever waits for the promise that is there waits for that one, whatever takes its place.
          if (awaited.has(k.watch.candidate) && a.kind === AccessKind.Read && isAwaitable(a.value)) continue;
          if (k.watch.role === 'check' && looks && a.object.type !== 'promise') {
            readsOf(k.watch.candidate, k.frame).set(a.location, { frame: k.frame, event: index, access: a });
            readsOfLane(k.watch.candidate, a.lane).set(a.location, { frame: k.frame, event: index, access: a });
            if (changing.has(k.watch.candidate) && a.object.outside(() => '', a.key) !== null)
              looked.set(k.watch.candidate, (looked.get(k.watch.candidate) ?? new Set()).add(a.location));
          }
          if (k.watch.role === 'copied') {
            const key = `${k.watch.candidate}:${a.lane}`;
            const reads = copied.get(key) ?? new Map<number, Checked>();
            copied.set(key, reads.set(a.location, { frame: k.frame, event: index, access: a }));
          }
        }
      }
      if (a.kind !== AccessKind.Read) {
        let list = writes.get(a.location);
        if (!list) writes.set(a.location, (list = []));
        list.push({ event: index, access: a });
      }
    },
  );
  const early = [...before.values()].filter(({ candidate }) => !found.has(candidate));
  const stale = [...found.values()].map((stale) => {
    const { seen, remote } = evidence.get(stale) as { seen: MachineAccess; remote: Written };
    const there = writes.get(seen.location) ?? [];
    const isAct = ({ access: a, event }: Written): boolean =>
      a.lane === stale.lane && event === stale.actEvent && a.serial >= stale.actSerial && marksAct(a, stale.candidate);
    if (entersTogether(seen.value, remote, there.find(isAct), there)) return { ...stale, anyway: 'entered' as const };
    const fell = fallen.some(
      (e) => e.candidate === stale.candidate && e.lane === stale.lane && !isLater(stale.actEvent, stale.actSerial, e.event, e.serial),
    );
    return stale.interference.value == null && fell ? { ...stale, fell: true as const } : stale;
  });
  return [...stale.filter((s) => !sets.has(s.candidate) || s.fell === true), ...early];
}

/** Where a flag that was up is let down: whoever raised it again since it was looked at is not heard, though that changed nothing. */
function loweredBy(a: MachineAccess): number | null {
  return a.kind !== AccessKind.Read && a.changed && a.value === false ? a.location : null;
}

function isAwaitable(value: Value): boolean {
  if (value instanceof Opaque) return value.promise !== null || value.from?.kind === 'call';
  if (!(value instanceof HeapObject)) return false;
  return value.type === 'promise' || ('cls' in value && /^(?:Future|Task)$/.test((value.cls as { name?: string } | null)?.name ?? ''));
}

function marksAct(access: MachineAccess, candidate: number): boolean {
  return access.marks?.some(({ watch: w }) => w.candidate === candidate && w.role === 'act') === true;
}

/** A lane, the one that began it, the one that began that. */
export function lineOf(lane: number, lanes: readonly Pick<Lane, 'by'>[]): number[] {
  const line: number[] = [];
  for (let at: number | null = lane; at !== null && !line.includes(at); at = lanes[at]?.by ?? null) line.push(at);
  return line;
}

/**
 * Did the first happen after the second? Numbers of instructions compare only within one step: a step
 * may be remembered from another execution.
 */
export function isLater(event: number, serial: number, otherEvent: number, otherSerial: number): boolean {
  return event !== otherEvent ? event > otherEvent : serial > otherSerial;
}

/**
 * Answers that overtook each other: of two contexts that ask for something and store the answer in one
 * place, the one that asked first stores last. What was asked must differ (`askedFor`): two answers to
 * one question may come in any order.
 */
export function staleResponses(
  path: readonly MachineEvent[],
  candidates: ReadonlySet<number>,
  askedFor: (lane: number) => string,
): StaleAct[] {
  if (candidates.size === 0) return [];
  interface Asked {
    event: number;
    serial: number;
  }
  const asked = new Map<string, Asked>();
  /** The latest answer stored, by candidate and location. */
  const stored = new Map<string, { asked: Asked; lane: number; event: number; access: MachineAccess }>();
  const found = new Map<number, StaleAct>();
  const ask = (w: Watch, lane: number, event: number, serial: number): void => {
    if (w.role === 'begin' && candidates.has(w.candidate)) asked.set(`${w.candidate}:${lane}`, { event, serial });
  };
  inOrder(
    path,
    (mk, index) => ask(mk.watch, mk.lane, index, mk.serial),
    (a, index) => {
      for (const k of a.marks ?? []) {
        const { candidate, role } = k.watch;
        if (!candidates.has(candidate)) continue;
        ask(k.watch, a.lane, index, a.serial);
        const own = asked.get(`${candidate}:${a.lane}`);
        if (role !== 'act' || a.kind !== AccessKind.Write || !own) continue;
        const key = `${candidate}:${a.location}`;
        const last = stored.get(key);
        if (
          last !== undefined &&
          last.lane !== a.lane &&
          isLater(last.asked.event, last.asked.serial, own.event, own.serial) &&
          a.changed &&
          !found.has(candidate) &&
          (askedFor(a.lane) !== askedFor(last.lane) || askedFor(a.lane) === '')
        )
          found.set(candidate, {
            candidate,
            checkEvent: own.event,
            interferenceEvent: last.event,
            actEvent: index,
            actSerial: a.serial,
            lane: a.lane,
            remoteLane: last.lane,
            check: { serial: own.serial },
            interference: last.access,
            anyway: 'overtaken',
          });
        stored.set(key, { asked: own, lane: a.lane, event: index, access: a });
      }
    },
  );
  return [...found.values()];
}
