/**
 * Names for state that more than one context may reach: a root (module global, attribute of a class,
 * captured variable or object handed in, file, table) and a path from it. Two places are compared by
 * root and path, never by value: detection is generous, the simulation decides.
 */
import type { Variable } from '../program/program.ts';

export type Root =
  /** `origin`: the file it is in, when that is another; `as`: how the file in question says it. */
  | { kind: 'global'; name: string; origin?: string; as?: string }
  /** `owner` names the class (or the object literal, or the constructor function). */
  | { kind: 'attribute'; owner: string; name: string }
  | { kind: 'variable'; variable: Variable }
  | { kind: 'file'; name: string }
  | { kind: 'table'; name: string }
  /** An unknown object that keeps values under keys; the entry is the path. */
  | { kind: 'store'; name: string }
  /** Whether an unknown object is up, as the source asks: `client.isOpen`. */
  | { kind: 'lifecycle'; name: string };

export type Step = { kind: 'attr'; name: string } | { kind: 'item'; text: string; literal: boolean };

export interface Place {
  root: Root;
  /** Equal for equal roots. */
  key: string;
  path: Step[];
  /** The object the root attribute hangs on, as written (`self`, `this`, `account`); empty otherwise. */
  base: string;
}

const variableKeys = new WeakMap<Variable, string>();
let nextVariable = 0;

export function rootKey(root: Root): string {
  switch (root.kind) {
    case 'global':
      return `g:${root.origin ?? ''}${root.name}`;
    case 'attribute':
      return `a:${root.owner}.${root.name}`;
    case 'variable': {
      let key = variableKeys.get(root.variable);
      if (key === undefined) {
        key = `v:${String(nextVariable++)}`;
        variableKeys.set(root.variable, key);
      }
      return key;
    }
    case 'file':
      return `f:${root.name}`;
    case 'table':
      return `t:${root.name}`;
    case 'store':
      return `s:${root.name}`;
    case 'lifecycle':
      return `l:${root.name}`;
  }
}

export function place(root: Root, base = ''): Place {
  return { root, key: rootKey(root), path: [], base };
}

/** One step further; paths deeper than four steps stand for everything below. */
export function step(from: Place, next: Step): Place {
  return from.path.length >= 4 ? from : { ...from, path: [...from.path, next] };
}

/** May the two places be the same location, or one hold the other? */
export function mayOverlap(a: Place, b: Place): boolean {
  if (a.key !== b.key || a.base !== b.base) return false;
  return pathsOverlap(a.path, b.path);
}

/** The same for accesses from different functions, where objects go by different names. */
export function mayConflict(a: Place, b: Place): boolean {
  return a.key === b.key && pathsOverlap(a.path, b.path);
}

function pathsOverlap(a: readonly Step[], b: readonly Step[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a[i];
    const y = b[i];
    if (x === undefined || y === undefined) return true;
    if (x.kind !== y.kind) return false;
    if (x.kind === 'attr' && y.kind === 'attr' && x.name !== y.name) return false;
    if (x.kind === 'item' && y.kind === 'item' && x.literal && y.literal && x.text !== y.text) return false;
  }
  return true;
}

/** The same location as far as the text tells. */
export function samePlace(a: Place, b: Place): boolean {
  return (
    a.key === b.key && a.base === b.base && a.path.length === b.path.length && a.path.every((s, i) => stepText(s) === stepText(b.path[i]))
  );
}

/** The same location, or an element of the container: `seats` and `seats[k]`. */
export function sameContainer(a: Place, b: Place): boolean {
  const [short, long] = a.path.length <= b.path.length ? [a, b] : [b, a];
  if (a.key !== b.key || a.base !== b.base || long.path.length - short.path.length > 1) return false;
  return (
    short.path.every((s, i) => stepText(s) === stepText(long.path[i])) &&
    (long.path.length === short.path.length || long.path[long.path.length - 1]?.kind === 'item')
  );
}

/** The path alone, equal for equal paths. */
export function pathText(p: Place): string {
  return p.path.length === 0 ? '' : p.path.map(stepText).join('');
}

function stepText(s: Step | undefined): string {
  return s === undefined ? '' : s.kind === 'attr' ? `.${s.name}` : `[${s.text}]`;
}

/** As a person writes it: `self.seats[seat]`. */
export function placeText(p: Place): string {
  const { root } = p;
  const head =
    root.kind === 'attribute'
      ? p.base === ''
        ? root.name
        : `${p.base}.${root.name}`
      : root.kind === 'variable'
        ? root.variable.name
        : root.kind === 'global'
          ? (root.as ?? root.name)
          : root.name;
  return head + p.path.map(stepText).join('');
}

/** The name the state goes by: of the global, attribute, variable or table. */
export function placeName(p: Place): string {
  return p.root.kind === 'variable' ? p.root.variable.name : p.root.name;
}
