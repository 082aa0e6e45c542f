/** Emitting reads, acts, gaps and lock operations, and pairing acts with the checks they rely on. */
import type { Span } from '../../program/program.ts';
import { asksForEnd, endsByName, isAboutEnd } from '../../program/lifecycle-names.ts';
import type { ReadShape } from '../models/model.ts';
import { goesOnWithOwn, ownOf, usesOwn } from './own.ts';
import { readiesEntry } from './ready.ts';
import { notePromise } from './promises.ts';
import { isCopy } from './targets.ts';
import { makerName } from '../module-info.ts';
import { isOfClass } from '../class-attributes.ts';
import { type Place, mayOverlap, placeText, sameContainer, samePlace } from '../shared.ts';
import {
  type Act,
  type ActKind,
  type Acted,
  type CheckShape,
  type Control,
  type Gap,
  type Held,
  type Mode,
  type Pair,
  type Read,
  type Value,
  type Walk,
  nothing,
  ownText,
  tick,
} from './state.ts';

const maxFacts = 4000;
const maxHanded = 60;

export function read(
  w: Walk,
  place: Place,
  span: Span,
  shape: ReadShape,
  keyText: string | null = null,
  viaCall = false,
  held: readonly Held[] = w.flow.held,
): Read {
  // What a component was rendered with was there before its handlers and effects began.
  const time = isCopy(place) ? 0 : tick();
  const r: Read = { place, span, shape, time, held, keyText, viaCall };
  if (w.dead) return r;
  if (w.reads.length < maxFacts) w.reads.push(r);
  w.facts.reads.push({ fn: currentFn(w), read: r, quiet: isQuietAt(w, r.place) });
  const tries = w.tries[w.tries.length - 1];
  if (
    tries !== undefined &&
    (shape === 'element' || shape === 'lookup' || viaCall || place.root.kind === 'file' || place.root.kind === 'table')
  )
    tries.push({ read: r, shape: 'membership', span, source: 'exception' });
  // `try: self._lock / except AttributeError`: it is missing.
  else if (tries !== undefined && shape === 'value' && place.path.length === 0 && isNamed(place))
    tries.push({ read: r, shape: 'absence', span, source: 'exception' });
  return r;
}

/** An attribute or a variable of the module. */
function isNamed({ root }: Place): boolean {
  return root.kind === 'attribute' || root.kind === 'global';
}

/** The module body before anything was started: nobody can interfere. */
export function isQuiet(w: Walk): boolean {
  const { kind, name } = w.fn;
  return (
    ((kind === 'module' || kind === 'classBody') && !w.flow.spawned) ||
    kind === 'constructor' ||
    kind === 'initializer' ||
    makerName(w.info, w.fn) !== null ||
    (name === '__init__' && w.fn.owner !== null)
  );
}

/** The same of one place: while an object is being made it alone is its maker's, not files, rows or what all objects share. */
function isQuietAt(w: Walk, { root, base }: Place): boolean {
  if (!isQuiet(w)) return false;
  const { kind } = w.fn;
  if (kind === 'module' || kind === 'classBody') return true;
  // `Monitor.instance = …`: the class is asked by its name, and is there before any of its objects.
  if (root.kind === 'attribute' && w.info.globalClasses.has(base)) return false;
  return root.kind === 'variable' || (root.kind === 'attribute' && !isOfClass(w.info, root.owner, root.name));
}

/** The function whose text is being walked: an inline callback, or the function itself. */
export function currentFn(w: Walk): Walk['fn'] {
  return w.later[w.later.length - 1] ?? w.fn;
}

export function suspend(w: Walk, span: Span): void {
  if (w.dead) return;
  w.flow.suspended = { time: tick(), span, previous: w.flow.suspended };
  if (w.firstSuspension === Infinity) w.firstSuspension = w.flow.suspended.time;
}

export function block(w: Walk, span: Span): void {
  if (w.dead) return;
  w.flow.blocked = { time: tick(), span, previous: w.flow.blocked };
}

