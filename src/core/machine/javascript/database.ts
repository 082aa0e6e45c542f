/** The virtual data base as JavaScript programs meet it: prisma, mongoose, typeorm, sequelize, knex, drizzle, SQL. */
import {
  assignColumn,
  columnOf,
  databaseAwait,
  databaseCall,
  elementsOfResult,
  partOfResult,
  type Given,
  type QueryLanguage,
} from '../database/query.ts';
import { keptBy } from '../../program/kept.ts';
import { handlesSqlOf, lastOf } from '../database/sql.ts';
import { STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { RunResult } from '../run.ts';
import { BoundMethod, Closure, Opaque, type Value } from '../values.ts';
import { prelude } from './iteration.ts';
import { schedule } from './loop.ts';
import { makeError, newArray, newNative, newObject, newPromise, put } from './objects.ts';
import { ask, newOpaque, opaquePart } from './opaque.ts';
import { reject, resolvePromise } from './promises.ts';
import { state } from './state.ts';
import { isAwaited } from './unknown-guards.ts';
import { JsArray, JsFunction, JsObject, JsPromise } from './values.ts';

export const language: QueryLanguage = {
  language: 'javascript',
  none: null,
  same(m, a, b) {
    if (a === b) return true;
    if (a instanceof Opaque || b instanceof Opaque) {
      if (a instanceof Opaque && b instanceof Opaque && a.name === b.name) return true;
      if ((a ?? null) === null || (b ?? null) === null) {
        const o = a instanceof Opaque ? a : (b as Opaque);
        return o.definite ? false : ask(m, `${o.name} == null`);
      }
      return ask(m, `${m.ops.show(a)} === ${m.ops.show(b)}`);
    }
    return (a ?? null) === (b ?? null);
  },
  part: (m, o, name) => opaquePart(m, o, name),
  add: (m, old, delta) => (typeof old === 'number' ? old + delta : m.ops.binary(m, delta < 0 ? '-' : '+', old, Math.abs(delta))),
  show: (v) => (v instanceof Opaque ? v.name : v instanceof JsObject ? shallow(v) : typeof v === 'string' ? JSON.stringify(v) : String(v)),
  mayHaveRows: () => true,
  className(v) {
    if (v instanceof JsFunction && v.isClass) return v.name;
    return null;
  },
  entries(v) {
    if (!(v instanceof JsObject) || v instanceof JsArray || v instanceof JsFunction || v instanceof JsPromise) return null;
    return [...v.properties].flatMap(([k, p]): [string, Value][] => (typeof k === 'string' ? [[k, p.value]] : []));
  },
  items: (v) => (v instanceof JsArray ? v.items : null),
  columns: () => null,
  list: (m, items) => newArray(m, items),
  tuple: (m, items) => newArray(m, items),
  unknown: (m, name) => newOpaque(m, name),
  isFunction: (v) => v instanceof JsFunction || v instanceof Closure || v instanceof BoundMethod,
  isAwaited,
};

function shallow(v: JsObject): string {
  const inner = language.items(v) ?? language.entries(v)?.map(([k, x]) => `${k}: ${x instanceof JsObject ? '…' : language.show(x)}`) ?? [];
  return v instanceof JsArray
    ? `[${inner.map((x) => (x instanceof JsObject ? '…' : language.show(x))).join(', ')}]`
    : `{${inner.map(String).join(', ')}}`;
}

/**
 * `const handle = SpeechHandle.create({ … }); handle.interrupt()`: what is made is asked to do things at once, so that it is
 * no promise of a row. `repository.create(…)`, of an object, makes an entity that way.
 */
function makesThing(m: Machine, f: Opaque): boolean {
  if (!/(?:^|\.)[A-Z]\w*\.create$/.test(f.name) || isAwaited(m)) return false;
  const at = m.where();
  if (at === null) return false;
  const { text } = at.module;
  const [, name] = /([\w$]+)\s*(?::[^=;\n]{1,60})?=\s*$/.exec(text.slice(Math.max(0, at.span.start - 120), at.span.start)) ?? [];
  return name !== undefined && isAsked(at.module, name);
}

/** Is something asked of what has that name, and is it nowhere waited for? */
const isAsked = keptBy((module: { text: string }, name): boolean => {
  const it = `(?<![\\w$])${name.replaceAll('$', '\\$')}`;
  return (
    new RegExp(`${it}[!?]?\\.(?!then\\b|catch\\b|finally\\b)\\w`).test(module.text) &&
    !new RegExp(`\\bawait\\s+(?:this\\.)?${it}(?![\\w$.(])|${it}[!?]?\\.then\\(`).test(module.text)
  );
});

/** What a call of an unknown function gives when it talks to a data base; undefined when it does not. */
export function queried(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords = null): Value {
  if (makesThing(m, f)) return undefined;
  const callback = args.at(-1);
  // `db.get('SELECT …', [id], (error, row) => …)`
  if (args.length > 1 && callback instanceof JsFunction && handlesSqlOf(lastOf(f.name), args.slice(0, -1), keywords, language) !== null) {
    const answer = databaseCall(m, f, args.slice(0, -1), keywords, language, false);
    if (answer === 'stop') return STOP;
    return answer && prelude(m, 'answerBack', [promised(m, answer), callback]);
  }
  const given = databaseCall(m, f, args, keywords, language);
  if (given === undefined) return undefined;
  if (given === 'stop') return STOP;
  if (given.sync === true || (!isAwaited(m) && /\.prepare\(/.test(f.name))) return given.value;
  return promised(m, given);
}

/** What waiting for an unknown value gives that is a query; STOP when a question comes first, undefined when it is none. */
export function awaitedQuery(m: Machine, o: Opaque): JsPromise | typeof STOP {
  const given = databaseAwait(m, o, language);
  if (given === 'stop') return STOP;
  return given === undefined ? undefined : promised(m, given);
}

/** Settles in a turn of its own; what queries are chained with (`exec`, `lean`, `returning`) gives it again. */
export function promised(m: Machine, given: Given): JsPromise {
  const lane = m.fiber?.lane ?? m.process.lane;
  const p = newPromise(m);
  p.proto = queryPrototype(m, p);
  schedule(m, {
    kind: 'io',
    lane,
    delay: 0,
    holds: [p, given.value],
    callback: () => {
      m.fiber = m.createFiber(lane);
      if (given.failed === undefined) resolvePromise(m, p, given.value);
      else reject(m, p, makeError(m, 'Error', given.failed, 'P2025'));
      return RunResult.Ended;
    },
  });
  return p;
}

const chained =
  'exec lean populate select sort limit skip session setOptions orFail toObject returning execute transacting forUpdate forShare lock collation cache hint read maxTimeMS onConflict ignore merge where include orderBy groupBy eq single maybeSingle comment'.split(
    ' ',
  );
const prototypes = new WeakMap<Machine, JsObject>();

function queryPrototype(m: Machine, p: JsPromise): JsObject {
  const known = prototypes.get(m);
  if (known) return known;
  const made = newObject(m, p.proto ?? state(m).intrinsics.Object);
  made.intrinsic = true;
  for (const name of chained)
    put(
      made,
      name,
      newNative(m, name, 0, (_m, thisValue) => thisValue),
    );
  prototypes.set(m, made);
  return made;
}

/** A part of a row or a result; undefined for any other unknown value. */
export function modelPart(m: Machine, o: Opaque, name: string): Value {
  if (o.model === null || o.parts.has(name)) return undefined;
  if (/^(save|delete|destroy|remove|update|updateOne|increment|decrement|reload|refresh|toJSON|toObject|then)$/.test(name))
    return undefined;
  return partOfResult(m, o, name, language) ?? columnOf(m, o, name, language);
}

/** `row.column = value`. */
export function assignModelPart(m: Machine, o: Opaque, name: string, v: Value): Value {
  return assignColumn(m, o, name, v, language);
}

/** `const [rows] = await pool.query(…)`, `for (const row of result)`: the rows of a result, null for anything else. */
export function rowsOfResult(m: Machine, o: Opaque): Value | null {
  const elements = elementsOfResult(m, o, language);
  return elements === null ? null : newArray(m, elements);
}
