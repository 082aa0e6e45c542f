/**
 * The observable outcome of an execution as text, so that outcomes can be compared: the program's
 * globals and everything reachable from them, exceptions, printed lines and calls into the unknown
 * (as multisets: their order between contexts is not an outcome), and who is stuck.
 */
import type { Machine } from '../machine/machine.ts';
import { Cell, Closure, HeapObject, Namespace, Opaque, UNBOUND, type Value } from '../machine/values.ts';

/** Characters of an outcome at the most; what comes first is what happened, then what is left. */
const most = 100_000;

/** Fields of heap objects that are bookkeeping or code, not state of the program. */
const hidden = new Set([
  'id',
  'shared',
  'locations',
  'label',
  'type',
  'code',
  'free',
  'frame',
  'fiber',
  'process',
  'home',
  'linked',
  'constant',
  'started',
  'boundThis',
  'defaults',
  'waiters',
  'holder',
  'canon',
  'hash',
  'awaiting',
  'completion',
  'coroutine',
  'cancels',
  'mustCancel',
  'callbacks',
  'proto',
  'prototypeOf',
  'intrinsic',
  'extensible',
  'flags',
  'privates',
  'getter',
  'setter',
  'index',
  'cls',
  'lane',
  'version',
  'hashes',
  'parts',
  'owner',
  'from',
  'model',
  'initial',
  'unknown',
  'failure',
  'promise',
]);

/** Objects come by, in order; and attributes that are no part of the outcome. */
class Seen extends Map<object, number> {
  readonly unread: ReadonlySet<string>;
  constructor(unread: ReadonlySet<string>) {
    super();
    this.unread = unread;
  }
}

/** Canonical text of the final state. Depth and size are bounded. */
export function outcomeOf(m: Machine, isUserModule: (ns: Namespace) => boolean): string {
  const parts: string[] = [];
  const seen = new Seen(m.unread);
  for (const [name, o] of m.observed) {
    const changes = o.changes();
    if (changes === null) parts.push(`${name}=${canonical(o, seen, 0)}`);
    else for (const [place, v] of changes) parts.push(`${name} ${place}=${canonical(v, seen, 0)}`);
  }
  parts.push(...m.results.map((v) => `gave ${canonical(v, new Seen(m.unread), 0)}`).sort());
  for (const f of failuresOf(m)) parts.push(f);
  parts.push(...m.external.flatMap((e) => (e.quiet === true ? [] : [`call ${e.text}`])).sort());
  parts.push(...m.output.map((o) => `print ${o.text}`).sort());
  for (const p of m.processes) if (p && !p.done && p.pending && !p.parked) parts.push(`stuck ${p.id} ${p.pending.reason()}`);
  for (const [module, ns] of m.namespaces) {
    if (!isUserModule(ns)) continue;
    // What is imported is the state of another module, or of none.
    const imported = new Set(module.globals.flatMap((g) => (g.kind === 'import' && g.constant ? [g.name] : [])));
    const names = [...ns.cells.keys()].sort();
    for (const name of names) {
      const value = imported.has(name) ? undefined : ns.cells.get(name)?.value;
      if (value === UNBOUND || value === undefined || isCode(value)) continue;
      parts.push(`${name}=${canonical(value, seen, 0)}`);
    }
  }
  return parts.join('\n').slice(0, most);
}

/** One line per uncaught exception: who it ended and what it said. */
export function failuresOf(m: Machine): string[] {
  return m.failures.map((f) => `raised ${m.ops.show(f.exception)} at ${f.span.start}`).sort();
}

function isCode(value: Value): boolean {
  return (
    value instanceof Closure ||
    value instanceof Namespace ||
    (typeof value === 'object' && value !== null && /^(type|module|function|builtin_function_or_method|symbol)$/.test(value.type))
  );
}

/** An object of a class that the standard library has. */
function isLibrary(value: object): boolean {
  const { cls } = value as { cls?: { internal?: unknown; builtin?: unknown } };
  return cls?.internal === true || cls?.builtin === true;
}

/** Who waits is told by who is stuck; that somebody waited before is no outcome. */
function withoutQueues(attributes: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  return new Map([...attributes].filter(([name]) => typeof name !== 'string' || !/^_(waiters|getters|putters)$/.test(name)));
}

/** Fields that most objects do without. */
const mayBeMissing = new Set(['rest', 'proxy', 'slot']);

const keysByShape = new Map<unknown, { all: number; shown: readonly string[] }>();

/** Names of the fields of an object that are part of the outcome. Objects of one class have the same fields. */
function shownKeys(value: object): readonly string[] {
  const shape: unknown = value.constructor;
  const known = keysByShape.get(shape);
  const keys = Object.keys(value);
  if (known?.all === keys.length && shape !== Object) return known.shown;
  const shown = keys.filter((key) => !hidden.has(key));
  keysByShape.set(shape, { all: keys.length, shown });
  return shown;
}

function canonical(value: unknown, seen: Seen, depth: number): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 200 ? value.slice(0, 200) : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return 'fn';
  if (typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (depth > 12) return '…';
  const known = seen.get(value);
  if (known !== undefined) return `#${known}`;
  if (value instanceof HeapObject || Array.isArray(value)) seen.set(value, seen.size);
  if (value instanceof Closure) return `fn ${value.code.qualifiedName}`;
  if ((value as { type?: unknown }).type === 'function') return 'fn';
  if (value instanceof Opaque) return `<${value.name}>`;
  // What an event loop did, its tasks tell.
  if (/EventLoop$/.test((value as { cls?: { name?: string } }).cls?.name ?? '') && isLibrary(value)) return '<event loop>';
  if (value instanceof Cell) return canonical(value.value, seen, depth);
  if (Array.isArray(value))
    return `[${value
      .slice(0, 500)
      .map((v) => canonical(v, seen, depth + 1))
      .join(',')}]`;
  if (value instanceof Map) {
    const kept = seen.unread.size === 0 ? [...value] : [...value].filter(([k]) => !seen.unread.has(k as string));
    const entries = kept.slice(0, 500).map(([k, v]) => `${canonical(k, seen, depth + 1)}:${canonical(v, seen, depth + 1)}`);
    return `{${entries.sort().join(',')}}`;
  }
  if (value instanceof Set)
    return `{${[...value]
      .map((v) => canonical(v, seen, depth + 1))
      .sort()
      .join(',')}}`;
  if (value instanceof Uint8Array) return `bytes${[...value.slice(0, 100)].join('.')}`;
  const fields: string[] = [];
  const isPromise = (value as { type?: unknown }).type === 'promise';
  for (const key of shownKeys(value)) {
    const v = (value as Record<string, unknown>)[key];
    if (typeof v === 'function' || ((v === null || v === undefined) && mayBeMissing.has(key))) continue;
    // Who waits for a promise, or did, nobody can see.
    if (isPromise && key !== 'state' && key !== 'result' && key !== 'properties') continue;
    // Tables keep holes where entries were removed; which of two contexts' keys came first is as little an outcome as the order
    // of their calls.
    if (key === 'entries' && Array.isArray(v)) {
      const entries = v.flatMap((x) => (x === null ? [] : [canonical(x, seen, depth + 2)]));
      fields.push(`entries=[${entries.slice(0, 500).sort().join(',')}]`);
      continue;
    }
    const field: unknown = key === 'attrs' && v instanceof Map && isLibrary(value) ? withoutQueues(v) : v;
    fields.push(`${key}=${canonical(field, seen, depth + 1)}`);
  }
  const type = (value as { type?: unknown }).type;
  return `${typeof type === 'string' ? type : ''}(${fields.join(',')})`;
}
