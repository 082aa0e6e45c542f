/** collections, dataclasses, enum, functools, contextlib, itertools: natives and their preludes. */
import { type Native } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, PyTuple, type Value } from '../../values.ts';
import { STOP } from '../../language.ts';
import { binary } from '../arithmetic.ts';
import { builtins } from '../builtins.ts';
import { raise, typeError } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { canon, fill, find, put, removeEntry, USER_KEY } from '../keys.ts';
import { payload } from '../lists.ts';
import { NativeAttribute, PyClass, PyDict, PyList, PyObject, type Canon } from '../objects.ts';
import { unmodelled } from '../opaque.ts';
import { callPrelude } from '../runtime.ts';
import { entriesOf, reprOf } from '../text.ts';
import { dequeClass, defaultdictClass, frozensetClass, makeBuiltin, objectClass, orderedDictClass } from '../types.ts';
import { abstractNames } from '../classes.ts';
import { method } from '../dicts.ts';
import { newSet } from '../sets.ts';
import { register } from '../virtual-subclasses.ts';
import '../queues.ts';

const helper = (name: string, fn: Native['fn'], traits: Native['traits'] = { pure: true }): void => {
  builtins.set(name, native(name, fn, traits));
};

defineModule('collections', { deque: dequeClass, defaultdict: defaultdictClass, OrderedDict: orderedDictClass }, 'collections');
for (const name of ['dataclasses', 'functools', 'contextlib', 'itertools', 'enum', 'queue']) defineModule(name, {}, name);
defineModule('_rr_futures', {}, '_rr_futures');
defineModule('concurrent.futures', {}, 'concurrent.futures');
defineModule('concurrent.futures.thread', {}, 'concurrent.futures');

helper('__rr_payload', (m, args) => payload(m, args[0] as PyClass, args[1]));
helper('__rr_enum_member', (m, args) => {
  const cls = args[0];
  if (!(cls instanceof PyClass)) return typeError(m, 'an enum class is needed');
  const o = m.adopt(new PyObject(cls));
  if (cls.layout !== 'object') o.payload = args[1];
  return o;
});
helper('__rr_own_attribute', (m, args) => {
  const [o, name, otherwise] = args;
  if (!(o instanceof PyObject)) return otherwise;
  if (m.stopBefore(o)) return STOP;
  const v = o.attrs?.get(String(name));
  m.read(o, name, v);
  return v === undefined ? otherwise : v;
});
/** itertools.count is C: taking the next number is one step. */
helper('__rr_count_next', (m, args) => {
  const [o, step] = args;
  if (!(o instanceof PyObject)) return typeError(m, 'count expected');
  if (m.stopBefore(o)) return STOP;
  const v = o.attrs?.get('_m_n') ?? 0;
  const next = binary(m, '+', v, step);
  m.write(o, '_m_n', next, v);
  if (o.attrs) m.trail.mapSet(o.attrs, '_m_n', next);
  return v;
});
/** Its counts of hits and misses as well. */
helper(
  '__rr_add_to',
  (m, [list, index]) => {
    if (!(list instanceof PyList) || typeof index !== 'number') return null;
    const v = list.items[index];
    const next = binary(m, '+', v, 1);
    m.write(list, index, next, v);
    m.trail.splice(list.items, index, 1, [next]);
    return null;
  },
  {},
);
/** `@dataclass(slots=True)`: instances have these attributes and no other, unless a base class gives them a `__dict__`. */
helper('__rr_with_slots', (m, [cls, names]) => {
  if (!(cls instanceof PyClass) || !(names instanceof PyTuple)) return cls;
  const inherited = cls.mro.slice(1).filter((c) => !c.builtin);
  if (inherited.every((c) => c.slots !== null))
    m.trail.set(cls, 'slots', new Set([...names.items.map(String), ...inherited.flatMap((c) => [...(c.slots ?? [])])]));
  for (const name of names.items) if (cls.dict.has(String(name))) m.trail.mapSet(cls.dict, String(name), undefined);
  return cls;
});
/** lru_cache is C too: moving a key to the end, and storing with eviction, are one step each. */
helper(
  '__rr_touch_key',
  (m, args) => {
    const [d, key, v] = args;
    if (!(d instanceof PyDict) || d.shared) return null;
    const c = canon(m, key);
    if (c === USER_KEY) return null;
    const e = find(d.table, c as Canon);
    if (e) {
      removeEntry(m, d, e);
      put(m, d, c as Canon, key, v);
    }
    return null;
  },
  {},
);
helper(
  '__rr_bounded_set',
  (m, args) => {
    const [d, key, v, limit] = args;
    if (!(d instanceof PyDict)) return null;
    const c = canon(m, key);
    if (c === USER_KEY) return callPrelude(m, '__rr_keyed_setitem', [d, key, v]);
    put(m, d, c as Canon, key, v);
    if (typeof limit === 'number' && d.table.count > limit) {
      const first = entriesOf(d)[0];
      if (first) removeEntry(m, d, first);
    }
    return null;
  },
  {},
);

