/** From where can a function be made to run: itself, its public callers, or the closure made of it. */
import type { Arg, ClassDef, Expr, FunctionDef } from '../../program/program.ts';
import { saysGuard, saysQueue, saysRuns } from '../../program/guard-names.ts';
import { throughStore } from '../client-stores.ts';
import { makerName, type ModuleInfo, refName } from '../module-info.ts';
import { isInside } from '../../program/functions.ts';
import { visitFunction } from '../visit.ts';
import { lockedByCallers } from '../walk/callers.ts';
import { registrarOf } from './listeners.ts';
import { attributeName, type Starts } from './starts.ts';

export type Entry =
  | { kind: 'function'; fn: FunctionDef }
  | { kind: 'method'; fn: FunctionDef; cls: ClassDef; name: string }
  | { kind: 'static'; fn: FunctionDef; cls: ClassDef }
  /** A constructor: each caller makes an object of its own. */
  | { kind: 'making'; fn: FunctionDef; cls: ClassDef }
  /** A method of an object bound to a global. */
  | { kind: 'object'; fn: FunctionDef; global: string }
  /** What a store of the module has: `useCart.getState().add`. */
  | { kind: 'stored'; fn: FunctionDef; text: string }
  /** `X.prototype.m = function …`; without a name the constructor function itself. */
  | { kind: 'prototype'; fn: FunctionDef; maker: string; name: string | null }
  /**
   * A closure: `factory` must run first to make it, unless the module made it at load; then those that are made by it and
   * called by nobody here, the outermost first.
   */
  | { kind: 'closure'; fn: FunctionDef; factory: Entry | null; makers?: readonly FunctionDef[] };

export function isPrivate(info: ModuleInfo, fn: FunctionDef): boolean {
  if (info.language === 'python') return /^_(?!_)/.test(fn.name) || /^__(?!.*__$)/.test(fn.name);
  return (
    fn.name.startsWith('#') ||
    fn.name.startsWith('_') ||
    /^(private|protected)\b/.test(info.text(fn.span)) ||
    /\b(private|protected)\s+(async\s+)?$/.test(info.module.text.slice(Math.max(0, fn.span.start - 24), fn.span.start)) ||
    (fn.parent?.kind === 'initializer' && isPrivateField(info, fn.parent))
  );
}

