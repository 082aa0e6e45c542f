/**
 * What the parts of the lowering share: the text, the lists they add to, the scope they are in, and
 * how a construct is turned down. A construct that cannot be lowered is rejected by unwinding to the
 * statement around it (`Rejected` never leaves the front end), which becomes `unsupported`.
 */
import type { ClassDef, Expr, FunctionDef, FunctionKind, Problem, Span } from '../../core/program/program.ts';
import type { Scope, SymbolTable } from './scopes.ts';
import type { SyntaxNode } from './syntax.ts';

export interface Lowering {
  readonly text: string;
  readonly table: SymbolTable;
  readonly problems: Problem[];
  readonly functions: FunctionDef[];
  readonly classes: ClassDef[];
  scope: Scope;
  /** Nesting of the core tree at this point. */
  depth: number;
  /** Offset of the star of the spread being lowered, -1 outside one (see `lowerSpread`). */
  starAt: number;
}

/** Deeper core trees are rejected: every later stage walks them recursively. */
export const depthLimit = 400;

export class Rejected extends Error {
  readonly what: string;
  constructor(what: string) {
    super(what);
    this.what = what;
  }
}

/** Reports a problem and gives up the statement being lowered. */
export function reject(l: Lowering, span: Span, message: string, what = 'syntax error'): never {
  l.problems.push({ message, span });
  throw new Rejected(what);
}

export function report(l: Lowering, span: Span, message: string): void {
  l.problems.push({ message, span });
}

/** Goes one level deeper, rejecting what is nested too deeply; `l.depth--` comes back. */
export function enter(l: Lowering, node: SyntaxNode): void {
  if (l.depth >= depthLimit) reject(l, spanOf(node), `nested more than ${depthLimit} levels deep`, 'nesting too deep');
  l.depth++;
}

/** Runs `work` one level deeper. A rejection need not restore the depth: the statement around does. */
export function deeper<T>(l: Lowering, node: SyntaxNode, work: () => T): T {
  enter(l, node);
  const result = work();
  l.depth--;
  return result;
}

/** Runs `work` in another scope. */
export function within<T>(l: Lowering, scope: Scope, work: () => T): T {
  const outer = l.scope;
  l.scope = scope;
  try {
    return work();
  } finally {
    l.scope = outer;
  }
}

/** Runs `work` as part of a loop of the current scope. */
export function inLoop<T>(l: Lowering, work: () => T): T {
  const scope = l.scope;
  scope.loopDepth++;
  try {
    return work();
  } finally {
    scope.loopDepth--;
  }
}

export function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end };
}

export function textOf(l: Lowering, node: SyntaxNode): string {
  return l.text.slice(node.start, node.end);
}

export function none(span: Span): Expr {
  return { kind: 'const', span, value: { type: 'none' } };
}

export function stringConst(value: string, span: Span): Expr {
  return { kind: 'const', span, value: { type: 'string', value } };
}

export function integerConst(value: number, span: Span): Expr {
  return { kind: 'const', span, value: { type: 'integer', value: BigInt(value) } };
}

export function booleanConst(value: boolean, span: Span): Expr {
  return { kind: 'const', span, value: { type: 'boolean', value } };
}

/** Nearest scope that is not a comprehension: where `return`, `yield` and `:=` belong. */
export function codeScope(scope: Scope): Scope {
  let at = scope;
  while (at.kind === 'comprehension' && at.parent !== null) at = at.parent;
  return at;
}

/** A new function of the current one, with everything but its parameters and body. */
export function newFunction(l: Lowering, kind: FunctionKind, name: string, span: Span, nameSpan: Span): FunctionDef {
  const parent = l.scope.fn;
  const fn: FunctionDef = {
    id: 0,
    name,
    qualifiedName: qualify(parent, name),
    kind,
    isAsync: false,
    isGenerator: false,
    isStatic: false,
    exported: false,
    params: [],
    variables: [],
    body: [],
    decorators: [],
    span,
    nameSpan,
    parent,
    owner: null,
  };
  l.functions.push(fn);
  return fn;
}

export function qualify(parent: FunctionDef, name: string): string {
  return parent.kind === 'module' ? name : `${parent.qualifiedName}.${name}`;
}
