/**
 * Statements. A statement list is lowered in its own scope, hoisted function declarations first; one
 * statement may become several, so everything appends to a list.
 */
import ts from 'typescript';
import type { Expr, Handler, Stmt, Target, Variable } from '../../core/program/program.ts';
import type { Lowering, NameHint, Scope } from './context.ts';
import {
  MAX_DEPTH,
  SYNTAX_ERROR,
  TOO_DEEP,
  atTopLevel,
  closeScope,
  declare,
  inBlockScope,
  nameTarget,
  resolve,
  spanOf,
  unsupportedStmt,
} from './context.ts';
import { isBound } from './bound.ts';
import { lowerClassDeclaration } from './classes.ts';
import { lowerEnum } from './enums.ts';
import { lowerExpr } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { boundNames, declareLexical, hasModifier, isErased, isUsing, isVar } from './hoist.ts';
import {
  DEFAULT_LOCAL,
  commonJsExport,
  defaultExport,
  lowerExportAssignment,
  lowerExportDeclaration,
  lowerImport,
  lowerImportEquals,
  recordCommonJs,
  recordExported,
} from './imports.ts';
import { lowerLoop } from './loops.ts';
import { lowerNamespace } from './namespaces.ts';
import { bindingTarget, nameOf } from './patterns.ts';
import { isBroken, isHeaderBroken, isNearError } from './syntax-errors.ts';

type StatementHandler = (l: Lowering, node: never, out: Stmt[]) => void;

const handlers: (StatementHandler | undefined)[] = [];

function on<T extends ts.Node>(kind: ts.SyntaxKind, handler: (l: Lowering, node: T, out: Stmt[]) => void): void {
  handlers[kind] = handler as StatementHandler;
}

/** Lowers a list whose names are declared in the current scope already. */
export function lowerStatements(l: Lowering, statements: readonly ts.Statement[], extra?: { after: number; insert: Stmt[] }): Stmt[] {
  const hoisted: Stmt[] = [];
  const rest = lowerFrom(l, statements, 0, hoisted, extra);
  return hoisted.length > 0 ? [...hoisted, ...rest] : rest;
}

function lowerFrom(
  l: Lowering,
  statements: readonly ts.Statement[],
  from: number,
  hoisted: Stmt[],
  extra: { after: number; insert: Stmt[] } | undefined,
): Stmt[] {
  const out: Stmt[] = [];
  for (let i = from; i < statements.length; i++) {
    const s = statements[i];
    if (!s) break;
    if (ts.isVariableStatement(s) && isUsing(s.declarationList) && !isErased(s) && !(isNearError(s, l.errorStarts) && isBroken(s))) {
      // Disposal happens at the end of the block: the rest of it is the body.
      out.push(usingStatement(l, s.declarationList, s, () => lowerFrom(l, statements, i + 1, hoisted, extra)));
      return out;
    }
    lowerStatement(l, s, isHoisted(s) ? hoisted : out);
    if (extra && i === extra.after) out.push(...extra.insert);
  }
  return out;
}

function isHoisted(s: ts.Statement): boolean {
  return ts.isFunctionDeclaration(s) || (ts.isLabeledStatement(s) && isHoisted(s.statement));
}

/** Each declared name is bound while `body` runs and disposed of afterwards. */
export function usingStatement(l: Lowering, list: ts.VariableDeclarationList, node: ts.Node, body: () => Stmt[]): Stmt {
  const isAsync = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
  if (isAsync && l.fn.def.kind === 'module') l.topLevelAwait = true;
  const items = list.declarations.map((d) => ({
    context: d.initializer ? lowerExpr(l, d.initializer, nameOf(l, d.name)) : undefinedExpr(l, d),
    target: bindingTarget(l, d.name),
  }));
  return { kind: 'with', span: spanOf(l, node), isAsync, items, body: body() };
}

function undefinedExpr(l: Lowering, node: ts.Node): Expr {
  return { kind: 'const', span: spanOf(l, node), value: { type: 'undefined' } };
}