export function acquire(w: Walk, lock: string, span: Span): void {
  if (w.dead) return;
  const held: Held = { lock, id: tick(), span };
  for (const outer of w.flow.held)
    if (!outer.lock.startsWith('db:')) if (w.later.length === 0) w.facts.orders.push({ fn: w.fn, outer, inner: held, held: w.flow.held });
  w.flow.held = [...w.flow.held, held];
}

export function release(w: Walk, lock: string): void {
  const at = w.flow.held.map((h) => h.lock).lastIndexOf(lock);
  if (at >= 0) w.flow.held = w.flow.held.filter((_, i) => i !== at);
}

/** Condition.wait: the lock is given back and taken again. */
export function reacquire(w: Walk): void {
  w.flow.held = w.flow.held.map((h) => ({ ...h, id: tick() }));
}

export interface ActOptions {
  inside?: Act['inside'];
  /** Not whatever way the function called takes. */
  maybe?: boolean;
  keyText?: string | null;
  value?: Value | null;
  raised?: boolean;
  guarded?: boolean;
  viaCall?: boolean;
  stale?: boolean;
  /** The name of the method called, for a use. */
  method?: string;
  held?: readonly Held[];
  own?: Acted['own'];
  /** In one step, but it is there from then on: `setdefault`. */
  puts?: true;
  /** In a call that is begun here and goes on by itself: what it stores late is found there. */
  begun?: true;
  /** Reads the target or key was computed from. */
  through?: readonly Read[];
  /** Time to compare gaps with, when the act began before its value was known. */
}

/** What was taken out is put there again: `idle.push(worker)` after `idle.pop()` relies on nothing. */
function givesBack(w: Walk, kind: ActKind, taken: Span): boolean {
  return kind === 'add' && /\.(?:pop|shift|popleft)\(\)\s*$/.test(w.info.text(taken));
}

export function act(w: Walk, kind: ActKind, place: Place, span: Span, options: ActOptions = {}): Act {
  const value = options.value ?? null;
  const a: Act = {
    kind,
    place,
    span,
    time: tick(),
    held: options.held ?? w.flow.held,
    keyText: options.keyText ?? null,
    value,
    raised: options.raised ?? (kind === 'assign' && /=\s*(?:true|True|1|!0)\s*;?\s*$/.test(w.info.text(span))),
    lowers: kind === 'assign' && /=\s*(?:false|False|0|!1|null|None|undefined)\s*;?\s*$/.test(w.info.text(span)) && wasRaised(w, place),
    guarded: options.guarded ?? false,
    viaCall: options.viaCall ?? false,
    stale: options.stale ?? false,
    inside: options.inside ?? [],
  };
  if (w.dead) return a;
  notePromise(w, kind, place, value);
  if (options.method !== undefined && !endsByName(options.method) && !isAboutEnd(options.method)) a.called = true;
  if (kind === 'assign' && w.mode === 'loop' && options.begun !== true) storedLate(w, a);
  if (kind !== 'use') {
    if (w.acts.length < maxFacts) w.acts.push(a);
    w.facts.acts.push({ fn: currentFn(w), act: a, quiet: isQuietAt(w, a.place) });
  } else if (w.acts.length < maxFacts) w.acts.push(a);
  for (const wait of w.openWaits)
    if (wait.act === null && kind !== 'use' && wait.reads.some((r) => r.place.key === place.key && !givesBack(w, kind, r.span)))
      wait.act = a;
  pairUp(w, a, options.through ?? []);
  if (kind !== 'use' && kind !== 'remove' && w.later.length === 0) setEarly(w, a);
  goesOnWithOwn(w, a);
  const own = kind === 'use' || isQuiet(w) ? null : (options.own ?? ownOf(w, kind, place, span));
  if (kind !== 'use' && (kind !== 'atomic' || own === 'emptied' || options.puts === true) && options.maybe !== true)
    w.flow.acted = {
      time: a.time,
      kind: options.puts === true ? 'set' : kind,
      place,
      keyText: a.keyText,
      literal: kind === 'assign' ? literalIn(w.info.text(span)) : null,
      span,
      made: kind === 'assign' && value?.made === true,
      raised: a.raised,
      held: a.held,
      own,
      previous: w.flow.acted,
    };
  if (kind === 'assign' || kind === 'set' || kind === 'update') storedAnswer(w, a);
  return a;
}

