/**
 * Unknown values: what an import nobody can see into gives. Attributes and items of one are unknown
 * values again, remembered; a call is logged as seen by the outside world; a branch on one is a data
 * choice, made once per question.
 */
import { readsRequest } from '../request-parts.ts';
import { Raise, STOP, Unsupported, type Keywords } from '../language.ts';
import { Op } from '../code.ts';
import type { Machine } from '../machine.ts';
import { asksForEnd } from '../../program/lifecycle-names.ts';
import { neverReturns } from '../../program/never-returns.ts';
import { isComputed } from '../../program/silent-names.ts';
import { afterEnd } from '../endings.ts';
import { answersUp, bring, bringing, isByItself } from '../lifecycles.ts';
import { predicate } from '../predicates.ts';
import { isNamedThere, isThere } from '../presence.ts';
import { HeapObject, Opaque, PySlice, PyTuple, UNBOUND, type Value } from '../values.ts';
import { raise, unknownFailure, withContext } from './errors.ts';
import { PyException } from './objects.ts';
import { reprOf } from './text.ts';
import { changeByMethod, getItem, itemName, knownEnd, knownItem, setDefault } from './unknown-text.ts';

export function opaque(m: Machine, name: string): Opaque {
  return m.adopt(new Opaque(name));
}

const packages = new WeakMap<Machine, Map<string, Opaque>>();

/** A module nobody can see into, or a name of one: the same each time. */
export function unknownModule(m: Machine, name: string): Opaque {
  let known = packages.get(m);
  if (!known) {
    known = new Map();
    packages.set(m, known);
  }
  const o = known.get(name);
  if (o) return o;
  const made = opaque(m, name);
  made.definite = true;
  known.set(name, made);
  return made;
}

/** What a module of the standard library has, but its model here has not: unknown, not missing. */
export function unmodelled(m: Machine, module: string, name: string): Opaque {
  const o = unknownModule(m, `${module}.${name}`);
  library.add(o);
  return o;
}

/** Unknown parts of the standard library: something else may be called `queue`, too. */
const library = new WeakSet<Opaque>();

/** Unknown parts of these would change who runs when: calling one cannot be passed over. */
const schedules =
  /^(asyncio|threading|_thread|queue|concurrent\.futures)\.(?!(open_connection|open_unix_connection|create_subprocess_exec|create_subprocess_shell)$)\w+$/;

/** Calls back whoever connects: under a driver of ours, which does that itself, it is like any other unknown call. */
const serves = /^asyncio\.start_(?:unix_)?server$/;

export function opaquePart(m: Machine, o: Opaque, name: string, label: string): Value {
  const known = o.parts.get(name);
  if (known !== undefined) return known;
  const made = opaque(m, label);
  made.definite = o.definite && o.model === null && !asksForEnd(name);
  made.from = { kind: 'part', of: o, name };
  if (o.same !== null) made.same = made.name;
  if (o.shared) m.share(made);
  m.trail.mapSet(o.parts, name, made);
  return made;
}

function describe(v: Value): string {
  if (v instanceof Opaque) return v.name;
  const s = reprOf(v);
  return s === undefined || s.length > 60 ? '…' : s.replace(/ at 0x[0-9a-f]+/g, '');
}

export function callOpaque(m: Machine, o: Opaque, args: readonly Value[], keywords: Keywords): Value {
  if (schedules.test(o.name) && library.has(o) && !(m.isDriven() && serves.test(o.name))) throw new Unsupported(o.name);
  const changed = changeByMethod(m, o, args) ?? setDefault(m, o, args) ?? getItem(m, o, args);
  if (changed !== undefined) return changed;
  const ends = knownEnd(o, args);
  if (ends !== undefined) return ends;
  const shown = [...args.map(describe), ...[...(keywords ?? [])].map(([k, v]) => `${k}=${describe(v)}`)];
  const text = `${o.name}(${shown.join(', ')})`;
  m.breaker |= 16;
  const fails = failsHere(m, text);
  if (fails === null) return STOP;
  if (fails) {
    m.externalCall(text, isAskedOfText(o));
    throw new Raise(withContext(m, unknownFailure(m, text)));
  }
  if (neverReturns.test(o.name)) return raise(m, 'Exception', text);
  const up = answersUp(m, o);
  if (up !== undefined) return up;
  const asked = predicate(m, o.name, text, () => callResult(m, o, args, keywords, text));
  if (asked !== undefined) return asked;
  const change = bringing(m, o);
  if (change === 'stop') return STOP;
  const ended = afterEnd(m, o);
  if (ended === null) return STOP;
  m.externalCall(`${text}${ended}`, isAskedOfText(o));
  const result = callResult(m, o, args, keywords, text);
  // What a coroutine waits for takes effect when it completes.
  if (change !== null && m.fiber?.top?.code.isAsync === true && !isByItself(m)) m.trail.set(result, 'effect', change);
  else if (change !== null) bring(m, change);
  return result;
}

/** Does a call that is not waited for fail? Asked each time anew; null: the step must stop before it. */
function failsHere(m: Machine, text: string): boolean | null {
  const frame = m.fiber?.top;
  if (!frame || !m.mayFail() || frame.code.instructions[frame.pc]?.op === Op.Await) return false;
  const lane = m.fiber?.lane.id ?? -1;
  const asked = m.questions.filter((q) => q.lane === lane).length;
  return m.fails(`${String(lane)} ${String(asked)}`, text);
}

/** Is it a method of text that only looks at it, called on a value that stands for text: `name.endswith('.job')`? */
function isAskedOfText({ from }: Opaque): boolean {
  return from?.kind === 'part' && from.of instanceof Opaque && from.of.text !== null && looksAtText.test(from.name);
}

