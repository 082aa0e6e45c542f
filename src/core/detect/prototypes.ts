/**
 * Classes written as constructor functions, by hand or by a compiler: what is put on `X.prototype` one by one
 * (`X.prototype.m = function`, also by way of `var proto = X.prototype`), as an object, or by `_createClass(X, [{ key, value }])`.
 */
import type { Expr, FunctionDef, Module, Ref, Variable } from '../program/program.ts';
import { visitFunction } from './visit.ts';

export interface PrototypeMember {
  /** A name of the module. */
  maker: string;
  name: string;
}

export interface Prototypes {
  members: Map<FunctionDef, PrototypeMember>;
  /** Constructor functions by name. */
  makers: Map<string, FunctionDef>;
}

const nameOf = (ref: Ref): string => (ref.kind === 'variable' ? ref.variable.name : ref.name);
const placeOf = (ref: Ref): Variable | string => (ref.kind === 'variable' ? ref.variable : ref.name);

export function prototypesIn(module: Module): Prototypes {
  const members = new Map<FunctionDef, PrototypeMember>();
  const makers = new Map<string, FunctionDef>();
  if (!/\bprototype\b|createClass/.test(module.text)) return { members, makers };
  const functions = new Map<Variable | string, FunctionDef>();
  /** `var proto = X.prototype`: whose it is. */
  const prototypes = new Map<Variable | string, Ref>();
  const globals = new Set(module.globals.map(({ name }) => name));
  const declare = (ref: Ref, value: Expr): void => {
    if (value.kind === 'function') functions.set(placeOf(ref), value.fn);
    const of = prototypeOf(value);
    if (of !== null) prototypes.set(placeOf(ref), of);
  };
  for (const fn of module.functions)
    visitFunction(fn, {
      stmt(s) {
        if (s.kind === 'assign') for (const t of s.targets) if (t.kind === 'name') declare(t.ref, s.value);
      },
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'name') declare(e.target.ref, e.value);
      },
    });
  const add = (of: Ref, name: string | null, fn: FunctionDef | null): void => {
    const maker = functions.get(placeOf(of));
    // Made inside a function that is called at once, and kept under the same name.
    if (maker === undefined || name === null || fn === null || !globals.has(nameOf(of)) || !/^[\w$]+$/.test(name)) return;
    makers.set(nameOf(of), maker);
    members.set(fn, { maker: nameOf(of), name });
  };
  const addAll = (of: Ref, value: Expr): void => {
    if (value.kind !== 'object') return;
    for (const p of value.properties) {
      if (p.kind === 'spread' || !('name' in p.key)) continue;
      if (p.kind === 'value') add(of, p.key.name, functionIn(p.value));
      else if (p.kind === 'method') add(of, p.key.name, p.fn);
    }
  };
  for (const fn of module.functions)
    visitFunction(fn, {
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'attr') {
          const { object, name } = e.target;
          const of = prototypeOf(object) ?? (object.kind === 'name' ? (prototypes.get(placeOf(object.ref)) ?? null) : null);
          if (of !== null) add(of, name, functionIn(e.value));
          else if (name === 'prototype' && object.kind === 'name') addAll(object.ref, e.value);
        }
        if (e.kind !== 'call') return;
        const [first, second] = e.args;
        if (first === undefined || second === undefined) return;
        // `Object.assign(X.prototype, { … })`
        const of = prototypeOf(first.value);
        if (of !== null) for (const a of e.args.slice(1)) addAll(of, a.value);
        const callee = e.callee.kind === 'name' ? nameOf(e.callee.ref) : e.callee.kind === 'attr' ? e.callee.name : '';
        if (/createClass/i.test(callee) && first.value.kind === 'name' && second.value.kind === 'list')
          for (const item of second.value.items) if (item !== null) addDescribed(first.value.ref, item.value);
      },
    });
  return { members, makers };

  /** `{ key: 'm', value: function m() { … } }` */
  function addDescribed(of: Ref, described: Expr): void {
    if (described.kind !== 'object') return;
    let name: string | null = null;
    let fn: FunctionDef | null = null;
    for (const p of described.properties) {
      if (p.kind === 'method' && 'name' in p.key && p.key.name === 'value') fn = p.fn;
      if (p.kind !== 'value' || !('name' in p.key)) continue;
      if (p.key.name === 'key' && p.value.kind === 'const' && p.value.value.type === 'string') name = p.value.value.value;
      if (p.key.name === 'value') fn = functionIn(p.value);
    }
    add(of, name, fn);
  }
}

/** `X` of `X.prototype`. */
function prototypeOf(e: Expr): Ref | null {
  return e.kind === 'attr' && e.name === 'prototype' && e.object.kind === 'name' ? e.object.ref : null;
}

function functionIn(e: Expr): FunctionDef | null {
  return e.kind === 'function' ? e.fn : null;
}
