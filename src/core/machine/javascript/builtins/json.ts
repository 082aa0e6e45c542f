/** JSON. What calls the program (toJSON, a replacer or reviver function) is in the prelude. */
import { UnknownOperand } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { plainText, unknownJson } from '../../unknown-text.ts';
import { Opaque, type Value } from '../../values.ts';
import { isTyped } from '../binary/store.ts';
import { isCallable } from '../calls.ts';
import { toText } from '../convert.ts';
import { prelude } from '../iteration.ts';
import { chain, newArray, newObject, put, throwError } from '../objects.ts';
import { enumerableKeys, getOwn, getProperty } from '../properties.ts';
import { state } from '../state.ts';
import { fromText, makeUnknown } from '../unknown-json.ts';
import { Flag, HOLE, JsArray, JsDate, JsFunction, JsObject, JsSymbol } from '../values.ts';
import { global, methods, tag } from './define.ts';

/** Whether serialising needs the program's own code: a toJSON, an accessor, something unknown. */
function needsCode(m: Machine, v: Value, seen: Set<JsObject>): boolean {
  if (v instanceof Opaque) return true;
  if (!(v instanceof JsObject) || v instanceof JsFunction) return false;
  if (v.proxy !== null) return true;
  if (seen.has(v)) return true;
  seen.add(v);
  if (!(v instanceof JsDate)) {
    for (let p: JsObject | null = v; p; p = p.proto) if (getOwn(m, p, 'toJSON')) return true;
  } else return false;
  if (isTyped(v)) return v.buffer.cells.some((c) => typeof c !== 'number');
  if (v instanceof JsArray) {
    const r = v.items.some((x) => needsCode(m, x, seen));
    seen.delete(v);
    return r;
  }
  for (const p of v.properties.values()) if (p.flags & Flag.Accessor || needsCode(m, p.value, seen)) return true;
  seen.delete(v);
  return false;
}

/** A host value with the same JSON. */
function toHost(m: Machine, v: Value): unknown {
  if (typeof v === 'bigint') throwError(m, 'TypeError', 'Do not know how to serialize a BigInt');
  if (v instanceof JsSymbol || v instanceof JsFunction || v === HOLE) return undefined;
  if (v instanceof JsDate && v.unknown !== null) throw new UnknownOperand('a date that is not known as JSON');
  if (v instanceof JsDate) return Number.isNaN(v.time) ? null : new Date(v.time).toISOString();
  if (v instanceof JsArray) {
    m.ops.listItems(v).forEach((_, i) => getProperty(m, v, String(i), v));
    return v.items.map((x) => toHost(m, x));
  }
  if (v instanceof JsObject) {
    if (typeof v.slot === 'bigint') throwError(m, 'TypeError', 'Do not know how to serialize a BigInt');
    if (typeof v.slot === 'string' || typeof v.slot === 'number' || typeof v.slot === 'boolean') return v.slot;
    const out: Record<string, unknown> = {};
    for (const k of enumerableKeys(m, v))
      Object.defineProperty(out, k, { value: toHost(m, getProperty(m, v, k, v)), enumerable: true, configurable: true, writable: true });
    return out;
  }
  return v;
}

/** JSON of data that needs none of the program's code; a short text of anything else. */
export function plainJson(m: Machine, v: Value): string {
  return needsCode(m, v, new Set()) ? m.ops.show(v) : (JSON.stringify(toHost(m, v)) ?? 'undefined');
}

export function fromHost(m: Machine, v: unknown): Value {
  if (Array.isArray(v))
    return newArray(
      m,
      v.map((x) => fromHost(m, x)),
    );
  const unknown = unknownJson(v);
  if (unknown !== null) return makeUnknown(m, unknown, (x) => fromHost(m, x));
  if (typeof v === 'object' && v !== null) {
    const o = newObject(m);
    for (const [k, x] of Object.entries(v)) put(o, k, fromHost(m, x));
    return o;
  }
  return v as Value;
}

export function installJson(m: Machine): void {
  const json = m.adopt(new JsObject(state(m).intrinsics.Object));
  methods(m, json, {
    stringify: [
      3,
      (n, _t, [v, replacer, space]) => {
        const gap =
          typeof space === 'number'
            ? ' '.repeat(Math.max(0, Math.min(10, Math.trunc(space))))
            : typeof space === 'string'
              ? space.slice(0, 10)
              : '';
        if (isCallable(replacer) || needsCode(n, v, new Set()))
          return prelude(n, 'jsonStringify', [v, isCallable(replacer) || replacer instanceof JsArray ? replacer : undefined, gap]);
        const list = replacer instanceof JsArray ? replacer.items.map(String) : null;
        return JSON.stringify(toHost(n, v), list, gap) as Value;
      },
    ],
    parse: [
      2,
      (n, _t, [text, reviver]) =>
        text instanceof Opaque
          ? fromText(n, `JSON.parse(${text.name})`)
          : chain(n, toText(n, text), (k, t) => {
              let parsed: unknown;
              try {
                parsed = JSON.parse(plainText(t as string));
              } catch (e) {
                throwError(k, 'SyntaxError', (e as Error).message);
              }
              const value = fromHost(k, parsed);
              return isCallable(reviver) ? prelude(k, 'jsonRevive', [value, reviver]) : value;
            }),
    ],
  });
  tag(m, json, 'JSON');
  global(m, 'JSON', json);
}
