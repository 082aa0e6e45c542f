/** Walking statements: control dependence, early exits, loops, try, critical sections. */
import { derivedSpan } from '../../program/exchange.ts';
import { isAssertion, neverReturns, neverReturnsInScripts } from '../../program/never-returns.ts';
import { handlesConflict } from '../../program/database-verbs.ts';
import { isolates } from './database.ts';
import type { Expr, Handler, Span, Stmt } from '../../program/program.ts';
import { acquire, block, read, release, suspend } from './events.ts';
import { iterated, iteratedExpr } from './iterations.ts';
import { lockText } from './calls.ts';
import { evalExpr, evalReference, evalTest, readContents } from './expressions.ts';
import { entryOf } from './listings.ts';
import { assign, remove } from './targets.ts';
import {
  type Act,
  type Control,
  type Flow,
  type Gap,
  type Loop,
  type Read,
  type Walk,
  copyFlow,
  joinFlows,
  nothing,
  union,
} from './state.ts';

export function walkBody(w: Walk, body: readonly Stmt[]): void {
  for (const s of body) {
    if (w.dead) break;
    w.statement = s.span;
    walkStmt(w, s);
  }
}

/** Walks two branches under a test and joins them. A branch that leaves makes the rest depend on the test. */
function branch(w: Walk, controls: readonly Control[], first: () => void, second: () => void): void {
  const before = w.flow.controls;
  const start = copyFlow(w.flow);
  const exits = w.returns.length + w.raised;
  const run = (body: () => void): { flow: Flow; dead: boolean; left: readonly Control[] } => {
    w.flow.controls = [...before, ...controls];
    w.dead = false;
    body();
    const known = new Set([...before, ...controls]);
    return { flow: w.flow, dead: w.dead, left: w.flow.controls.filter((c) => !known.has(c)) };
  };
  const a = run(first);
  w.flow = start;
  const b = run(second);
  // A way out somewhere inside depends on the test, too, whatever is asked there.
  const leaves = a.dead || b.dead || a.left.length > 0 || b.left.length > 0 || w.returns.length + w.raised > exits;
  const after = [...before, ...(leaves ? controls : []), ...a.left, ...b.left].slice(-24);
  if (a.dead && b.dead) {
    w.dead = true;
    return;
  }
  w.dead = false;
  w.flow = a.dead ? b.flow : b.dead ? a.flow : joinFlows(a.flow, b.flow, after);
  w.flow.controls = after;
}

/** `assert(!this.closed)`: what follows relies on it; `invariant()`: nothing follows. Says whether it is one. */
function assertion(w: Walk, e: Expr): boolean {
  if (w.info.language !== 'javascript' || e.kind !== 'call' || !isAssertion(w.info.text(e.callee.span))) return false;
  const [test, ...rest] = e.args;
  // Nothing holds: `invariant()` where a build has taken the words out.
  if (test === undefined && e.callee.kind === 'name') w.dead = true;
  if (test?.kind !== 'positional') return false;
  const controls = evalTest(w, test.value);
  for (const { value } of rest) evalExpr(w, value);
  w.flow.controls = [...w.flow.controls, ...controls].slice(-24);
  return true;
}

function endsCaller(w: Walk, callee: Expr): boolean {
  const name = w.info.qualified(callee);
  if (w.info.language === 'python') return neverReturns.test(name ?? '');
  return neverReturnsInScripts.test(name ?? w.info.text(callee.span));
}

