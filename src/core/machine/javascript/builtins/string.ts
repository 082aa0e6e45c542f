/** String: the host's own algorithms on the program's strings. */
import { Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { prototypeFor, isCallable } from '../calls.ts';
import { numberOf, stringOf, toText } from '../convert.ts';
import { prelude } from '../iteration.ts';
import { chain, forCount, isObject, newArray, newObject, throwError } from '../objects.ts';
import { getProperty } from '../properties.ts';
import { state } from '../state.ts';
import { JsIterator, JsObject, JsRegExp, JsSymbol, type NativeFunction } from '../values.ts';
import { constructor, method, methods, known, symbolMethod, type MethodTable, computing } from './define.ts';
import { matchAll, matchString, replaceString, splitString } from './regexp.ts';

/** `this` and the arguments as texts where they are objects, then `k`. */
export function texts(m: Machine, t: Value, args: readonly Value[], k: (m: Machine, text: string, args: readonly Value[]) => Value): Value {
  if (t === undefined || t === null) throwError(m, 'TypeError', `String.prototype method called on null or undefined`);
  return chain(m, toText(m, t), (n, text) => {
    const out = [...args];
    return forCount(
      n,
      args.length,
      (h, i) => {
        const a = args[i];
        if (!(a instanceof JsObject) || a instanceof JsRegExp || a.type === 'function') return undefined;
        return chain(h, toText(h, a), (_, v) => {
          out[i] = v;
          return undefined;
        });
      },
      (h) => k(h, text as string, out),
    );
  });
}

/** A method that is the host's, its arguments numbers or texts as `kinds` says (n, s, ? = optional). */
function host(name: string, kinds: string): NativeFunction {
  return (m, t, args) =>
    texts(m, t, args, (n, text, values) => {
      const given: unknown[] = [];
      for (let i = 0; i < kinds.length; i++) {
        const v = values[i];
        if (v === undefined && i >= values.length) break;
        given.push(v === undefined ? undefined : kinds[i] === 'n' ? numberOf(n, v) : stringOf(n, kinds[i] === 'k' ? known(v) : v));
      }
      if ('sS'.includes(kinds[0] ?? '') && values.length === 0 && kinds[0] === 'S') given.push('undefined');
      try {
        return (text as unknown as Record<string, (...a: unknown[]) => Value>)[name]?.(...given);
      } catch (e) {
        if (e instanceof RangeError) throwError(n, 'RangeError', e.message);
        throw e;
      }
    });
}

export function installString(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.String;
  proto.className = 'String';
  proto.slot = '';
  const f = constructor(m, 'String', 1, proto, (n, _t, args, newTarget) => {
    const v = args[0];
    if (newTarget === undefined && v instanceof JsSymbol) return `Symbol(${v.description ?? ''})`;
    return chain(n, args.length === 0 ? '' : toText(n, v), (k, text) => {
      if (newTarget === undefined) return text;
      const o = newObject(k, prototypeFor(k, newTarget, proto));
      o.className = 'String';
      o.slot = text;
      return o;
    });
  });
  methods(m, f, {
    fromCharCode: [1, (n, _t, args) => String.fromCharCode(...args.map((a) => numberOf(n, a)))],
    fromCodePoint: [
      1,
      (n, _t, args) => {
        try {
          return String.fromCodePoint(...args.map((a) => numberOf(n, a)));
        } catch (e) {
          if (!(e instanceof RangeError)) throw e;
          throwError(n, 'RangeError', e.message);
        }
      },
    ],
    raw: [
      1,
      (n, _t, [strings, ...values]) => {
        if (!isObject(strings)) return '';
        const raw = getProperty(n, strings, 'raw', strings);
        const parts = n.ops.listItems(raw);
        let out = '';
        parts.forEach((p, i) => (out += String(p) + (i < parts.length - 1 && i < values.length ? stringOf(n, values[i]) : '')));
        return out;
      },
    ],
  });
  computing(f, ['fromCharCode', 'fromCodePoint']);
  const table: MethodTable = {};
  const hosted: [string, number, string][] = [
    ['charAt', 1, 'n'],
    ['charCodeAt', 1, 'n'],
    ['codePointAt', 1, 'n'],
    ['at', 1, 'n'],
    ['indexOf', 1, 'Sn'],
    ['lastIndexOf', 1, 'Sn'],
    ['slice', 2, 'nn'],
    ['substring', 2, 'nn'],
    ['substr', 2, 'nn'],
    ['toUpperCase', 0, ''],
    ['toLowerCase', 0, ''],
    ['trim', 0, ''],
    ['trimStart', 0, ''],
    ['trimEnd', 0, ''],
    ['padStart', 1, 'ns'],
    ['padEnd', 1, 'ns'],
    ['repeat', 1, 'n'],
    ['localeCompare', 1, 'S'],
    ['normalize', 0, 'k'],
    ['isWellFormed', 0, ''],
    ['toWellFormed', 0, ''],
    ['toLocaleUpperCase', 0, ''],
    ['toLocaleLowerCase', 0, ''],
  ];
  for (const [name, length, kinds] of hosted) table[name] = [length, host(name, kinds)];
  for (const name of ['includes', 'startsWith', 'endsWith']) {
    const inner = host(name, 'Sn');
    table[name] = [
      1,
      (n, t, args) => {
        if (args[0] instanceof JsRegExp)
          throwError(n, 'TypeError', `First argument to String.prototype.${name} must not be a regular expression`);
        return inner(n, t, args, undefined);
      },
    ];
  }
  table.concat = [1, (n, t, args) => texts(n, t, args, (k, text, values) => text + values.map((v) => stringOf(k, v)).join(''))];
  table.split = [
    2,
    (n, t, args) => texts(n, t, args, (k, text, [separator, limit]) => newArray(k, splitString(k, text, separator, limit))),
  ];
  table.match = [1, (n, t, args) => texts(n, t, args, (k, text, [pattern]) => matchString(k, text, pattern))];
  table.matchAll = [1, (n, t, args) => texts(n, t, args, (k, text, [pattern]) => matchAll(k, text, pattern))];
  table.search = [
    1,
    (n, t, args) =>
      texts(n, t, args, (_k, text, [pattern]) =>
        text.search(pattern instanceof JsRegExp ? pattern.regexp : new RegExp(pattern === undefined ? '' : String(known(pattern)))),
      ),
  ];
  for (const name of ['replace', 'replaceAll'] as const) {
    table[name] = [
      2,
      (n, t, args) =>
        texts(n, t, args, (k, text, [pattern, replacement]) => {
          if (name === 'replaceAll' && pattern instanceof JsRegExp && !pattern.regexp.global)
            throwError(k, 'TypeError', 'replaceAll must be called with a global RegExp');
          if (isCallable(replacement)) return prelude(k, 'replaceWith', [text, pattern, replacement, name === 'replaceAll']);
          return replaceString(k, text, pattern, stringOf(k, replacement), name === 'replaceAll');
        }),
    ];
  }
  const self = (n: Machine, t: Value): Value =>
    typeof t === 'string'
      ? t
      : t instanceof JsObject && typeof t.slot === 'string'
        ? t.slot
        : throwError(n, 'TypeError', "String.prototype.toString requires that 'this' be a String");
  table['toString' as string] = method(0, (n, t) => self(n, t));
  table['valueOf' as string] = method(0, (n, t) => self(n, t));
  // What makes HTML of a text.
  for (const name of [
    'anchor',
    'big',
    'blink',
    'bold',
    'fontcolor',
    'fontsize',
    'fixed',
    'italics',
    'link',
    'small',
    'strike',
    'sub',
    'sup',
  ])
    table[name] = [
      0,
      () => {
        throw new Unsupported(`String.prototype.${name}`);
      },
    ];
  table.trimLeft = table.trimStart as MethodTable[string];
  table.trimRight = table.trimEnd as MethodTable[string];
  methods(m, proto, table);
  computing(proto);
  symbolMethod(m, proto, s.symbols.iterator, '[Symbol.iterator]', (n, t) =>
    chain(n, toText(n, t), (k, text) => k.adopt(new JsIterator(s.intrinsics.StringIterator, text, 'values', 'String Iterator'))),
  );
}
