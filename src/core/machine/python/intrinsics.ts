/** The operations the front end and the compiler ask for by name. */
import type { Frame } from '../frame.ts';
import { PUSHED, Raise, STOP, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Cell, Generator, PyRange, PyTuple, UNBOUND, Opaque, type Value } from '../values.ts';
import { find } from './attributes.ts';
import { instanceCheck, lengthOf, makeSuper } from './builtins.ts';
import { callFunction } from './calls.ts';
import { bodyOf } from './classes.ts';
import { makeDictFrom } from './dicts.ts';
import { exceptionClass, matchesName, newException, raise, typeError, withContext } from './errors.ts';
import { leavesGenerator, throwInto } from './generators.ts';
import { unpack } from './iteration.ts';
import { canon, find as findEntry, USER_KEY } from './keys.ts';
import { PyClass, PyDeque, PyDict, PyException, PyList, PyObject } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { entriesOf } from './text.ts';
import { classOf, isSubclass, lookup, typeName } from './types.ts';
import { decoratedUnknown } from './unknown-guards.ts';

export function intrinsic(m: Machine, name: string, args: Value[], frame: Frame, extra: unknown): Value {
  const [a, b, c, d] = args;
  switch (name) {
    case 'exception.value':
      return a;
    case 'py.exceptionType':
      return a instanceof PyException ? a.cls : null;
    case 'exception.stopValue':
      return a instanceof PyException ? (a.args.items[0] ?? null) : null;
    case 'exception.leavesGenerator':
      return frame.generator ? leavesGenerator(m, frame.generator, a) : a;
    case 'py.throwInto': {
      if (a instanceof Generator) return throwInto(m, a, b);
      const method = lookup(classOf(a), 'throw');
      if (method === undefined) throw new Raise(b);
      return callFunction(m, method, [a, b], null);
    }
    case 'py.exceptStar':
      return callPrelude(m, 'except_star', [a], 'exception groups');
    case 'py.reraise': {
      const handling = m.handling();
      if (handling === null) return raise(m, 'RuntimeError', 'No active exception to reraise');
      throw new Raise(handling);
    }
    case 'assert.fail': {
      const e = newException(m, exceptionClass('AssertionError'), args.length > 0 ? [a] : []);
      throw new Raise(withContext(m, e));
    }
    case 'unbound':
      return unbound(m, frame, a as string);
    case 'py.keywordSpread':
      return spreadKeywords(m, a, extra as Map<string, Value>);
    case 'py.super': {
      const cls = a instanceof Cell ? a.value : a;
      if (cls === UNBOUND) return raise(m, 'RuntimeError', 'super(): empty __class__ cell');
      if (b === null) return raise(m, 'RuntimeError', 'super(): no arguments');
      return makeSuper(m, cls, b);
    }
    case 'py.decorate':
      return a instanceof Opaque ? (decoratedUnknown(m, a, b) ?? callFunction(m, a, [b], null)) : callFunction(m, a, [b], null);
    case 'py.annotate': {
      const names = bodyOf(m, frame);
      let notes = names.get('__annotations__');
      if (!(notes instanceof PyDict)) {
        notes = makeDictFrom(m, []);
        names.set('__annotations__', notes);
      }
      m.ops.dictSet(m, notes, a, b);
      return null;
    }
    case 'py.reprContents':
      return callPrelude(m, '__rr_repr_contents', [a]);
    case 'py.match_sequence':
      return matchSequence(m, a, Number(b), c === true);
    case 'py.match_unpack': {
      const before = Number(b);
      const after = Number(c);
      const r = unpack(m, a, before + after + (d === true ? 1 : 0), d === true ? before : -1);
      return r === 'stop' ? STOP : r === 'pushed' ? unsupportedMatch() : new PyTuple(r);
    }
    case 'py.match_mapping': {
      const isMapping =
        a instanceof PyDict || (a instanceof PyObject && a.cls.mro.some((k) => k.name === 'Mapping' || k.name === 'MutableMapping'));
      if (!isMapping) return false;
      const n = lengthOf(m, a);
      return typeof n === 'number' ? n >= Number(b) : n === PUSHED ? m.afterCall((_m, v, data) => Number(v) >= Number(data), b) : n;
    }
    case 'py.match_key': {
      if (!(a instanceof PyDict)) return callPrelude(m, '__rr_match_key', [a, b]);
      const k = canon(m, b);
      if (k === USER_KEY) return callPrelude(m, '__rr_match_key', [a, b]);
      if (m.stopBefore(a)) return STOP;
      const e = findEntry(a.table, k as string);
      m.read(a, k, e?.value);
      return new PyTuple(e ? [e.value] : []);
    }
    case 'py.match_rest': {
      if (!(a instanceof PyDict)) return callPrelude(m, '__rr_match_rest', [a, b]);
      const gone = new Set((b instanceof PyTuple ? b.items : []).map((k) => canon(m, k)));
      return makeDictFrom(
        m,
        entriesOf(a)
          .filter((e) => !gone.has(e.canon))
          .map((e) => [e.key, e.value] as const),
      );
    }
    case 'py.match_class':
      if (!(b instanceof PyClass) && !(b instanceof Opaque)) return typeError(m, 'called match pattern must be a class');
      return instanceCheck(m, a, b);
    case 'py.match_positional':
      return matchPositional(m, a, b, Number(c), Number(d));
    case 'py.match_attr':
      return matchAttribute(m, a, b as string);
    default:
      throw new Unsupported(name);
  }
}