function walkStmt(w: Walk, s: Stmt): void {
  switch (s.kind) {
    case 'expr':
      if (assertion(w, s.value)) return;
      evalExpr(w, s.value);
      if (s.value.kind === 'call' && endsCaller(w, s.value.callee)) w.dead = true;
      return;
    case 'assign': {
      if (s.value.kind === 'function' || s.value.kind === 'class') {
        if (s.targets.every((t) => t.kind === 'name')) return;
      }
      const value = evalExpr(w, s.value);
      for (const t of s.targets) assign(w, t, value, s.span, s.value);
      return;
    }
    case 'if': {
      const controls = evalTest(w, s.test);
      w.waitTests.push({ span: s.test.span, controls, inLoop: false });
      let waited: Gap | null = null;
      branch(
        w,
        controls,
        () => {
          const before = w.flow.suspended;
          const acts = w.acts.length;
          walkBody(w, s.then);
          const changed = w.acts
            .slice(acts)
            .some((a) => a.kind !== 'use' && controls.some((c) => c.read.place.key === a.place.key) && !bringsUpToDate(w, a, s.span));
          if (!w.dead && !changed && w.flow.suspended !== before) waited = w.flow.suspended;
        },
        () => walkBody(w, s.else),
      );
      w.waitTests.pop();
      if (waited !== null && s.else.length === 0) waitedFor(w, s.test.span, controls, waited);
      return;
    }
    case 'while':
      walkWhile(w, s);
      return;
    case 'for':
      walkFor(w, s);
      return;
    case 'forEach':
      walkForEach(w, s);
      return;
    case 'block':
      if (s.label === null) walkBody(w, s.body);
      else withLoop(w, s.label, false, () => walkBody(w, s.body));
      return;
    case 'switch': {
      const value = evalExpr(w, s.discriminant);
      const controls: Control[] = value.reads.map((r) => ({
        read: r,
        shape: 'value',
        span: inside(r, s.discriminant) ? s.discriminant.span : r.span,
        source: 'test',
      }));
      withLoop(w, s.label, false, () => {
        const before = w.flow.controls;
        const start = copyFlow(w.flow);
        let end: Flow | null = s.cases.some((c) => c.test === null) ? null : copyFlow(start);
        let previous: Flow | null = null;
        for (const c of s.cases) {
          w.flow = previous === null ? copyFlow(start) : joinFlows(copyFlow(start), previous, before);
          w.flow.controls = [...before, ...controls];
          w.dead = false;
          if (c.test !== null) evalExpr(w, c.test);
          walkBody(w, c.body);
          previous = w.dead ? null : w.flow;
        }
        if (previous !== null) end = end === null ? previous : joinFlows(end, previous, before);
        w.dead = end === null;
        if (end !== null) w.flow = { ...end, controls: before };
      });
      return;
    }
    case 'break':
    case 'continue': {
      const loop = [...w.loops].reverse().find((l) => (s.label === null ? l.isLoop || s.kind === 'break' : l.label === s.label));
      if (loop !== undefined) (s.kind === 'break' ? loop.breaks : loop.continues).push(copyFlow(w.flow));
      w.dead = true;
      return;
    }
    case 'return': {
      const awaitsCall = s.value?.kind === 'call' && w.info.language === 'javascript';
      const value =
        s.value === null
          ? nothing
          : evalExpr(w, awaitsCall && s.value !== null ? { kind: 'await', span: s.value.span, value: s.value } : s.value);
      w.returns.push({ flow: copyFlow(w.flow), value, controls: w.flow.controls });
      w.dead = true;
      return;
    }
    case 'raise':
      if (s.value !== null) evalExpr(w, s.value);
      w.raised++;
      w.dead = true;
      return;
    case 'try':
      walkTry(w, s);
      return;
    case 'with':
      walkWith(w, s);
      return;
    case 'delete':
      for (const t of s.targets) remove(w, t, s.span);
      return;
    case 'assert': {
      const controls = evalTest(w, s.test);
      w.flow.controls = [...w.flow.controls, ...controls].slice(-24);
      return;
    }
    case 'collect':
      if (s.key !== null) evalExpr(w, s.key);
      {
        const value = evalExpr(w, s.value);
        w.returns.push({ flow: copyFlow(w.flow), value: { ...nothing, reads: value.reads }, controls: w.flow.controls });
      }
      return;
    default:
      return;
  }
}

