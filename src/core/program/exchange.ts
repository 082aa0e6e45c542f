/**
 * One function of a module is exchanged for its next version, in place: everything else stays the object it is and only
 * its places move, so that what is known of it still holds. For files that are edited; the module from before is used up.
 */
import type { FunctionDef, Module, Span, Variable } from './program.ts';

/** What a module was made of: `old` became `fn`, and the rest of `previous` is part of this one now. */
export interface Exchange {
  previous: Module;
  old: FunctionDef;
  fn: FunctionDef;
}

type MovableSpan = { -readonly [K in keyof Span]: Span[K] };
type Holder = { fn: FunctionDef };

/** Spans that detection makes of others, by the unit they are in or else the module's body. */
const derived = new WeakMap<FunctionDef, Set<MovableSpan>>();

/** A span that is not in the tree and keeps its place in the function. */
export function derivedSpan(fn: FunctionDef, start: number, end: number): Span {
  const span = { start, end };
  adoptSpan(fn, span);
  return span;
}

/** The span moves with the function from now on. */
export function adoptSpan(fn: FunctionDef, span: Span): void {
  let home = fn;
  while (!isUnit(home) && home.parent !== null) home = home.parent;
  const known = derived.get(home);
  if (known === undefined) derived.set(home, new Set([span]));
  else known.add(span);
}

export function moveSpan(span: Span, { start, end }: Span): void {
  Object.assign(span, { start, end });
}

/** Functions that stand by themselves: of the module or of one of its classes, not of another function. */
export function isUnit({ kind, parent }: FunctionDef): boolean {
  if (kind !== 'function' && kind !== 'method' && kind !== 'arrow' && kind !== 'getter' && kind !== 'setter') return false;
  return parent?.kind === 'module' || (parent?.kind === 'classBody' && parent.parent?.kind === 'module');
}

/** Where the first statement of its body begins, infinity for none: what is hoisted comes first in the list, not in the text. */
export function bodyStart({ body }: FunctionDef): number {
  return Math.min(...body.map((s) => s.span.start));
}

/** What leads out of the part of the tree looked at, or has no place. */
const elsewhere = new Set(['parent', 'owner', 'variable']);

/** Every object below `roots` once. `enter` says whether to go on below it. */
function visitObjects(roots: readonly object[], seen: WeakSet<object>, enter: (o: object) => boolean): void {
  const stack = [...roots];
  for (let o = stack.pop(); o !== undefined; o = stack.pop()) {
    if (seen.has(o) || !enter(o)) continue;
    seen.add(o);
    if (Array.isArray(o)) {
      for (const item of o as unknown[]) if (typeof item === 'object' && item !== null) stack.push(item);
      continue;
    }
    if (ArrayBuffer.isView(o)) continue;
    for (const key in o) {
      const value: unknown = (o as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null && !elsewhere.has(key)) stack.push(value);
    }
  }
}

function asSpan(o: object): MovableSpan | null {
  return 'start' in o && typeof o.start === 'number' && 'end' in o && typeof o.end === 'number' ? (o as MovableSpan) : null;
}

/** Variables that a function uses and that are none of its own or of functions inside it, by the references to them. */
export function freeVariables(fn: FunctionDef, inner: readonly FunctionDef[]): Map<{ variable: Variable }, Variable> {
  const own = new Set([fn, ...inner].flatMap((f) => f.variables));
  const free = new Map<{ variable: Variable }, Variable>();
  visitObjects([fn], new WeakSet(), (o) => {
    if ('variable' in o && !own.has(o.variable as Variable)) free.set(o as { variable: Variable }, o.variable as Variable);
    return true;
  });
  return free;
}

export function move(fn: FunctionDef, by: number): void {
  visitObjects([fn], new WeakSet(), (o) => {
    const span = asSpan(o);
    if (span !== null) {
      span.start += by;
      span.end += by;
    }
    return true;
  });
}

/** Where everything of a module is, and who refers to its units. */
export class Places {
  private readonly rest: MovableSpan[] = [];
  private readonly units = new Map<FunctionDef, MovableSpan[]>();
  private readonly holders = new Map<FunctionDef, Holder>();
  private readonly outside = new WeakSet();
  private readonly body: FunctionDef;

  constructor({ body, classes, globals, functions }: Module) {
    this.body = body;
    for (const fn of functions) if (isUnit(fn)) this.units.set(fn, []);
    this.collect([body, classes, globals], this.rest, this.outside);
    for (const [fn, spans] of this.units) this.collect([fn], spans);
  }

  /** The unit with a part of the text in its body; null where there is none. */
  unitAround(start: number, end: number): FunctionDef | null {
    for (const fn of this.units.keys()) if (fn.span.start <= start && end <= fn.span.end && bodyStart(fn) <= start) return fn;
    return null;
  }

  /** Can `fn` be put in the place of `old`? Who refers to it must be known. */
  knows(old: FunctionDef): boolean {
    return this.holders.has(old);
  }

  /** Puts `fn` where `old` was, whose text is longer by `delta`, and moves what comes after it. */
  exchange(old: FunctionDef, fn: FunctionDef, delta: number): void {
    const { end } = old.span;
    const holder = this.holders.get(old);
    if (holder === undefined) throw new Error('a function nobody refers to cannot be exchanged');
    for (const [unit, spans] of this.units) {
      if (unit === old || unit.span.start < end) continue;
      moveAll(spans, delta);
      moveAll(derived.get(unit) ?? [], delta);
    }
    for (const spans of [this.rest, derived.get(this.body) ?? []])
      for (const s of spans) {
        if (s.start >= end) s.start += delta;
        if (s.end >= end) s.end += delta;
      }
    holder.fn = fn;
    this.holders.delete(old);
    this.holders.set(fn, holder);
    this.units.delete(old);
    const spans: MovableSpan[] = [];
    this.units.set(fn, spans);
    this.collect([fn], spans);
  }

  /** What a unit has in common with what is around it moves with that. */
  private collect(roots: readonly object[], spans: MovableSpan[], seen: WeakSet<object> = new WeakSet()): void {
    visitObjects(roots, seen, (o) => {
      if (seen !== this.outside && this.outside.has(o)) return false;
      if ('fn' in o && this.units.has(o.fn as FunctionDef)) this.holders.set(o.fn as FunctionDef, o as Holder);
      if (this.units.has(o as FunctionDef) && !roots.includes(o)) return false;
      const span = asSpan(o);
      if (span !== null) spans.push(span);
      return true;
    });
  }
}

function moveAll(spans: Iterable<MovableSpan>, by: number): void {
  for (const span of spans) {
    span.start += by;
    span.end += by;
  }
}