/** What an answer brought is stored. */
function storedAnswer(w: Walk, a: Act): void {
  const awaited = a.value?.awaited;
  if (awaited == null || w.later.length > 0) return;
  const rechecked = w.flow.controls.some(
    (c) => c.read.time > awaited.time && !saysMounted(c.read.place) && !comparesWith(w, c, a.place, a.span),
  );
  w.facts.awaited.push({
    fn: w.fn,
    place: a.place,
    request: awaited.span,
    reset: resetBefore(w, a.place, awaited.time),
    act: a,
    rechecked,
  });
}

/** An answer is given to an unknown object to hold: `chart.setData(rows)`. */
export function answered(w: Walk, at: Place, span: Span, value: Value): void {
  if (!w.dead && !isQuiet(w)) storedAnswer(w, { ...useOf(w, at, span), kind: 'assign', value });
}

/**
 * A callback calls what says that it is over (`stop() { this.stopped = true }`), as anybody may at any time: nothing there
 * relies on that it was not over when the callback was handed on.
 */
function isEnding(a: Act): boolean {
  const { root, path } = a.place;
  return a.viaCall && a.raised && root.kind === 'attribute' && path.length === 0 && asksForEnd(root.name.replace(/^#/, ''));
}

/** What is there is ended by a call. */
export function ends(w: Walk, at: Place, span: Span, by: string | null): void {
  if (!w.dead && w.facts.endings.length < maxFacts) w.facts.endings.push({ fn: currentFn(w), place: at, span, by });
}

/** What was made or given after a gap is stored, or what a timer makes when its time has come. */
function storedLate(w: Walk, a: Act): void {
  if (w.facts.stored.length >= maxFacts) return;
  if (w.later.length > 0) {
    if (w.timer !== null && a.value?.made === true) w.facts.stored.push({ fn: w.fn, gap: w.timer, act: a, isTimed: true });
    return;
  }
  const gap = a.value?.awaited?.span ?? (a.value?.made === true ? w.flow.suspended?.span : undefined);
  if (gap !== undefined && !isQuiet(w) && !asksState(w, gap, a)) w.facts.stored.push({ fn: w.fn, gap, act: a, isTimed: false });
}

/** After the gap a connection is asked whether it is still open: `if (socket.readyState !== WebSocket.OPEN) return;`. */
function asksState(w: Walk, gap: Span, { span }: Act): boolean {
  return (
    w.info.language === 'javascript' &&
    /\bif\s*\([^{};]*\.readyState\b/.test(w.info.text({ start: gap.end, end: Math.max(gap.end, span.start) }))
  );
}

function wasRaised(w: Walk, at: Place): boolean {
  for (let done = w.flow.acted; done !== null; done = done.previous) if (done.raised && samePlace(done.place, at)) return true;
  return false;
}

/** `if (this.token !== token) this.token = token` asks whether it is another one, not which was asked for last. */
function comparesWith(w: Walk, { read: r, span, shape }: Control, at: Place, assignment: Span): boolean {
  const stored = /=\s*([\w$]+)\s*;?\s*$/.exec(w.info.text(assignment))?.[1];
  if (stored === undefined) return false;
  if (r.place.root.kind === 'variable' && r.place.root.variable.name === stored && r.place.path.length === 0) return true;
  // The test is of what is stored, which may be what was there.
  const isOfStored = shape === 'value' && span.start === r.span.start && span.end === r.span.end;
  return samePlace(r.place, at) && (isOfStored || new Set(w.info.text(span).match(/(?<![\w$.])[\w$]+/g)).has(stored));
}

/** `setItems([])` before what they are to be is asked for. */
function resetBefore(w: Walk, at: Place, asked: number): Span | null {
  for (let done = w.flow.acted; done !== null; done = done.previous) if (done.time < asked && samePlace(done.place, at)) return done.span;
  return null;
}

/** Whether a component is still there says nothing of which of its requests was answered. */
function saysMounted(at: Place): boolean {
  const { root } = at;
  if (root.kind === 'attribute') return /mounted/i.test(root.name);
  return root.kind === 'variable' && /mounted/i.test(root.variable.name) && at.path.some((s) => s.kind === 'attr' && s.name === 'current');
}

function pairUp(w: Walk, a: Act, through: readonly Read[]): void {
  // Where nobody can interfere no rule asks what was checked.
  if (w.pairKeys.size > maxFacts || isQuietAt(w, a.place)) return;
  let { controls } = w.flow;
  if (a.kind === 'use' && w.mode === 'loop') controls = [...controls, ...setBefore(w, a)];
  if (a.kind === 'remove') controls = [...controls, ...putBefore(w, a)];
  // What was taken before a gap is thrown away after it, with whatever came meanwhile.
  if (a.kind === 'assign' && (w.flow.suspended !== null || (w.mode === 'threads' && w.flow.blocked !== null)))
    through = [...through, ...takenBefore(w, a), ...(w.info.text(a.span).match(leavesNothing) === null ? [] : handedBefore(w, a.place))];
  // What was copied is thrown away, with whatever came since.
  if (a.kind === 'assign') through = [...through, ...copiedBefore(w, a.place)];
  if (controls.length === 0 && through.length === 0 && (a.value === null || a.value.reads.length === 0)) return;
  const tight = controls.some((c) => c.source === 'test' && relies(c.read, a) && isTight(w, c.read, a));
  const data: Control[] = [...through, ...(a.value?.reads ?? [])].map((r) => ({ read: r, shape: 'value', span: r.span, source: 'test' }));
  const fresh = controls.filter((c) => c.source === 'test' && isTight(w, c.read, a));
  const isRechecked = (c: Control): boolean => fresh.some((f) => samePlace(f.read.place, c.read.place));
  const inside = w.later[w.later.length - 1]?.span;
  // Acted on already: what the check was for is done.
  const isSpent = ({ read: r, span }: Control): boolean => {
    for (let done = w.flow.acted; done !== null && done.time > r.time; done = done.previous)
      if (samePlace(done.place, r.place) && !isStillOpen(w.info.text(span), done.literal)) return true;
    return false;
  };
  const consider = (c: Control, via: Pair['via']): void => {
    const mode = modeAt(w, c.read.place);
    if (mode === 'loop' && isTight(w, c.read, a)) return;
    const related = relies(c.read, a);
    // What is tested again, with nothing in between, is no longer stale.
    if (a.guarded || (!isTight(w, c.read, a) && ((tight && related) || isRechecked(c)))) return;
    // A callback that runs later is walked on its own as well.
    if (inside !== undefined && c.read.span.start >= inside.start && a.span.end <= inside.end) return;
    if (via === 'control' && isSpent(c)) return;
    if (inside !== undefined && isEnding(a) && samePlace(c.read.place, a.place)) return;
    const isOther = a.kind === 'use' && !related;
    if (isOther && (via !== 'control' || a.called !== true || (w.mode !== 'loop' && w.info.language !== 'python'))) return;
    if (a.kind === 'use' && related && !useMatters(c, a)) return;
    const gap = gapBetween(w, c.read.time);
    const section = a.held.filter((h) => c.read.held.some((x) => x.id === h.id)).map((h) => h.lock);
    const split = a.held.length > 0 && c.read.held.length > 0 && section.length === 0;
    const key = `${String(c.span.start)}:${String(c.span.end)}:${String(a.span.start)}:${String(a.span.end)}:${via}:${a.place.key}:${a.kind}`;
    if (w.pairKeys.has(key)) return;
    w.pairKeys.add(key);
    const within = w.inner.findLast((f) => f.isAsync && f.span.start <= c.span.start && a.span.end <= f.span.end);
    (isOther ? w.facts.uses : w.facts.pairs).push({
      ...(within === undefined ? {} : { within }),
      fn: w.fn,
      read: c.read,
      check: c.span,
      shape: c.shape,
      via,
      act: a,
      gap: gap.suspended ?? gap.blocked,
      mode,
      split,
      section,
    });
  };
  // Of what one condition asks, what is acted on comes first: `if (this.plugins.some((p) => p.name === plugin.name))`.
  for (const c of controls) if (relies(c.read, a)) consider(c, 'control');
  for (const c of controls) consider(c, 'control');
  for (const c of data) consider(c, 'data');
}

/**
 * `this.context = new Context(); await load(); this.context.start()`: what was made before a gap is used after it. In a
 * `finally` it is what may have been made.
 */
function setBefore(w: Walk, a: Pick<Act, 'place'>): Control[] {
  for (let done = w.flow.acted; done !== null; done = done.previous)
    if (samePlace(done.place, a.place)) return done.made ? setAt(w, done) : [];
  const last = w.acts.findLast((x) => x.kind !== 'use' && samePlace(x.place, a.place));
  return last?.kind === 'assign' && last.value?.made === true && !last.viaCall ? setAt(w, last) : [];
}

/** `self.waiting[key] = future`, and after a gap `del self.waiting[key]`: it is taken to be there still. */
function putBefore(w: Walk, { place: at, keyText }: Act): Control[] {
  if (keyText === null || w.info.language !== 'python') return [];
  for (let done = w.flow.acted; done !== null; done = done.previous) {
    if (done.place.key !== at.key || done.place.base !== at.base || done.keyText !== keyText) continue;
    if (done.kind !== 'set' && done.kind !== 'add') return [];
    if (w.mode === 'loop' && gapBetween(w, done.time).suspended === null) return [];
    const { place, span, time, held } = done;
    const read: Read = { place, span, shape: 'membership', time, held, keyText, viaCall: false, isSet: true };
    return [{ read, shape: 'membership', span, source: 'test' }];
  }
  return [];
}

/** A part of what was made and set before a gap is looked at: `this.response.state` relies on `this.response`. */
export function useOfSet(w: Walk, at: Place, span: Span): void {
  usesOwn(w, at, span);
  const whole = { ...at, path: [] };
  if (w.mode === 'loop' && at.path.length > 0 && at.root.kind === 'attribute' && setBefore(w, { place: whole }).length > 0)
    act(w, 'use', whole, span);
}

function setAt(w: Walk, { place, span, time, held }: Pick<Act, 'place' | 'span' | 'time' | 'held'>): Control[] {
  if (gapBetween(w, time).suspended === null) return [];
  const read: Read = { place, span, shape: 'value', time, held, keyText: null, viaCall: false, isSet: true };
  return [{ read, shape: 'absence', span, source: 'test' }];
}

/** What was checked, found missing and set before a gap, when something else is done after it. */
function setEarly(w: Walk, a: Act): void {
  if (isQuiet(w)) return;
  const checked = new Set<string>();
  for (let set = w.flow.acted; set !== null; set = set.previous) {
    if ((!set.made && !set.raised) || samePlace(set.place, a.place) || checked.has(set.place.key)) continue;
    checked.add(set.place.key);
    const gap = gapBetween(w, set.time);
    if (w.mode === 'loop' && gap.suspended === null) continue;
    const check = foundMissing(w, set);
    // One critical section keeps everybody out until all is there.
    if (check === undefined || w.facts.early.length > maxFacts || set.held.some((h) => a.held.some((x) => x.id === h.id))) continue;
    w.facts.early.push({ fn: w.fn, check, set, act: a, gap: gap.suspended ?? gap.blocked });
  }
}

/** What led to its being set: a check that found it missing, with nothing in between. */
export function foundMissing(w: Walk, set: Acted): Control | undefined {
  return w.flow.controls.find(
    (c) =>
      c.source === 'test' &&
      (c.shape === 'absence' ||
        c.shape === 'value' ||
        (c.shape === 'membership' && set.kind === 'set' && c.read.keyText === set.keyText)) &&
      samePlace(c.read.place, set.place) &&
      c.read.time < set.time &&
      (w.mode === 'threads' || (firstAfter(w.flow.suspended, c.read.time)?.time ?? Infinity) > set.time),
  );
}

export const makesReady =
  /(?:^|[._])(?:connect|init|initiali[sz]e|start|open|load|set_?up|ready|prepare|authenticate|log_?in|boot|bootstrap|migrate|launch|listen)\w*$/i;

/**
 * `client = new Client(); await client.connect()`, where nothing was there before: the call that makes it ready. `callee`:
 * the text of what is called.
 */
export function makeReady(w: Walk, at: Place | null, span: Span, callee: string): void {
  if (w.mode !== 'loop' || w.later.length > 0 || isQuiet(w)) return;
  if (!/\bawait\s+$/.test(w.info.module.text.slice(Math.max(0, span.start - 8), span.start))) return;
  const object = callee.replace(/\??\.[\w$#]+$/, '');
  if (at === null && readiesEntry(w, object, span)) return;
  for (let set = w.flow.acted; set !== null; set = set.previous) {
    const [target = '', value = ''] = w.info.text(set.span).split(/\s=\s/);
    const isIt = at === null ? value.replace(/;$/, '') === object : samePlace(set.place, at);
    if (!set.made || !isIt) continue;
    const check = foundMissing(w, set);
    if (check === undefined) return;
    const isHandedOut = new RegExp(
      `\\breturn\\s+(?:${[target.trim(), object].map((t) => t.replace(/[^\w]/g, '\\$&')).join('|')})\\s*[;\\n}]`,
    );
    const readies = isHandedOut.test(ownText(w)) ? 'given' : makesReady.test(callee) ? 'ensured' : null;
    if (readies !== null)
      w.facts.early.push({ fn: w.fn, check, set, act: useOf(w, set.place, span), gap: { time: set.time, span, previous: null }, readies });
    return;
  }
}

export function useOf(w: Walk, at: Place, span: Span): Act {
  const none = { keyText: null, value: null, raised: false, lowers: false, guarded: false, viaCall: false, stale: false, inside: [] };
  return { kind: 'use', place: at, span, time: tick(), held: w.flow.held, ...none };
}

/** What an assignment sets when that is plain to see: a text, a number, a member of an enumeration. */
function literalIn(assignment: string): string | null {
  return /=\s*(["'`][\w .:-]*["'`]|-?\d+|[A-Z][\w$]*(?:\.[\w$]+)+)\s*;?\s*$/.exec(assignment)?.[1] ?? null;
}

/** The test compares with something other than what was set since: whoever comes then passes it as well. */
function isStillOpen(test: string, set: string | null): boolean {
  const compared = /(?:[!=]==?|\bis(?:\s+not)?)\s*(["'`][\w .:-]*["'`]|-?\d+|[A-Z][\w$]*(?:\.[\w$]+)+)\s*$/.exec(test)?.[1];
  const plain = (text: string): string => text.replace(/["'`]/g, '');
  return set !== null && compared !== undefined && plain(compared) !== plain(set);
}

const leavesNothing = /=\s*(?:\[\s*\]|\{\s*\}|new (?:Map|Set|Array)(?:<[^;]*>)?\(\s*\)|(?:dict|list|set|deque)\(\))\s*;?$/;

/** Locals that still hold an earlier value of what is assigned. */
function takenBefore(w: Walk, a: Act): Read[] {
  const found: Read[] = [];
  for (const value of w.flow.env.values()) {
    for (const r of value.reads) if (r.shape === 'value' && samePlace(r.place, a.place) && !found.includes(r)) found.push(r);
  }
  return found;
}

/** What has been read since is handed to a call. */
export function handedOver(w: Walk, { reads }: Value, since: number): void {
  for (const r of reads) if (r.time > since && r.shape === 'value' && !w.inTest && w.handed.length < maxHanded) w.handed.push(r);
}

/** What was handed to a call that takes its time, and is thrown away or emptied afterwards: `await send(this.queue); this.queue = []`. */
export function handedBefore(w: Walk, at: Place): Read[] {
  const isOver = (r: Read): boolean => {
    const { suspended, blocked } = gapBetween(w, r.time);
    return suspended !== null || (w.mode === 'threads' && blocked !== null);
  };
  return w.handed.filter((r) => samePlace(r.place, at) && isOver(r));
}

/** Copies, in locals of a Python thread, of what is replaced or emptied: `found = list(self.found)`. */
export function copiedBefore(w: Walk, at: Place): Read[] {
  const found: Read[] = [];
  if (w.mode !== 'threads' || w.info.language !== 'python') return found;
  for (const { reads, place } of w.flow.env.values())
    for (const r of reads) if (place === null && r.shape === 'value' && samePlace(r.place, at) && !found.includes(r)) found.push(r);
  return found;
}

/** Files are what other processes have, too, whatever loop this one runs: for a plain function of Python they are there at any time. */
function modeAt(w: Walk, { root }: Place): Mode {
  return root.kind === 'file' && w.info.language === 'python' && !isOnLoop(w.fn) ? 'threads' : w.mode;
}

function isOnLoop(fn: Walk['fn']): boolean {
  for (let f: Walk['fn'] | null = fn; f !== null; f = f.parent) if (f.isAsync || f.isGenerator) return true;
  return false;
}

/** Do check and act concern the same state? */
export function relies(r: Read, a: Act): boolean {
  return mayOverlap(r.place, a.place) || sameContainer(r.place, a.place);
}

/** A use is an act only when what was checked could make it fail. */
function useMatters(c: Control, a: Act): boolean {
  if (c.read.span.start === a.span.start && c.read.span.end === a.span.end) return false;
  if (c.shape === 'membership' || c.shape === 'emptiness')
    return a.place.path.length > c.read.place.path.length || a.keyText !== null || a.stale;
  return c.shape === 'absence' || a.stale || c.read.shape !== 'value';
}

/** Nothing can come between: no suspension on the event loop, one critical section among threads. */
function isTight(w: Walk, r: Read, a: Act): boolean {
  if (modeAt(w, r.place) === 'loop') return w.flow.suspended === null || w.flow.suspended.time <= r.time;
  return a.held.some((h) => r.held.some((x) => x.id === h.id));
}

/** The first gap after a time, on the path walked. */
export function gapBetween(w: Walk, since: number): { suspended: Gap | null; blocked: Gap | null } {
  return { suspended: firstAfter(w.flow.suspended, since), blocked: firstAfter(w.flow.blocked, since) };
}

export function firstAfter(gap: Gap | null, since: number): Gap | null {
  let found: Gap | null = null;
  for (let g = gap; g !== null && g.time > since; g = g.previous) found = g;
  return found;
}

/** Shape of the check a test makes with a read. */
export function checkShape(shape: ReadShape, test: 'truth' | 'null' | 'compare' | 'zero'): CheckShape {
  if (shape === 'membership') return 'membership';
  if (shape === 'size') return test === 'compare' ? 'value' : 'emptiness';
  if (test === 'compare') return 'value';
  if (test === 'zero') return 'value';
  return shape === 'lookup' || shape === 'element' ? 'membership' : 'absence';
}

export function isStale(w: Walk, value: Value): Read | null {
  for (const r of value.reads) if (firstAfter(w.flow.suspended, r.time) !== null) return r;
  return null;
}

export function valueOf(reads: readonly Read[]): Value {
  return reads.length === 0 ? nothing : { ...nothing, reads };
}

export function describe(p: Place): string {
  return placeText(p);
}