export function lowerStatement(l: Lowering, node: ts.Statement, out: Stmt[]): void {
  if (isErased(node)) return;
  if (l.depth >= MAX_DEPTH) {
    out.push(unsupportedStmt(l, node, TOO_DEEP));
    return;
  }
  if (isNearError(node, l.errorStarts) && isUnusable(node)) {
    out.push(unsupportedStmt(l, node, SYNTAX_ERROR));
    return;
  }
  const handler = handlers[node.kind];
  if (!handler) {
    out.push(unsupportedStmt(l, node, `this syntax (${ts.SyntaxKind[node.kind]})`));
    return;
  }
  l.depth++;
  handler(l, node as never, out);
  l.depth--;
}

/** Functions, classes and blocks survive errors inside their braces; other statements do not. */
function isUnusable(node: ts.Statement): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.Block:
    case ts.SyntaxKind.ModuleBlock:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
      return false;
    case ts.SyntaxKind.IfStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.TryStatement:
    case ts.SyntaxKind.LabeledStatement:
      return isHeaderBroken(node);
    default:
      return isBroken(node);
  }
}

/** The body of an `if` or loop: one statement or a block, with a scope of its own. */
export function lowerBody(l: Lowering, node: ts.Statement): Stmt[] {
  return lowerScoped(l, ts.isBlock(node) ? node.statements : [node], node);
}

/** A block's statements, in a `block` when its variables need to be fresh at each entry. */
export function lowerScoped(l: Lowering, statements: readonly ts.Statement[], node: ts.Node): Stmt[] {
  return inBlockScope(l, (scope) => {
    declareLexical(l, scope, statements);
    return closeScope(scope, lowerStatements(l, statements), spanOf(l, node));
  });
}

on<ts.Block>(ts.SyntaxKind.Block, (l, node, out) => {
  for (const s of lowerScoped(l, node.statements, node)) out.push(s);
});

on<ts.ExpressionStatement>(ts.SyntaxKind.ExpressionStatement, (l, node, out) => {
  const e = node.expression;
  // A string on its own is a directive such as 'use strict'.
  if (ts.isStringLiteral(e)) return;
  const hint = atTopLevel(l) ? exportedAssignment(l, e) : undefined;
  out.push({ kind: 'expr', span: spanOf(l, node), value: lowerExpr(l, e, hint) });
});

/** `exports.f = …` at the top level: records what is exported and names what it exports. */
function exportedAssignment(l: Lowering, e: ts.Expression): NameHint | undefined {
  if (!ts.isBinaryExpression(e) || e.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const found = commonJsExport(l, e.left);
  if (!found) return undefined;
  let value = e.right;
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) value = value.right;
  recordCommonJs(l, found.name, value);
  const span = ts.isPropertyAccessExpression(e.left) ? spanOf(l, e.left.name) : spanOf(l, e.left);
  return { name: '', display: found.name ?? 'module.exports', span, exported: true };
}

on<ts.VariableStatement>(ts.SyntaxKind.VariableStatement, (l, node, out) => {
  const list = node.declarationList;
  if (hasModifier(node, ts.SyntaxKind.ExportKeyword)) {
    for (const d of list.declarations) boundNames(d.name, (id) => recordExported(l, node, [id.text]));
  }
  lowerDeclarations(l, list, list.declarations.length === 1 ? node : null, out);
});

/** Declarations in order; `var` without a value does nothing, its name was declared on entry. */
export function lowerDeclarations(l: Lowering, list: ts.VariableDeclarationList, whole: ts.Node | null, out: Stmt[]): void {
  const topLevel = atTopLevel(l);
  for (const d of list.declarations) {
    const span = spanOf(l, whole ?? d);
    if (!d.initializer) {
      if (!isVar(list)) declareWithout(l, d, span, out);
      continue;
    }
    const hint = nameOf(l, d.name);
    if (hint && topLevel) hint.topLevel = hint.name;
    const target = bindingTarget(l, d.name);
    const value = lowerExpr(l, d.initializer, hint);
    out.push({ kind: 'assign', span, targets: [target], value, declares: true });
  }
}

