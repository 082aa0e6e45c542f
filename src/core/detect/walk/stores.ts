/**
 * Methods of stores nobody can see into: `cache.get(key)` … `cache.set(key, value)`. The store, by its
 * name, is the root and the entry the path, so that check and act meet where they are about one key.
 */
import { keptBy } from '../../program/kept.ts';
import type { Expr } from '../../program/program.ts';
import { recordVerb } from '../../program/record-names.ts';
import { addsWhole, askedBy, isUsedAsStore, isWritten, saysStore, storeVerb, type StoreVerb } from '../../program/store-names.ts';
import { type Place, place, step } from '../shared.ts';
import { act, block, read, suspend } from './events.ts';
import { evalArgs } from './calls.ts';
import { type Value, type Walk, nothing, union } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** Null when the call is no method of a store as far as one can tell. */
export function storeCall(w: Walk, e: Call, object: Value, awaited: boolean): Value | null {
  if (e.callee.kind !== 'attr' || object.type !== null || e.args.some((a) => a.value.kind === 'function' || a.kind === 'spread'))
    return null;
  // What a library does is known better: `fs.readFile(path)`, `fs.writeFile(path, text)`.
  const library = w.info.qualified(e.callee);
  if (library !== null && w.info.models.ofCall(w.info.language, library) !== null) return null;
  const positional = e.args.filter((a) => a.kind !== 'keyword');
  const receiver = e.callee.object;
  const text = w.info.text(receiver.kind === 'call' ? receiver.callee.span : receiver.span);
  const whole = addsWhole(e.callee.name, positional.length) ? keyWithin(w, text, e.args[0]?.value) : null;
  const record = recordCall(w, e, object, text, awaited);
  if (record !== null) return record;
  const verb: StoreVerb | null = whole === null ? storeVerb(e.callee.name, positional.length) : { does: 'set', keys: 1, least: 1, most: 1 };
  if (verb === null) return null;
  const keeps = saysStore(text) || saysStore(madeBy(w, text)) || isUsedAsStore(w.info.module, text);
  if (!keeps || !isWritten(w.info.module, text)) return null;
  const args = evalArgs(w, e.args, 'later');
  let given = object.reads;
  for (const a of args) given = union(given, a.reads);
  if (w.mode === 'threads') block(w, e.span);
  const keys = whole === null ? positional.slice(0, verb.keys).map((a) => a.value) : [whole];
  const keyText = keys.map((k) => w.info.text(k.span)).join(' ');
  const at = step(place({ kind: 'store', name: text.replace(/^(self|this)\./, '') }), {
    kind: 'item',
    text: keyText,
    literal: keys.every((k) => k.kind === 'const'),
  });
  const wait = (): void => {
    if (awaited) suspend(w, e.span);
  };
  const value: Value = { ...nothing, reads: given, made: args.some((a) => a.made) };
  switch (verb.does) {
    case 'get':
    case 'has': {
      const r = read(w, at, e.span, verb.does === 'has' ? 'membership' : 'lookup', keyText);
      wait();
      return { ...nothing, reads: union(given, [r]), made: true };
    }
    case 'set':
      act(w, isConditional(w, e) ? 'atomic' : 'set', at, e.span, { keyText, value });
      break;
    case 'remove':
    case 'clear':
      act(w, 'remove', at, e.span, { keyText });
      break;
    default:
      act(w, isCounted(w, at) && verb.does === 'increment' ? 'update' : 'atomic', at, e.span, { keyText, value: null });
  }
  wait();
  return { ...nothing, made: true };
}

/** `await client.getPreferences()`, `await client.putPreferences(changed)`: one thing that is kept elsewhere, or one for each key. */
function recordCall(w: Walk, e: Call, object: Value, receiver: string, awaited: boolean): Value | null {
  if (w.info.language !== 'javascript' || e.callee.kind !== 'attr') return null;
  const verb = recordVerb(w.info.module, receiver, e.callee.name, awaited);
  if (verb === null) return null;
  const args = evalArgs(w, e.args, 'later');
  const given = args.reduce((all, a) => union(all, a.reads), object.reads);
  const [first] = verb.does === 'get' || e.args.length > 1 ? e.args : [];
  const key = first === undefined || first.value.kind === 'object' ? '' : w.info.text(first.value.span);
  const kept = place({ kind: 'store', name: `${receiver.replace(/^this\./, '')}.${verb.noun}` });
  const at = key === '' ? kept : step(kept, { kind: 'item', text: key, literal: first?.value.kind === 'const' });
  if (verb.does === 'get') {
    const r = read(w, at, e.span, 'value', key === '' ? null : key);
    if (awaited) suspend(w, e.span);
    // What came over the wire is a copy of one's own.
    return { ...nothing, reads: union(given, [r]), made: true, fresh: awaited };
  }
  act(w, 'set', at, e.span, { keyText: key === '' ? null : key, value: { ...nothing, reads: given, made: args.some((a) => a.made) } });
  if (awaited) suspend(w, e.span);
  return { ...nothing, made: true };
}

/** `if int(count) >= limit: return`: what is counted up was held against something before. */
function isCounted(w: Walk, at: Place): boolean {
  return w.flow.controls.some((c) => c.shape === 'value' && c.read.place.key === at.key);
}

/** The key in a thing that is added by itself: what the store is asked for by elsewhere. */
function keyWithin(w: Walk, receiver: string, added: Expr | undefined): Expr | null {
  if (added?.kind !== 'object') return null;
  const asked = askedBy(w.info.module, receiver);
  for (const p of added.properties) if (p.kind === 'value' && 'name' in p.key && asked.has(p.key.name)) return p.value;
  return null;
}

/** What makes an object of that name: `r = redis.Redis(…)`. Empty: nobody in the module. */
function madeBy(w: Walk, text: string): string {
  const name = /[\w$]+$/.exec(text)?.[0] ?? '';
  if (name === '') return '';
  return makerOf(w.info.module, name);
}

const makerOf = keptBy((module: { text: string }, name): string => {
  const making = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s*(?::[^=\\n]{1,60})?=\\s*(?:await\\s+)?(?:new\\s+)?([\\w.$]+)\\(`);
  return making.exec(module.text)?.[1] ?? '';
});

/** Sets only what is not there: `set(key, 1, nx=True)`, `set(key, 1, 'NX')`. */
function isConditional(w: Walk, e: Call): boolean {
  return e.args.slice(1).some((a) => /^nx\s*=\s*True$|\bNX\b/.test(w.info.text(a.value.span)) || (a.kind === 'keyword' && a.name === 'nx'));
}
