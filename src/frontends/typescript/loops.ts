/** Loops and the per-iteration bindings of their heads. */
import ts from 'typescript';
import type { Expr, Stmt, Target } from '../../core/program/program.ts';
import type { Lowering, Scope } from './context.ts';
import { SYNTAX_ERROR, inBlockScope, spanOf, unsupportedStmt } from './context.ts';
import { lowerExpr } from './expressions.ts';
import { declareList, isUsing, isVar } from './hoist.ts';
import { assignmentTarget, bindingTarget } from './patterns.ts';
import { lowerBody, lowerDeclarations, usingStatement } from './statements.ts';

/** Runs `f` as code that may run more than once. */
function repeatedly<T>(l: Lowering, f: () => T): T {
  l.fn.loopDepth++;
  const result = f();
  l.fn.loopDepth--;
  return result;
}

export function lowerLoop(l: Lowering, node: ts.IterationStatement, label: string | null, out: Stmt[]): void {
  const span = spanOf(l, node);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    const testAfter = ts.isDoStatement(node);
    repeatedly(l, () => {
      const before = testAfter ? null : lowerExpr(l, node.expression);
      const body = lowerBody(l, node.statement);
      out.push({ kind: 'while', span, label, test: before ?? lowerExpr(l, node.expression), body, orElse: [], testAfter });
    });
  } else if (ts.isForStatement(node)) {
    inBlockScope(l, (scope) => out.push(lowerFor(l, node, scope, label)));
  } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    inBlockScope(l, (scope) => out.push(lowerForEach(l, node, scope, label)));
  } else out.push(unsupportedStmt(l, node, SYNTAX_ERROR));
}

function lowerFor(l: Lowering, node: ts.ForStatement, scope: Scope, label: string | null): Stmt {
  const span = spanOf(l, node);
  const init: Stmt[] = [];
  const head = node.initializer;
  let using: ts.VariableDeclarationList | null = null;
  if (head && ts.isVariableDeclarationList(head)) {
    if (!isVar(head)) declareList(l, scope, head);
    if (isUsing(head)) using = head;
    else lowerDeclarations(l, head, null, init);
  } else if (head) init.push({ kind: 'expr', span: spanOf(l, head), value: lowerExpr(l, head) });
  const loop = (): Stmt =>
    repeatedly(l, () => {
      const test = node.condition ? lowerExpr(l, node.condition) : null;
      const update = node.incrementor ? lowerExpr(l, node.incrementor) : null;
      const body = lowerBody(l, node.statement);
      return { kind: 'for', span, label, init, test, update, body, perIteration: using ? [] : scope.variables };
    });
  return using ? usingStatement(l, using, node, () => [loop()]) : loop();
}

function lowerForEach(l: Lowering, node: ts.ForOfStatement | ts.ForInStatement, scope: Scope, label: string | null): Stmt {
  const span = spanOf(l, node);
  const head = node.initializer;
  const list = ts.isVariableDeclarationList(head) ? head : null;
  const declaration = list?.declarations[0];
  if (list && !isVar(list)) declareList(l, scope, list);
  const prelude = declaration?.initializer ? lowerExpr(l, declaration.initializer) : null;
  const source = lowerExpr(l, node.expression);
  const iterable: Expr = ts.isForInStatement(node)
    ? { kind: 'intrinsic', span: source.span, name: 'js.forInKeys', args: [source] }
    : source;
  const isAsync = ts.isForOfStatement(node) && node.awaitModifier !== undefined;
  if (isAsync && l.fn.def.kind === 'module') l.topLevelAwait = true;
  return repeatedly(l, () => {
    let target: Target | null;
    if (declaration) target = bindingTarget(l, declaration.name);
    else target = ts.isVariableDeclarationList(head) ? null : assignmentTarget(l, head);
    if (!target) return unsupportedStmt(l, node, SYNTAX_ERROR);
    let body = lowerBody(l, node.statement);
    if (list && isUsing(list) && target.kind === 'name') {
      const disposeAsync = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
      body = [
        {
          kind: 'with',
          span,
          isAsync: disposeAsync,
          items: [{ context: { kind: 'name', span: target.span, ref: target.ref }, target: null }],
          body,
        },
      ];
    }
    const loop: Stmt = { kind: 'forEach', span, label, target, iterable, isAsync, body, orElse: [], perIteration: scope.variables };
    // `for (var k = value in o)`: the old initialiser runs once before the loop.
    return prelude
      ? { kind: 'block', span, label: null, variables: [], body: [{ kind: 'expr', span: prelude.span, value: prelude }, loop] }
      : loop;
  });
}
