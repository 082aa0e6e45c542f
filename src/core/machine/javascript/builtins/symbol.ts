/** Symbol. */
import type { Machine } from '../../machine.ts';
import { toText } from '../convert.ts';
import { chain, put, throwError } from '../objects.ts';
import { state } from '../state.ts';
import { JsObject, JsSymbol } from '../values.ts';
import { constructor, getter, method, methods, symbolMethod, tag } from './define.ts';

function fresh(m: Machine, description: string | undefined): JsSymbol {
  const { callNumbers } = state(m);
  const key = `symbol ${description ?? ''}`;
  const ordinal = (callNumbers.get(key) ?? 0) + 1;
  m.trail.mapSet(callNumbers, key, ordinal);
  return new JsSymbol(description, ordinal);
}

export function installSymbol(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.Symbol;
  const f = constructor(m, 'Symbol', 0, proto, (n, _t, [description], newTarget) => {
    if (newTarget !== undefined) throwError(n, 'TypeError', 'Symbol is not a constructor');
    return chain(n, description === undefined ? undefined : toText(n, description), (k, text) => fresh(k, text as string | undefined));
  });
  for (const [name, symbol] of Object.entries(s.symbols))
    if (name !== 'inspect' && name !== 'promisify') put(f, name, symbol as JsSymbol, 0);
  methods(m, f, {
    for: [
      1,
      (n, _t, [key]) =>
        chain(n, toText(n, key), (k, text) => {
          const known = s.registry.get(text as string);
          if (known) return known;
          const made = new JsSymbol(text as string);
          k.trail.mapSet(s.registry, text as string, made);
          return made;
        }),
    ],
    keyFor: [
      1,
      (_n, _t, [symbol]) => {
        for (const [key, value] of s.registry) if (value === symbol) return key;
        return undefined;
      },
    ],
  });
  const self = (t: unknown): JsSymbol =>
    t instanceof JsSymbol ? t : t instanceof JsObject && t.slot instanceof JsSymbol ? t.slot : throwError(m, 'TypeError', 'not a symbol');
  methods(m, proto, {
    toString: method(0, (_n, t) => `Symbol(${self(t).description ?? ''})`),
    valueOf: method(0, (_n, t) => self(t)),
  });
  getter(m, proto, 'description', (_n, t) => self(t).description);
  symbolMethod(m, proto, s.symbols.toPrimitive, '[Symbol.toPrimitive]', (_n, t) => self(t));
  tag(m, proto, 'Symbol');
}