/** `private load = async () => …` */
function isPrivateField(info: ModuleInfo, initializer: FunctionDef): boolean {
  const field = initializer.owner?.members.find((m) => m.fn === initializer);
  return (
    field !== undefined &&
    (field.name?.startsWith('_') === true || /^(?:#|.*\b(?:private|protected)\s)/.test(info.text(field.span).split('=')[0] ?? ''))
  );
}

/** `run` of a subclass of Thread: once started it goes on beside the other methods of its object. */
export function threadBody(info: ModuleInfo, entry: Entry): FunctionDef | null {
  return entry.kind === 'method' ? runOf(info, entry.cls) : null;
}

export function runOf(info: ModuleInfo, cls: ClassDef): FunctionDef | null {
  return cls.bases.some((b) => /(^|\.)\w*Thread$/.test(info.text(b.span))) ? info.method(cls, 'run') : null;
}

/** Is it the body of a thread, or a helper that nobody but the body calls? One object has one thread of its own. */
export function isOfBodyOnly(info: ModuleInfo, starts: Starts, fn: FunctionDef, body: FunctionDef | null): boolean {
  if (body === null || fn === body) return fn === body;
  const seen = new Set<FunctionDef>([fn]);
  for (const f of seen) {
    if (f === body) continue;
    if (!isPrivate(info, f)) return false;
    for (const caller of starts.callers(f)) seen.add(caller);
  }
  return seen.has(body);
}

/**
 * A function of the module, or a method, whose promise its callers keep, so that it is called once: `loading = load().catch(…)`.
 * Nobody outside can call it where a module exports others and not this one, or is meant to where it is a method.
 */
function isKept(info: ModuleInfo, fn: FunctionDef): boolean {
  const { module } = info;
  if (info.language !== 'javascript' || !/^[\w$]+$/.test(fn.name)) return false;
  const isMethod = fn.owner !== null && !fn.isStatic && (fn.kind === 'method' || fn.parent?.kind === 'initializer');
  if (!isMethod && !isOfModuleOnly(info, fn)) return false;
  const name = fn.name.replaceAll('$', '\\$');
  const before = isMethod ? '(?<![\\w$])(?:this\\.)' : '(?<![\\w$.])';
  const uses = [...module.text.matchAll(new RegExp(`${before}${name}\\b(\\s*(?:<[^()]*>)?\\()?`, 'g'))];
  const isDeclared = (at: number): boolean => /\b(?:function|const|let|var)\s+$/.test(module.text.slice(Math.max(0, at - 20), at));
  const calls = uses.filter((use) => !isDeclared(use.index) && !isSaid(module.text, use.index));
  const isStored = (at: number): boolean =>
    /(?<!\b(?:const|let|var)\s+[\w$]+\s*(?::[^=\n]*)?)(?:\?\?|\|\|)?=\s*$/.test(module.text.slice(Math.max(0, at - 120), at));
  return calls.length > 0 && calls.every((use) => use[1] !== undefined && isStored(use.index));
}

/** Is it within a text or a comment of one line: `axios.post('/auth/refresh')`? */
function isSaid(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', at) + 1, at).replace(/\\./g, '');
  return /^\s*\*|\/\//.test(before) || ["'", '"', '`'].some((quote) => before.split(quote).length % 2 === 0);
}

/** A function of the module's own that it does not export, where it exports others. */
function isOfModuleOnly(info: ModuleInfo, fn: FunctionDef): boolean {
  if (fn.parent?.kind !== 'module' || fn.owner !== null || fn.exported || info.globalFunctions.get(fn.name) !== fn) return false;
  const { exports } = info.module;
  return exports.length > 0 && !exports.some((e) => e.local === fn.name);
}

/** Entries to drive a function through, the closest first. `most`: how many callers of a helper. */
export function entriesOf(info: ModuleInfo, starts: Starts, fn: FunctionDef, most = 2): readonly Entry[] {
  let known = entriesKnown.get(starts);
  if (!known) entriesKnown.set(starts, (known = new Map()));
  const key = fn.id * 100 + most;
  let entries = known.get(key);
  if (!entries) known.set(key, (entries = findEntries(info, starts, fn, most)));
  return entries;
}

/** By function and how many. */
const entriesKnown = new WeakMap<Starts, Map<number, readonly Entry[]>>();

function findEntries(info: ModuleInfo, starts: Starts, fn: FunctionDef, most: number): readonly Entry[] {
  const turns = handedToPromises(info, fn);
  if (turns !== null) return turns.flatMap((by) => entriesOf(info, starts, by, most)).slice(0, most);
  // What is handed to a lock runs when the lock says so, `(async () => { … })()` where it stands: only through its parent.
  const { parent } = fn;
  if (
    parent !== null &&
    parent.kind !== 'module' &&
    (isHandedToGuard(info, fn, parent) ||
      isRunByOwn(info, fn, parent) ||
      isCalledAtOnce(fn, parent) ||
      isOnlyCalled(info, starts, fn, parent))
  )
    return entriesOf(info, starts, parent);
  // A listener of a handler that is made when another function runs: only through that handler.
  const registrar = neededRegistrar(info, starts, fn);
  if (registrar !== null) return entriesOf(info, starts, registrar);
  // What is called once because another function ran comes when that has run, and once for each time it has.
  const asking = isCalledLater(info, fn) && parent !== null && parent.kind !== 'module' ? entriesOf(info, starts, parent) : [];
  if (asking.length > 0) return asking;
  const direct = directEntry(info, starts, fn);
  const isInner = isNeverHandedOn(info, fn);
  const isHelper = isInner || isPrivate(info, fn) || isLockedByCallers(info, fn) || isKept(info, fn);
  // What a future calls when it is done is called once for each: by whoever began the work.
  const giver = doneCallbackGiver(info, fn);
  if (giver !== null && direct !== null) return [...entriesOf(info, starts, giver), direct];
  const isLone = direct !== null && !isHelper;
  if (isLone) return [direct];
  // Breadth first through the callers to the public ones.
  const found: Entry[] = [];
  const seen = new Set<FunctionDef>([fn]);
  let ring = [fn];
  for (let depth = 0; depth < 5 && ring.length > 0 && found.length === 0; depth++) {
    const next: FunctionDef[] = [];
    for (const f of ring) {
      for (const given of starts.callers(f)) {
        const caller = behindGuard(info, given);
        if (seen.has(caller) || caller.kind === 'module' || caller.kind === 'classBody') continue;
        seen.add(caller);
        next.push(caller);
        const entry = caller.kind === 'constructor' || caller.name === '__init__' ? null : directEntry(info, starts, caller);
        if (entry !== null && !isNeverHandedOn(info, caller) && !isPrivate(info, caller)) found.push(entry);
      }
    }
    ring = next;
  }
  const hard =
    (isInner && found.length > 0) ||
    (found.length > 0 && isPrivate(info, fn) && isRunInTurn(info, starts, fn)) ||
    (info.language === 'javascript' && (fn.name.startsWith('#') || (found.length > 0 && isKept(info, fn))));
  // Of many callers those that do the least besides: more of their calls come to it. Closures take others to be made.
  const length = ({ kind, fn: { span } }: Entry): number => span.end - span.start + (kind === 'closure' ? 1e6 : 0);
  const chosen = found.length > most ? found.toSorted((a, b) => length(a) - length(b)) : found;
  return [...chosen.slice(0, most), ...(direct === null || hard || (found.length > 0 && isLockedByCallers(info, fn)) ? [] : [direct])];
}

/**
 * Those of them that can be called from outside: a function that a module keeps to itself is called by way of those that call
 * it, which may do more than that.
 */
export function outerEntriesOf(info: ModuleInfo, starts: Starts, fn: FunctionDef): readonly Entry[] {
  let ways = entriesOf(info, starts, fn);
  for (let depth = 0; depth < 3; depth++) {
    const outer = ways.flatMap((way) => {
      const callers = isOfModuleOnly(info, way.fn) ? starts.callers(way.fn).filter((c) => c !== way.fn && c.kind !== 'module') : [];
      return callers.length === 0 ? [way] : callers.flatMap((caller) => entriesOf(info, starts, caller));
    });
    const seen = new Set<FunctionDef>();
    ways = outer.filter((way) => !seen.has(way.fn) && seen.add(way.fn));
  }
  return ways;
}

/** The function that hands this one to a future, `future.add_done_callback(self.finished)`; null when none does. */
export function doneCallbackGiver(info: ModuleInfo, fn: FunctionDef): FunctionDef | null {
  if (info.language !== 'python') return null;
  const isIt = (e: Expr): boolean => (e.kind === 'name' && refName(e.ref) === fn.name) || (e.kind === 'attr' && e.name === fn.name);
  const isGiven = (e: CallOrNew): boolean =>
    e.callee.kind === 'attr' && e.callee.name === 'add_done_callback' && e.args.some(({ value }) => isIt(value));
  return info.module.functions.find((f) => f !== fn && f.kind !== 'module' && someCall(f, isGiven)) ?? null;
}

/** The handler that must run first for this listener to exist: one that is itself made when another function runs. */
export function neededRegistrar(info: ModuleInfo, starts: Starts, fn: FunctionDef): FunctionDef | null {
  const registrar = registrarOf(info, fn);
  if (registrar === null || starts.live.has(registrar)) return null;
  // What others call once for all that is registered in it: `opened(socket) { socket.on(…) }` of an object that a function makes.
  if (registrarOf(info, registrar) === null && !isArgument(registrar) && factoryOfClosure(info, starts, fn)) return null;
  return directEntry(info, starts, registrar)?.kind === 'closure' && !isExported(info, registrar) ? registrar : null;
}

function factoryOfClosure(info: ModuleInfo, starts: Starts, fn: FunctionDef): boolean {
  const entry = directEntry(info, starts, fn);
  return entry?.kind === 'closure' && entry.factory !== null;
}

/** `exports.connect = function (socket) { … }`, `export default () => { … }`: a function with no name in the file that others call. */
function isExported(info: ModuleInfo, fn: FunctionDef): boolean {
  if (info.language !== 'javascript' || fn.owner !== null || fn.parent?.kind !== 'module') return false;
  const before = info.module.text.slice(Math.max(0, fn.span.start - 160), fn.span.start);
  return /(?:(?<![\w$.])(?:module\.)?exports(?:\.[\w$]+)?\s*=|\bexport\s+default)\s*\(?\s*(?:async\s+)?$/.test(before);
}

/** Does everybody in the file who calls it hold a common lock? Then it is theirs, whatever its name. */
function isLockedByCallers(info: ModuleInfo, fn: FunctionDef): boolean {
  return lockedByCallers(info)(fn).length > 0;
}

/** `mutex.runExclusive(async () => …)`: is the function an argument of a call that says it is a lock, or a transaction? */
function isHandedToGuard(info: ModuleInfo, fn: FunctionDef, parent: FunctionDef): boolean {
  return someCall(parent, (e) => {
    if (e.kind !== 'call' || !e.args.some((a) => a.value.kind === 'function' && a.value.fn === fn)) return false;
    const receiver = e.callee.kind === 'attr' ? info.text(e.callee.object.span) : '';
    return (
      saysGuard(info.text(e.callee.span)) ||
      (info.language === 'javascript' && saysRuns(info.text(e.callee.span))) ||
      (receiver !== '' && saysGuard(receiver))
    );
  });
}

/** Do all who call it hand themselves to a lock or a queue: `this.tasks.push(async () => { await this.start_(); })`? */
function isRunInTurn(info: ModuleInfo, starts: Starts, fn: FunctionDef): boolean {
  const callers = starts.callers(fn);
  return callers.length > 0 && callers.every((f) => behindGuard(info, f) !== f);
}

/** Is it handed to what says that it runs one after the other? */
function isQueued(info: ModuleInfo, fn: FunctionDef, parent: FunctionDef): boolean {
  const isGiven = (args: readonly Arg[]): boolean => args.some((a) => a.value.kind === 'function' && a.value.fn === fn);
  return someCall(parent, ({ callee, args }) => callee.kind === 'attr' && saysQueue(info.text(callee.object.span)) && isGiven(args));
}

/** The function that hands this one to a lock or a queue, where one does; otherwise itself. */
function behindGuard(info: ModuleInfo, fn: FunctionDef): FunctionDef {
  const { parent } = fn;
  const isGiven = parent !== null && parent.kind !== 'module' && (isHandedToGuard(info, fn, parent) || isQueued(info, fn, parent));
  return isGiven ? behindGuard(info, parent) : fn;
}

/** `setTimeout(() => …)`, `load().then(() => …)`: handed on where it stands, to be called once. */
function isCalledLater(info: ModuleInfo, fn: FunctionDef): boolean {
  if (info.language !== 'javascript' || fn.parent === null) return false;
  return someCall(fn.parent, (e) => {
    if (e.kind !== 'call' || !e.args.some((a) => a.value.kind === 'function' && a.value.fn === fn)) return false;
    return callsOnce.test(e.callee.kind === 'attr' ? `.${e.callee.name}` : info.text(e.callee.span));
  });
}

/**
 * The functions that hand a function of their own to a promise, `last = last.then(doRestart, doRestart)`, where nobody does anything else
 * with it and they are not where it is made; otherwise null.
 */
function handedToPromises(info: ModuleInfo, fn: FunctionDef): FunctionDef[] | null {
  const { parent } = fn;
  if (info.language !== 'javascript' || parent === null || fn.owner !== null || !/^[\w$]+$/.test(fn.name)) return null;
  const isTop = parent.kind === 'module';
  if (isTop && !isOfModuleOnly(info, fn)) return null;
  if (!new RegExp(`\\.(?:then|finally)\\([^()]*\\b${fn.name.replaceAll('$', '\\$')}\\b`).test(info.module.text)) return null;
  const isIt = (e: Expr): boolean =>
    e.kind === 'name' && (e.ref.kind === 'variable' ? info.localFunctions.get(e.ref.variable) === fn : isTop && e.ref.name === fn.name);
  const by = new Set<FunctionDef>();
  let uses = 0;
  let turns = 0;
  for (const f of info.module.functions)
    visitFunction(f, {
      expr(e) {
        if (isIt(e)) uses++;
        if (e.kind !== 'call' || e.callee.kind !== 'attr' || !/^(?:then|finally)$/.test(e.callee.name)) return;
        const given = e.args.filter((a) => isIt(a.value)).length;
        turns += given;
        if (given > 0) by.add(f);
      },
    });
  return uses > 0 && uses === turns && !by.has(parent) && ![...by].some((f) => f.kind === 'module') ? [...by] : null;
}

const callsOnce =
  /^\.?(?:setTimeout|setImmediate|queueMicrotask|requestAnimationFrame|requestIdleCallback)$|^\.(?:nextTick|then|catch|finally)$/;

/**
 * Is it handed to a function of the file that does nothing with it but call it, now or when a promise is settled:
 * `enqueue(task) { return (this.last = this.last.then(task, task)); }`?
 */
function isRunByOwn(info: ModuleInfo, fn: FunctionDef, parent: FunctionDef): boolean {
  if (info.language !== 'javascript') return false;
  return someCall(parent, (e) => {
    const at = e.kind === 'call' ? e.args.findIndex((a) => a.value.kind === 'function' && a.value.fn === fn) : -1;
    if (at < 0) return false;
    const { callee } = e;
    const isOwn = callee.kind === 'attr' && parent.owner !== null && info.text(callee.object.span) === 'this';
    const called = isOwn
      ? info.method(parent.owner as ClassDef, callee.name)
      : callee.kind === 'name'
        ? (info.globalFunctions.get(refName(callee.ref)) ??
          (callee.ref.kind === 'variable' ? info.localFunctions.get(callee.ref.variable) : undefined) ??
          null)
        : null;
    const param = called?.params[at];
    return called != null && param !== undefined && param.kind !== 'rest' && isOnlyRun(info, called, param);
  });
}

/** Every use of the parameter calls it, or hands it to a promise. */
function isOnlyRun(info: ModuleInfo, fn: FunctionDef, { target }: FunctionDef['params'][number]): boolean {
  if (target.kind !== 'name' || target.ref.kind !== 'variable') return false;
  const { variable } = target.ref;
  const isIt = (e: Expr): boolean => e.kind === 'name' && e.ref.kind === 'variable' && e.ref.variable === variable;
  let uses = 0;
  let runs = 0;
  for (const f of [fn, ...info.module.functions.filter((g) => isInside(g, fn))])
    visitFunction(f, {
      expr(e) {
        if (isIt(e)) uses++;
        if (e.kind !== 'call') return;
        if (isIt(e.callee)) runs++;
        if (e.callee.kind === 'attr' && /^(?:then|catch|finally)$/.test(e.callee.name)) runs += e.args.filter((a) => isIt(a.value)).length;
      },
    });
  return uses > 0 && uses === runs;
}

function isCalledAtOnce(fn: FunctionDef, parent: FunctionDef): boolean {
  return someCall(parent, (e) => e.kind === 'call' && e.callee.kind === 'function' && e.callee.fn === fn);
}

/** A function in a function that is called there and handed to nobody: it runs when the outer one does. */
function isOnlyCalled(info: ModuleInfo, starts: Starts, fn: FunctionDef, parent: FunctionDef): boolean {
  const isPython = info.language === 'python';
  if (!isPython && !starts.callers(fn).every((caller) => caller === parent || caller === fn)) return false;
  return isNeverHandedOn(info, fn);
}

/** A function in a function that is only ever called there, by whichever function. */
function isNeverHandedOn(info: ModuleInfo, fn: FunctionDef): boolean {
  const { parent } = fn;
  if (parent === null || parent.kind === 'module' || parent.kind === 'classBody') return false;
  if (fn.decorators.length > 0 || !/^[\w$]+$/.test(fn.name)) return false;
  const name = fn.name.replaceAll('$', '\\$');
  const isPython = info.language === 'python';
  const declared = isPython ? 'def' : 'function\\*?|const|let|var';
  const found = [...info.text(parent.span).matchAll(new RegExp(`(?<![\\w.$])((?:${declared})\\s+)?${name}(?![\\w$])\\s*(\\(?)`, 'g'))];
  const uses = found.filter((m) => m[1] === undefined);
  return uses.length > 0 && uses.length < found.length && uses.every((m) => m[2] === '(');
}

/** Is there such a call in the function? */
function someCall(fn: FunctionDef, isIt: (e: CallOrNew) => boolean): boolean {
  let calls = callsIn.get(fn);
  if (!calls) {
    const found: CallOrNew[] = [];
    visitFunction(fn, {
      expr(e) {
        if (e.kind === 'call' || e.kind === 'new') found.push(e);
      },
    });
    callsIn.set(fn, (calls = found));
  }
  return calls.some(isIt);
}

type CallOrNew = Extract<Expr, { kind: 'call' | 'new' }>;
const callsIn = new WeakMap<FunctionDef, readonly CallOrNew[]>();

/** A decorator that must not be passed by: one of this file, or one that says it is a lock. */
function keepsCalls(info: ModuleInfo, decorator: Expr): boolean {
  let root = decorator;
  while (root.kind === 'call' || root.kind === 'attr') root = root.kind === 'call' ? root.callee : root.object;
  return (root.kind === 'name' && info.globalFunctions.has(refName(root.ref))) || saysGuard(info.text(decorator.span));
}

/** A generator of Python that is to be entered and left: `with holding(path): …`. */
export function isContextManager(info: ModuleInfo, fn: FunctionDef): boolean {
  return fn.isGenerator && fn.decorators.some((d) => /(^|\.)(async)?contextmanager$/.test(info.text(d.span)));
}

function directEntry(info: ModuleInfo, starts: Starts, fn: FunctionDef): Entry | null {
  if (fn.kind === 'module' || fn.kind === 'classBody' || fn.kind === 'comprehension' || fn.kind === 'initializer') return null;
  const member = info.prototypes.members.get(fn);
  if (member !== undefined) return { kind: 'prototype', fn, ...member };
  if (makerName(info, fn) !== null) return null;
  const { owner } = fn;
  if (owner !== null) {
    // `[Symbol.iterator]() { … }` has no name to be called by.
    if (!/^[#\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(fn.name)) return null;
    if (info.globalClasses.get(owner.name) !== owner) return null;
    if (fn.kind === 'constructor' || fn.name === '__init__') return { kind: 'making', fn, cls: owner };
    if (fn.name === '__new__' || fn.isStatic || fn.decorators.some((d) => /^(staticmethod|classmethod)$/.test(info.text(d.span))))
      return { kind: 'static', fn, cls: owner };
    return { kind: 'method', fn, cls: owner, name: attributeName(fn) };
  }
  if (fn.parent?.kind === 'initializer' && fn.parent.owner !== null && info.globalClasses.get(fn.parent.owner.name) === fn.parent.owner) {
    const cls = fn.parent.owner;
    const member = cls.members.find((m) => m.fn === fn.parent);
    if (member?.name != null) return { kind: 'method', fn, cls, name: member.name };
  }
  const isTop = fn.parent?.kind === 'module';
  if (isTop && info.globalFunctions.get(fn.name) === fn) {
    // A decorator of an unknown library hides the function behind its result.
    return fn.decorators.length > 0 && !isContextManager(info, fn) && !fn.decorators.some((d) => keepsCalls(info, d))
      ? { kind: 'closure', fn, factory: null }
      : { kind: 'function', fn };
  }
  const object = info.objectOwners.get(fn);
  if (isTop && object !== undefined && info.constantGlobals.has(object) && /^[\w$]+$/.test(fn.name)) {
    return info.globalClasses.has(object) || info.globalFunctions.has(object)
      ? { kind: 'closure', fn, factory: null }
      : { kind: 'object', fn, global: object.replace(/^\*default\*$/, 'default') };
  }
  const stored = throughStore(info, fn);
  if (stored !== null) return { kind: 'stored', fn, text: stored };
  if (isTop) return { kind: 'closure', fn, factory: null };
  const { parent } = fn;
  if (parent === null) return null;
  // Made by a factory, or by start-up code that has run.
  if (starts.loaded.has(parent)) return { kind: 'closure', fn, factory: null };
  // An event must come before what is registered in its handler is there: `io.on('connection', (socket) => socket.on(…))`.
  const isListener = (f: FunctionDef): boolean => registrarOf(info, f) !== null;
  const makers: FunctionDef[] = [];
  let outer: FunctionDef | null = parent;
  while (outer !== null && outer.kind !== 'module') {
    const factory: Entry | null = factoryOf(info, starts, outer);
    if (factory !== null) {
      const from = factory.fn;
      const isCalledBy = (maker: FunctionDef): boolean => !isListener(maker) && !isSubscriber(info, maker) && starts.reaches(from, maker);
      return { kind: 'closure', fn, factory, makers: makers.filter((maker) => !isCalledBy(maker)) };
    }
    if (isListener(outer) || !isArgument(outer) || isSubscriber(info, outer)) makers.unshift(outer);
    outer = outer.parent;
  }
  return null;
}

/** What makes closures when it is called, and is no closure itself. */
function factoryOf(info: ModuleInfo, starts: Starts, fn: FunctionDef): Entry | null {
  if (fn.kind === 'constructor' || fn.name === '__init__')
    return fn.owner === null ? null : { kind: 'method', fn, cls: fn.owner, name: fn.name };
  const maker = makerName(info, fn);
  if (maker !== null) return { kind: 'prototype', fn, maker, name: null };
  const factory = directEntry(info, starts, fn);
  return factory !== null && (factory.kind !== 'closure' || isExported(info, fn)) ? factory : null;
}

/** What an observable does for whoever subscribes: nobody has when it is made. */
function isSubscriber(info: ModuleInfo, fn: FunctionDef): boolean {
  const before = info.module.text.slice(Math.max(0, fn.span.start - 120), fn.span.start);
  return /(?:\bnew\s+(?:\w+\.)?Observable(?:<[^()]{0,80}>)?|\bObservable\.create)\(\s*(?:async\s+)?$/.test(before);
}

/** Is the function handed to a call, which is then taken to call it? */
function isArgument(fn: FunctionDef): boolean {
  const isIt = (e: Expr): boolean => (e.kind === 'function' ? e.fn === fn : e.kind === 'name' && refName(e.ref) === fn.name);
  return fn.parent !== null && someCall(fn.parent, ({ args }) => args.some(({ value }) => isIt(value)));
}
