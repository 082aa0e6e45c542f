/**
 * Walking calls: models of library functions, summaries of the module's own, methods of containers,
 * callbacks. A call of an own function acts at the call's span.
 */
import { runsAtOnce } from '../../program/guard-names.ts';
import { derivedSpan } from '../../program/exchange.ts';
import type { Arg, Expr, FunctionDef, Span, Variable } from '../../program/program.ts';
import type { Model } from '../models/model.ts';
import { handlesConflict } from '../../program/database-verbs.ts';
import { isSetterName } from '../../program/setter-names.ts';
import { movesFile } from '../../program/file-names.ts';
import { endsByName, endsWhatIsGiven } from '../../program/lifecycle-names.ts';
import { calleeName, isExportsObject, refName } from '../module-info.ts';
import { givesPath, pathType } from '../paths.ts';
import { type Place, type Root, type Step, place, rootKey, samePlace, step } from '../shared.ts';
import { noteHandled } from './builders.ts';
import { areaCall } from './areas.ts';
import { cellCall, cellRead } from './cells.ts';
import { clientStoreCall } from './client-stores.ts';
import { listing, listingOf } from './listings.ts';
import { usesOwn } from './own.ts';
import { databaseCall } from './database.ts';
import { lifecycleCall } from './lifecycles.ts';
import { storeCall } from './stores.ts';
import { scriptCall } from './scripts.ts';
import { subscribeCall } from './observables.ts';
import {
  act,
  acquire,
  answered,
  block,
  copiedBefore,
  ends,
  isStale,
  makeReady,
  read,
  release,
  reacquire,
  suspend,
  handedBefore,
  handedOver,
  useOfSet,
} from './events.ts';
import { attribute, evalExpr, evalReference, readContents } from './expressions.ts';
import { assign, type Setter, setterOf } from './targets.ts';
import { walkBody } from './statements.ts';
import { type Read, type Value, type Walk, copyFlow, joinFlows, nothing, tick, union } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

const lockName = /lock|mutex|semaphore|guard$|^sem$|_sem$|cond$|condition|monitor/i;

