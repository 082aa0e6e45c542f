/** Binary operators and assignments. */
import ts from 'typescript';
import type { BinaryOperator, CompareOperator, Expr } from '../../core/program/program.ts';
import type { Lowering, NameHint } from './context.ts';
import { MAX_DEPTH, SYNTAX_ERROR, TOO_DEEP, spanOf, unsupportedExpr } from './context.ts';
import { lowerExpr, skipTypes, stringExpr } from './expressions.ts';
import { assignmentTarget } from './patterns.ts';

const binaryOperators: ReadonlyMap<ts.SyntaxKind, BinaryOperator> = new Map([
  [ts.SyntaxKind.PlusToken, '+'],
  [ts.SyntaxKind.MinusToken, '-'],
  [ts.SyntaxKind.AsteriskToken, '*'],
  [ts.SyntaxKind.SlashToken, '/'],
  [ts.SyntaxKind.PercentToken, '%'],
  [ts.SyntaxKind.AsteriskAsteriskToken, '**'],
  [ts.SyntaxKind.LessThanLessThanToken, '<<'],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, '>>'],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, '>>>'],
  [ts.SyntaxKind.AmpersandToken, '&'],
  [ts.SyntaxKind.BarToken, '|'],
  [ts.SyntaxKind.CaretToken, '^'],
]);

const compareOperators: ReadonlyMap<ts.SyntaxKind, CompareOperator> = new Map([
  [ts.SyntaxKind.EqualsEqualsToken, '=='],
  [ts.SyntaxKind.ExclamationEqualsToken, '!='],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '==='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
  [ts.SyntaxKind.InKeyword, 'in'],
  [ts.SyntaxKind.InstanceOfKeyword, 'instanceof'],
]);

type LogicalOperator = Extract<Expr, { kind: 'logical' }>['op'];

const logicalOperators: ReadonlyMap<ts.SyntaxKind, LogicalOperator> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, 'and'],
  [ts.SyntaxKind.BarBarToken, 'or'],
  [ts.SyntaxKind.QuestionQuestionToken, 'nullish'],
]);

const updateOperators: ReadonlyMap<ts.SyntaxKind, BinaryOperator> = new Map([
  [ts.SyntaxKind.PlusEqualsToken, '+'],
  [ts.SyntaxKind.MinusEqualsToken, '-'],
  [ts.SyntaxKind.AsteriskEqualsToken, '*'],
  [ts.SyntaxKind.SlashEqualsToken, '/'],
  [ts.SyntaxKind.PercentEqualsToken, '%'],
  [ts.SyntaxKind.AsteriskAsteriskEqualsToken, '**'],
  [ts.SyntaxKind.LessThanLessThanEqualsToken, '<<'],
  [ts.SyntaxKind.GreaterThanGreaterThanEqualsToken, '>>'],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, '>>>'],
  [ts.SyntaxKind.AmpersandEqualsToken, '&'],
  [ts.SyntaxKind.BarEqualsToken, '|'],
  [ts.SyntaxKind.CaretEqualsToken, '^'],
]);

const logicalAssignOperators: ReadonlyMap<ts.SyntaxKind, LogicalOperator> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, 'and'],
  [ts.SyntaxKind.BarBarEqualsToken, 'or'],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, 'nullish'],
]);

function isLeftAssociative(kind: ts.SyntaxKind): boolean {
  return binaryOperators.has(kind) || compareOperators.has(kind) || logicalOperators.has(kind) || kind === ts.SyntaxKind.CommaToken;
}

/** Binary operators and every form of assignment. `hint` names an anonymous function on the right. */
export function lowerBinary(l: Lowering, node: ts.BinaryExpression, hint: NameHint | undefined): Expr {
  const kind = node.operatorToken.kind;
  const span = spanOf(l, node);
  if (isLeftAssociative(kind)) return lowerSpine(l, node);
  if (kind === ts.SyntaxKind.EqualsToken) {
    const target = assignmentTarget(l, node.left);
    if (!target) return unsupportedExpr(l, node, SYNTAX_ERROR);
    // The function of a private method that a compiler put here is a member of its class.
    if (l.compiled?.functions.has(node.right) === true) return { kind: 'const', span, value: { type: 'undefined' } };
    return { kind: 'assign', span, target, value: lowerExpr(l, node.right, hint ?? nameHintFor(l, node.left)) };
  }
  const update = updateOperators.get(kind);
  const logical = logicalAssignOperators.get(kind);
  const target = assignmentTarget(l, node.left);
  if (!target) return unsupportedExpr(l, node, SYNTAX_ERROR);
  if (update) return { kind: 'update', span, op: update, target, value: lowerExpr(l, node.right), returnsOld: false };
  if (logical) return { kind: 'logicalAssign', span, op: logical, target, value: lowerExpr(l, node.right, nameHintFor(l, node.left)) };
  return unsupportedExpr(l, node, SYNTAX_ERROR);
}

