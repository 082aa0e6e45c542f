/** Error and its kinds. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { prototypeFor } from '../calls.ts';
import { toText } from '../convert.ts';
import { nativeItems, prelude } from '../iteration.ts';
import { chain, isObject, newArray, put, throwError } from '../objects.ts';
import { defineOwn, getOwn, getProperty } from '../properties.ts';
import { state } from '../state.ts';
import { Flag, JsObject, LAZY_STACK } from '../values.ts';
import { constructor, method, methods } from './define.ts';

export function installErrors(m: Machine): void {
  const s = state(m);
  const base = s.intrinsics.Error;
  const make = (name: string, proto: JsObject, parent: JsObject | null): void => {
    s.errors.set(name, proto);
    const f = constructor(m, name, name === 'AggregateError' ? 2 : 1, proto, (n, _this, args, newTarget) => {
      const e = n.adopt(new JsObject(prototypeFor(n, newTarget, proto)));
      e.className = 'Error';
      const [message, options] = name === 'AggregateError' ? [args[1], args[2]] : [args[0], args[1]];
      return chain(n, message === undefined ? undefined : toText(n, message), (k, text) => {
        put(e, 'stack', LAZY_STACK, Flag.Hidden);
        if (text !== undefined) put(e, 'message', text, Flag.Hidden);
        if (isObject(options) && getOwn(k, options, 'cause')) put(e, 'cause', getProperty(k, options, 'cause', options), Flag.Hidden);
        if (name !== 'AggregateError') return e;
        return chain(k, errorList(k, args[0]), (h, list) => {
          put(e, 'errors', list, Flag.Hidden);
          return e;
        });
      });
    });
    if (parent) f.proto = parent;
    put(proto, 'name', name, Flag.Hidden);
    put(proto, 'message', '', Flag.Hidden);
    if (name === 'Error') {
      methods(m, f, {
        captureStackTrace: [
          2,
          (n, _t, [o]) => {
            if (isObject(o)) defineOwn(n, o, 'stack', { value: LAZY_STACK, writable: true, enumerable: false, configurable: true });
            return undefined;
          },
        ],
      });
      put(f, 'stackTraceLimit', 10, Flag.All);
    }
  };
  make('Error', base, null);
  const parent = s.globalObject.properties.get('Error')?.value as JsObject;
  for (const name of ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError', 'AggregateError'])
    make(name, m.adopt(new JsObject(base)), parent);
  methods(m, base, {
    toString: method(0, (n, t) => {
      if (!isObject(t)) throwError(n, 'TypeError', "Error.prototype.toString requires that 'this' be a JSReceiver");
      return chain(n, getProperty(n, t, 'name', t), (k, name) =>
        chain(k, name === undefined ? 'Error' : toText(k, name), (h, nameText) =>
          chain(h, getProperty(h, t, 'message', t), (g, message) =>
            chain(g, message === undefined ? '' : toText(g, message), (_, text) =>
              nameText === '' ? text : text === '' ? nameText : `${String(nameText)}: ${String(text)}`,
            ),
          ),
        ),
      );
    }),
  });
}

function errorList(m: Machine, v: Value): Value {
  const items = nativeItems(m, v);
  return items ? newArray(m, items) : prelude(m, 'collect', [v]);
}