/** `let x;`: from here on x is undefined. */
function declareWithout(l: Lowering, d: ts.VariableDeclaration, span: Stmt['span'], out: Stmt[]): void {
  if (!ts.isIdentifier(d.name)) return;
  const binding = resolve(l, d.name.text, Number.MAX_SAFE_INTEGER);
  if (!binding || binding.place.kind === 'member') return;
  // A top-level name first bound later, once, is as constant as one bound here.
  if (binding.place.kind === 'variable') binding.writes++;
  out.push({ kind: 'declare', span, variables: [binding.place] });
}

on<ts.FunctionDeclaration>(ts.SyntaxKind.FunctionDeclaration, (l, node, out) => {
  const span = spanOf(l, node);
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword) && atTopLevel(l);
  if (!node.name || node.name.text === '') {
    if (!isDefault) return;
    const nameSpan = { start: span.start, end: Math.min(Math.max(node.parameters.pos - 1, span.start), span.end) };
    const fn = lowerFunction(l, node, {
      kind: 'function',
      hint: { name: 'default', display: 'default', span: nameSpan, topLevel: DEFAULT_LOCAL, exported: true },
    });
    out.push(defaultExport(l, node, { kind: 'function', span, fn }));
    return;
  }
  const name = node.name.text;
  const nameSpan = spanOf(l, node.name);
  recordExported(l, node, [name]);
  const topLevel = atTopLevel(l) ? name : undefined;
  const target = nameTarget(l, name, nameSpan, true);
  const kind = isBound(node) ? 'arrow' : 'function';
  const fn = lowerFunction(l, node, { kind, hint: { name, display: name, span: nameSpan, topLevel } });
  out.push({ kind: 'assign', span, targets: [target], value: { kind: 'function', span, fn }, declares: true });
});

on<ts.ClassDeclaration>(ts.SyntaxKind.ClassDeclaration, lowerClassDeclaration);
on<ts.EnumDeclaration>(ts.SyntaxKind.EnumDeclaration, lowerEnum);
on<ts.ModuleDeclaration>(ts.SyntaxKind.ModuleDeclaration, lowerNamespace);
on<ts.ImportDeclaration>(ts.SyntaxKind.ImportDeclaration, (l, node) => {
  if (atTopLevel(l)) lowerImport(l, node);
});
on<ts.ImportEqualsDeclaration>(ts.SyntaxKind.ImportEqualsDeclaration, lowerImportEquals);
on<ts.ExportDeclaration>(ts.SyntaxKind.ExportDeclaration, (l, node) => {
  if (atTopLevel(l)) lowerExportDeclaration(l, node);
});
on<ts.ExportAssignment>(ts.SyntaxKind.ExportAssignment, (l, node, out) => {
  if (atTopLevel(l)) lowerExportAssignment(l, node, out);
});

on<ts.IfStatement>(ts.SyntaxKind.IfStatement, (l, node, out) => {
  const test = lowerExpr(l, node.expression);
  const then = lowerBody(l, node.thenStatement);
  out.push({ kind: 'if', span: spanOf(l, node), test, then, else: node.elseStatement ? lowerBody(l, node.elseStatement) : [] });
});

for (const kind of [
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
]) {
  on<ts.IterationStatement>(kind, (l, node, out) => lowerLoop(l, node, null, out));
}

on<ts.SwitchStatement>(ts.SyntaxKind.SwitchStatement, (l, node, out) => lowerSwitch(l, node, null, out));

function lowerSwitch(l: Lowering, node: ts.SwitchStatement, label: string | null, out: Stmt[]): void {
  const span = spanOf(l, node);
  const discriminant = lowerExpr(l, node.expression);
  inBlockScope(l, (scope) => {
    const clauses = node.caseBlock.clauses;
    for (const c of clauses) declareLexical(l, scope, c.statements);
    const hoisted: Stmt[] = [];
    const cases = clauses.map((c) => {
      const test = ts.isCaseClause(c) ? lowerExpr(l, c.expression) : null;
      return { test, body: lowerFrom(l, c.statements, 0, hoisted, undefined), span: spanOf(l, c) };
    });
    const fresh = scope.needsFresh ? scope.variables : [];
    const hasHoisted = hoisted.length > 0;
    const statement: Stmt = { kind: 'switch', span, label, discriminant, cases, variables: hasHoisted ? [] : fresh };
    // Functions declared in a clause exist from the switch's start.
    out.push(hasHoisted ? { kind: 'block', span, label: null, variables: fresh, body: [...hoisted, statement] } : statement);
  });
}

