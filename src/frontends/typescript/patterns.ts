/** Binding patterns and assignment patterns to targets. */
import ts from 'typescript';
import type { Expr, Span, Target, TargetItem } from '../../core/program/program.ts';
import type { Lowering, NameHint } from './context.ts';
import { MAX_DEPTH, TOO_DEEP, nameTarget, spanOf, unsupportedExpr } from './context.ts';
import { isIdentifierName, lowerExpr, skipTypes } from './expressions.ts';
import { propertyKey } from './objects.ts';

/** The target of a declaration or parameter; its names are declared already. */
export function bindingTarget(l: Lowering, name: ts.BindingName): Target {
  const span = spanOf(l, name);
  if (ts.isIdentifier(name)) return nameTarget(l, name.text, span, true);
  if (l.depth >= MAX_DEPTH) return nowhere(l, name);
  l.depth++;
  const target = ts.isArrayBindingPattern(name) ? arrayBinding(l, name, span) : objectBinding(l, name, span);
  l.depth--;
  return target;
}

/** A pattern too deep to keep: storing to it is not simulated. */
function nowhere(l: Lowering, node: ts.Node): Target {
  const object = unsupportedExpr(l, node, TOO_DEEP);
  return { kind: 'attr', span: object.span, object, name: 'unsupported', nameSpan: object.span };
}

function arrayBinding(l: Lowering, pattern: ts.ArrayBindingPattern, span: Span): Target {
  const items = pattern.elements.map((e): TargetItem | null => {
    if (ts.isOmittedExpression(e)) return null;
    const target = bindingTarget(l, e.name);
    return { target, default: defaultValue(l, e.name, e.initializer), rest: e.dotDotDotToken !== undefined };
  });
  return { kind: 'sequence', span, items };
}

function objectBinding(l: Lowering, pattern: ts.ObjectBindingPattern, span: Span): Target {
  const result: Extract<Target, { kind: 'objectPattern' }> = { kind: 'objectPattern', span, properties: [], rest: null };
  for (const e of pattern.elements) {
    if (e.dotDotDotToken) {
      result.rest = bindingTarget(l, e.name);
      continue;
    }
    const key = e.propertyName ? propertyKey(l, e.propertyName) : { name: ts.isIdentifier(e.name) ? e.name.text : '' };
    const target = bindingTarget(l, e.name);
    result.properties.push({ key, target, default: defaultValue(l, e.name, e.initializer) });
  }
  return result;
}

function defaultValue(l: Lowering, name: ts.Node, initializer: ts.Expression | undefined): Expr | null {
  return initializer ? lowerExpr(l, initializer, nameOf(l, name)) : null;
}

/** An anonymous function assigned to an identifier takes its name. */
export function nameOf(l: Lowering, name: ts.Node): NameHint | undefined {
  return ts.isIdentifier(name) ? { name: name.text, display: name.text, span: spanOf(l, name) } : undefined;
}

/** The left side of an assignment; null when nothing can be assigned to it (a syntax error). */
export function assignmentTarget(l: Lowering, node: ts.Expression): Target | null {
  const inner = skipTypes(node);
  const span = spanOf(l, inner);
  if (ts.isIdentifier(inner)) return inner.text === '' ? null : nameTarget(l, inner.text, span, false);
  if (l.depth >= MAX_DEPTH) return nowhere(l, inner);
  l.depth++;
  const target = compoundTarget(l, inner, span);
  l.depth--;
  return target;
}

function compoundTarget(l: Lowering, inner: ts.Expression, span: Span): Target | null {
  if (ts.isPropertyAccessExpression(inner)) {
    if (inner.questionDotToken || inner.name.text === '') return null;
    return { kind: 'attr', span, object: lowerExpr(l, inner.expression), name: inner.name.text, nameSpan: spanOf(l, inner.name) };
  }
  if (ts.isElementAccessExpression(inner)) {
    if (inner.questionDotToken) return null;
    const object = lowerExpr(l, inner.expression);
    const key = inner.argumentExpression;
    if (ts.isStringLiteralLike(key) && isIdentifierName(key.text))
      return { kind: 'attr', span, object, name: key.text, nameSpan: spanOf(l, key) };
    return { kind: 'index', span, object, index: lowerExpr(l, key) };
  }
  if (ts.isArrayLiteralExpression(inner)) return arrayPattern(l, inner, span);
  if (ts.isObjectLiteralExpression(inner)) return objectPattern(l, inner, span);
  return null;
}

/** `target = default` inside a pattern. */
function withDefault(l: Lowering, node: ts.Expression): { target: Target; default: Expr | null } | null {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = assignmentTarget(l, node.left);
    return target && { target, default: defaultValue(l, skipTypes(node.left), node.right) };
  }
  const target = assignmentTarget(l, node);
  return target && { target, default: null };
}

function arrayPattern(l: Lowering, node: ts.ArrayLiteralExpression, span: Span): Target | null {
  const items: (TargetItem | null)[] = [];
  for (const e of node.elements) {
    if (ts.isOmittedExpression(e)) {
      items.push(null);
      continue;
    }
    const rest = ts.isSpreadElement(e);
    const part = withDefault(l, rest ? e.expression : e);
    if (!part) return null;
    items.push({ ...part, rest });
  }
  return { kind: 'sequence', span, items };
}

function objectPattern(l: Lowering, node: ts.ObjectLiteralExpression, span: Span): Target | null {
  const result: Extract<Target, { kind: 'objectPattern' }> = { kind: 'objectPattern', span, properties: [], rest: null };
  for (const p of node.properties) {
    if (ts.isSpreadAssignment(p)) {
      result.rest = assignmentTarget(l, p.expression);
      if (!result.rest) return null;
    } else if (ts.isShorthandPropertyAssignment(p)) {
      const target = assignmentTarget(l, p.name);
      if (!target) return null;
      result.properties.push({ key: { name: p.name.text }, target, default: defaultValue(l, p.name, p.objectAssignmentInitializer) });
    } else if (ts.isPropertyAssignment(p)) {
      const key = propertyKey(l, p.name);
      const part = withDefault(l, p.initializer);
      if (!part) return null;
      result.properties.push({ key, ...part });
    } else return null;
  }
  return result;
}
