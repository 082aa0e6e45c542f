/** `ABCMeta.register` and what `issubclass` says of the classes of `collections.abc` and `numbers`. */
import type { Machine } from '../machine.ts';
import { PyTuple, type Value } from '../values.ts';
import { PyClass } from './objects.ts';
import { state } from './runtime.ts';
import { isSubclass, lookup } from './types.ts';

// Built-in classes are the same objects in all machines: what a program registers is kept with its machine.
function keyOf(base: PyClass): string {
  return base.builtin ? `registered ${base.module}.${base.name}` : `registered #${base.id}`;
}

export function register(m: Machine, base: PyClass, cls: PyClass): void {
  const known = registered(m, base);
  m.trail.mapSet(state(m).singletons, keyOf(base), new PyTuple([...known, cls]));
}

function registered(m: Machine, base: PyClass): readonly PyClass[] {
  const known = state(m).singletons.get(keyOf(base));
  return known instanceof PyTuple ? known.items.filter((c): c is PyClass => c instanceof PyClass) : [];
}

/** Registered with the class, or with one that inherits from it. */
export function isRegistered(m: Machine, cls: PyClass, base: PyClass): boolean {
  if (base.meta.name === 'type' && base.meta.builtin) return false;
  return (
    registered(m, base).some((c) => isSubclass(cls, c) || isRegistered(m, cls, c)) || base.subclasses.some((s) => isRegistered(m, cls, s))
  );
}

/** Which built-in classes the abstract ones of `collections.abc` and `numbers` take for theirs. */
const builtIn: Readonly<Record<string, string>> = {
  Sequence: 'list tuple str range bytes bytearray memoryview deque',
  MutableSequence: 'list bytearray deque',
  Mapping: 'dict',
  MutableMapping: 'dict',
  Set: 'set frozenset dict_keys dict_items',
  MutableSet: 'set',
  Number: 'int float complex',
  Complex: 'int float complex',
  Real: 'int float',
  Rational: 'int',
  Integral: 'int',
  Iterable: 'list tuple str range bytes bytearray memoryview dict set frozenset dict_keys dict_values dict_items deque generator',
  Collection: 'list tuple str range bytes bytearray memoryview dict set frozenset dict_keys dict_values dict_items deque',
  Container: 'list tuple str range bytes bytearray memoryview dict set frozenset dict_keys dict_values dict_items deque',
  Sized: 'list tuple str range bytes bytearray memoryview dict set frozenset dict_keys dict_values dict_items deque',
  Reversible: 'list tuple str range bytes bytearray memoryview dict dict_keys dict_values dict_items deque',
  Iterator: 'generator',
  Generator: 'generator',
  Coroutine: 'coroutine',
  Awaitable: 'coroutine',
  Hashable: 'int float complex str bytes tuple frozenset range object NoneType type function',
};

/** Undefined when the class is no abstract one whose subclasses are told by what they define. */
export function byStructure(cls: PyClass, base: PyClass): boolean | undefined {
  const names = base.dict.get('__rr_protocol__');
  if (!(names instanceof PyTuple) || !/^(collections\.abc|numbers|typing)$/.test(base.module)) return undefined;
  const known = builtIn[base.name]?.split(' ') ?? [];
  if (cls.mro.some((c) => c.builtin && c.name !== 'object' && known.includes(c.name))) return true;
  if (base.name === 'Hashable') return lookup(cls, '__hash__') !== null && !/^(list|dict|set|bytearray|deque)$/.test(builtInName(cls));
  if (base.name === 'Callable') return lookup(cls, '__call__') !== undefined || /^(function|type|method)$/.test(cls.name);
  return names.items.length > 0 && names.items.every((n: Value) => lookup(cls, String(n)) !== undefined);
}

function builtInName(cls: PyClass): string {
  return cls.mro.find((c) => c.builtin)?.name ?? 'object';
}
