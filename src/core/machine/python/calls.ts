/** Calls: functions, methods, classes, instances with `__call__`; and how arguments are bound. */
import type { ParameterShape } from '../code.ts';
import { type Frame } from '../frame.ts';
import { Native, PUSHED, Raise, STOP, Unsupported, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { callNative } from '../native-call.ts';
import { Breaker } from '../runtimes.ts';
import { BoundMethod, Closure, Namespace, Opaque, PyTuple, UNBOUND, type Value } from '../values.ts';
import { qualname } from './qualified-names.ts';
import { attributeError, unknownAttribute, bindAttribute, getAttr } from './attributes.ts';
import { instantiate } from './classes.ts';
import { makeDictFrom } from './dicts.ts';
import { typeError } from './errors.ts';
import { Box, ClassMethod, NativeMethod, PyClass, PyModule, PyObject, StaticMethod, SuperObject } from './objects.ts';
import { awaitable, queried } from './database.ts';
import { callOpaque, unlessUnknown } from './opaque.ts';
import { callPrelude, isMutable } from './runtime.ts';
import { classOf, lookup, typeClass, typeName } from './types.ts';
import { stored } from './stores.ts';
import { asksForMainThread, calledBack, guardedCall, guardedWith } from './unknown-guards.ts';
import { loopCall } from './unknown-loops.ts';

/** Calls anything: a value, PUSHED, STOP or SUSPEND. */
export function callFunction(m: Machine, callee: Value, args: readonly Value[], keywords: Keywords): Value {
  if (callee instanceof Closure) return m.enter(callee, args, keywords, undefined);
  if (callee instanceof NativeMethod && args.length === 0 && callee.owner !== '')
    return typeError(m, `unbound method ${callee.owner}.${callee.name}() needs an argument`);
  if (callee instanceof Native) return callNative(m, callee, args, keywords, undefined);
  if (callee instanceof BoundMethod) return callFunction(m, callee.fn, [callee.self, ...args], keywords);
  if (callee instanceof PyClass)
    return callee.builtin && [...args, ...(keywords?.values() ?? [])].some((a) => a instanceof Opaque)
      ? unlessUnknown(m, callee.name, [...args, ...(keywords?.values() ?? [])], () => callClass(m, callee, args, keywords))
      : callClass(m, callee, args, keywords);
  if (callee instanceof Opaque) return callUnknown(m, callee, args, keywords);
  if (callee instanceof StaticMethod) return callFunction(m, callee.fn, args, keywords);
  if (callee instanceof PyObject) {
    const method = lookup(callee.cls, '__call__');
    if (method !== undefined) return callFunction(m, method, [callee, ...args], keywords);
  }
  return typeError(m, `'${typeName(callee)}' object is not callable`);
}

/** What is known of calls of the unknown, the most telling first. */
function callUnknown(m: Machine, f: Opaque, args: readonly Value[], keywords: Keywords): Value {
  for (const known of [guardedCall, asksForMainThread, loopCall, stored, queried, calledBack]) {
    const given = known(m, f, args, keywords);
    if (given !== undefined) return given;
  }
  return callOpaque(m, f, args, keywords);
}

function callClass(m: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords): Value {
  if (!cls.meta.builtin) {
    const method = lookup(cls.meta, '__call__');
    if (method !== undefined && !(method instanceof Native)) return callFunction(m, method, [cls, ...args], keywords);
  }
  const made = instantiate(m, cls, args, keywords);
  // The eval breaker is looked at after the call; `type(x)` has an instruction of its own where it is hot.
  if (made !== STOP) m.breaker |= cls === typeClass && args.length === 1 ? Breaker.HotNativeCall : Breaker.NativeCall;
  return made;
}

interface Pending {
  args: readonly Value[];
  keywords: Keywords;
}

/** After an attribute was computed by the program's code: call it. */
function callResult(m: Machine, callee: Value, data: Value): Value {
  const { args, keywords } = (data as Box<Pending>).data;
  if (callee instanceof Closure && !callee.code.atomic) return callFunction(m, callee, args, keywords);
  // An instruction of its own, which may stop before it.
  return callPrelude(m, '__rr_call', [callee, new PyTuple(args), makeDictFrom(m, [...(keywords ?? [])])]);
}

/** o.name(args) without making a bound method when it can be helped. */
export function callMethod(m: Machine, o: Value, name: string, args: readonly Value[], keywords: Keywords, special: boolean): Value {
  if (special) return callSpecial(m, o, name, args, keywords);
  if (o instanceof PyObject && !o.cls.hasGetAttribute) {
    const cls = o.cls;
    const found = lookup(cls, name);
    if (found instanceof Closure || found instanceof NativeMethod) {
      const own = o.attrs?.get(name);
      if (isMutable(m, name) && o.attrs) {
        if (m.stopBefore(o)) return STOP;
        m.read(o, name, own);
      }
      if (own !== undefined) return callFunction(m, own, args, keywords);
      return found instanceof Closure
        ? m.enter(found, [o, ...args], keywords, undefined)
        : callNative(m, found, [o, ...args], keywords, undefined);
    }
  } else if (
    !(o instanceof PyClass) &&
    !(o instanceof SuperObject) &&
    !(o instanceof Namespace) &&
    !(o instanceof PyModule) &&
    !(o instanceof Opaque) &&
    !(o instanceof PyObject)
  ) {
    const found = lookup(classOf(o), name);
    if (found instanceof NativeMethod) return callNative(m, found, [o, ...args], keywords, undefined);
  }
  const fn = getAttr(m, o, name);
  if (fn === PUSHED) return m.afterCall(callResult, new Box<Pending>({ args, keywords }, args));
  if (fn === STOP) return STOP;
  return callFunction(m, fn, args, keywords);
}

/** As the interpreter itself looks methods up: on the type. */
export function callSpecial(m: Machine, o: Value, name: string, args: readonly Value[], keywords: Keywords): Value {
  if (o instanceof Opaque) {
    const guarded = guardedWith(m, o, name);
    if (guarded !== undefined) return guarded;
    if (name !== '__exit__' && name !== '__aexit__') return callOpaque(m, getAttr(m, o, name) as Opaque, args, keywords);
    // It is taken not to swallow exceptions.
    const left = callOpaque(m, getAttr(m, o, name) as Opaque, [], null);
    return name === '__exit__' ? null : awaitable(m, left as Opaque, null);
  }
  const method = lookup(classOf(o), name);
  if (method === undefined) {
    if (name === '__enter__' || name === '__exit__')
      return typeError(m, `'${typeName(o)}' object does not support the context manager protocol`);
    if (name === '__aenter__' || name === '__aexit__')
      return typeError(m, `'${typeName(o)}' object does not support the asynchronous context manager protocol`);
    const unknown = unknownAttribute(m, o, name);
    return unknown === undefined ? attributeError(m, o, name) : callFunction(m, unknown, args, keywords);
  }
  if (method instanceof Closure) return m.enter(method, [o, ...args], keywords, undefined);
  if (method instanceof NativeMethod) return callNative(m, method, [o, ...args], keywords, undefined);
  if (method instanceof ClassMethod || method instanceof StaticMethod || method instanceof PyObject) {
    const bound = bindAttribute(m, method, o, classOf(o));
    if (bound === PUSHED) return m.afterCall(callResult, new Box<Pending>({ args, keywords }, args));
    return callFunction(m, bound, args, keywords);
  }
  return callFunction(m, method, args, keywords);
}

/** Binds arguments to the registers of a new frame, with CPython's messages on a mismatch. */
export function bind(m: Machine, frame: Frame, closure: Closure, args: readonly Value[], keywords: Keywords): void {
  const parameters = closure.code.parameters;
  const registers = frame.registers;
  const n = parameters.length;
  let at = 0;
  let rest: ParameterShape | null = null;
  let keywordRest: ParameterShape | null = null;
  for (let i = 0; i < n; i++) {
    const p = parameters[i] as ParameterShape;
    if (p.kind === 'positional' || p.kind === 'positionalOnly') {
      if (at < args.length) registers[p.register] = args[at++];
      else registers[p.register] = UNBOUND;
    } else {
      registers[p.register] = UNBOUND;
      if (p.kind === 'rest') rest = p;
      else if (p.kind === 'keywordRest') keywordRest = p;
    }
  }
  if (rest) registers[rest.register] = new PyTuple(args.slice(at));
  else if (at < args.length) tooMany(m, closure, args.length, keywords);
  const extra: [string, Value][] = [];
  if (keywords) {
    for (const [name, value] of keywords) {
      const p = parameters.find((q) => q.name === name && (q.kind === 'positional' || q.kind === 'keywordOnly'));
      if (!p) {
        if (!keywordRest) {
          if (name.startsWith('<')) throw new Unsupported('a keyword argument whose name is unknown');
          const only = parameters.some((q) => q.name === name && q.kind === 'positionalOnly');
          typeError(
            m,
            only
              ? `${nameOf(closure)}() got some positional-only arguments passed as keyword arguments: '${name}'`
              : `${nameOf(closure)}() got an unexpected keyword argument '${name}'`,
          );
        }
        extra.push([name, value]);
      } else {
        if (registers[p.register] !== UNBOUND) typeError(m, `${nameOf(closure)}() got multiple values for argument '${name}'`);
        registers[p.register] = value;
      }
    }
  }
  if (keywordRest) registers[keywordRest.register] = makeDictFrom(m, extra);
  let missing: string[] | null = null;
  let missingKeyword: string[] | null = null;
  for (let i = 0; i < n; i++) {
    const p = parameters[i] as ParameterShape;
    if (registers[p.register] !== UNBOUND) continue;
    const value = closure.defaults[i];
    if (p.hasDefault) registers[p.register] = value;
    else if (p.kind === 'keywordOnly') (missingKeyword ??= []).push(p.name);
    else (missing ??= []).push(p.name);
  }
  if (missing) lacking(m, closure, missing, 'positional');
  if (missingKeyword) lacking(m, closure, missingKeyword, 'keyword-only');
}

function nameOf(closure: Closure): string {
  const own = closure.attributes?.get('__qualname__');
  return typeof own === 'string' ? own : qualname(closure.code.fn);
}

function lacking(m: Machine, closure: Closure, names: string[], kind: string): never {
  const quoted = names.map((x) => `'${x}'`);
  const list =
    quoted.length <= 1
      ? quoted.join('')
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1) ?? ''}`;
  return typeError(m, `${nameOf(closure)}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`);
}

function tooMany(m: Machine, closure: Closure, given: number, keywords: Keywords): never {
  const positional = closure.code.parameters.filter((p) => p.kind === 'positional' || p.kind === 'positionalOnly');
  const least = positional.filter((p) => !p.hasDefault).length;
  const most = positional.length;
  const keywordOnly = closure.code.parameters.filter((p) => p.kind === 'keywordOnly' && keywords?.has(p.name) === true).length;
  const takes = least === most ? String(most) : `from ${least} to ${most}`;
  const tail =
    keywordOnly > 0
      ? `${given} positional argument${given === 1 ? '' : 's'} (and ${keywordOnly} keyword-only argument${keywordOnly === 1 ? '' : 's'}) were given`
      : `${given} ${given === 1 ? 'was' : 'were'} given`;
  return typeError(m, `${nameOf(closure)}() takes ${takes} positional argument${most === 1 && least === most ? '' : 's'} but ${tail}`);
}

export { Raise };
