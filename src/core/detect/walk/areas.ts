/** The storage of browser extensions: `chrome.storage.local.get('sites')`, `.set({ sites })`, an entry for each key that is named. */
import type { Expr } from '../../program/program.ts';
import { areaVerb, saysArea } from '../../program/store-names.ts';
import { type Place, place, step } from '../shared.ts';
import { evalArgs } from './calls.ts';
import { act, read, suspend } from './events.ts';
import { nothing, type Read, union, type Value, type Walk } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** Null when the call asks no such storage. */
export function areaCall(w: Walk, e: Call, awaited: boolean): Value | null {
  if (
    w.info.language !== 'javascript' ||
    e.callee.kind !== 'attr' ||
    e.args.some((a) => a.value.kind === 'function' || a.kind === 'spread')
  )
    return null;
  const area = w.info.text(e.callee.object.span);
  const does = saysArea(area) ? areaVerb(e.callee.name, e.args.length) : null;
  if (does === null) return null;
  const args = evalArgs(w, e.args, 'later');
  const given = args.reduce((all, a) => union(all, a.reads), nothing.reads);
  const whole = place({ kind: 'store', name: area });
  const keys = e.args[0] === undefined ? [] : keysOf(w, e.args[0].value);
  const places: [Place, string | null][] = keys.map(({ name, isKnown }) => [
    step(whole, { kind: 'item', text: name, literal: isKnown }),
    name,
  ]);
  if (places.length === 0) places.push([whole, null]);
  if (does === 'get') {
    const reads: Read[] = places.map(([at, key]) => read(w, at, e.span, 'lookup', key));
    if (awaited) suspend(w, e.span);
    // What is given is a copy of one's own.
    return { ...nothing, reads: union(given, reads), made: true, fresh: true };
  }
  const value: Value = { ...nothing, reads: given, made: args.some((a) => a.made) };
  for (const [at, keyText] of places)
    if (does === 'set') act(w, 'set', at, e.span, { keyText, value });
    else act(w, 'remove', at, e.span, { keyText });
  if (awaited) suspend(w, e.span);
  return { ...nothing, made: true };
}

interface Key {
  name: string;
  isKnown: boolean;
}

function keysOf(w: Walk, e: Expr): Key[] {
  const named = (x: Expr): Key =>
    x.kind === 'const' && x.value.type === 'string'
      ? { name: x.value.value, isKnown: true }
      : { name: w.info.text(x.span), isKnown: false };
  if (e.kind === 'const' && (e.value.type === 'null' || e.value.type === 'undefined')) return [];
  if (e.kind === 'list') return e.items.flatMap((item) => (item === null || item.kind === 'spread' ? [] : [named(item.value)]));
  if (e.kind !== 'object') return [named(e)];
  return e.properties.flatMap((p): Key[] => {
    if (p.kind !== 'value') return [];
    return 'name' in p.key ? [{ name: p.key.name, isKnown: true }] : [named(p.key.computed)];
  });
}