// ---- collections.abc, typing, abc: names ----------------------------------------------------------

const protocols: Readonly<Record<string, readonly string[]>> = {
  Iterable: ['__iter__'],
  Iterator: ['__next__', '__iter__'],
  Sized: ['__len__'],
  Container: ['__contains__'],
  Hashable: ['__hash__'],
  Callable: ['__call__'],
  Collection: ['__len__', '__iter__', '__contains__'],
  Generator: [],
  Coroutine: [],
  Awaitable: ['__await__'],
  AsyncIterable: ['__aiter__'],
  AsyncIterator: ['__anext__', '__aiter__'],
  AsyncGenerator: [],
  Reversible: ['__reversed__'],
  ByteString: [],
};
const abc: Record<string, Value> = {};
for (const [name, methods] of Object.entries(protocols)) {
  const cls = makeBuiltin(name, 'object', objectClass, false);
  cls.module = 'collections.abc';
  cls.dict.set('__rr_protocol__', new PyTuple(methods));
  abc[name] = cls;
}
// Those with methods of their own are in the prelude.
defineModule('collections.abc', abc, 'collections.abc');
const numbers: Record<string, Value> = {};
for (const name of ['Number', 'Complex', 'Real', 'Rational', 'Integral']) {
  const cls = makeBuiltin(name, 'object', objectClass, false);
  cls.module = 'numbers';
  cls.dict.set('__rr_protocol__', new PyTuple([]));
  numbers[name] = cls;
}
defineModule('numbers', numbers);

const generic = makeBuiltin('Generic', 'object', objectClass, false);
generic.module = 'typing';
const protocol = makeBuiltin('Protocol', 'object', objectClass, false);
protocol.module = 'typing';
const typing: Record<string, Value> = { ...abc, Generic: generic, Protocol: protocol };
for (const [alias, name] of [
  ['List', 'list'],
  ['Dict', 'dict'],
  ['Set', 'set'],
  ['FrozenSet', 'frozenset'],
  ['Tuple', 'tuple'],
  ['Type', 'type'],
  ['Text', 'str'],
] as const)
  typing[alias] = builtins.get(name) as Value;
typing.Deque = dequeClass;
typing.DefaultDict = defaultdictClass;
typing.OrderedDict = orderedDictClass;
for (const name of [
  'Any',
  'Optional',
  'Union',
  'Literal',
  'Final',
  'ClassVar',
  'Annotated',
  'NoReturn',
  'Never',
  'Self',
  'TypeAlias',
  'Concatenate',
  'AnyStr',
  'LiteralString',
  'Required',
  'NotRequired',
  'Unpack',
  'TypeGuard',
  'ContextManager',
  'AsyncContextManager',
  'SupportsInt',
  'SupportsFloat',
  'SupportsIndex',
  'Pattern',
  'Match',
  'IO',
  'TextIO',
  'BinaryIO',
]) {
  const cls = makeBuiltin(name, 'object', objectClass, false);
  cls.module = 'typing';
  typing[name] = cls;
}
typing.TYPE_CHECKING = false;
typing.NamedTuple = native(
  'NamedTuple',
  (m, [name, fields]) => callPrelude(m, '__rr_named_tuple_of', [name, fields ?? m.ops.makeList(m, [])], 'collections'),
  { pure: true },
);
typing.TypedDict = native('TypedDict', () => builtins.get('dict') ?? null, { pure: true });
typing.get_origin = native('get_origin', (_m, [t]) => (t instanceof PyObject ? (t.attrs?.get('__origin__') ?? null) : null), {
  pure: true,
});
typing.get_args = native(
  'get_args',
  (_m, [t]) => (t instanceof PyObject ? (t.attrs?.get('__args__') ?? new PyTuple([])) : new PyTuple([])),
  { pure: true },
);
typing.assert_never = native(
  'assert_never',
  (m, [v]) => raise(m, 'AssertionError', `Expected code to be unreachable, but got: ${reprOf(v) ?? '…'}`),
  {
    pure: true,
  },
);
for (const name of ['assert_type', 'reveal_type']) typing[name] = native(name, (_m, args) => args[0], { pure: true });
for (const name of ['TypeVar', 'ParamSpec', 'TypeVarTuple'])
  typing[name] = native(name, (m) => m.adopt(new PyObject(typing.Any as PyClass)), { pure: true });