function unsupportedMatch(): never {
  throw new Unsupported('a sequence pattern over an object with its own iteration');
}

function unbound(m: Machine, frame: Frame, name: string): never {
  const own = frame.code.locals.some((l) => l.name === name);
  if (own) return raise(m, 'UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);
  const free = frame.code.freeSources.some((f) => f.name === name);
  if (free)
    return raise(m, 'NameError', `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`);
  return raise(m, 'NameError', `name '${name}' is not defined`);
}

function spreadKeywords(m: Machine, v: Value, into: Map<string, Value>): Value {
  if (v instanceof PyDict) {
    for (const e of entriesOf(v)) {
      if (e.key instanceof Opaque) {
        m.read(v, e.canon, e.value);
        into.set(`<${e.key.name}>`, e.value);
        continue;
      }
      if (typeof e.key !== 'string') return typeError(m, 'keywords must be strings');
      if (into.has(e.key)) return typeError(m, `function got multiple values for keyword argument '${e.key}'`);
      m.read(v, e.canon, e.value);
      into.set(e.key, e.value);
    }
    return null;
  }
  if (v instanceof Opaque) return null;
  if (lookup(classOf(v), 'keys') !== undefined) throw new Unsupported('** of a mapping that is not a dict');
  return typeError(m, `argument after ** must be a mapping, not ${typeName(v)}`);
}

function matchSequence(m: Machine, v: Value, length: number, star: boolean): Value {
  const inner = v instanceof PyObject && v.payload !== undefined ? v.payload : v;
  const isSequence =
    inner instanceof PyList ||
    inner instanceof PyTuple ||
    inner instanceof PyRange ||
    inner instanceof PyDeque ||
    (inner instanceof PyObject && inner.cls.mro.some((k) => k.name === 'Sequence' || k.name === 'MutableSequence'));
  if (!isSequence) return false;
  if (inner instanceof PyList && m.stopBefore(inner)) return STOP;
  const n = lengthOf(m, inner);
  const test = (x: Value): boolean => (star ? Number(x) >= length : Number(x) === length);
  return n === PUSHED ? m.afterCall((_m, x) => test(x), null) : test(n);
}

const selfMatching = new Set(['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

function matchPositional(m: Machine, v: Value, cls: Value, index: number, count: number): Value {
  if (!(cls instanceof PyClass)) throw new Unsupported('a class pattern on an unknown class');
  const names = lookup(cls, '__match_args__');
  if (names === undefined) {
    const accepts = cls.mro.some((k) => k.builtin && selfMatching.has(k.name)) ? 1 : 0;
    if (count > accepts)
      return typeError(m, `${cls.name}() accepts ${accepts} positional sub-pattern${accepts === 1 ? '' : 's'} (${count} given)`);
    return new PyTuple([v]);
  }
  if (!(names instanceof PyTuple)) return typeError(m, `${cls.name}.__match_args__ must be a tuple (got ${typeName(names)})`);
  if (count > names.items.length)
    return typeError(
      m,
      `${cls.name}() accepts ${names.items.length} positional sub-pattern${names.items.length === 1 ? '' : 's'} (${count} given)`,
    );
  return matchAttribute(m, v, names.items[index] as string);
}

function matchAttribute(m: Machine, v: Value, name: string): Value {
  try {
    const r = find(m, v, name);
    if (r === PUSHED) return m.afterCall((_m, x) => new PyTuple([x]), null);
    if (r === STOP) return STOP;
    return new PyTuple(r === undefined ? [] : [r]);
  } catch (e) {
    if (e instanceof Raise && matchesName(e.value, 'AttributeError')) return new PyTuple([]);
    throw e;
  }
}
export { isSubclass };
