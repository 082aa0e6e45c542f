/**
 * Names for shared locations as a person would write them: by the shortest path from a module's
 * names to the object. Containers are one location each (their items show in their value); of other
 * objects every attribute is a location of its own.
 */
import type { Machine } from '../machine/machine.ts';
import { Cell, Closure, HeapObject, Opaque, KEYS, LENGTH, Namespace, STATE, STRUCTURE, UNBOUND, type Value } from '../machine/values.ts';

const containerTypes = new Set([
  'list',
  'dict',
  'set',
  'deque',
  'OrderedDict',
  'defaultdict',
  'Counter',
  'frozenset',
  'bytearray',
  'array',
  'Array',
  'Map',
  'Set',
  'map',
  'tuple',
  'typed array',
  'ArrayBuffer',
]);

export function isContainer(o: HeapObject): boolean {
  return containerTypes.has(o.type) || containerTypes.has((o as { className?: string }).className ?? '');
}

export class Names {
  private readonly known = new Map<HeapObject, string>();
  private readonly m: Machine;
  constructor(m: Machine) {
    this.m = m;
  }

  /** Forgets what was found (objects move between names as a program runs). */
  refresh(): void {
    this.known.clear();
    const queue: { object: HeapObject; path: string; depth: number }[] = [];
    const add = (value: Value, path: string, depth: number): void => {
      if (
        value instanceof HeapObject &&
        !this.known.has(value) &&
        !(value instanceof Closure) &&
        !(value instanceof Namespace) &&
        value.type !== 'type'
      ) {
        this.known.set(value, path);
        queue.push({ object: value, path, depth });
      }
    };
    for (const ns of this.m.namespaces.values()) {
      if ((ns.name.startsWith('<') && !ns.name.startsWith('<harness>')) || ns.name.startsWith('race-replay:')) continue;
      for (const cell of ns.cells.values()) if (cell.value !== UNBOUND) add(cell.value, cell.name, 0);
    }
    for (let head = 0; head < queue.length && head < 5000; head++) {
      const entry = queue[head];
      if (!entry || entry.depth > 5) continue;
      eachPart(entry.object, (key, value) =>
        add(
          value,
          // What a modelled library keeps in an object is the object's own: `query.value`.
          String(key).startsWith('@')
            ? entry.path
            : isContainer(entry.object)
              ? `${entry.path}[${this.m.ops.show(key as Value)}]`
              : `${entry.path}.${String(key)}`,
          entry.depth + 1,
        ),
      );
    }
  }

  object(o: HeapObject): string {
    if (o instanceof Cell) return o.name;
    let name = this.known.get(o);
    if (name === undefined) {
      this.refresh();
      name = this.known.get(o);
    }
    if (name === undefined) {
      name = o.label ?? (o instanceof Opaque ? o.name : `a ${o.type}`);
      this.known.set(o, name);
    }
    return name;
  }

  /** A person could name it: some global, attribute or variable leads to it. */
  isKnown(o: HeapObject): boolean {
    return o instanceof Cell || !this.object(o).startsWith('a ');
  }

  /** The column a location belongs to. */
  location(o: HeapObject, key: unknown): string {
    if (o instanceof Cell) return o.name;
    if (isContainer(o) || key === STATE || key === STRUCTURE || key === LENGTH || key === KEYS) return this.object(o);
    return this.part(o, key);
  }

  /** `hass.data['client']`, `account.balance`. */
  private part(o: HeapObject, key: unknown): string {
    return o instanceof Opaque && String(key).startsWith('[') ? `${this.object(o)}${String(key)}` : `${this.object(o)}.${String(key)}`;
  }

  /** The exact place, for a sentence: `stack[0]`, `seats['12A']`, `self.balance`. */
  place(o: HeapObject, key: unknown): string {
    if (o instanceof Cell) return o.name;
    if (key === STATE || key === STRUCTURE || key === KEYS) return this.object(o);
    if (key === LENGTH) return `the length of ${this.object(o)}`;
    if (isContainer(o)) {
      const at = keyAt(o, key);
      return at === undefined ? this.object(o) : `${this.object(o)}[${this.m.ops.show(at)}]`;
    }
    return this.part(o, key);
  }
}

/** The key that a location stands for, undefined when it is not there: hash tables know keys by a canonical form. */
function keyAt(o: HeapObject, at: unknown): Value {
  if (typeof at !== 'string' || !at.startsWith('\u0001')) return at as Value;
  const { table } = o as { table?: { entries: ({ key: Value; canon: unknown } | null)[] } };
  return table?.entries.find((e) => e?.canon === at)?.key;
}

/** Parts of an object by the maps and arrays it holds. */
export function eachPart(o: HeapObject, visit: (key: unknown, value: Value) => void): void {
  for (const [field, value] of Object.entries(o)) {
    if (field === 'locations' || field === 'free' || field === 'home' || field === 'cls' || field === 'proto') continue;
    if (value instanceof Map && field !== 'index') for (const [k, v] of value as Map<unknown, unknown>) visit(keyOf(k, v), valueOf(v));
    else if (Array.isArray(value)) value.forEach((v, i) => (v === null ? undefined : visit(keyOf(i, v), valueOf(v))));
  }
}

/** Maps of a runtime may hold entry records ({key, value}) or property records ({value}). */
function valueOf(v: unknown): Value {
  if (typeof v === 'object' && v !== null && !(v instanceof HeapObject) && 'value' in v) return (v as { value: Value }).value;
  return v as Value;
}

function keyOf(k: unknown, v: unknown): unknown {
  if (typeof v === 'object' && v !== null && !(v instanceof HeapObject) && 'key' in v) return (v as { key: unknown }).key;
  return k;
}
