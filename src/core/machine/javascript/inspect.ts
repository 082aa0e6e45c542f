/**
 * What `console.log` prints: Node's util.inspect with its default options (depth 2, three inner
 * levels on one line, 80 columns, arrays in columns above six elements), after lib/internal/util/inspect.js.
 */
import type { Machine } from '../machine.ts';
import { Opaque, type Value } from '../values.ts';
import { getTyped, isTyped, JsBuffer, JsView, lengthOf, type TypedArray } from './binary/store.ts';
import { DONE } from '../values.ts';
import { getOwn, ownKeys } from './properties.ts';
import { plainJson } from './builtins/json.ts';
import { quote, show } from './show.ts';
import { state } from './state.ts';
import {
  Flag,
  HOLE,
  JsArray,
  JsDate,
  JsFunction,
  JsGenerator,
  JsIterator,
  JsMap,
  JsObject,
  JsPromise,
  JsRegExp,
  JsSymbol,
  type Key,
  type Property,
} from './values.ts';

interface Context {
  m: Machine;
  seen: JsObject[];
  circular: Map<JsObject, number>;
  indentation: number;
  currentDepth: number;
  depth: number;
}

const breakLength = 80;
const compact = 3;

export function inspect(m: Machine, v: Value, depth = 2): string {
  return format({ m, seen: [], circular: new Map(), indentation: 0, currentDepth: 0, depth }, v, 0);
}

function format(c: Context, v: Value, level: number): string {
  if (!(v instanceof JsObject)) return primitive(c, v);
  // Node shows what a proxy stands for.
  if (v.proxy !== null) return format(c, v.proxy.target, level);
  if (c.seen.includes(v)) {
    if (!c.circular.has(v)) c.circular.set(v, c.circular.size + 1);
    return `[Circular *${c.circular.get(v)}]`;
  }
  return raw(c, v, level);
}

function primitive(c: Context, v: Value): string {
  if (typeof v === 'string') {
    if (v.length > 16 && v.length > breakLength - c.indentation - 4) {
      return v
        .split(/(?<=\n)/)
        .map((line) => quote(line))
        .join(` +\n${' '.repeat(c.indentation + 2)}`);
    }
    return quote(v);
  }
  if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
  if (typeof v === 'bigint') return `${v}n`;
  if (v instanceof JsSymbol) return `Symbol(${v.description ?? ''})`;
  if (v instanceof Opaque) return v.name;
  if (v === HOLE || v === DONE) return show(v);
  return String(v as undefined);
}

