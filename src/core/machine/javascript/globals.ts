/** Names no module declares: the global object's. */
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { typeOf } from './convert.ts';
import { moduleGlobal } from './modules.ts';
import { newOpaque } from './opaque.ts';
import { throwError } from './objects.ts';
import { getOwn, getProperty } from './properties.ts';
import { state } from './state.ts';

export function hasGlobal(m: Machine, name: string): boolean {
  const s = state(m);
  return s.globals.has(name) || getOwn(m, s.globalObject, name) !== undefined || moduleGlobal(m, name) !== undefined;
}

const nodeFunctions = new Set(['fetch', 'structuredClone', 'queueMicrotask']);
const nodeClasses =
  /^(URL|URLSearchParams|Headers|Request|Response|FormData|Blob|File|WebSocket|MessageChannel|MessagePort|MessageEvent|BroadcastChannel|Crypto|CryptoKey|SubtleCrypto|(Readable|Writable|Transform|Compression|Decompression|TextEncoder|TextDecoder)Stream|Performance\w*)$/;

/** What Node 20 does not define. A program that runs by itself runs there; what a driver of ours calls may be meant for a browser. */
const browserOnly = /^(window|document|localStorage|sessionStorage|navigator|location|history|Worker|WebSocket)$/;

/** `typeof name` of a global name, which need not be defined. */
export function typeOfGlobal(m: Machine, name: string): string {
  if (browserOnly.test(name) && !m.isDriven()) return 'undefined';
  if (!hasGlobal(m, name))
    return nodeFunctions.has(name) || nodeClasses.test(name) ? 'function' : name === 'WebAssembly' ? 'object' : 'undefined';
  const value = globalValue(m, name);
  return value instanceof Opaque && nodeClasses.test(name) ? 'function' : typeOf(value);
}

export function globalValue(m: Machine, name: string): Value {
  const s = state(m);
  const code = m.fiber?.top?.code;
  const binding = code?.module.globals.find((g) => g.name === name);
  if (binding) {
    if (binding.kind === 'var' || binding.kind === 'function') return undefined;
    throwError(m, 'ReferenceError', `Cannot access '${name}' before initialization`);
  }
  if (code?.internal || name.startsWith('__rr_')) {
    const helper = s.prelude.get(name);
    if (helper !== undefined) return helper;
  }
  const own = moduleGlobal(m, name);
  if (own !== undefined) return own;
  if (getOwn(m, s.globalObject, name)) return getProperty(m, s.globalObject, name, s.globalObject);
  // What hosts other than Node define, tests inject, or a snippet leaves out: there, but unknown.
  if (name.startsWith('__') || code?.internal) throwError(m, 'ReferenceError', `${name} is not defined`);
  const known = s.unknownGlobals.get(name);
  if (known !== undefined) return known;
  const made = newOpaque(m, name);
  made.definite = true;
  m.trail.mapSet(s.unknownGlobals, name, made as Value);
  m.share(made);
  if (!hostGlobals.has(name)) m.assume(`\`${name}\` is not defined in this file; its value is taken to be unknown`);
  return made;
}

const hostGlobals = new Set([
  'fetch',
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'navigator',
  'location',
  'Request',
  'Response',
  'Headers',
  'FormData',
  'Blob',
  'WebSocket',
  'crypto',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'Buffer',
]);
