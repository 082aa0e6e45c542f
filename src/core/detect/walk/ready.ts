/**
 * What is put under a key before it is ready: `clients.set(id, client); await client.connect(); return client`, or
 * `await this.load(client)`. Whoever comes in between is given it as it is then.
 */
import type { Expr, Span } from '../../program/program.ts';
import { refName } from '../module-info.ts';
import { foundMissing, isQuiet, makesReady, useOf } from './events.ts';
import { type Walk, ownText } from './state.ts';

/** Notes that an awaited call makes ready what was put under a key by that name, and is given to the caller. Whether it does. */
export function readiesEntry(w: Walk, name: string, span: Span): boolean {
  if (w.info.language !== 'javascript' || !/^[\w$]+$/.test(name)) return false;
  for (let set = w.flow.acted; set !== null; set = set.previous) {
    if (set.kind !== 'set' || /,\s*([\w$]+)\s*\)$/.exec(w.info.text(set.span))?.[1] !== name) continue;
    const check = foundMissing(w, set);
    const isGiven = new RegExp(`\\breturn\\s+${name.replaceAll('$', '\\$')}\\s*[;\\n}]`).test(ownText(w));
    if (check === undefined || !isGiven) return false;
    const gap = { time: set.time, span, previous: null };
    w.facts.early.push({ fn: w.fn, check, set, act: useOf(w, set.place, span), gap, readies: 'given' });
    return true;
  }
  return false;
}

/** `await this.load(room)`: what is handed in is made ready by what is called, by its name. */
export function handedToReady(w: Walk, e: Extract<Expr, { kind: 'call' }>): void {
  if (w.mode !== 'loop' || w.dead || w.later.length > 0 || isQuiet(w) || !makesReady.test(w.info.text(e.callee.span))) return;
  for (const { value } of e.args) if (value.kind === 'name' && readiesEntry(w, refName(value.ref), e.span)) return;
}