/** Name of the constructor, null for a null prototype. */
function constructorOf(c: Context, o: JsObject): string | null {
  for (let p: JsObject | null = o; p; p = p.proto) {
    const d = getOwn(c.m, p, 'constructor');
    const f = d?.value;
    if (f instanceof JsFunction) {
      const name = getOwn(c.m, f, 'name')?.value;
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  return null;
}

function tagOf(c: Context, o: JsObject, name: string | null): string {
  // One's own enumerable tag is printed as a property.
  if ((getOwn(c.m, o, state(c.m).symbols.toStringTag)?.flags ?? 0) & Flag.Enumerable) return '';
  for (let p: JsObject | null = o; p; p = p.proto) {
    const t = getOwn(c.m, p, state(c.m).symbols.toStringTag);
    if (t && !(t.flags & Flag.Accessor)) return typeof t.value === 'string' && t.value !== '' && t.value !== name ? t.value : '';
  }
  return '';
}

function prefix(name: string | null, tag: string, fallback: string, size = ''): string {
  const t = tag !== '' && tag !== name ? `[${tag}] ` : '';
  return name === null ? `[${fallback}${size}: null prototype] ${t}` : `${name}${size} ${t}`;
}

function raw(c: Context, o: JsObject, level: number): string {
  const name = constructorOf(c, o);
  const tag = tagOf(c, o, name);
  let keys = ownKeys(c.m, o).filter((k) => (getOwn(c.m, o, k)?.flags ?? 0) & Flag.Enumerable);
  if (o instanceof JsArray && o.className !== 'Arguments') keys = keys.filter((k) => typeof k !== 'string' || !/^(0|[1-9]\d*)$/.test(k));
  let base = '';
  let braces: [string, string] = ['{', '}'];
  let extras: 'object' | 'array' = 'object';
  let body: (level: number) => string[] = () => [];
  if (o instanceof JsArray && o.className === 'Arguments') {
    keys = ownKeys(c.m, o).filter((k) => (getOwn(c.m, o, k)?.flags ?? 0) & Flag.Enumerable);
    braces = ['[Arguments] {', '}'];
    if (keys.length === 0) return '[Arguments] {}';
  } else if (o instanceof JsArray) {
    extras = 'array';
    const p = name !== 'Array' || tag !== '' ? prefix(name, tag, 'Array', `(${o.items.length})`) : '';
    braces = [`${p}[`, ']'];
    if (o.items.length === 0 && keys.length === 0) return `${braces[0]}]`;
    body = (l) => arrayItems(c, o, l);
  } else if (isTyped(o)) {
    keys = keys.filter((k) => typeof k !== 'string' || !/^(0|[1-9]\d*)$/.test(k));
    if (isNodeBuffer(o)) {
      base = hexText(o.buffer, o.byteOffset, o.byteLength, name ?? 'Buffer');
      if (keys.length === 0) return base;
    } else {
      extras = 'array';
      braces = [`${prefix(name, tag === '' ? o.className : tag, o.className, `(${String(lengthOf(o))})`)}[`, ']'];
      if (lengthOf(o) === 0 && keys.length === 0) return `${braces[0]}]`;
      body = () => typedItems(c, o);
    }
  } else if (o instanceof JsBuffer) {
    braces = [`${prefix(name, tag, o.className)}{`, '}'];
    body = () => [`[Uint8Contents]: ${hexText(o, 0, o.cells.length, '')}`, `byteLength: ${String(o.cells.length)}`];
  } else if (o instanceof JsView) {
    braces = [`${prefix(name, tag, 'DataView')}{`, '}'];
    body = (l) => {
      c.indentation += 2;
      const text = format(c, o.buffer, l);
      c.indentation -= 2;
      return [`byteLength: ${String(o.byteLength)}`, `byteOffset: ${String(o.byteOffset)}`, `buffer: ${text}`];
    };
  } else if (o instanceof JsMap && !o.className.startsWith('Weak')) {
    braces = [`${prefix(name, tag, o.className, `(${o.size})`)}{`, '}'];
    if (o.size === 0 && keys.length === 0) return `${braces[0]}}`;
    body = (l) => mapItems(c, o, l);
  } else if (o instanceof JsIterator && (o.className === 'Map Iterator' || o.className === 'Set Iterator')) {
    braces = [`[${o.kind === 'entries' ? o.className.replace('Iterator', 'Entries') : tag || o.className}] {`, '}'];
    body = (l) => iteratorItems(c, o, l);
  } else if (o instanceof JsFunction) {
    base = functionBase(c, o, name, tag);
    if (keys.length === 0) return base;
  } else if (o instanceof JsRegExp) {
    base = String(o.regexp);
    if (keys.length === 0 || level > c.depth) return base;
  } else if (o instanceof JsDate) {
    base = o.unknown !== null ? o.unknown.name : Number.isNaN(o.time) ? 'Invalid Date' : new Date(o.time).toISOString();
    if (keys.length === 0) return base;
  } else if (o.className === 'Error') {
    base = errorBase(c, o, keys);
    if (keys.length === 0) return base;
  } else if (o instanceof JsPromise) {
    braces = [`${prefix(name, tag, 'Promise')}{`, '}'];
    body = (l) => {
      if (o.state === 'pending') return ['<pending>'];
      c.indentation += 2;
      const text = format(c, o.result, l);
      c.indentation -= 2;
      return [o.state === 'rejected' ? `<rejected> ${text}` : text];
    };
  } else if (o.className === 'WeakMap' || o.className === 'WeakSet') {
    braces = [`${prefix(name, tag, o.className)}{`, '}'];
    body = () => ['<items unknown>'];
  } else if (o.className === 'WeakRef') {
    braces = [`${prefix(name, tag, 'WeakRef')}{`, '}'];
    body = (l) => [format(c, o.slot as Value, l)];
  } else if (o.className === 'Module') {
    braces = [`${prefix(name, 'Module', 'Module')}{`.replace('[Module: null prototype] [Module] ', '[Module: null prototype] '), '}'];
  } else if (
    o.slot !== undefined &&
    !(o.slot instanceof Opaque) &&
    ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'].includes(o.className)
  ) {
    if (o.className === 'String') keys = keys.filter((k) => typeof k !== 'string' || !/^\d+$/.test(k));
    base = `[${o.className}${name !== o.className ? ` (${name ?? 'null prototype'})` : ''}: ${primitive({ ...c, indentation: 0 }, o.slot as Value)}]`;
    if (keys.length === 0) return base;
  } else if (o instanceof JsGenerator || o instanceof JsIterator) {
    braces = [`${prefix(name, tag, 'Object')}{`, '}'];
    if (keys.length === 0) return `${prefix(name, tag, 'Object')}{}`;
  } else {
    braces[0] = name === 'Object' && tag === '' ? '{' : `${prefix(name, tag, 'Object')}{`;
    if (keys.length === 0) return `${braces[0]}}`;
  }
  if (level > c.depth) {
    const text = (name === null ? `[${tag || 'Object'}: null prototype]` : prefix(name, tag, 'Object')).trim();
    return o instanceof JsArray ? '[Array]' : `[${text}]`;
  }
  const inner = level + 1;
  c.seen.push(o);
  c.currentDepth = inner;
  const output = body(inner);
  for (const k of keys) output.push(property(c, o, k, inner));
  c.seen.pop();
  const reference = c.circular.get(o);
  if (reference !== undefined) {
    const mark = `<ref *${reference}>`;
    base = base === '' ? '' : `${mark} ${base}`;
    if (base === '') braces[0] = `${mark} ${braces[0]}`;
  }
  return reduce(c, output, base, braces, extras, inner, o);
}

function arrayItems(c: Context, a: JsArray, level: number): string[] {
  const out: string[] = [];
  const limit = Math.min(100, a.items.length);
  let i = 0;
  for (; i < a.items.length && out.length < limit; i++) {
    if (a.items[i] === HOLE) {
      let n = 1;
      while (a.items[i + n] === HOLE && i + n < a.items.length) n++;
      out.push(`<${n} empty item${n > 1 ? 's' : ''}>`);
      i += n - 1;
    } else {
      c.indentation += 2;
      out.push(format(c, a.items[i], level));
      c.indentation -= 2;
    }
  }
  const rest = a.items.length - i;
  if (rest > 0) out.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
  return out;
}

function isNodeBuffer(o: JsObject): boolean {
  for (let p = o.proto; p; p = p.proto) if (p.prototypeOf?.name === 'FastBuffer') return true;
  return false;
}

function typedItems(c: Context, a: TypedArray): string[] {
  const n = lengthOf(a);
  const out = Array.from({ length: Math.min(100, n) }, (_, i) => primitive(c, getTyped(c.m, a, i)));
  if (n > 100) out.push(`... ${String(n - 100)} more item${n > 101 ? 's' : ''}`);
  return out;
}

/** `<Buffer 68 69>`: the first fifty bytes. */
function hexText(b: JsBuffer, from: number, count: number, name: string): string {
  const bytes = b.cells
    .slice(from, from + Math.min(50, count))
    .map((x) => (typeof x === 'number' ? x.toString(16).padStart(2, '0') : '??'));
  const more = count > 50 ? ` ... ${String(count - 50)} more byte${count > 51 ? 's' : ''}` : '';
  return `<${name}${name === '' ? '' : ' '}${bytes.join(' ')}${more}>`;
}

function mapItems(c: Context, map: JsMap, level: number): string[] {
  const out: string[] = [];
  c.indentation += 2;
  for (const e of map.entries) {
    if (!e) continue;
    if (out.length >= 100) {
      out.push(`... ${map.size - 100} more item${map.size > 101 ? 's' : ''}`);
      break;
    }
    out.push(map.className === 'Set' ? format(c, e.key, level) : `${format(c, e.key, level)} => ${format(c, e.value, level)}`);
  }
  c.indentation -= 2;
  return out;
}

function iteratorItems(c: Context, it: JsIterator, level: number): string[] {
  if (!(it.source instanceof JsMap)) return [];
  const out: string[] = [];
  c.indentation += 2;
  for (const e of it.source.entries.slice(it.position)) {
    if (!e) continue;
    if (it.kind === 'entries') out.push(`[ ${format(c, e.key, level)}, ${format(c, e.value, level)} ]`);
    else out.push(format(c, it.kind === 'keys' ? e.key : e.value, level));
  }
  c.indentation -= 2;
  return out;
}

function functionBase(c: Context, f: JsFunction, constructorName: string | null, tag: string): string {
  const own = getOwn(c.m, f, 'name')?.value;
  const name = typeof own === 'string' ? own : '';
  if (f.isClass) {
    const parent = f.proto instanceof JsFunction ? getOwn(c.m, f.proto, 'name')?.value : undefined;
    return `[class ${name === '' ? '(anonymous)' : name}${constructorName !== 'Function' && constructorName !== null ? ` [${constructorName}]` : ''}${tag !== '' && constructorName !== tag ? ` [${tag}]` : ''}${typeof parent === 'string' && parent !== '' ? ` extends ${parent}` : f.isDerived && f.proto?.slot === undefined && !(f.proto instanceof JsFunction) ? ' extends null' : ''}]`;
  }
  const code = f.closure?.code;
  const kind = code?.isAsync
    ? code.isGenerator
      ? 'AsyncGeneratorFunction'
      : 'AsyncFunction'
    : code?.isGenerator
      ? 'GeneratorFunction'
      : 'Function';
  let base = `[${kind}${constructorName === null ? ' (null prototype)' : ''}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  if (tag !== '' && constructorName !== tag && tag !== kind) base += ` [${tag}]`;
  return base;
}

/** The stack, which our programs do not have: name and message with one line for it. */
function errorBase(c: Context, o: JsObject, keys: Key[]): string {
  const find = (key: string): Value => {
    for (let p: JsObject | null = o; p; p = p.proto) {
      const own = getOwn(c.m, p, key);
      if (own) return own.value;
    }
    return undefined;
  };
  const stack = find('stack');
  const name = String(find('name') ?? 'Error');
  const message = String(find('message') ?? '');
  let text = typeof stack === 'string' && stack !== '' ? stack : `[${message === '' ? name : `${name}: ${message}`}]`;
  const cause = getOwn(c.m, o, 'cause');
  if (cause && !(cause.flags & Flag.Enumerable)) keys.push('cause');
  const errors = getOwn(c.m, o, 'errors');
  if (errors && !(errors.flags & Flag.Enumerable)) keys.push('errors');
  for (const k of ['name', 'message', 'stack']) {
    const at = keys.indexOf(k);
    if (at >= 0 && text.includes(String(getOwn(c.m, o, k)?.value))) keys.splice(at, 1);
  }
  const ctor = constructorOf(c, o);
  // As improveStack: the class's name rather than that of the class it inherits its name from.
  if (ctor !== null && name.endsWith('Error') && text.startsWith(name) && name !== ctor) {
    text = ctor.includes(name) ? `${ctor}${text.slice(name.length)}` : `${ctor} [${name}]${text.slice(name.length)}`;
  }
  if (c.indentation > 0) text = text.split('\n').join(`\n${' '.repeat(c.indentation)}`);
  return text;
}

function keyName(k: Key, p: Property): string {
  if (k instanceof JsSymbol) return `[Symbol(${k.description ?? ''})]`;
  const text = k === '__proto__' ? "['__proto__']" : /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(k) ? k : quote(k);
  return p.flags & Flag.Enumerable ? text : `[${k}]`;
}

function property(c: Context, o: JsObject, k: Key, level: number): string {
  const p = getOwn(c.m, o, k) as Property;
  let text: string;
  if (p.flags & Flag.Accessor) {
    if (o.className === 'Module' && p.getter instanceof JsFunction && p.getter.native)
      text = format(c, p.getter.native(c.m, o, [], undefined), level);
    else
      text =
        p.getter !== undefined
          ? p.setter !== undefined
            ? '[Getter/Setter]'
            : '[Getter]'
          : p.setter !== undefined
            ? '[Setter]'
            : 'undefined';
  } else {
    c.indentation += 2;
    text = format(c, p.value, level);
    c.indentation -= 2;
  }
  return `${keyName(k, p)}: ${text}`;
}

function reduce(
  c: Context,
  items: string[],
  base: string,
  braces: [string, string],
  extras: 'object' | 'array',
  level: number,
  o: JsObject,
): string {
  let output = items;
  const entries = output.length;
  if (extras === 'array' && entries > 6) output = group(c, output, o);
  const lead = base === '' ? '' : `${base} `;
  if (c.currentDepth - level < compact && entries === output.length) {
    const start = output.length + c.indentation + braces[0].length + base.length + 10;
    if (fits(output, start, base)) {
      const joined = output.join(', ');
      if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
    }
  }
  const indentation = `\n${' '.repeat(c.indentation)}`;
  return `${lead}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
}

function fits(output: readonly string[], start: number, base: string): boolean {
  let total = output.length + start;
  if (total + output.length > breakLength) return false;
  for (const o of output) {
    total += o.length;
    if (total > breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** Many short elements in columns. */
function group(c: Context, output: string[], o: JsObject): string[] {
  const items = isTyped(o) ? Array.from({ length: lengthOf(o) }, (_, i) => getTyped(c.m, o, i)) : o instanceof JsArray ? o.items : [];
  let total = 0;
  let longest = 0;
  const more = items.length > 100 && output.length > 100;
  const count = more ? output.length - 1 : output.length;
  const lengths: number[] = [];
  for (let i = 0; i < count; i++) {
    const n = output[i]?.length ?? 0;
    lengths.push(n);
    total += n + 2;
    if (n > longest) longest = n;
  }
  const actual = longest + 2;
  if (!(actual * 3 + c.indentation < breakLength && (total / actual > 5 || longest <= 6))) return output;
  const bias = Math.sqrt(actual - total / output.length);
  const biased = Math.max(actual - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((breakLength - c.indentation) / actual),
    compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const widths: number[] = [];
  for (let i = 0; i < columns; i++) {
    let width = 0;
    for (let j = i; j < count; j += columns) width = Math.max(width, lengths[j] ?? 0);
    widths.push(width + 2);
  }
  const numeric = output.every((_, i) => typeof items[i] === 'number' || typeof items[i] === 'bigint');
  const out: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const max = Math.min(i + columns, count);
    let line = '';
    let j = i;
    for (; j < max - 1; j++) {
      const cell = `${output[j]}, `;
      line += numeric ? cell.padStart(widths[j - i] ?? 0) : cell.padEnd(widths[j - i] ?? 0);
    }
    line += numeric ? (output[j] ?? '').padStart((widths[j - i] ?? 2) - 2) : output[j];
    out.push(line);
  }
  if (more) out.push(output[count] ?? '');
  return out;
}

/** util.format: the arguments of console.log as one text. */
export function formatLog(m: Machine, args: readonly Value[]): string {
  const first = args[0];
  let at = 0;
  let text = '';
  if (typeof first === 'string') {
    at = 1;
    if (args.length === 1) return first;
    text = first.replace(/%([sdifjoOc%])/g, (whole, kind: string) => {
      if (kind === '%') return '%';
      if (at >= args.length) return whole;
      const v = args[at++];
      switch (kind) {
        case 's':
          if (typeof v === 'bigint') return `${v}n`;
          if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
          if (v instanceof JsObject && !(v instanceof JsFunction))
            return v.className === 'Error' || (v.proto?.prototypeOf && !v.proto.intrinsic && getOwn(m, v.proto, 'toString'))
              ? show(v)
              : inspect(m, v, 0);
          return v instanceof JsSymbol || v instanceof JsFunction || v instanceof Opaque ? inspect(m, v, 0) : String(v as string);
        case 'd':
          return typeof v === 'bigint' ? `${v}n` : v instanceof JsSymbol || v instanceof JsObject ? 'NaN' : String(Number(v as number));
        case 'i':
          return typeof v === 'bigint'
            ? `${v}n`
            : v instanceof JsSymbol || v instanceof JsObject
              ? 'NaN'
              : String(parseInt(String(v as number), 10));
        case 'f':
          return v instanceof JsSymbol ? 'NaN' : String(parseFloat(String(v as number)));
        case 'j':
          return v instanceof JsObject ? plainJson(m, v) : (JSON.stringify(v as string) ?? 'undefined');
        case 'c':
          return '';
        default:
          return inspect(m, v, kind === 'o' ? 4 : 2);
      }
    });
  }
  const rest = args.slice(at).map((v) => (typeof v === 'string' ? v : inspect(m, v)));
  return at === 0 ? rest.join(' ') : [text, ...rest].join(' ');
}
