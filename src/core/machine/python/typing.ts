/** `list[int]` and the like: aliases that behave as their origin. */
import type { Machine } from '../machine.ts';
import { PyTuple, type Value } from '../values.ts';
import { callFunction } from './calls.ts';
import { method } from './dicts.ts';
import { PyObject } from './objects.ts';
import { aliasClass } from './types.ts';

export function aliasOf(m: Machine, origin: Value, key: Value): PyObject {
  const o = m.adopt(new PyObject(aliasClass));
  o.attrs = new Map<string, Value>([
    ['__origin__', origin],
    ['__args__', key instanceof PyTuple ? key : new PyTuple([key])],
  ]);
  return o;
}

method(
  aliasClass,
  '__call__',
  (m, args, kw) => {
    const o = args[0];
    return callFunction(m, o instanceof PyObject ? o.attrs?.get('__origin__') : null, args.slice(1), kw);
  },
  { pure: true },
);
method(aliasClass, '__getitem__', (_m, args) => args[0], { pure: true });
method(aliasClass, '__or__', (m, args) => aliasOf(m, args[0], args[1]), { pure: true });