/** Is this expression a lock, by its type or, failing that, by its name? */
export function lockText(w: Walk, e: Expr): string | null {
  const value = evalReference(w, e);
  if (value.place === null) return lockName.test(w.info.text(e.span).split(/[.(]/).pop() ?? '') ? w.info.text(e.span) : null;
  const { type } = value;
  const known = type?.type === 'lock' || type?.type === 'Mutex' || type?.type === 'AsyncLock';
  const name = w.info.text(e.span);
  if (!known && (type !== null || !lockName.test(name))) return null;
  return `${value.place.key}${value.place.path.map((s) => (s.kind === 'attr' ? `.${s.name}` : `[${s.text}]`)).join('')}|${value.place.base}`;
}

export function evalCall(w: Walk, e: Call, awaited: boolean): Value {
  const { callee } = e;
  const stored = clientStoreCall(w, e);
  if (stored !== null) return stored;
  const held = cellRead(w, e);
  if (held !== null) return held;
  if (callee.kind === 'attr' || (callee.kind === 'optionalChain' && callee.value.kind === 'attr')) {
    return methodCall(w, e, callee.kind === 'attr' ? callee : (callee.value as Extract<Expr, { kind: 'attr' }>), awaited);
  }
  const target = evalReference(w, callee);
  if (callee.kind === 'name' && callee.ref.kind === 'variable') {
    const setter = setterOf(callee.ref.variable);
    if (setter !== null) return setWith(w, e, setter);
  }
  if (target.releases !== null) {
    release(w, target.releases);
    return nothing;
  }
  if (target.fn !== null) return callFunction(w, target.fn, evalArgs(w, e.args, 'later'), e.span, null, awaited, e.args);
  if (target.type?.cls != null && target.place === null) return construct(w, target.type.cls, e);
  // `this.unsubscribe()`, `stopWatching?.()`: what was given to be called in the end.
  if (target.place !== null && callee.kind === 'name' && endsByName(refName(callee.ref))) ends(w, target.place, e.span, null);
  const name = w.info.qualified(callee);
  const [given] = e.args;
  const ended = name !== null && given !== undefined && endsWhatIsGiven(name) ? evalReference(w, given.value).place : null;
  if (ended !== null) ends(w, ended, e.span, name);
  const asked = w.info.language === 'python' ? namedAttribute(w, e, name) : null;
  if (asked !== null) return asked;
  const model = name === null ? null : w.info.models.ofCall(w.info.language, name);
  return modelled(w, e, name, model, awaited);
}

/** React: `setX(x)` assigns the state; with a function, or by a reducer, what it is then is made into what it will be in one step. */
function setWith(w: Walk, e: Call, { at, sets }: Setter): Value {
  const [value = nothing] = evalArgs(w, e.args, 'now');
  act(w, sets === 'set' && value.fn === null ? 'assign' : 'update', at, e.span, { value });
  return nothing;
}

/** `hasattr(self, "conn")`, `getattr(self, "conn", None)`: reads the attribute. */
function namedAttribute(w: Walk, e: Call, name: string | null): Value | null {
  const [object, attr, ...rest] = e.args;
  if (name !== 'hasattr' && name !== 'getattr') return null;
  if (object?.kind !== 'positional' || attr?.value.kind !== 'const' || attr.value.value.type !== 'string') return null;
  const found = attribute(w, evalReference(w, object.value), attr.value.value.value, e.span);
  if (found.place === null) return null;
  evalArgs(w, rest, 'later');
  return { ...nothing, reads: union(found.reads, [read(w, found.place, e.span, 'value')]), made: true };
}

export function evalNew(w: Walk, e: Extract<Expr, { kind: 'new' }>): Value {
  const target = evalReference(w, e.callee);
  if (target.type?.cls != null) return construct(w, target.type.cls, e);
  const name = w.info.qualified(e.callee);
  // `new Promise((resolve) => …)` runs its function at once.
  const args = evalArgs(w, e.args, name === 'Promise' ? 'now' : 'later');
  const creates = name === null ? undefined : w.info.models.ofCall(w.info.language, name)?.creates;
  return { ...nothing, made: true, fresh: true, type: creates === undefined ? null : { type: creates, cls: null }, reads: reads(args) };
}

function construct(w: Walk, cls: NonNullable<Value['type']>['cls'], e: { args: Arg[]; span: Span }): Value {
  const args = evalArgs(w, e.args, 'later');
  return {
    ...nothing,
    made: true,
    fresh: true,
    reads: reads(args),
    instance: cls === null ? null : { owner: `${w.info.ownerName(cls)}`, base: '(new)', cls },
  };
}

function reads(args: readonly Value[]): readonly Read[] {
  let all: readonly Read[] = [];
  for (const a of args) all = union(all, a.reads);
  return all;
}

/** Arguments in order. Function literals run now, later (behind a gap), or are left for their own walk. */
export function evalArgs(w: Walk, args: readonly Arg[], callbacks: 'now' | 'later' | 'never'): Value[] {
  return args.map((arg) => {
    const e = arg.value;
    if (e.kind === 'function' && callbacks !== 'never') {
      const result = inlineCallback(w, e.fn, e.span, callbacks);
      return callbacks === 'now' ? { ...nothing, fn: e.fn, reads: result.reads, awaited: result.awaited } : { ...nothing, fn: e.fn };
    }
    if (arg.kind === 'spread' || arg.kind === 'keywordSpread') return readContents(w, e);
    // An argument that is a container handed over: a reference, not a read of its contents.
    const before = tick();
    const value = evalExpr(w, e);
    handedOver(w, value, before);
    return value;
  });
}

/** Walks a function that is handed on where it is written: called at once, or later, after a gap. */
export function inlineCallback(w: Walk, fn: FunctionDef, span: Span, when: 'now' | 'later', given: Value = nothing): Value {
  if (w.dead || w.inner.length >= 3 || (w.info.language === 'python' && fn.kind !== 'comprehension')) return nothing;
  const start = copyFlow(w.flow);
  const { controls, held } = w.flow;
  const { dead, returns, raised, loops, tries, statement } = w;
  if (when === 'later') {
    w.flow.held = [];
    suspend(w, derivedSpan(w.fn, span.start, span.start));
  }
  w.returns = [];
  w.loops = [];
  if (when === 'now') w.inlined.add(fn);
  else w.later.push(fn);
  w.inner.push(fn);
  for (const p of fn.params) assign(w, p.target, given, p.span);
  walkBody(w, fn.body);
  w.inner.pop();
  if (when === 'later') w.later.pop();
  const results = w.returns;
  const end = w.dead ? null : w.flow;
  const exits = w.returns.map((r) => r.flow);
  w.returns = returns;
  // Whoever leaves the callback goes on here.
  w.raised = raised;
  w.loops = loops;
  w.tries = tries;
  w.statement = statement;
  w.dead = dead;
  if (when === 'later') w.flow = start;
  else {
    let flow = start;
    for (const f of end === null ? exits : [end, ...exits]) flow = joinFlows(flow, f, controls);
    w.flow = { ...flow, controls, held };
  }
  let all: readonly Read[] = [];
  let arrived: Value['awaited'] = null;
  for (const r of results) {
    all = union(all, r.value.reads);
    arrived = r.value.awaited ?? arrived;
    // `if (x.has(k)) return true`: the answer tells of the test.
    if (r.value.place === null)
      all = union(
        all,
        r.controls.filter((c) => !controls.includes(c)).map((c) => c.read),
      );
  }
  return { ...nothing, reads: all, made: true, awaited: arrived };
}

function methodCall(w: Walk, e: Call, callee: Extract<Expr, { kind: 'attr' }>, awaited: boolean): Value {
  const { name } = callee;
  const { language } = w.info;
  if (callee.object.kind === 'call' || callee.object.kind === 'await' || callee.object.kind === 'optionalChain') {
    const table = databaseCall(w, e);
    if (table !== null) return table;
  }
  // A promise handled with then(): what the handler does comes after the gap.
  if (language === 'javascript' && (name === 'then' || name === 'catch' || name === 'finally')) {
    // A handler for a row that is there already says that a constraint keeps a second one out.
    const handlers = name === 'catch' ? e.args : name === 'then' ? e.args.slice(1) : [];
    const constrained = handlers.some((h) => handlesConflict.test(w.info.text(h.value.span)));
    if (constrained) acquire(w, 'db:constraint', derivedSpan(w.fn, e.span.start, e.span.start));
    if (name === 'then') noteHandled(callee.object, e.span);
    const object = callee.object.kind === 'call' ? evalCall(w, callee.object, true) : evalExpr(w, callee.object);
    if (constrained) release(w, 'db:constraint');
    const arrived = { ...object, place: null, made: true, awaited: { span: callee.object.span, time: tick() } };
    const start = copyFlow(w.flow);
    let end = w.flow;
    // What the next handler of the chain is given is what this one gives.
    let { reads: told } = object;
    for (const arg of e.args) {
      if (arg.value.kind !== 'function') {
        evalExpr(w, arg.value);
        // A state setter by itself: `fetchProfile(id).then(setProfile)`.
        const { value: handler } = arg;
        const to = handler.kind === 'name' && handler.ref.kind === 'variable' ? setterOf(handler.ref.variable) : null;
        if (to === null) continue;
        w.flow = copyFlow(start);
        suspend(w, callee.object.span);
        act(w, to.sets === 'set' ? 'assign' : 'update', to.at, e.span, { value: arrived, through: arrived.reads });
        end = w.flow;
        continue;
      }
      w.flow = copyFlow(start);
      suspend(w, callee.object.span);
      told = union(told, inlineCallback(w, arg.value.fn, arg.value.span, 'now', arrived).reads);
      end = w.flow;
    }
    // Only an awaited chain puts what follows behind the gap.
    w.flow = awaited ? end : start;
    return { ...nothing, reads: told, made: true, promise: !awaited };
  }
  const loaded = scriptCall(w, e);
  if (loaded !== null) return loaded;
  const subscribed = subscribeCall(w, e);
  if (subscribed !== null) return subscribed;
  const exported = w.info.exportedFunctions.get(name);
  if (exported !== undefined && isExportsObject(callee.object))
    return callFunction(w, exported, evalArgs(w, e.args, 'later'), e.span, null, awaited, e.args);
  const object = evalReference(w, callee.object);
  // `crud.create(session, email)`: a function of another file.
  const linked = object.qualified === null ? null : w.info.linkedIn(`${object.qualified}.${name}`);
  if (linked?.fn !== undefined) return callFunction(w, linked.fn, evalArgs(w, e.args, 'later'), e.span, null, awaited, e.args);
  if (linked?.cls !== undefined) return construct(w, linked.cls, e);
  const ended = endsByName(name) ? (object.place ?? (object.fresh ? null : object.reads[0]?.place)) : null;
  if (ended != null) ends(w, ended, e.span, name);
  const cell = cellCall(w, e, object);
  if (cell !== null) return cell;
  const store = areaCall(w, e, awaited) ?? storeCall(w, e, object, awaited);
  if (store !== null) return store;
  const lifecycle = lifecycleCall(w, e, object, awaited);
  if (lifecycle !== null) return lifecycle;
  // An own function or method.
  const own =
    object.instance?.cls != null
      ? w.info.methodAnywhere(object.instance.cls, name)
      : object.type?.cls != null
        ? w.info.methodAnywhere(object.type.cls, name)
        : null;
  if (own !== null && own.kind !== 'getter') {
    if (object.fresh) {
      evalArgs(w, e.args, 'later');
      return { ...nothing, made: true };
    }
    const nullable = object.place !== null && object.instance !== null;
    if (nullable && object.place !== null)
      act(w, 'use', object.place, e.span, { through: object.reads, stale: isStale(w, object) !== null, method: name });
    return callFunction(w, own, evalArgs(w, e.args, 'later'), e.span, object.instance?.base ?? null, awaited, e.args);
  }
  if (name === 'setState' && language === 'javascript' && callee.object.kind === 'this' && object.instance !== null)
    return setState(w, e, callee.object);
  // What an attribute holds is called: `self.callback(x)`.
  if (object.instance !== null && object.place === null && own === null) {
    const held = evalExpr(w, callee);
    if (held.place !== null && endsByName(name)) ends(w, held.place, e.span, null);
    const values = evalArgs(w, e.args, 'later');
    if (w.mode === 'threads') block(w, e.span);
    return { ...nothing, reads: union(held.reads, reads(values)), made: true };
  }
  if (object.qualified !== null) {
    const qualified = `${object.qualified}.${name}`;
    const known = w.info.models.ofCall(language, qualified);
    // What the library does is known better than what its method's name says: `os.path.exists("a")`.
    const table = known === null ? databaseCall(w, e) : null;
    return table ?? modelled(w, e, qualified, known, awaited);
  }
  const type = object.type?.type ?? null;
  const model = w.info.models.ofMethod(language, type, name);
  if (model?.lock !== undefined && model.lock !== 'create') {
    const done = lockCall(w, e, callee.object, model, awaited);
    if (done !== null) return done;
  }
  if (name === 'wait' && language === 'python') {
    const lock = lockText(w, callee.object);
    if (lock !== null) {
      waitOn(w, e);
      return nothing;
    }
  }
  if (model?.file !== undefined && (type === 'pathlib.Path' || object.path !== null)) {
    return fileCall(w, e, model, object.path ?? w.info.text(callee.object.span), object);
  }
  const table = type === null ? databaseCall(w, e) : null;
  if (table !== null) return table;
  const path = pathMethod(w, callee, object);
  if (path !== null) return path;
  const args = evalArgs(w, e.args, model?.callbacks ?? (runsAtOnce(w.info.text(callee.span)) ? 'now' : 'later'));
  const keyExpr = model?.key === undefined ? undefined : e.args[model.key]?.value;
  const keyText = keyExpr === undefined ? null : w.info.text(keyExpr.span);
  const through = union(object.reads, reads(args));
  if (object.place === null) {
    // A method of a local that came from shared state: `conn.send()` after a gap.
    if (object.reads.length > 0 && !object.fresh) {
      const [first] = object.reads;
      if (first !== undefined)
        act(w, 'use', first.place, e.span, { through: object.reads, stale: isStale(w, object) !== null, method: name });
    }
    if (awaited && object.fresh) makeReady(w, null, e.span, w.info.text(callee.span));
    if (model?.gap === 'block') block(w, e.span);
    else if (model === null && language === 'python' && w.mode === 'threads') block(w, e.span);
    // What an answer gives is an answer: `response.json()`.
    return { ...nothing, reads: through, made: true, awaited: object.awaited };
  }
  const stale = isStale(w, object) !== null;
  // `found = table.setdefault(key, set())`: what is there from now on.
  const [first] = e.args;
  if (name === 'setdefault' && language === 'python' && first?.kind === 'positional') {
    const text = w.info.text(first.value.span);
    const type = args[1]?.type ?? null;
    act(w, 'atomic', object.place, e.span, { keyText: text, value: null, stale, puts: true });
    return { ...nothing, place: step(object.place, { kind: 'item', text, literal: first.value.kind === 'const' }), type };
  }
  if (isPerRequest(object.place)) return { ...nothing, reads: through, made: true };
  switch (model?.state) {
    case 'read': {
      const r = read(w, object.place, e.span, model.shape ?? 'value', keyText);
      const element = model.shape === 'lookup' || model.shape === 'element';
      return {
        ...nothing,
        reads: union(through, [r]),
        place: element
          ? {
              ...object.place,
              path:
                object.place.path.length < 4
                  ? [...object.place.path, { kind: 'item', text: keyText ?? '?', literal: keyExpr?.kind === 'const' }]
                  : object.place.path,
            }
          : null,
      };
    }
    case 'add':
    case 'set':
    case 'remove': {
      if (model.gap === 'suspend' && awaited) suspend(w, e.span);
      if (model.gap === 'block') block(w, e.span);
      const tolerant = model.state === 'remove' && isTolerant(w, e, type, name);
      const value = {
        ...nothing,
        reads: reads(args),
        made: args.some((a) => a.made),
        promise: args[args.length - 1]?.promise === true,
        awaited: args.map((a) => a.awaited).find((a) => a !== null) ?? null,
      };
      const kind = model.state === 'set' ? 'set' : model.state;
      // What was copied is thrown away, with whatever came since.
      const copied = name === 'clear' ? [...copiedBefore(w, object.place), ...handedBefore(w, object.place)] : [];
      const done = tolerant && copied.length === 0 ? 'atomic' : kind;
      act(w, done, object.place, e.span, { keyText, value, through: [...object.reads, ...copied], stale });
      // What was taken out is a read as well.
      const taken = read(w, object.place, e.span, 'value', keyText);
      return { ...nothing, reads: model.state === 'remove' ? [taken] : [], made: true };
    }
    case 'atomic':
      act(w, 'atomic', object.place, e.span, { keyText, value: null, stale });
      return { ...nothing, made: true };
    case 'none':
      if (model.gap === 'block') block(w, e.span);
      if (model.gap === 'suspend' && awaited) suspend(w, e.span);
      return { ...nothing, made: true };
    case undefined: {
      useOfSet(w, object.place, e.span);
      act(w, 'use', object.place, e.span, { through, stale, value: { ...nothing, reads: reads(args) }, method: name });
      if (args.length === 1 && language === 'javascript' && isSetterName(name))
        answered(w, step(object.place, { kind: 'attr', name: `${name}()` }), e.span, args[0] ?? nothing);
      if (awaited) makeReady(w, object.place, e.span, w.info.text(callee.span));
      if (w.mode === 'threads') block(w, e.span);
      const r = read(w, object.place, e.span, 'value', null);
      return { ...nothing, reads: union(through, [r]), made: true };
    }
  }
}

/** React: `this.setState({ a, b })` assigns those parts of the state; with a function it is one step. */
function setState(w: Walk, e: Call, self: Extract<Expr, { kind: 'this' }>): Value {
  const { span } = e;
  const state = evalReference(w, { kind: 'attr', span, object: self, name: 'state', nameSpan: span, optional: false });
  const partial = e.args[0]?.value;
  if (state.place !== null && partial?.kind === 'object') {
    const { place: at } = state;
    for (const p of partial.properties) {
      if (p.kind !== 'value' || 'computed' in p.key) continue;
      const value = evalExpr(w, p.value);
      act(w, 'assign', { ...at, path: [...at.path, { kind: 'attr', name: p.key.name }] }, span, { value, through: value.reads });
    }
    for (const arg of e.args.slice(1)) evalArgs(w, [arg], 'later');
    return { ...nothing, made: true };
  }
  evalArgs(w, e.args, 'now');
  if (state.place !== null) act(w, 'atomic', state.place, span, { value: null });
  return { ...nothing, made: true };
}

/** Removing what may have gone without an error: `pop(k, None)`, `discard`, `Map.delete`. */
function isTolerant(w: Walk, e: Call, type: string | null, name: string): boolean {
  if (w.info.language === 'javascript') return false;
  return (name === 'pop' && e.args.length === 2 && type !== 'list' && type !== 'deque') || name === 'discard' || name === 'clear';
}

function isPerRequest(p: Place): boolean {
  return p.root.kind === 'variable' && p.path.length === 0 && /^(req|request|res|response|reply|ctx|event|evt)$/.test(p.root.variable.name);
}

function lockCall(w: Walk, e: Call, object: Expr, model: Model, awaited: boolean): Value | null {
  const lock = lockText(w, object);
  if (lock === null) return null;
  switch (model.lock) {
    case 'acquire':
      if (e.args.some((a) => a.value.kind === 'function')) {
        return scoped(w, e, lock);
      }
      evalArgs(w, e.args, 'later');
      if (awaited) suspend(w, e.span);
      acquire(w, lock, e.span);
      return w.info.language === 'javascript' ? { ...nothing, releases: lock } : nothing;
    case 'release':
      release(w, lock);
      return nothing;
    case 'scope':
      return scoped(w, e, lock);
    case 'wait':
      waitOn(w, e);
      return nothing;
    default:
      return null;
  }
}

/** `mutex.runExclusive(async () => { … })`. */
function scoped(w: Walk, e: Call, lock: string): Value {
  suspend(w, derivedSpan(w.fn, e.span.start, e.callee.span.end));
  acquire(w, lock, e.span);
  let result = nothing;
  for (const arg of e.args) {
    if (arg.value.kind === 'function') result = inlineCallback(w, arg.value.fn, arg.value.span, 'now');
    else evalExpr(w, arg.value);
  }
  release(w, lock);
  return result;
}

function waitOn(w: Walk, e: Call): void {
  evalArgs(w, e.args, 'now');
  const test = w.waitTests[w.waitTests.length - 1];
  if (test !== undefined && !test.inLoop && test.controls.length > 0) {
    const wait = { fn: w.fn, test: test.span, reads: test.controls.map((c) => c.read), wait: e.span, act: null, isCondition: true };
    w.facts.waits.push(wait);
    w.openWaits.push(wait);
  }
  if (w.mode === 'loop') suspend(w, e.span);
  else block(w, e.span);
  reacquire(w);
}

const needsFile = /\.(l?stat|getsize|get[acm]time)$/;

/** `given`: what the path was, as a value; `written`: what was looked at for what is written. */
function fileCall(w: Walk, e: Call, model: Model, path: string, given: Value, written: readonly Read[] = []): Value {
  const root: Root = { kind: 'file', name: path };
  const at = place(root);
  if (model.file?.op === 'check') {
    // It fails where there is nothing any more.
    if (w.info.language === 'python' && needsFile.test(w.info.text(e.callee.span))) {
      act(w, 'use', at, e.span, { keyText: path });
      const from = listingOf(w, given, at);
      if (from !== null) act(w, 'use', from.place, e.span, { through: [from] });
    }
    const r = read(w, at, e.span, 'membership', null);
    if (model.gap === 'suspend') suspend(w, e.span);
    else block(w, e.span);
    return { ...nothing, reads: [r], made: true, fresh: true };
  }
  const text =
    e.args.map((a) => w.info.text(a.value.span)).join(' ') + e.args.map((a) => (a.kind === 'keyword' ? `${a.name}=` : '')).join(' ');
  const atomic =
    model.file?.op === 'atomic' ||
    /exist_ok\s*=|missing_ok|O_EXCL|['"](?:[wa]?x|xb|x\+|wx\+?)['"]|force:\s*true|flag:\s*['"]wx/.test(text) ||
    // A folder with those above it may be there already; one that is removed with what is in it must be.
    (/recursive:\s*true/.test(text) && !/^(?:rm|rmdir)(?:Sync)?$/.test(calleeName(e))) ||
    /exist_ok=True|missing_ok=True/.test(w.info.text(e.span));
  const use = contentUse(w, e);
  // What is written is made of what was read of the same file, as far as one can tell.
  const through = use === 'write' ? contentsRead(w, at) : [];
  // It takes effect some time after the call.
  if (model.gap === 'suspend') suspend(w, e.span);
  const value = use === 'write' ? { ...nothing, reads: written } : null;
  act(w, atomic ? 'atomic' : 'mutate', at, e.span, { through, value, ...(use === 'write' && !atomic ? { own: 'put' as const } : {}) });
  putInPlace(w, e);
  const listed = listingOf(w, given, at);
  if (listed !== null) act(w, atomic ? 'atomic' : 'mutate', listed.place, e.span, { through: [listed] });
  const contents = use === 'read' ? [read(w, at, e.span, 'value', null)] : [];
  const entries = model.file?.op === 'list' ? listing(w, path, e.span, model.file.argument === 'receiver' ? given.type : null) : null;
  if (model.gap === 'suspend') suspend(w, e.span);
  else block(w, e.span);
  if (entries !== null) return entries;
  return { ...nothing, reads: contents, made: true, fresh: true };
}

/** Reads of what a file held, so far. */
function contentsRead(w: Walk, at: Place): Read[] {
  return w.reads.filter((r) => r.shape === 'value' && samePlace(r.place, at));
}

/** `os.replace(draft, path)`: what was made of what `path` held takes its place. */
function putInPlace(w: Walk, e: Call): void {
  if (e.callee.kind !== 'attr' || !movesFile(e.callee.name)) return;
  const to = e.args[isModule(w, e.callee.object) ? 1 : 0]?.value;
  if (to === undefined) return;
  const at = place({ kind: 'file', name: evalReference(w, to).path ?? w.info.text(to.span) });
  const through = contentsRead(w, at);
  if (through.length > 0) act(w, 'mutate', at, e.span, { through });
}

/** Does a call of the file system read what a file holds, or write it? */
function contentUse(w: Walk, e: Call): 'read' | 'write' | null {
  const name = calleeName(e);
  if (/^(read_?(text|bytes|file|json|lines)\w*)$/i.test(name)) return 'read';
  if (/^(write_?(text|bytes|file|json)\w*|outputFile\w*|outputJson\w*)$/i.test(name)) return 'write';
  if (!/^open(Sync)?$/.test(name)) return null;
  const mode = e.args.find((a, i) =>
    a.kind === 'keyword' ? a.name === 'mode' : i === (e.callee.kind === 'attr' && !isModule(w, e.callee.object) ? 0 : 1),
  );
  if (mode === undefined) return 'read';
  if (mode.value.kind !== 'const' || mode.value.value.type !== 'string') return null;
  return /^r[bt]*$/.test(mode.value.value.value) ? 'read' : /w/.test(mode.value.value.value) ? 'write' : null;
}

function isModule(w: Walk, e: Expr): boolean {
  return w.info.qualified(e) !== null;
}

/** `path / 'x'`, `path.parent`: still a path, named by its text. */
function pathMethod(w: Walk, callee: Extract<Expr, { kind: 'attr' }>, object: Value): Value | null {
  if (object.type?.type !== pathType.type || !givesPath(callee.name)) return null;
  return { ...nothing, path: w.info.text(callee.span), type: object.type, fresh: true };
}

function modelled(w: Walk, e: Call, name: string | null, model: Model | null, awaited: boolean): Value {
  const { language } = w.info;
  if (
    language === 'python' &&
    name !== null &&
    /^(len|any|all|sum|min|max|sorted|list|tuple|set|dict|bool|frozenset|enumerate|reversed|next|iter|zip)$/.test(name)
  ) {
    let all: readonly Read[] = [];
    // A copy looks at what is in it as it is made, not where it is named.
    const at = (arg: Arg): Span => (/^(list|tuple|set|dict|frozenset|sorted|len|sum|min|max)$/.test(name) ? e.span : arg.value.span);
    for (const arg of e.args) all = union(all, readContents(w, arg.value, name === 'len' ? 'size' : 'value', at(arg)).reads);
    return {
      ...nothing,
      reads: all,
      made: true,
      fresh: true,
      type: ['list', 'dict', 'set'].includes(name) ? { type: name, cls: null } : null,
    };
  }
  if (model?.file !== undefined && model.file.argument !== 'receiver') {
    const argument = e.args[model.file.argument];
    if (argument !== undefined) {
      const value = evalExpr(w, argument.value);
      // What is written is as it was when the call was made.
      let written: readonly Read[] = [];
      for (const arg of e.args) {
        if (arg === argument || arg.value.kind === 'function') continue;
        const { span } = arg.value;
        written = union(
          written,
          evalExpr(w, arg.value).reads.map((r) => (r.span.start >= span.start && r.span.end <= span.end ? { ...r, span } : r)),
        );
      }
      const result = fileCall(w, e, model, value.path ?? w.info.text(argument.value.span), value, written);
      for (const arg of e.args) if (arg.value.kind === 'function') inlineCallback(w, arg.value.fn, arg.value.span, 'later', result);
      return result;
    }
  }
  const table = databaseCall(w, e);
  if (table !== null) return table;
  const isSpawn = model?.spawn !== undefined && model.spawn.as !== 'timer';
  if (isSpawn) w.flow.spawned = true;
  const callbacks = model?.callbacks ?? (isSpawn ? 'never' : name !== null && runsAtOnce(name) ? 'now' : 'later');
  if (model?.lock === 'scope') {
    return scoped(w, e, `${name ?? ''}|${e.args[0] === undefined ? '' : w.info.text(e.args[0].value.span)}`);
  }
  const { timer } = w;
  w.timer = model?.spawn?.as === 'timer' ? e.span : null;
  const args = evalArgs(w, e.args, callbacks);
  w.timer = timer;
  if (model?.gap === 'block') block(w, e.span);
  if (model?.gap === 'suspend' && awaited) suspend(w, e.span);
  if (model === null && w.mode === 'threads') block(w, e.span);
  // How a lock function of unknown make is used: `withLock(key, async () => {…})` is left to simulation.
  const path = language === 'python' && name !== null && /^(pathlib\.Path|Path|os\.path\.join)$/.test(name) ? w.info.text(e.span) : null;
  const unwrapped = name === 'str' || name === 'os.fspath' ? (args[0]?.path ?? null) : null;
  return {
    ...nothing,
    reads: reads(args),
    // What is made of an answer is an answer: `uniqBy(found, 'id')`.
    awaited: args.map((a) => a.awaited).find((a) => a !== null) ?? null,
    made: true,
    fresh: model?.creates !== undefined,
    type: model?.creates === undefined ? null : { type: model.creates, cls: null },
    path: path ?? unwrapped,
  };
}

/**
 * A call of a function of the module, by its summary. `base` replaces `self`/`this` in what it
 * touches. A coroutine that is made but not awaited does nothing here.
 */
export function callFunction(
  w: Walk,
  fn: FunctionDef,
  args: readonly Value[],
  span: Span,
  base: string | null,
  awaited = true,
  given: readonly Arg[] = [],
): Value {
  if (fn.isAsync && !awaited && w.info.language === 'python') return { ...nothing, made: true };
  if (fn.isGenerator && fn.kind !== 'comprehension' && !awaited) return { ...nothing, made: true };
  // Whoever begins anew checks anew: `setTimeout(() => poll(), 100)` in `poll`.
  if (fn === w.fn || w.inner.includes(fn)) {
    if (awaited) suspend(w, span);
    return { ...nothing, made: true };
  }
  const summary = w.summaryOf(fn);
  const home = w.info.links?.homeOf(fn) ?? w.info;
  w.info.links?.noteCall(w.fn, fn);
  const places = new Map<Variable, Place | null>();
  const files = new Map<string, string>();
  const keys = new Map<string, { text: string; literal: boolean }>();
  const handed = new Map<string, Value>();
  fn.params.forEach((p, i) => {
    if (p.target.kind !== 'name' || p.target.ref.kind !== 'variable') return;
    const offset = home.selves.has(
      fn.params[0]?.target.kind === 'name' && fn.params[0].target.ref.kind === 'variable'
        ? fn.params[0].target.ref.variable
        : p.target.ref.variable,
    )
      ? 1
      : 0;
    const byName = given.findIndex((a) => a.kind === 'keyword' && a.name === p.name);
    const value = byName >= 0 ? args[byName] : args[i - offset];
    places.set(p.target.ref.variable, value?.place ?? null);
    if (value !== undefined) handed.set(p.name, value);
    const given1 = byName >= 0 ? given[byName] : given[i - offset];
    if (given1 === undefined) return;
    const text = w.info.text(given1.value.span);
    files.set(p.name, value?.path ?? text);
    keys.set(p.name, { text, literal: given1.value.kind === 'const' });
  });
  // A key goes by what was handed in for it.
  const keyed = (text: string | null): string | null => (text === null ? null : (keys.get(text)?.text ?? text));
  const stepped = (s: Step): Step => (s.kind === 'item' && !s.literal ? { ...s, ...keys.get(s.text) } : s);
  const moved = (p: Place): Place | null => {
    if (p.root.kind === 'file') return files.has(p.root.name) ? place({ kind: 'file', name: files.get(p.root.name) ?? '' }) : p;
    if (keys.size > 0 && p.path.some((s) => s.kind === 'item')) p = { ...p, path: p.path.map(stepped) };
    if (p.root.kind === 'attribute' && base !== null && (p.base === 'self' || p.base === 'this')) return { ...p, base };
    if (p.root.kind === 'variable' && places.has(p.root.variable)) {
      const to = places.get(p.root.variable);
      if (to == null) return null;
      return { ...to, key: rootKey(to.root), path: [...to.path, ...p.path].slice(0, 4) };
    }
    return p;
  };
  const locks = new Map<string, { lock: string; id: number; span: Span }>();
  const holding = (held: readonly { lock: string; id: number }[]): Walk['flow']['held'] => {
    if (held.length === 0) return w.flow.held;
    const inside = held.map((h) => {
      const known = locks.get(String(h.id));
      if (known !== undefined) return known;
      const fresh = { lock: h.lock, id: tick(), span };
      locks.set(String(h.id), fresh);
      for (const outer of w.flow.held) w.facts.orders.push({ fn: w.fn, outer, inner: fresh, held: w.flow.held });
      return fresh;
    });
    return [...w.flow.held, ...inside];
  };
  let result: readonly Read[] = [];
  const emitReads = (beforeGap: boolean): void => {
    for (const r of summary.reads) {
      if (r.beforeGap !== beforeGap) continue;
      const at = moved(r.read.place);
      if (at === null) continue;
      if (r.shape === 'value') usesOwn(w, at, span);
      const made = read(w, at, span, r.shape, keyed(r.read.keyText), true, holding(r.read.held));
      if (r.read.taken === true) made.taken = true;
      if (r.returned) result = union(result, [made]);
      // Whether the file was there and what it held are told by one look at it.
      if (at.root.kind === 'file' && r.shape !== 'value' && r.read.shape === 'value')
        result = union(result, [read(w, at, span, 'value', r.read.keyText, true, holding(r.read.held))]);
    }
  };
  // What is begun and not waited for goes on after a gap of its own: `if (!this.users.has(id)) this.load(id)`.
  const isBegun = fn.isAsync && !awaited && summary.suspends && w.mode === 'loop';
  const emitActs = (afterGap: boolean): void => {
    for (const a of summary.acts) {
      if (a.afterGap !== afterGap) continue;
      const at = moved(a.act.place);
      if (at === null) continue;
      act(w, a.act.kind, at, span, {
        keyText: keyed(a.act.keyText),
        value: a.act.value === null ? null : { ...nothing, made: a.act.value.made, reads: reads(args) },
        raised: a.act.raised,
        guarded: a.guarded,
        viaCall: true,
        maybe: !a.always,
        inside:
          fn.isAsync || (a.afterGap && w.info.language === 'javascript')
            ? [...a.act.inside, home === w.info ? a.act.span : { ...a.act.span, module: home.module }]
            : [],
        held: holding(a.act.held),
        ...(isBegun && afterGap ? { begun: true as const } : {}),
        through: at.root.kind === 'file' ? reads(args).filter((r) => r.shape === 'value' && samePlace(r.place, at)) : [],
      });
      // An entry of a folder that was listed here.
      const entry = a.act.place.root.kind === 'file' ? handed.get(a.act.place.root.name) : undefined;
      const listed = entry === undefined ? null : listingOf(w, entry, at);
      if (listed !== null)
        act(w, a.act.kind, listed.place, span, { through: [listed], guarded: a.guarded, viaCall: true, maybe: !a.always });
    }
  };
  emitReads(true);
  emitActs(false);
  if (fn.isAsync || fn.isGenerator || summary.suspends) {
    if (awaited && (summary.suspends || (w.info.language === 'javascript' && fn.isAsync))) suspend(w, span);
  }
  if (summary.blocks || w.mode === 'threads') block(w, span);
  const before = { suspended: w.flow.suspended, first: w.firstSuspension };
  if (isBegun) suspend(w, span);
  emitReads(false);
  emitActs(true);
  if (isBegun) {
    w.flow.suspended = before.suspended;
    w.firstSuspension = before.first;
  }
  if (summary.locks.length > 0) for (const l of summary.locks) acquire(w, l.lock, span);
  const returned = summary.returned.place === null ? null : moved(summary.returned.place);
  return {
    ...nothing,
    reads: result,
    place: returned,
    made: returned === null,
    promise: fn.isAsync && !awaited && w.info.language === 'javascript',
    type: summary.returned.type,
    // What names a file by what it is handed: `self._target(url)`.
    path: summary.returned.path === null || fn.isAsync ? null : w.info.text(span),
    settled: fn.isAsync && !summary.suspends,
  };
}
