/** collections.deque: a list that drops items past its maximum length, atomic like all of C. */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { LENGTH, type Value } from '../values.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { indexOf, readList, replaceAll, restructure, splice } from './lists.ts';
import { asIndex } from './numbers.ts';
import { NativeAttribute, type PyClass, PyDeque } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { reprOf } from './text.ts';
import { dequeClass, typeName } from './types.ts';

export function newDeque(m: Machine, items: Value[], maxlen: number | null, cls: PyClass = dequeClass): PyDeque {
  const kept = maxlen !== null && items.length > maxlen ? items.slice(items.length - maxlen) : items;
  return m.adopt(new PyDeque(cls, kept, maxlen));
}

dequeClass.allocate = (m, cls) => newDeque(m, [], null, cls);

function self(m: Machine, args: readonly Value[], name: string): PyDeque {
  const d = args[0];
  if (!(d instanceof PyDeque))
    return typeError(m, `descriptor '${name}' for 'collections.deque' objects doesn't apply to a '${typeName(d)}' object`);
  return d;
}

function pushRight(m: Machine, d: PyDeque, v: Value): void {
  if (d.maxlen === 0) return;
  if (d.maxlen !== null && d.items.length >= d.maxlen) {
    restructure(m, d);
    splice(m, d, 0, 1, []);
  }
  m.write(d, LENGTH, d.items.length + 1, d.items.length);
  m.write(d, d.items.length, v, undefined);
  m.escape(d, v);
  m.trail.set(d, 'version', d.version + 1);
  m.trail.push(d.items, v);
}

function pushLeft(m: Machine, d: PyDeque, v: Value): void {
  if (d.maxlen === 0) return;
  restructure(m, d);
  m.write(d, 0, v, undefined);
  if (d.maxlen !== null && d.items.length >= d.maxlen) splice(m, d, d.items.length - 1, 1, []);
  splice(m, d, 0, 0, [v]);
}

function pop(m: Machine, d: PyDeque, at: number): Value {
  if (d.items.length === 0) {
    m.read(d, LENGTH, 0);
    return raise(m, 'IndexError', 'pop from an empty deque');
  }
  const i = at < 0 ? d.items.length - 1 : 0;
  const v = d.items[i];
  m.remove(d, i, v);
  if (i === d.items.length - 1 && at < 0) {
    m.write(d, LENGTH, i, i + 1);
    m.trail.set(d, 'version', d.version + 1);
  } else restructure(m, d);
  splice(m, d, i, 1, []);
  return v;
}

method(dequeClass, '__init__', (m, args, keywords) => {
  const d = self(m, args, '__init__');
  const limit = args[2] ?? keywords?.get('maxlen') ?? null;
  if (limit !== null) {
    const n = asIndex(limit);
    if (n === undefined) return typeError(m, 'an integer is required');
    if (n < 0) return raise(m, 'ValueError', 'maxlen must be non-negative');
    m.trail.set(d, 'maxlen', n);
  }
  const source = args[1] ?? keywords?.get('iterable');
  if (source === undefined) return null;
  const items = drain(m, source);
  if (items === STOP) return STOP;
  if (items === null) return callPrelude(m, '__rr_extend', [d, source]);
  for (const v of items as Value[]) pushRight(m, d, v);
  return null;
});
method(dequeClass, 'append', (m, args) => (pushRight(m, self(m, args, 'append'), args[1]), null));
method(dequeClass, 'appendleft', (m, args) => (pushLeft(m, self(m, args, 'appendleft'), args[1]), null));
method(dequeClass, 'pop', (m, args) => pop(m, self(m, args, 'pop'), -1));
method(dequeClass, 'popleft', (m, args) => pop(m, self(m, args, 'popleft'), 0));
method(dequeClass, 'clear', (m, args) => {
  const d = self(m, args, 'clear');
  restructure(m, d);
  splice(m, d, 0, d.items.length, []);
  return null;
});
for (const [name, push] of [
  ['extend', pushRight],
  ['extendleft', pushLeft],
] as const) {
  method(dequeClass, name, (m, args) => {
    const d = self(m, args, name);
    const items = drain(m, args[1]);
    if (items === STOP) return STOP;
    if (items === null) return callPrelude(m, name === 'extend' ? '__rr_extend' : '__rr_extendleft', [d, args[1]]);
    for (const v of (items as Value[]).slice()) push(m, d, v);
    return null;
  });
}
method(dequeClass, '__len__', (m, args) => {
  const d = self(m, args, '__len__');
  m.read(d, LENGTH, d.items.length);
  return d.items.length;
});
method(dequeClass, 'rotate', (m, args) => {
  const d = self(m, args, 'rotate');
  const n = d.items.length;
  const wanted = args[1] === undefined ? 1 : asIndex(args[1]);
  if (wanted === undefined) return typeError(m, `'${typeName(args[1])}' object cannot be interpreted as an integer`);
  restructure(m, d);
  if (n === 0) return null;
  const by = ((wanted % n) + n) % n;
  replaceAll(m, d, [...d.items.slice(n - by), ...d.items.slice(0, n - by)]);
  return null;
});
method(dequeClass, 'reverse', (m, args) => {
  const d = self(m, args, 'reverse');
  restructure(m, d);
  replaceAll(m, d, d.items.slice().reverse());
  return null;
});
method(dequeClass, 'copy', (m, args) => {
  const d = self(m, args, 'copy');
  readList(m, d);
  return newDeque(m, d.items.slice(), d.maxlen);
});
method(dequeClass, 'remove', (m, args) => {
  const d = self(m, args, 'remove');
  const at = indexOf(d.items, args[1]);
  if (at === null) return callPrelude(m, '__rr_list_remove', [d, args[1]]);
  if (at < 0) {
    readList(m, d);
    return raise(m, 'ValueError', `${reprOf(args[1]) ?? '…'} is not in deque`);
  }
  restructure(m, d);
  splice(m, d, at, 1, []);
  return null;
});
method(dequeClass, 'insert', (m, args) => {
  const d = self(m, args, 'insert');
  if (d.maxlen !== null && d.items.length >= d.maxlen) return raise(m, 'IndexError', 'deque already at its maximum size');
  const i = asIndex(args[1]) ?? 0;
  restructure(m, d);
  splice(m, d, Math.min(d.items.length, Math.max(0, i < 0 ? i + d.items.length : i)), 0, [args[2]]);
  return null;
});
method(dequeClass, 'count', (m, args) => callPrelude(m, '__rr_count', [self(m, args, 'count'), args[1]]));
method(dequeClass, 'index', (m, args) => callPrelude(m, '__rr_index', [self(m, args, 'index'), args[1]]));
dequeClass.dict.set('maxlen', new NativeAttribute((_m, d) => (d instanceof PyDeque ? d.maxlen : null)));
