/** Generic traversal of the core tree: the direct children of expressions, statements and targets. */
import type { Arg, Expr, FunctionDef, PropertyKey, Stmt, Target } from '../program/program.ts';

export interface Visitor {
  expr?(e: Expr): void;
  stmt?(s: Stmt): void;
  target?(t: Target): void;
}

/** Calls the visitor on every expression, statement and target of one function, not of inner ones. */
export function visitFunction(fn: FunctionDef, visitor: Visitor): void {
  for (const param of fn.params) {
    if (param.default !== null) visitExpr(param.default, visitor);
    visitTarget(param.target, visitor);
  }
  for (const s of fn.body) visitStmt(s, visitor);
}

export function argValue(arg: Arg): Expr {
  return arg.value;
}

function key(k: PropertyKey, v: Visitor): void {
  if ('computed' in k) visitExpr(k.computed, v);
}

export function visitTarget(t: Target, v: Visitor): void {
  v.target?.(t);
  switch (t.kind) {
    case 'name':
      return;
    case 'attr':
      return visitExpr(t.object, v);
    case 'index':
      visitExpr(t.object, v);
      return visitExpr(t.index, v);
    case 'sequence':
      for (const item of t.items) {
        if (item === null) continue;
        visitTarget(item.target, v);
        if (item.default !== null) visitExpr(item.default, v);
      }
      return;
    case 'objectPattern':
      for (const p of t.properties) {
        key(p.key, v);
        visitTarget(p.target, v);
        if (p.default !== null) visitExpr(p.default, v);
      }
      if (t.rest !== null) visitTarget(t.rest, v);
  }
}

export function visitExpr(e: Expr, v: Visitor): void {
  v.expr?.(e);
  switch (e.kind) {
    case 'attr':
      return visitExpr(e.object, v);
    case 'index':
      visitExpr(e.object, v);
      return visitExpr(e.index, v);
    case 'slice':
      for (const part of [e.lower, e.upper, e.step]) if (part !== null) visitExpr(part, v);
      return;
    case 'call':
    case 'new':
      visitExpr(e.callee, v);
      for (const arg of e.args) visitExpr(arg.value, v);
      return;
    case 'optionalChain':
    case 'await':
      return visitExpr(e.value, v);
    case 'binary':
    case 'logical':
      visitExpr(e.left, v);
      return visitExpr(e.right, v);
    case 'unary':
      return visitExpr(e.operand, v);
    case 'compare':
      visitExpr(e.first, v);
      for (const r of e.rest) visitExpr(r.right, v);
      return;
    case 'conditional':
      visitExpr(e.test, v);
      visitExpr(e.then, v);
      return visitExpr(e.else, v);
    case 'assign':
    case 'logicalAssign':
    case 'update':
      visitTarget(e.target, v);
      return visitExpr(e.value, v);
    case 'sequence':
      for (const item of e.items) visitExpr(item, v);
      return;
    case 'yield':
      if (e.value !== null) visitExpr(e.value, v);
      return;
    case 'list':
    case 'tuple':
    case 'set':
      for (const item of e.items) if (item !== null) visitExpr(item.value, v);
      return;
    case 'dict':
      for (const entry of e.entries) {
        if (entry.key !== null) visitExpr(entry.key, v);
        visitExpr(entry.value, v);
      }
      return;
    case 'object':
      for (const p of e.properties) {
        if (p.kind === 'spread') visitExpr(p.value, v);
        else {
          key(p.key, v);
          if (p.kind === 'value') visitExpr(p.value, v);
        }
      }
      return;
    case 'template':
      for (const part of e.parts) if (typeof part !== 'string') visitExpr(part.value, v);
      return;
    case 'taggedTemplate':
      visitExpr(e.tag, v);
      for (const value of e.values) visitExpr(value, v);
      return;
    case 'importCall':
      return visitExpr(e.specifier, v);
    case 'delete':
      return visitTarget(e.target, v);
    case 'comprehension':
      return visitExpr(e.iterable, v);
    case 'intrinsic':
      for (const arg of e.args) visitExpr(arg, v);
      return;
    default:
      return;
  }
}

export function visitStmt(s: Stmt, v: Visitor): void {
  v.stmt?.(s);
  const all = (body: readonly Stmt[]): void => {
    for (const x of body) visitStmt(x, v);
  };
  switch (s.kind) {
    case 'expr':
      return visitExpr(s.value, v);
    case 'assign':
      visitExpr(s.value, v);
      for (const t of s.targets) visitTarget(t, v);
      return;
    case 'if':
      visitExpr(s.test, v);
      all(s.then);
      return all(s.else);
    case 'while':
      visitExpr(s.test, v);
      all(s.body);
      return all(s.orElse);
    case 'for':
      all(s.init);
      if (s.test !== null) visitExpr(s.test, v);
      if (s.update !== null) visitExpr(s.update, v);
      return all(s.body);
    case 'forEach':
      visitExpr(s.iterable, v);
      visitTarget(s.target, v);
      all(s.body);
      return all(s.orElse);
    case 'block':
      return all(s.body);
    case 'switch':
      visitExpr(s.discriminant, v);
      for (const c of s.cases) {
        if (c.test !== null) visitExpr(c.test, v);
        all(c.body);
      }
      return;
    case 'return':
      if (s.value !== null) visitExpr(s.value, v);
      return;
    case 'raise':
      if (s.value !== null) visitExpr(s.value, v);
      if (s.cause !== null) visitExpr(s.cause, v);
      return;
    case 'try':
      all(s.body);
      for (const h of s.handlers) {
        if (h.type !== null) visitExpr(h.type, v);
        if (h.target !== null) visitTarget(h.target, v);
        all(h.body);
      }
      all(s.orElse);
      if (s.finalizer !== null) all(s.finalizer);
      return;
    case 'with':
      for (const item of s.items) {
        visitExpr(item.context, v);
        if (item.target !== null) visitTarget(item.target, v);
      }
      return all(s.body);
    case 'delete':
      for (const t of s.targets) visitTarget(t, v);
      return;
    case 'assert':
      visitExpr(s.test, v);
      if (s.message !== null) visitExpr(s.message, v);
      return;
    case 'collect':
      if (s.key !== null) visitExpr(s.key, v);
      return visitExpr(s.value, v);
    default:
      return;
  }
}

/** The statements of a function without its docstring. */
export function statementsOf(fn: FunctionDef): Stmt[] {
  return fn.body.filter((s) => !(s.kind === 'expr' && s.value.kind === 'const'));
}

/** Does a branch end the function it is in? */
export function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'raise' || last === 'return';
}

/** The lists of statements directly inside a statement. */
export function listsOf(s: Stmt): Stmt[][] {
  switch (s.kind) {
    case 'if':
      return [s.then, s.else];
    case 'while':
    case 'forEach':
      return [s.body, s.orElse];
    case 'for':
      return [s.init, s.body];
    case 'block':
    case 'with':
      return [s.body];
    case 'switch':
      return s.cases.map((c) => c.body);
    case 'try':
      return [s.body, ...s.handlers.map((h) => h.body), s.orElse, s.finalizer ?? []];
    default:
      return [];
  }
}