const looksAtText =
  /^(?:(?:starts|ends)with|is(?:alnum|alpha|digit|decimal|numeric|lower|upper|space|title|identifier)|r?find|r?index|count)$/;

function callResult(m: Machine, o: Opaque, args: readonly Value[], keywords: Keywords, text: string): Opaque {
  const result = opaque(m, text);
  // What a class makes is there.
  result.definite = /(^|\.)_*[A-Z]\w*[a-z]\w*$/.test(o.name);
  result.from = { kind: 'call', callee: o, args, keywords };
  // What the standard library computes of the same is the same.
  const isTold = keywords === null || keywords.size === 0 ? readsRequest(o, args) : false;
  if (o.same !== null || isTold || (isComputed(text) && args.every(isSame) && [...(keywords?.values() ?? [])].every(isSame)))
    result.same = result.name;
  return result;
}

function isSame(v: Value): boolean {
  return v instanceof Opaque ? v.same !== null : !(v instanceof HeapObject) || v instanceof PyTuple;
}

function identity(v: Value): string {
  if (v instanceof Opaque && v.same !== null) return v.same;
  return v instanceof HeapObject ? `#${v.id}` : describe(v);
}

/**
 * `table[key]` of something unknown. What the program took away is gone. Code that stands in a `try` is ready for an item
 * that was never there: it is taken to be there unless that is doubted.
 */
export function unknownItem(m: Machine, o: Opaque, key: Value): Value {
  const name = itemName(key);
  if (looksUp(m, o, key)) return STOP;
  const known = o.same === null ? knownItem(o, key) : true;
  const there = known ?? (isInTry(m) ? isNamedThere(m, `${o.name}${name}`) : true);
  if (there === STOP) return STOP;
  return there ? opaquePart(m, o, name, `${o.name}${name}`) : raise(m, 'KeyError', key);
}

function isInTry(m: Machine): boolean {
  const frame = m.fiber?.top;
  return frame?.code.protectedRanges.some((r) => frame.pc - 1 >= r.start && frame.pc - 1 < r.end) === true;
}

/** Reads an item of an unknown value that others may change. Is the step to end first? */
function looksUp(m: Machine, o: Opaque, key: Value): boolean {
  if (o.same !== null || !o.shared) return false;
  if (m.stopBefore(o)) return true;
  m.read(o, itemName(key), o.parts.get(itemName(key)) ?? UNBOUND);
  return false;
}

/** Is the key in it? Known when the program put it there or took it away. */
function opaqueContains(m: Machine, key: Value, o: Opaque): Value {
  const isVisible = o.shared && o.same === null;
  if (isVisible && m.stopBefore(o)) return STOP;
  const answer = knownItem(o, key) ?? answerTo(m, key, 'in', o);
  if (isVisible && answer !== STOP) m.read(o, itemName(key), o.parts.get(itemName(key)) ?? UNBOUND);
  return answer;
}

/** Is it true? Asked once per question and remembered. */
export function opaqueTruth(m: Machine, a: Value, op: string, b: Value): Value {
  return op === 'in' && b instanceof Opaque ? opaqueContains(m, a, b) : answerTo(m, a, op, b);
}

function answerTo(m: Machine, a: Value, op: string, b: Value): Value {
  const definite = (a instanceof Opaque && a.definite) || (b instanceof Opaque && b.definite);
  if (definite && op === 'bool') return isThere(m, a as Opaque);
  if (definite && (a === null || b === null)) {
    const there = isThere(m, (a === null ? b : a) as Opaque);
    return there === STOP ? STOP : (there === true) === (op === 'is not' || op === '!=');
  }
  if (op === 'bool' && a instanceof Opaque && a.numeric) {
    const n = m.resolveNumber(a, '>', 0);
    return n === undefined ? STOP : n !== 0;
  }
  if (op === 'bool' && a instanceof Opaque && a.from?.kind === 'operation' && /^[!=]=$/.test(a.from.operator))
    return opaqueTruth(m, a.from.left, a.from.operator, a.from.right);
  const what = op === 'bool' ? describe(a) : `${describe(a)} ${op} ${describe(b)}`;
  if (op === 'is not') {
    const is = opaqueTruth(m, a, 'is', b);
    return is === STOP ? STOP : is !== true;
  }
  const key = op === 'bool' ? `bool ${identity(a)}` : `${identity(a)} ${op} ${identity(b)}`;
  const answer = m.chooseOnce(key, what, ['true', 'false']);
  return answer < 0 ? STOP : answer === 0;
}

/**
 * What a built-in function gives that refused an unknown value for its type (`range(n)`, `', '.join(parts)`):
 * something unknown, since no value of a running program has that type. Undefined for any other failure.
 */
export function unknownResult(m: Machine, exception: Value, name: string, args: readonly Value[]): Value {
  if (!(exception instanceof PyException) || exception.cls.name !== 'TypeError') return undefined;
  const [message] = exception.args.items;
  const isUnknown = (v: Value): boolean => v instanceof Opaque || (v instanceof PySlice && [v.lower, v.upper, v.step].some(isUnknown));
  if (typeof message !== 'string' || !(/\bopaque\b/.test(message) || args.some(isUnknown))) return undefined;
  const result = opaque(m, `${name}(${args.map(describe).join(', ')})`);
  if (args.every((a) => !(a instanceof Opaque) || a.same !== null)) result.same = result.name;
  return result;
}

/** What `run` gives, or something unknown when it refuses an unknown value for its type. */
export function unlessUnknown(m: Machine, name: string, args: readonly Value[], run: () => Value): Value {
  try {
    return run();
  } catch (e) {
    const value = e instanceof Raise ? unknownResult(m, e.value, name, args) : undefined;
    if (value === undefined) throw e;
    return value;
  }
}