typing.NewType = native('NewType', (_m, args) => args[1], { pure: true });
typing.cast = native('cast', (_m, args) => args[1], { pure: true });
typing.runtime_checkable = native(
  'runtime_checkable',
  (m, [cls]) => {
    if (cls instanceof PyClass) {
      const notes = cls.dict.get('__annotations__');
      const names = [...cls.dict.keys(), ...(notes instanceof PyDict ? entriesOf(notes).map((e) => String(e.key)) : [])];
      const own = names.filter((n) => !/^__(module|qualname|doc|annotations|dict|weakref|init|rr_protocol)__$/.test(n));
      m.trail.mapSet(cls.dict, '__rr_protocol__', new PyTuple(own));
    }
    return cls;
  },
  { pure: true },
);
for (const name of ['overload', 'final', 'no_type_check', 'override']) typing[name] = native(name, (_m, args) => args[0], { pure: true });
typing.get_type_hints = native(
  'get_type_hints',
  (m, [o]) => {
    const known = m.ops.getAttr(m, o, '__annotations__');
    const isText = known instanceof PyDict && entriesOf(known).some((e) => typeof e.value === 'string');
    return known instanceof PyDict && !isText ? known : unmodelled(m, 'typing', 'get_type_hints');
  },
  { pure: true },
);
defineModule('typing', typing, 'collections.abc');
defineModule('typing_extensions', typing);

const abcMeta = new PyClass('ABCMeta', [builtins.get('type') as PyClass], builtins.get('type') as PyClass, 'type', true);
abcMeta.mro = [abcMeta, ...(builtins.get('type') as PyClass).mro];
abcMeta.module = 'abc';
method(abcMeta, 'register', (m, [base, cls]) => {
  if (!(base instanceof PyClass) || !(cls instanceof PyClass))
    return cls instanceof Opaque ? cls : typeError(m, 'Can only register classes');
  register(m, base, cls);
  return cls;
});
abcMeta.dict.set('__abstractmethods__', new NativeAttribute((m, cls) => frozenNames(m, cls instanceof PyClass ? abstractNames(cls) : [])));
for (const cls of [...Object.values(abc), ...Object.values(numbers)]) if (cls instanceof PyClass) cls.meta = abcMeta;

function frozenNames(m: Machine, names: readonly string[]): Value {
  const set = newSet(m, frozensetClass);
  for (const n of names) fill(set.table, canon(m, n) as Canon, n, true);
  return set;
}
abcMeta.allocate = (builtins.get('type') as PyClass).allocate;
const abcClass = makeBuiltin('ABC', 'object', objectClass, false);
abcClass.module = 'abc';
abcClass.meta = abcMeta;
const abstract = native(
  'abstractmethod',
  (m, args) => {
    const f = args[0];
    if (typeof f === 'object' && f !== null && 'attributes' in f) {
      const closure = f as { attributes: Map<string, Value> | null };
      if (!closure.attributes) m.trail.set(closure, 'attributes', new Map());
      m.trail.mapSet(closure.attributes as Map<string, Value>, '__isabstractmethod__', true);
    }
    return f;
  },
  { pure: true },
);
defineModule('abc', { ABC: abcClass, ABCMeta: abcMeta, abstractmethod: abstract });