/** What `target = function …` calls the function. */
function nameHintFor(l: Lowering, target: ts.Expression): NameHint | undefined {
  const span = spanOf(l, target);
  if (ts.isIdentifier(target)) return { name: target.text, display: target.text, span };
  if (!ts.isPropertyAccessExpression(target)) return undefined;
  return { name: '', display: displayOf(target), span: spanOf(l, target.name) };
}

function displayOf(target: ts.Expression): string {
  const parts: string[] = [];
  let e = target;
  while (ts.isPropertyAccessExpression(e) && parts.length < 4) {
    parts.unshift(e.name.text);
    e = e.expression;
  }
  if (ts.isIdentifier(e)) parts.unshift(e.text);
  return parts.join('.');
}

/**
 * `a + b + c + …`: the parser makes a left-leaning tree of any depth without recursion, so it is
 * taken apart the same way.
 */
function lowerSpine(l: Lowering, node: ts.BinaryExpression): Expr {
  const spine: ts.BinaryExpression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && isLeftAssociative(left.operatorToken.kind)) {
    spine.push(left);
    left = left.left;
  }
  const first = spine[spine.length - 1];
  if (first && ts.isPrivateIdentifier(first.left)) {
    spine.pop();
    const args = [stringExpr(first.left.text, spanOf(l, first.left)), lowerExpr(l, first.right)];
    return foldSpine(l, spine, { kind: 'intrinsic', span: spanOf(l, first), name: 'js.privateIn', args });
  }
  return foldSpine(l, spine, lowerAt(l, left, l.depth + spine.filter((n) => !isComma(n)).length));
}

/** Lowers an operand at the depth it will have in the tree; a literal has nothing below it. */
function lowerAt(l: Lowering, node: ts.Expression, depth: number): Expr {
  if (ts.isLiteralExpression(node)) return lowerExpr(l, node);
  const outer = l.depth;
  l.depth = depth;
  const result = lowerExpr(l, node);
  l.depth = outer;
  return result;
}

function isComma(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

function foldSpine(l: Lowering, spine: readonly ts.BinaryExpression[], leftmost: Expr): Expr {
  let result = leftmost;
  let height = 0;
  // Commas are the outermost operators of a spine and become one flat sequence.
  const commas = spine.filter(isComma).length;
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (!node) break;
    const extendsSequence = isComma(node) && result.kind === 'sequence';
    const right = lowerAt(l, node.right, l.depth + Math.max(1, i - commas));
    const joined = joinStrings(node, result, right, result.span.start);
    if (joined) {
      result = joined;
      continue;
    }
    if (!extendsSequence && l.depth + ++height > MAX_DEPTH) return unsupportedExpr(l, spine[0] ?? node, TOO_DEEP);
    result = combine(l, node, result, right);
  }
  return result;
}

/** `'a' + 'b'`: long literals are often written so. */
function joinStrings(node: ts.BinaryExpression, left: Expr, right: Expr, start: number): Expr | null {
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusToken || left.kind !== 'const' || right.kind !== 'const') return null;
  if (left.value.type !== 'string' || right.value.type !== 'string') return null;
  return stringExpr(left.value.value + right.value.value, { start, end: node.end });
}

function combine(l: Lowering, node: ts.BinaryExpression, left: Expr, right: Expr): Expr {
  const span = spanOf(l, node);
  const kind = node.operatorToken.kind;
  if (kind === ts.SyntaxKind.CommaToken) {
    if (left.kind === 'sequence' && skipTypes(node.left) === node.left) {
      left.items.push(right);
      return { kind: 'sequence', span, items: left.items };
    }
    return { kind: 'sequence', span, items: [left, right] };
  }
  const compare = compareOperators.get(kind);
  if (compare) return { kind: 'compare', span, first: left, rest: [{ op: compare, right }] };
  const logical = logicalOperators.get(kind);
  if (logical) return { kind: 'logical', span, op: logical, left, right };
  const op = binaryOperators.get(kind);
  return op ? { kind: 'binary', span, op, left, right } : unsupportedExpr(l, node, SYNTAX_ERROR);
}