on<ts.LabeledStatement>(ts.SyntaxKind.LabeledStatement, (l, node, out) => {
  const labels = [node.label.text];
  let inner: ts.Statement = node.statement;
  while (ts.isLabeledStatement(inner)) {
    labels.push(inner.label.text);
    inner = inner.statement;
  }
  const label = labels[labels.length - 1] ?? '';
  const outer = l.fn.labels;
  l.fn.labels = new Map([...outer, ...labels.map((name): [string, string] => [name, label])]);
  if (ts.isIterationStatement(inner, false)) lowerLoop(l, inner, label, out);
  else if (ts.isSwitchStatement(inner)) lowerSwitch(l, inner, label, out);
  else if (ts.isFunctionDeclaration(inner)) lowerStatement(l, inner, out);
  else out.push({ kind: 'block', span: spanOf(l, node), label, variables: [], body: lowerBody(l, inner) });
  l.fn.labels = outer;
});

for (const [kind, jump] of [
  [ts.SyntaxKind.BreakStatement, 'break'],
  [ts.SyntaxKind.ContinueStatement, 'continue'],
] as const) {
  on<ts.BreakOrContinueStatement>(kind, (l, node, out) => {
    const label = node.label ? (l.fn.labels.get(node.label.text) ?? node.label.text) : null;
    out.push({ kind: jump, span: spanOf(l, node), label });
  });
}

on<ts.ReturnStatement>(ts.SyntaxKind.ReturnStatement, (l, node, out) => {
  out.push({ kind: 'return', span: spanOf(l, node), value: node.expression ? lowerExpr(l, node.expression) : null });
});

on<ts.ThrowStatement>(ts.SyntaxKind.ThrowStatement, (l, node, out) => {
  out.push({ kind: 'raise', span: spanOf(l, node), value: lowerExpr(l, node.expression), cause: null });
});

on<ts.TryStatement>(ts.SyntaxKind.TryStatement, (l, node, out) => {
  const span = spanOf(l, node);
  const body = lowerScoped(l, node.tryBlock.statements, node.tryBlock);
  const caught = node.catchClause ? lowerCatch(l, node.catchClause) : null;
  const finalizer = node.finallyBlock ? lowerScoped(l, node.finallyBlock.statements, node.finallyBlock) : null;
  const statement: Stmt = { kind: 'try', span, body, handlers: caught ? [caught.handler] : [], orElse: [], finalizer };
  // A caught exception that a closure keeps must be another variable the next time.
  out.push(
    caught && caught.fresh.length > 0 ? { kind: 'block', span, label: null, variables: caught.fresh, body: [statement] } : statement,
  );
});

function lowerCatch(l: Lowering, node: ts.CatchClause): { handler: Handler; fresh: Variable[] } {
  return inBlockScope(l, (scope: Scope) => {
    let target: Target | null = null;
    const d = node.variableDeclaration;
    if (d) {
      boundNames(d.name, (id) => declare(l, scope, { name: id.text, span: spanOf(l, id), kind: 'let', readyAt: 0, deadZone: false }));
      target = bindingTarget(l, d.name);
    }
    const body = lowerScoped(l, node.block.statements, node.block);
    return { handler: { type: null, target, isGroup: false, body, span: spanOf(l, node) }, fresh: scope.needsFresh ? scope.variables : [] };
  });
}

on(ts.SyntaxKind.DebuggerStatement, (l, node, out) => {
  out.push({ kind: 'pass', span: spanOf(l, node) });
});

on(ts.SyntaxKind.WithStatement, (l, node: ts.Statement, out) => {
  out.push(unsupportedStmt(l, node, 'a with statement'));
});
