/** Iterator prototypes: of arrays, strings, maps, sets, generators and async generators. */
import { PUSHED, Raise } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { DONE, type Value } from '../../values.ts';
import { iterResult, requestAsync, resumeGenerator } from '../async.ts';
import { stepNative } from '../iteration.ts';
import { newPromise, put, throwError, chain } from '../objects.ts';
import { reject } from '../promises.ts';
import { state } from '../state.ts';
import { Flag, JsGenerator, JsIterator, type JsObject } from '../values.ts';
import { methods, symbolMethod, tag } from './define.ts';

function fail(value: Value): never {
  throw new Raise(value);
}

export function installIterators(m: Machine): void {
  const { intrinsics: i, symbols } = state(m);
  symbolMethod(m, i.Iterator, symbols.iterator, '[Symbol.iterator]', (_n, t) => t);
  symbolMethod(m, i.AsyncIterator, symbols.asyncIterator, '[Symbol.asyncIterator]', (_n, t) => t);
  const names: [JsObject, string][] = [
    [i.ArrayIterator, 'Array Iterator'],
    [i.StringIterator, 'String Iterator'],
    [i.MapIterator, 'Map Iterator'],
    [i.SetIterator, 'Set Iterator'],
    [i.RegExpStringIterator, 'RegExp String Iterator'],
  ];
  for (const [proto, name] of names) {
    methods(m, proto, {
      next: [
        0,
        (n, t) => {
          if (!(t instanceof JsIterator)) throwError(n, 'TypeError', `next method called on incompatible receiver ${n.ops.show(t)}`);
          const r = stepNative(n, t);
          if (r === PUSHED) return chain(n, r, (k, v) => iterResult(k, v === DONE ? undefined : v, v === DONE));
          return iterResult(n, r === DONE ? undefined : r, r === DONE);
        },
      ],
    });
    tag(m, proto, name);
  }
  const generator =
    (kind: 'next' | 'throw' | 'return') =>
    (n: Machine, t: Value, args: readonly Value[]): Value => {
      if (!(t instanceof JsGenerator)) throwError(n, 'TypeError', `${kind} method called on incompatible receiver ${n.ops.show(t)}`);
      return resumeGenerator(n, t, kind, args[0], false, fail);
    };
  methods(m, i.Generator, { next: [1, generator('next')], return: [1, generator('return')], throw: [1, generator('throw')] });
  tag(m, i.Generator, 'Generator');
  const asyncGenerator =
    (kind: 'next' | 'throw' | 'return') =>
    (n: Machine, t: Value, args: readonly Value[]): Value => {
      if (!(t instanceof JsGenerator)) {
        const p = newPromise(n);
        reject(n, p, n.ops.makeException(n, 'TypeError', `${kind} method called on incompatible receiver ${n.ops.show(t)}`));
        return p;
      }
      return requestAsync(n, t, kind, args[0]);
    };
  methods(m, i.AsyncGenerator, {
    next: [1, asyncGenerator('next')],
    return: [1, asyncGenerator('return')],
    throw: [1, asyncGenerator('throw')],
  });
  tag(m, i.AsyncGenerator, 'AsyncGenerator');
  put(i.GeneratorFunction, 'prototype', i.Generator, Flag.Configurable);
  put(i.AsyncGeneratorFunction, 'prototype', i.AsyncGenerator, Flag.Configurable);
}
