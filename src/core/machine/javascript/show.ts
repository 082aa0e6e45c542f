/** Short texts of values for traces and for the names of unknown values. */
import { Cell, Closure, Opaque, type Value } from '../values.ts';
import { elementSizes, isTyped, JsView, lengthOf, peek, type TypedArray } from './binary/store.ts';
import { Flag, HOLE, JsArray, JsDate, JsFunction, JsMap, JsObject, JsPromise, JsRegExp, JsSymbol } from './values.ts';

const limit = 60;

export function show(v: Value): string {
  return brief(v, 2);
}

function brief(v: Value, depth: number): string {
  switch (typeof v) {
    case 'string':
      return quote(v.length > limit ? `${v.slice(0, limit)}…` : v);
    case 'bigint':
      return `${v}n`;
    case 'number':
      return Object.is(v, -0) ? '-0' : String(v);
    case 'undefined':
    case 'boolean':
      return String(v);
    default:
      return v === null ? 'null' : object(v, depth);
  }
}

const escapes: Record<string, string> = { '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

/** A character as Node shows it inside a quoted text. */
function escapedCharacter(c: string): string {
  const known = escapes[c];
  if (known !== undefined) return known;
  const n = c.codePointAt(0) ?? 0;
  const hex = n.toString(16).toUpperCase();
  if (n < 0x20 || (n >= 0x7f && n <= 0x9f)) return `\\x${hex.padStart(2, '0')}`;
  return n >= 0xd800 && n <= 0xdfff ? `\\u${hex.toLowerCase()}` : c;
}

export function quote(s: string): string {
  const escaped = [...s].map(escapedCharacter).join('');
  if (!escaped.includes("'")) return `'${escaped}'`;
  if (!escaped.includes('"')) return `"${escaped}"`;
  if (!escaped.includes('`') && !escaped.includes('${')) return `\`${escaped}\``;
  return `'${escaped.replace(/'/g, "\\'")}'`;
}

function object(v: object, depth: number): string {
  if (v instanceof JsSymbol) return `Symbol(${v.description ?? ''})`;
  if (v instanceof Opaque) return v.name;
  if (v instanceof JsFunction) return v.isClass ? `class ${v.name}` : `function ${v.name || '(anonymous)'}`;
  if (v instanceof Closure) return `function ${v.code.name}`;
  if (v instanceof Cell) return brief(v.value, depth);
  if (v === HOLE) return '<empty>';
  if (v instanceof JsPromise) return v.state === 'pending' ? 'Promise (pending)' : `Promise (${v.state}: ${brief(v.result, 0)})`;
  if (v instanceof JsDate && v.unknown !== null) return v.unknown.name;
  if (v instanceof JsDate) return Number.isNaN(v.time) ? 'Invalid Date' : new Date(v.time).toISOString();
  if (v instanceof JsRegExp) return String(v.regexp);
  if (v instanceof JsArray) return depth === 0 ? `[${v.items.length} items]` : `[${list(v.items, depth)}]`;
  if (v instanceof JsView && isTyped(v)) return depth === 0 ? `${String(v.byteLength)} bytes` : bytesText(v);
  if (v instanceof JsMap) {
    const entries = v.entries.filter((e) => e !== null);
    if (v.className.endsWith('Set'))
      return `${v.className} {${list(
        entries.map((e) => e.key),
        depth,
      )}}`;
    return `${v.className} {${capped(entries, (e) => `${brief(e.key, depth - 1)} → ${brief(e.value, depth - 1)}`)}}`;
  }
  if (v instanceof JsObject) {
    const name = className(v);
    if (v.className === 'Error') return `${String(errorName(v))}: ${String(v.properties.get('message')?.value ?? '')}`;
    if (depth === 0) return name === 'Object' ? '{…}' : name;
    const own = [...v.properties].filter(([, p]) => p.flags & Flag.Enumerable && !(p.flags & Flag.Accessor));
    const privates = [...(v.privates ?? [])].filter(([, p]) => p.flags & Flag.Writable).map(([k, p]) => [k.split('@')[0] ?? k, p] as const);
    const all = [...own.map(([k, p]) => [typeof k === 'string' ? k : `Symbol(${k.description ?? ''})`, p] as const), ...privates];
    const body = capped(all, ([k, p]) => `${k}: ${brief(p.value, depth - 1)}`);
    return name === 'Object' || name === '' ? (body === '' ? '{}' : `{ ${body} }`) : body === '' ? `${name} {}` : `${name} { ${body} }`;
  }
  return (v as { type?: string }).type ?? 'value';
}

/** Elements as they are shown, without telling of reading them. */
function bytesText(v: TypedArray): string {
  const name = className(v) === 'FastBuffer' ? 'Buffer' : className(v);
  const size = elementSizes[v.kind];
  const starts = Array.from({ length: lengthOf(v) }, (_, i) => v.byteOffset + i * size);
  return `${name} [${capped(starts, (at) => brief(peek(v.buffer, at, v.kind), 0))}]`;
}

function errorName(v: JsObject): Value {
  for (let p: JsObject | null = v; p; p = p.proto) {
    const n = p.properties.get('name');
    if (n) return n.value;
  }
  return 'Error';
}

function className(v: JsObject): string {
  for (let p: JsObject | null = v.proto; p; p = p.proto) if (p.prototypeOf) return p.prototypeOf.name || 'Object';
  return 'Object';
}

function list(items: readonly Value[], depth: number): string {
  return capped(items, (x) => brief(x, depth - 1));
}

function capped<T>(items: readonly T[], text: (item: T) => string): string {
  const shown = items.slice(0, 12).map(text);
  if (items.length > 12) shown.push(`… ${items.length - 12} more`);
  return shown.join(', ');
}
