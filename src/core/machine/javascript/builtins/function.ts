/** Function.prototype. */
import { Unsupported } from '../../language.ts';
import type { Frame } from '../../frame.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, type Value } from '../../values.ts';
import { callFunction, isCallable } from '../calls.ts';
import { nativeItems, prelude } from '../iteration.ts';
import { importDynamic } from '../modules.ts';
import { chain, isObject, newNative, put, throwError } from '../objects.ts';
import { ordinaryInstance } from '../operators.ts';
import { getOwn } from '../properties.ts';
import { state } from '../state.ts';
import { Flag, JsFunction } from '../values.ts';
import { constructor, method, methods, symbolMethod, tag } from './define.ts';

/** Arguments from an array or array-like. */
export function argumentList(m: Machine, v: Value, k: (m: Machine, args: readonly Value[]) => Value): Value {
  if (v === undefined || v === null) return k(m, []);
  if (v instanceof Opaque) return chain(m, prelude(m, 'collect', [v]), (n, list) => k(n, n.ops.listItems(list)));
  if (!isObject(v)) throwError(m, 'TypeError', 'CreateListFromArrayLike called on non-object');
  const items = nativeItems(m, v);
  if (items) return k(m, items);
  return chain(m, prelude(m, 'fromArrayLike', [v]), (n, list) => k(n, n.ops.listItems(list)));
}

/** The two functions that are made from text because the compiler or strict mode would not have them otherwise. */
function fromText(m: Machine, args: readonly Value[]): JsFunction {
  const body = args.at(-1);
  const text = typeof body === 'string' ? body.trim().replace(/;$/, '') : '';
  if (args.length === 1 && text === 'return this') return newNative(m, 'anonymous', 0, (n) => state(n).globalObject);
  const name = args[0];
  if (args.length === 2 && typeof name === 'string' && /^[\w$]+$/.test(name) && text === `return import(${name})`)
    return newNative(m, 'anonymous', 1, (n, _t, [specifier]) => importDynamic(n, specifier, n.fiber?.top as Frame));
  throw new Unsupported('Function made from text');
}

export function installFunction(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.Function;
  constructor(m, 'Function', 1, proto, (n, _t, args) => fromText(n, args));
  methods(m, proto, {
    call: [
      1,
      (n, f, [thisValue, ...args]) => {
        if (!isCallable(f)) throwError(n, 'TypeError', 'Function.prototype.call was called on a value that is not a function');
        return callFunction(n, f, thisValue, args);
      },
    ],
    apply: [
      2,
      (n, f, [thisValue, list]) => {
        if (!isCallable(f)) throwError(n, 'TypeError', 'Function.prototype.apply was called on a value that is not a function');
        return argumentList(n, list, (k, args) => callFunction(k, f, thisValue, args));
      },
    ],
    bind: [
      1,
      (n, f, [thisValue, ...args]) => {
        if (!(f instanceof JsFunction)) throwError(n, 'TypeError', 'Bind must be called on a function');
        const b = n.adopt(new JsFunction(f.proto));
        b.bound = { target: f, thisValue, args };
        b.isConstructor = f.isConstructor;
        b.promise = f.promise;
        const name = getOwn(n, f, 'name')?.value;
        b.name = `bound ${typeof name === 'string' ? name : ''}`;
        b.length = Math.max(0, f.length - args.length);
        return b;
      },
    ],
    toString: method(0, (_n, f) => {
      if (f instanceof JsFunction && f.closure && !f.closure.code.internal) {
        const span = f.classDef?.span ?? f.closure.code.fn.span;
        return f.closure.code.module.text.slice(span.start, span.end);
      }
      if (f instanceof JsFunction && f.classText !== null) return f.classText;
      return `function ${f instanceof JsFunction ? f.name : ''}() { [native code] }`;
    }),
  });
  s.hasInstance = symbolMethod(m, proto, s.symbols.hasInstance, '[Symbol.hasInstance]', (n, f, [v]) =>
    f instanceof JsFunction ? ordinaryInstance(n, v, f) : false,
  );
  // Their constructors make functions from text.
  for (const kind of ['AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction'] as const) {
    const made = newNative(
      m,
      kind,
      1,
      () => {
        throw new Unsupported(kind);
      },
      true,
    );
    put(made, 'prototype', s.intrinsics[kind], 0);
    put(s.intrinsics[kind], 'constructor', made, Flag.Configurable);
  }
  tag(m, s.intrinsics.AsyncFunction, 'AsyncFunction');
  tag(m, s.intrinsics.GeneratorFunction, 'GeneratorFunction');
  tag(m, s.intrinsics.AsyncGeneratorFunction, 'AsyncGeneratorFunction');
}
