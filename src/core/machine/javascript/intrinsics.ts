/** Operations that code asks for by name. */
import { Raise, STOP, Unsupported } from '../language.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { unknownEntries } from './unknown-json.ts';
import { callFunction, checkThis, isCallable } from './calls.ts';
import { destructuredText } from './callee-text.ts';
import { hasPrivate } from './classes.ts';
import { asKey, toKey } from './convert.ts';
import { applyDecorators, decorateClass, decorateMember } from './decorators.ts';
import { typeOfGlobal } from './globals.ts';
import { iterate, notIterable, prelude } from './iteration.ts';
import { importDynamic, importMeta } from './modules.ts';
import { chain, isObject, newArray, newObject, put, throwError } from './objects.ts';
import { deleteFrom, enumerableKeys, getProperty, getValueProperty } from './properties.ts';
import { withEnumerable } from './proxy.ts';
import { state } from './state.ts';
import { Activation, Flag, HOLE, type JsObject } from './values.ts';

export function intrinsic(m: Machine, name: string, args: Value[], frame: Frame, extra: unknown): Value {
  const a = args[0];
  const b = args[1];
  switch (name) {
    case 'unbound':
      return throwError(m, 'ReferenceError', `Cannot access '${String(a)}' before initialization`);
    case 'js.thisUnbound':
      return checkThis(m, a);
    case 'js.assignConst':
      return throwError(m, 'TypeError', 'Assignment to constant variable.');
    case 'js.requireObject':
      if (a === undefined || a === null)
        throwError(m, 'TypeError', `Cannot destructure '${destructuredText(m) ?? String(a)}' as it is ${String(a)}.`);
      return a;
    case 'js.arguments':
      return frame.registers[frame.code.registerCount];
    case 'js.returning': {
      const act = frame.generator;
      if (!(act instanceof Activation)) return false;
      if (act.thrown) {
        const { value } = act.thrown;
        m.trail.set(act, 'thrown', null);
        throw new Raise(value);
      }
      if (!act.returning) return false;
      m.trail.set(act, 'returning', false);
      return true;
    }
    case 'js.hole':
      return HOLE;
    case 'js.isKnown':
      return !(a instanceof Opaque);
    case 'js.decorateMember':
      return decorateMember(m, args);
    case 'js.applyDecorators':
      return applyDecorators(m, args);
    case 'js.decorateClass':
      return decorateClass(m, args);
    case 'js.iterator':
      return chain(m, a === undefined || a === null ? undefined : getValueProperty(m, a, state(m).symbols.iterator), (n, f) =>
        isCallable(f) ? callFunction(n, f, a, []) : notIterable(n, a),
      );
    case 'js.asyncIterator':
      return iterate(m, a, true);
    case 'js.delegate':
      return delegate(m, a, b, args[2] as string);
    case 'js.taggedTemplate':
      return taggedTemplate(m, args, extra as { cooked: (string | null)[]; raw: string[] });
    case 'js.import':
      return importDynamic(m, a, frame);
    case 'js.importMeta':
      return importMeta(m, frame);
    case 'js.dispose':
    case 'js.asyncDispose':
      return dispose(m, a, name === 'js.asyncDispose');
    case 'js.typeofName':
      return typeOfGlobal(m, String(a));
    case 'js.forInKeys':
      if (a instanceof Opaque) {
        const entries = unknownEntries(m, a);
        return entries === null
          ? STOP
          : newArray(
              m,
              entries.map(([key]) => key),
            );
      }
      if (isObject(a) && a.proxy !== null) {
        const { target } = a.proxy;
        return withEnumerable(m, a, (n, keys) => {
          const own = keys.filter((k) => typeof k === 'string');
          return newArray(n, [...own, ...forInKeys(n, target.proto ?? undefined).filter((k) => !own.includes(k))]);
        });
      }
      return newArray(m, forInKeys(m, a));
    case 'js.privateIn':
      return hasPrivate(m, b, String(a));
    case 'js.deleteOptional':
      if (a === undefined || a === null) return true;
      return chain(m, toKey(m, b), (n, key) => deleteFrom(n, a, asKey(key)));
    case 'js.jsx': {
      const element = newObject(m);
      put(element, 'type', a);
      put(element, 'props', b);
      put(element, 'children', newArray(m, args.slice(2)));
      return element;
    }
    case 'exception.value':
      return a;
    case 'js.asyncIterClose':
      return chain(m, isObject(a) ? getProperty(m, a, 'return', a) : undefined, (n, f) =>
        isCallable(f) ? callFunction(n, f, a, []) : undefined,
      );
    default:
      throw new Unsupported(`the operation ${name}`);
  }
}

/** One step of `yield*`: `next`, `throw` or `return` of the inner iterator with what was received. */
function delegate(m: Machine, iterator: Value, received: Value, mode: string): Value {
  return prelude(m, 'delegate', [iterator, received, mode]);
}

const templates = new WeakMap<object, Map<Machine, JsObject>>();

function taggedTemplate(m: Machine, args: readonly Value[], extra: { cooked: (string | null)[]; raw: string[] }): Value {
  let perMachine = templates.get(extra);
  if (!perMachine) templates.set(extra, (perMachine = new Map()));
  let strings = perMachine.get(m);
  if (!strings) {
    strings = newArray(
      m,
      extra.cooked.map((c) => c ?? undefined),
    );
    put(strings, 'raw', newArray(m, [...extra.raw]), 0);
    perMachine.set(m, strings);
  }
  return callFunction(m, args[0], undefined, [strings, ...args.slice(1)]);
}

function dispose(m: Machine, v: Value, isAsync: boolean): Value {
  if (v === undefined || v === null) return undefined;
  const symbols = state(m).symbols;
  const first = isAsync ? getValueProperty(m, v, symbols.asyncDispose) : getValueProperty(m, v, symbols.dispose);
  return chain(m, first, (n, f) => {
    if (isCallable(f)) return callFunction(n, f, v, []);
    return chain(n, isAsync ? getValueProperty(n, v, symbols.dispose) : undefined, (k, g) => {
      if (!isCallable(g)) throwError(k, 'TypeError', 'Property [Symbol.dispose] is not a function.');
      return callFunction(k, g, v, []);
    });
  });
}

function forInKeys(m: Machine, v: Value): string[] {
  if (v === undefined || v === null) return [];
  if (typeof v === 'string') return [...v].map((_, i) => String(i));
  if (!isObject(v)) return [];
  const seen = new Set<string>();
  const out: string[] = [];
  for (let o: JsObject | null = v; o; o = o.proto) {
    if (o.intrinsic) {
      // Built-in properties are not enumerable; what a program added to a prototype is.
      for (const [k, p] of o.properties) if (typeof k === 'string' && p.flags & Flag.Enumerable && !seen.has(k)) out.push(k);
      continue;
    }
    for (const k of enumerableKeys(m, o)) if (!seen.has(k)) out.push(k);
    for (const k of o.properties.keys()) if (typeof k === 'string') seen.add(k);
    for (const k of out) seen.add(k);
  }
  return out;
}
