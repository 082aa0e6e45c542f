/** Names no module declares: the global object's. */
import type { Machine } from '../machine.ts';
import type { Opaque, Value } from '../values.ts';
import { moduleGlobal } from './modules.ts';
import { newOpaque } from './opaque.ts';
import { throwError } from './objects.ts';
import { getOwn, getProperty } from './properties.ts';
import { state } from './state.ts';

export function hasGlobal(m: Machine, name: string): boolean {
  const s = state(m);
  return s.globals.has(name) || getOwn(m, s.globalObject, name) !== undefined || moduleGlobal(m, name) !== undefined;
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

const nodeFunctions =
  /^(fetch|Request|Response|Headers|FormData|Blob|File|URL|URLSearchParams|TextEncoder|TextDecoder|Buffer|MessageChannel|BroadcastChannel|AbortController|Event|EventTarget|WebAssembly)$/;
const nodeObjects = /^(crypto|performance)$/;
const browserObjects = /^(window|document|localStorage|sessionStorage|navigator|location|history|indexedDB|screen|caches|self)$/;
const browserFunctions =
  /^(WebSocket|XMLHttpRequest|EventSource|Worker|SharedWorker|Image|MutationObserver|ResizeObserver|IntersectionObserver|requestAnimationFrame|requestIdleCallback|alert|matchMedia)$/;

/**
 * What `typeof` says of a global that hosts define; null when it says nothing. A program that runs by itself runs in Node;
 * what a driver of ours calls may be meant for a browser.
 */
export function typeOfGlobal(m: Machine, o: Opaque): string | null {
  const { name } = o;
  if (state(m).unknownGlobals.get(name) !== o) return null;
  if (nodeFunctions.test(name)) return 'function';
  if (nodeObjects.test(name)) return 'object';
  const browser = browserFunctions.test(name) ? 'function' : browserObjects.test(name) ? 'object' : null;
  return browser === null || m.isDriven() ? browser : 'undefined';
}
