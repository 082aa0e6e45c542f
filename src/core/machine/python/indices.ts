/** `__index__` (PEP 357): objects of the program's own classes where a built-in wants an int. */
import { Native, type Keywords } from '../language.ts';
import './conversions.ts';
import './deque.ts';
import './lists.ts';
import './strings.ts';
import type { Machine } from '../machine.ts';
import { PySlice, PyTuple, type Value } from '../values.ts';
import { builtins } from './builtins.ts';
import { makeDictFrom } from './dicts.ts';
import { native } from './library.ts';
import { NativeMethod, type PyClass } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { bytesClass, dequeClass, listClass, rangeClass, strClass, tupleClass, userMethod } from './types.ts';

/** Must the program's own code be asked what index this is? */
export function isIndexed(v: Value): boolean {
  if (v instanceof PySlice) return [v.lower, v.upper, v.step].some(isIndexed);
  return userMethod(v, '__index__') !== undefined;
}

/** Calls `callee` with what the arguments' `__index__` gives; undefined when none has one. */
function indexedCall(m: Machine, callee: Value, args: readonly Value[], keywords: Keywords): Value {
  if (!args.some((a) => userMethod(a, '__index__') !== undefined)) return undefined;
  return callPrelude(m, '__rr_indexed_call', [callee, new PyTuple(args), makeDictFrom(m, [...(keywords ?? [])])]);
}

/** A native that asks its arguments from the `from`-th on. */
function asking(f: Native, from = 0): Native['fn'] {
  return (m, args, keywords, thisValue) =>
    (args.slice(from).some(isIndexed) ? indexedCall(m, f, args, keywords) : undefined) ?? f.fn(m, args, keywords, thisValue);
}

const methods: readonly [PyClass, readonly string[]][] = [
  [listClass, ['insert', 'pop', 'index']],
  [tupleClass, ['index']],
  [dequeClass, ['insert', 'rotate', 'index']],
  [
    strClass,
    ['center', 'ljust', 'rjust', 'zfill', 'find', 'rfind', 'index', 'rindex', 'count', 'split', 'rsplit', 'expandtabs', 'replace'],
  ],
];
for (const [cls, names] of methods)
  for (const name of names) {
    const known = cls.dict.get(name);
    if (!(known instanceof NativeMethod)) continue;
    const method = new NativeMethod(name, asking(known), known.traits);
    method.owner = known.owner;
    cls.dict.set(name, method);
  }
for (const name of ['chr', 'hex', 'oct', 'bin', 'enumerate', 'round']) {
  const known = builtins.get(name);
  if (known instanceof Native)
    builtins.set(name, native(name, asking(known, name === 'enumerate' || name === 'round' ? 1 : 0), known.traits));
}
for (const cls of [rangeClass, bytesClass]) {
  const allocate = cls.allocate;
  if (allocate) cls.allocate = (m, c, args, keywords) => indexedCall(m, c, args, keywords) ?? allocate(m, c, args, keywords);
}
