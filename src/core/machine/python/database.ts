/** The virtual data base as Python programs meet it: Django, SQLAlchemy, peewee, MongoDB, DB-API, asyncpg. */
import { Op } from '../code.ts';
import {
  RowCopy,
  assignColumn,
  columnOf,
  columnsInOrder,
  databaseCall,
  partOfResult,
  type Given,
  type QueryLanguage,
} from '../database/query.ts';
import { rowBase } from '../../program/database-verbs.ts';
import { Raise, STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { BoundMethod, Closure, Opaque, PyTuple, type Value } from '../values.ts';
import { exceptionClass, newException } from './errors.ts';
import { equals } from './compare.ts';
import { newList } from './lists.ts';
import { PyClass, PyDict, type PyException, PyList, PyObject } from './objects.ts';
import { opaque, opaquePart, opaqueTruth } from './opaque.ts';
import { entriesOf, reprOf } from './text.ts';

export const language: QueryLanguage = {
  language: 'python',
  none: null,
  same(m, a, b) {
    if (a === b) return true;
    if (a instanceof Opaque || b instanceof Opaque) {
      if (a instanceof Opaque && b instanceof Opaque && a.name === b.name) return true;
      return a === null || b === null ? opaqueTruth(m, a === null ? b : a, 'is', null) : opaqueTruth(m, a, '==', b);
    }
    return equals(a, b) === true;
  },
  part: (m, o, name) => opaquePart(m, o, name, `${o.name}.${name}`),
  add(m, old, delta) {
    if (typeof old === 'number') return old + delta;
    return m.ops.binary(m, delta < 0 ? '-' : '+', old, Math.abs(delta));
  },
  show: (v) => (v instanceof Opaque ? v.name : (reprOf(v) ?? '…')),
  className(v) {
    if (v instanceof PyClass && !v.builtin) return v.name;
    return v instanceof PyObject && !v.cls.builtin && v.cls.mro.some((c) => c.unknown !== null) ? v.cls.name : null;
  },
  mayHaveRows(v) {
    const cls = v instanceof PyClass ? v : v instanceof PyObject ? v.cls : null;
    if (cls === null || cls.builtin) return true;
    return cls.mro.some((c) => c.unknown !== null && rowBase.test(c.name));
  },
  entries: (v) => (v instanceof PyDict ? entriesOf(v).map((e) => [String(e.key), e.value]) : null),
  items: (v) => (v instanceof PyList || v instanceof PyTuple ? v.items : null),
  columns: (v) =>
    v instanceof PyObject && language.className(v) !== null && !(v instanceof PyDict) ? (v.attrs ?? new Map<string, Value>()) : null,
  list: (m, items) => newList(m, items),
  tuple: (_m, items) => new PyTuple(items),
  unknown: (m, name) => opaque(m, name),
  isFunction: (v) => v instanceof Closure || v instanceof BoundMethod,
  isAwaited(m) {
    const top = m.fiber?.top;
    return top?.code.instructions[top.pc]?.op === Op.Await;
  },
};

/** Answers that are waited for, by the unknown value that is awaited. */
class Awaited extends PyObject {
  readonly given: Given;
  constructor(given: Given) {
    super(exceptionClass('Exception'));
    this.given = given;
  }
}

/** What a call of an unknown function gives when it talks to a data base; undefined when it does not. */
export function queried(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  const given = databaseCall(m, f, args, keywords, language);
  if (given === undefined) return undefined;
  return given === 'stop' ? STOP : waitedFor(m, f, given);
}

/** What the call gives: something to await where it is awaited, the answer itself otherwise. */
export function waitedFor(m: Machine, f: Opaque, given: Given): Value {
  if (given.sync !== true && language.isAwaited(m)) {
    const o = opaque(m, `${f.name}(…)`);
    o.definite = true;
    o.model = m.adopt(new Awaited(given));
    return o;
  }
  return valueOf(m, given);
}

function valueOf(m: Machine, given: Given): Value {
  if (given.failed !== undefined) throw new Raise(notFound(m, given.failed));
  return given.value;
}

/** An unknown value that gives `value` when it is awaited. */
export function awaitable(m: Machine, o: Opaque, value: Value): Opaque {
  o.definite = true;
  o.model = m.adopt(new Awaited({ value }));
  return o;
}

/** The value that waiting for an answer gives; undefined when it is no such answer. */
export function awaitedAnswer(m: Machine, o: Opaque): (() => Value) | undefined {
  const { model } = o;
  return model instanceof Awaited ? () => valueOf(m, model.given) : undefined;
}

function notFound(m: Machine, what: string): PyException {
  const e = newException(m, exceptionClass('LookupError'), [what]);
  e.attrs = new Map<string, Value>([['_rr_missing_row', true]]);
  return e;
}

/** A part of a row or a result; undefined for any other unknown value. */
export function modelPart(m: Machine, o: Opaque, name: string): Value {
  if (o.model === null) return undefined;
  const place = o.model instanceof RowCopy ? /^\[(\d+)\]$/.exec(name)?.[1] : undefined;
  const inOrder = place === undefined ? undefined : (o.model as RowCopy).order[Number(place)];
  const column = inOrder ? inOrder : name.replace(/^\['(.*)'\]$/, '$1');
  const known = o.parts.get(column);
  if (known !== undefined) return known;
  if (
    /^(save|asave|delete|adelete|refresh_from_db|refresh|update|delete_instance|fetch\w+|scalars?|scalar_one\w*|one|one_or_none|first|all|mappings|unique|__\w+__)$/.test(
      column,
    )
  )
    return undefined;
  return partOfResult(m, o, column, language) ?? columnOf(m, o, column, language);
}

/** What a row is taken apart into: `name, value = cursor.fetchone()`; null for what is no row, or of columns nobody named. */
export function rowInOrder(m: Machine, o: Opaque): Value[] | null {
  return columnsInOrder(m, o, language);
}

/** `row.column = value`: undefined, or STOP. */
export function assignModelPart(m: Machine, o: Opaque, name: string, v: Value): Value {
  return assignColumn(m, o, name, v, language);
}