/** What is called before a test, and again when the wait is over: `self._prune(now)`, `self._refill()`. */
function bringsUpToDate(w: Walk, a: Act, test: Span): boolean {
  const called = /^(?:this|self)\.(\w+)\(/.exec(w.info.text(a.span))?.[0];
  return called !== undefined && w.info.text({ start: w.fn.span.start, end: test.start }).includes(called);
}

/** `if (busy) await idle;`: goes on as if what it waited for still held. */
function waitedFor(w: Walk, test: Span, controls: readonly Control[], gap: Gap): void {
  if (w.later.length > 0 || w.mode !== 'loop' || controls.length === 0 || w.openWaits.some((x) => x.wait === gap.span)) return;
  const wait = { fn: w.fn, test, reads: controls.map((c) => c.read), wait: gap.span, act: null, isCondition: false };
  w.facts.waits.push(wait);
  w.openWaits.push(wait);
}

function inside(r: Read, e: Expr): boolean {
  return r.span.start >= e.span.start && r.span.end <= e.span.end;
}

function withLoop(w: Walk, label: string | null, isLoop: boolean, body: (loop: Loop) => void): void {
  const loop: Loop = { label, breaks: [], continues: [], isLoop };
  w.loops.push(loop);
  const before = w.flow.controls;
  body(loop);
  w.loops.pop();
  for (const f of loop.breaks) {
    w.flow = w.dead ? f : joinFlows(w.flow, f, before);
    w.dead = false;
  }
  if (!isLoop) w.flow = { ...w.flow, controls: before };
}

/** One turn of a loop body; the flow at its end is that of the next turn's start. */
function turn(w: Walk, loop: Loop, body: () => void, before: readonly Control[]): boolean {
  body();
  let flow = w.dead ? null : w.flow;
  for (const f of loop.continues) flow = flow === null ? f : joinFlows(flow, f, before);
  loop.continues = [];
  if (flow === null) return false;
  w.dead = false;
  w.flow = { ...flow, controls: before };
  return true;
}

/** Nested loops are walked twice only at the outer two levels. */
function turns(w: Walk): number {
  return w.loopDepth <= 2 ? 2 : 1;
}

function walkWhile(w: Walk, s: Extract<Stmt, { kind: 'while' }>): void {
  const before = w.flow.controls;
  w.loopDepth++;
  withLoop(w, s.label, true, (loop) => {
    let controls: Control[] = [];
    let again = true;
    const endless = s.test.kind === 'const';
    if (s.testAfter) again = turn(w, loop, () => walkBody(w, s.body), before);
    for (let i = 0; i < turns(w) && again; i++) {
      controls = evalTest(w, s.test);
      w.waitTests.push({ span: s.test.span, controls, inLoop: true });
      w.flow.controls = [...before, ...controls];
      again = turn(w, loop, () => walkBody(w, s.body), before);
      w.waitTests.pop();
    }
    if (again && !endless) controls = evalTest(w, s.test);
    w.dead = endless;
    if (!again) w.flow = { ...w.flow, controls: before };
    w.flow = { ...w.flow, controls: [...before, ...controls].slice(-24) };
    if (!w.dead) walkBody(w, s.orElse);
  });
  w.loopDepth--;
}

function walkFor(w: Walk, s: Extract<Stmt, { kind: 'for' }>): void {
  walkBody(w, s.init);
  const before = w.flow.controls;
  w.loopDepth++;
  withLoop(w, s.label, true, (loop) => {
    let again = true;
    for (let i = 0; i < turns(w) && again; i++) {
      const controls = s.test === null ? [] : evalTest(w, s.test);
      const start = w.flow.suspended;
      w.flow.controls = [...before, ...controls];
      again = turn(w, loop, () => walkBody(w, s.body), before);
      if (again && s.update !== null) evalExpr(w, s.update);
      // `for (i = 0; i < xs.length; i++)` with a gap in the body.
      const measured = controls.find((c) => c.read.shape === 'size')?.read;
      if (i === 0 && measured !== undefined && s.test !== null)
        iterated(w, measured, s.test.span, s.test.span, start?.time ?? 0, s.body[0]?.span ?? s.span);
    }
    if (again && s.test !== null) evalTest(w, s.test);
    w.dead = s.test === null;
    w.flow = { ...w.flow, controls: before };
  });
  w.loopDepth--;
}

function walkForEach(w: Walk, s: Extract<Stmt, { kind: 'forEach' }>): void {
  const { e, copy } = iteratedExpr(w, s.iterable);
  const value = copy ? evalExpr(w, s.iterable) : readContents(w, e);
  const source = copy ? null : (value.reads[value.reads.length - 1] ?? null);
  const before = w.flow.controls;
  // `for key in list(table):`: the keys are taken to be there until they are used.
  const shape = copy && w.info.language === 'python' ? 'membership' : 'value';
  const controls: Control[] = value.reads.map((r) => ({ read: r, shape, span: r.span, source: 'test' }));
  const since = source?.time ?? 0;
  w.loopDepth++;
  withLoop(w, s.label, true, (loop) => {
    let again = true;
    for (let i = 0; i < turns(w) && again; i++) {
      if (s.isAsync) suspend(w, s.iterable.span);
      w.flow.controls = [...before, ...controls].slice(-24);
      const element =
        value.place === null
          ? null
          : {
              ...value.place,
              path:
                value.place.path.length < 4
                  ? [...value.place.path, { kind: 'item' as const, text: '…', literal: false }]
                  : value.place.path,
            };
      const entry = {
        ...nothing,
        reads: value.reads,
        place: s.target.kind === 'name' ? element : null,
        ...entryOf(w, value, s.target.span),
      };
      assign(w, s.target, entry, s.target.span);
      again = turn(w, loop, () => walkBody(w, s.body), before);
      if (i === 0 && source !== null) iterated(w, source, s.iterable.span, s.target.span, since, s.body[0]?.span ?? s.span);
    }
    w.dead = false;
    w.flow = { ...w.flow, controls: before };
    walkBody(w, s.orElse);
  });
  w.loopDepth--;
}

function walkTry(w: Walk, s: Extract<Stmt, { kind: 'try' }>): void {
  const before = w.flow.controls;
  const start = copyFlow(w.flow);
  const attempts: Control[] = [];
  w.tries.push(attempts);
  // A handler for a row that is there already says that a constraint keeps a second one out.
  const constrained = s.handlers.some((h) => handlesConflict.test(w.info.text(h.span)));
  if (constrained) acquire(w, 'db:constraint', derivedSpan(w.fn, s.span.start, s.span.start));
  walkBody(w, s.body);
  if (constrained) release(w, 'db:constraint');
  w.tries.pop();
  let end: Flow | null = w.dead ? null : w.flow;
  const bodyEnd = w.dead ? w.flow : copyFlow(w.flow);
  if (end !== null && s.orElse.length > 0) {
    walkBody(w, s.orElse);
    end = w.dead ? null : w.flow;
  }
  const isLeft = end === null;
  let left: readonly Control[] = end?.controls ?? before;
  for (const h of s.handlers) {
    w.flow = joinFlows(copyFlow(start), copyFlow(bodyEnd), before);
    // The exception may come before or after a gap of the body; values read there are as of the read.
    w.flow.controls = [
      ...before,
      ...attempts
        .filter((c) => {
          const { kind } = c.read.place.root;
          return c.shape === 'absence' ? isNameError(w, h) : kind === 'file' || kind === 'table' || isLookupError(w, h);
        })
        .slice(-6),
    ];
    w.dead = false;
    if (h.target !== null) assign(w, h.target, nothing, h.span);
    walkBody(w, h.body);
    if (!w.dead) {
      end = end === null ? w.flow : joinFlows(end, w.flow, before);
      left = union(
        left,
        // Where the body leaves otherwise, what comes after is there for what failed.
        w.flow.controls.filter((c) => c.source === 'test' || isLeft),
      );
    }
  }
  w.dead = end === null;
  w.flow = end === null ? w.flow : { ...end, controls: left.slice(-24) };
  if (s.finalizer !== null) {
    const dead = w.dead;
    w.dead = false;
    if (dead) w.flow = { ...bodyEnd, controls: before };
    walkBody(w, s.finalizer);
    w.dead = dead || w.dead;
    // Locks given back there are given back on the way out as well.
    for (const r of w.returns) r.flow.held = r.flow.held.filter((h) => w.flow.held.some((x) => x.lock === h.lock));
  }
}

/** What is caught says that an attribute or a variable has no value yet. */
function isNameError(w: Walk, h: Handler): boolean {
  return w.info.language === 'python' && h.type !== null && /AttributeError|NameError/.test(w.info.text(h.type.span));
}

function isLookupError(w: Walk, h: Handler): boolean {
  return (
    w.info.language === 'python' &&
    (h.type === null ||
      /KeyError|IndexError|LookupError|AttributeError|NameError|DoesNotExist|NotFound|\bException\b|StopIteration/.test(
        w.info.text(h.type.span),
      ))
  );
}

function walkWith(w: Walk, s: Extract<Stmt, { kind: 'with' }>): void {
  const taken: string[] = [];
  for (const item of s.items) {
    const text = w.info.text(item.context.span);
    const transaction = isolates(text);
    const lockable = item.context.kind === 'name' || item.context.kind === 'attr' || item.context.kind === 'index';
    const viaGetter = item.context.kind === 'call' && !transaction ? lockCallText(w, item.context) : null;
    const lock = transaction ? 'db:transaction' : lockable ? lockText(w, item.context) : viaGetter;
    if (lock !== null) {
      if (item.context.kind === 'call') evalExpr(w, item.context);
      if (s.isAsync) suspend(w, item.context.span);
      else block(w, item.context.span);
      acquire(w, lock, item.context.span);
      taken.push(lock);
      continue;
    }
    const value = evalExpr(w, item.context);
    if (s.isAsync) suspend(w, item.context.span);
    if (item.target !== null) assign(w, item.target, { ...value, made: true }, item.target.span);
  }
  walkBody(w, s.body);
  const dead = w.dead;
  for (const lock of taken) release(w, lock);
  w.dead = dead;
}

/** `with self.get_lock(key):`, `with redis.lock('x'):`, `with lock.read():`. */
function lockCallText(w: Walk, e: Extract<Expr, { kind: 'call' }>): string | null {
  const text = w.info.text(e.span);
  if (!/lock|mutex/i.test(w.info.text(e.callee.span))) return null;
  if (/^(threading|asyncio)\.(Lock|RLock)\(\)/.test(text)) return null;
  return `call:${text}`;
}

export { evalReference, read };
