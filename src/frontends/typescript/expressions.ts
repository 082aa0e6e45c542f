/**
 * Expressions. `lowerExpr` dispatches through a table by syntax kind; parentheses and everything
 * that only types see (`as`, `satisfies`, `!`, `<T>x`, type arguments) are looked through.
 */
import ts from 'typescript';
import type { Arg, Expr, Item, Span } from '../../core/program/program.ts';
import type { Lowering, NameHint } from './context.ts';
import { MAX_DEPTH, SYNTAX_ERROR, TOO_DEEP, nameExpr, resolve, spanOf, unsupportedExpr } from './context.ts';
import { boundFunction } from './bound.ts';
import { lowerClassExpression } from './classes.ts';
import { madeGenerator, startedGenerator } from './compiled.ts';
import { privateAccess } from './private-access.ts';
import { lowerFunctionExpression, lowerGenerator } from './functions.ts';
import { kinds } from './kinds.ts';
import { lowerJsx } from './jsx.ts';
import { lowerObject } from './objects.ts';
import { lowerBinary } from './operators.ts';
import { assignmentTarget } from './patterns.ts';
import { bigint, cookedText, number, rawText, regexp } from './literals.ts';

type Handler = (l: Lowering, node: never, hint: NameHint | undefined) => Expr;

const handlers: (Handler | undefined)[] = [];

function on<T extends ts.Node>(kind: ts.SyntaxKind, handler: (l: Lowering, node: T, hint: NameHint | undefined) => Expr): void {
  handlers[kind] = handler as Handler;
}

/** Lowers an expression; `hint` names it when it turns out to be an anonymous function or class. */
export function lowerExpr(l: Lowering, node: ts.Expression, hint?: NameHint): Expr {
  const inner = skipTypes(node);
  const handler = handlers[inner.kind];
  if (!handler) return unsupportedExpr(l, inner, ts.isIdentifier(inner) ? SYNTAX_ERROR : `this syntax (${ts.SyntaxKind[inner.kind]})`);
  if (l.depth >= MAX_DEPTH) return unsupportedExpr(l, inner, TOO_DEEP);
  l.depth++;
  const result = handler(l, inner as never, hint);
  l.depth--;
  return result;
}

/** Looks through parentheses and type-only wrappers. An optional chain inside parentheses ends there. */
export function skipTypes(node: ts.Expression): ts.Expression {
  let inner = node;
  while (typeWrappers[inner.kind] === 1) inner = (inner as ts.ParenthesizedExpression).expression;
  return inner;
}

const typeWrappers = kinds(
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.ExpressionWithTypeArguments,
  ts.SyntaxKind.NonNullExpression,
);

on<ts.Identifier>(ts.SyntaxKind.Identifier, (l, node) => {
  if (node.text === '') return unsupportedExpr(l, node, SYNTAX_ERROR);
  return nameExpr(l, node.text, spanOf(l, node));
});

on<ts.NumericLiteral>(ts.SyntaxKind.NumericLiteral, (l, node) => ({
  kind: 'const',
  span: spanOf(l, node),
  value: { type: 'number', value: number(node.text) },
}));

on<ts.BigIntLiteral>(ts.SyntaxKind.BigIntLiteral, (l, node) => {
  const value = bigint(node.text);
  if (value === null) return unsupportedExpr(l, node, 'an integer literal this long');
  return { kind: 'const', span: spanOf(l, node), value: { type: 'integer', value } };
});

on<ts.StringLiteral>(ts.SyntaxKind.StringLiteral, (l, node) => stringExpr(node.text, spanOf(l, node)));
on<ts.StringLiteral>(ts.SyntaxKind.NoSubstitutionTemplateLiteral, (l, node) => stringExpr(node.text, spanOf(l, node)));
on(ts.SyntaxKind.TrueKeyword, (l, node) => ({ kind: 'const', span: spanOf(l, node), value: { type: 'boolean', value: true } }));
on(ts.SyntaxKind.FalseKeyword, (l, node) => ({ kind: 'const', span: spanOf(l, node), value: { type: 'boolean', value: false } }));
on(ts.SyntaxKind.NullKeyword, (l, node) => ({ kind: 'const', span: spanOf(l, node), value: { type: 'null' } }));
on(ts.SyntaxKind.ThisKeyword, (l, node) => ({ kind: 'this', span: spanOf(l, node) }));
on(ts.SyntaxKind.SuperKeyword, (l, node) => ({ kind: 'super', span: spanOf(l, node) }));

on<ts.RegularExpressionLiteral>(ts.SyntaxKind.RegularExpressionLiteral, (l, node) => ({
  kind: 'regexp',
  span: spanOf(l, node),
  ...regexp(node.text),
}));

export function stringExpr(value: string, span: Span): Expr {
  return { kind: 'const', span, value: { type: 'string', value } };
}

on<ts.TemplateExpression>(ts.SyntaxKind.TemplateExpression, (l, node) => {
  const parts: Extract<Expr, { kind: 'template' }>['parts'] = [];
  if (node.head.text !== '') parts.push(node.head.text);
  for (const s of node.templateSpans) {
    parts.push({ value: lowerExpr(l, s.expression), conversion: '', format: null });
    if (s.literal.text !== '') parts.push(s.literal.text);
  }
  return { kind: 'template', span: spanOf(l, node), parts };
});

on<ts.TaggedTemplateExpression>(ts.SyntaxKind.TaggedTemplateExpression, (l, node) => {
  const tag = lowerExpr(l, node.tag);
  const span = spanOf(l, node);
  if (ts.isNoSubstitutionTemplateLiteral(node.template))
    return { kind: 'taggedTemplate', span, tag, cooked: [cookedText(node.template)], raw: [rawText(l, node.template)], values: [] };
  const { head, templateSpans } = node.template;
  const texts = [head, ...templateSpans.map((s) => s.literal)];
  const values = templateSpans.map((s) => lowerExpr(l, s.expression));
  return { kind: 'taggedTemplate', span, tag, cooked: texts.map(cookedText), raw: texts.map((t) => rawText(l, t)), values };
});

on<ts.ArrayLiteralExpression>(ts.SyntaxKind.ArrayLiteralExpression, (l, node) => ({
  kind: 'list',
  span: spanOf(l, node),
  items: node.elements.map((e): Item | null => {
    if (ts.isOmittedExpression(e)) return null;
    return ts.isSpreadElement(e) ? { kind: 'spread', value: lowerExpr(l, e.expression) } : { kind: 'value', value: lowerExpr(l, e) };
  }),
}));

on<ts.ObjectLiteralExpression>(ts.SyntaxKind.ObjectLiteralExpression, lowerObject);
on<ts.FunctionExpression>(ts.SyntaxKind.FunctionExpression, lowerFunctionExpression);
on<ts.ArrowFunction>(ts.SyntaxKind.ArrowFunction, lowerFunctionExpression);
on<ts.ClassExpression>(ts.SyntaxKind.ClassExpression, lowerClassExpression);
on<ts.JsxElement>(ts.SyntaxKind.JsxElement, lowerJsx);
on<ts.JsxSelfClosingElement>(ts.SyntaxKind.JsxSelfClosingElement, lowerJsx);
on<ts.JsxFragment>(ts.SyntaxKind.JsxFragment, lowerJsx);

// Member access, calls and optional chains.

on<ts.PropertyAccessExpression>(ts.SyntaxKind.PropertyAccessExpression, lowerChain);
on<ts.ElementAccessExpression>(ts.SyntaxKind.ElementAccessExpression, lowerChain);
on<ts.CallExpression>(ts.SyntaxKind.CallExpression, lowerChain);

/** A member access or call; the outermost link of an optional chain ends the short circuit. */
function lowerChain(l: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression): Expr {
  const value = lowerLink(l, node);
  return ts.isOptionalChain(node) ? { kind: 'optionalChain', span: value.span, value } : value;
}

function lowerLink(l: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression): Expr {
  const span = spanOf(l, node);
  const optional = node.questionDotToken !== undefined;
  if (ts.isCallExpression(node)) {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const specifier = node.arguments[0];
      return specifier ? { kind: 'importCall', span, specifier: lowerExpr(l, specifier) } : unsupportedExpr(l, node, SYNTAX_ERROR);
    }
    const bound = boundFunction(node);
    if (bound !== null) return lowerFunctionExpression(l, bound, undefined, true);
    const compiled = compiledCall(l, node);
    if (compiled !== null) return compiled;
    const callee = lowerLinkObject(l, node, node.expression);
    return { kind: 'call', span, callee, args: lowerArgs(l, node.arguments), optional };
  }
  const object = lowerLinkObject(l, node, node.expression);
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === '') return unsupportedExpr(l, node, SYNTAX_ERROR);
    return { kind: 'attr', span, object, name: node.name.text, nameSpan: spanOf(l, node.name), optional };
  }
  const key = node.argumentExpression;
  if (ts.isStringLiteralLike(key) && isIdentifierName(key.text)) {
    const at = spanOf(l, key);
    return { kind: 'attr', span, object, name: key.text, nameSpan: { start: at.start, end: at.end }, optional };
  }
  return { kind: 'index', span, object, index: lowerExpr(l, key), optional };
}

/** A call of a helper that compilers bring. */
function compiledCall(l: Lowering, node: ts.CallExpression): Expr | null {
  const ofPrivate = l.compiled === null ? null : privateAccess(l, l.compiled, node);
  if (ofPrivate !== null) return ofPrivate;
  const made = madeGenerator(node);
  if (made !== null) return lowerGenerator(l, made, undefined, false);
  const begun = startedGenerator(node);
  // What the generator is given by the helper, its parameters say; an arrow has no arguments of its own.
  if (begun === null || begun.parameters.length > 0) return null;
  return { kind: 'call', span: spanOf(l, node), callee: lowerGenerator(l, begun, undefined, true), args: [], optional: false };
}

/** What a link hangs on: the rest of the same optional chain, or any expression. */
function lowerLinkObject(l: Lowering, node: ts.Expression, object: ts.Expression): Expr {
  if (!ts.isOptionalChain(node)) return lowerExpr(l, object);
  let inner = object;
  while (ts.isNonNullExpression(inner) && ts.isOptionalChain(inner)) inner = inner.expression;
  const link = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner) || ts.isCallExpression(inner) ? inner : null;
  if (!link || (link.flags & ts.NodeFlags.OptionalChain) === 0) return lowerExpr(l, inner);
  if (l.depth >= MAX_DEPTH) return unsupportedExpr(l, inner, TOO_DEEP);
  l.depth++;
  const result = lowerLink(l, link);
  l.depth--;
  return result;
}

/** `a['b']` is `a.b` when `b` could be written so. */
export function isIdentifierName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

export function lowerArgs(l: Lowering, args: readonly ts.Expression[] | undefined): Arg[] {
  return (args ?? []).map((a): Arg => {
    return ts.isSpreadElement(a) ? { kind: 'spread', value: lowerExpr(l, a.expression) } : { kind: 'positional', value: lowerExpr(l, a) };
  });
}

on<ts.NewExpression>(ts.SyntaxKind.NewExpression, (l, node) => ({
  kind: 'new',
  span: spanOf(l, node),
  callee: lowerExpr(l, node.expression),
  args: lowerArgs(l, node.arguments),
}));

on<ts.MetaProperty>(ts.SyntaxKind.MetaProperty, (l, node) => {
  const span = spanOf(l, node);
  if (node.keywordToken === ts.SyntaxKind.NewKeyword) return { kind: 'newTarget', span };
  return { kind: 'intrinsic', span, name: 'js.importMeta', args: [] };
});

// Operators.

on<ts.BinaryExpression>(ts.SyntaxKind.BinaryExpression, lowerBinary);

on<ts.PrefixUnaryExpression>(ts.SyntaxKind.PrefixUnaryExpression, (l, node) => {
  const span = spanOf(l, node);
  switch (node.operator) {
    case ts.SyntaxKind.PlusPlusToken:
    case ts.SyntaxKind.MinusMinusToken:
      return increment(l, node, false);
    case ts.SyntaxKind.ExclamationToken:
      return { kind: 'unary', span, op: 'not', operand: lowerExpr(l, node.operand) };
    case ts.SyntaxKind.TildeToken:
      return { kind: 'unary', span, op: '~', operand: lowerExpr(l, node.operand) };
    case ts.SyntaxKind.PlusToken:
      return { kind: 'unary', span, op: '+', operand: lowerExpr(l, node.operand) };
    case ts.SyntaxKind.MinusToken: {
      const operand = lowerExpr(l, node.operand);
      if (operand.kind === 'const' && operand.value.type === 'number')
        return { kind: 'const', span, value: { type: 'number', value: -operand.value.value } };
      if (operand.kind === 'const' && operand.value.type === 'integer')
        return { kind: 'const', span, value: { type: 'integer', value: -operand.value.value } };
      return { kind: 'unary', span, op: '-', operand };
    }
  }
});

on<ts.PostfixUnaryExpression>(ts.SyntaxKind.PostfixUnaryExpression, (l, node) => increment(l, node, true));

function increment(l: Lowering, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, returnsOld: boolean): Expr {
  const span = spanOf(l, node);
  const target = assignmentTarget(l, node.operand);
  if (!target || target.kind === 'sequence' || target.kind === 'objectPattern') return unsupportedExpr(l, node, SYNTAX_ERROR);
  const op = node.operator === ts.SyntaxKind.PlusPlusToken ? '+' : '-';
  return { kind: 'update', span, op, target, value: { kind: 'const', span, value: { type: 'number', value: 1 } }, returnsOld };
}

on<ts.ConditionalExpression>(ts.SyntaxKind.ConditionalExpression, (l, node) => ({
  kind: 'conditional',
  span: spanOf(l, node),
  test: lowerExpr(l, node.condition),
  then: lowerExpr(l, node.whenTrue),
  else: lowerExpr(l, node.whenFalse),
}));

on<ts.VoidExpression>(ts.SyntaxKind.VoidExpression, (l, node) => ({
  kind: 'unary',
  span: spanOf(l, node),
  op: 'void',
  operand: lowerExpr(l, node.expression),
}));

on<ts.TypeOfExpression>(ts.SyntaxKind.TypeOfExpression, (l, node) => {
  const span = spanOf(l, node);
  const operand = skipTypes(node.expression);
  if (ts.isIdentifier(operand) && operand.text !== '' && !resolve(l, operand.text, spanOf(l, operand).start)) {
    return { kind: 'intrinsic', span, name: 'js.typeofName', args: [stringExpr(operand.text, spanOf(l, operand))] };
  }
  return { kind: 'unary', span, op: 'typeof', operand: lowerExpr(l, operand) };
});

on<ts.DeleteExpression>(ts.SyntaxKind.DeleteExpression, (l, node) => {
  const span = spanOf(l, node);
  const operand = skipTypes(node.expression);
  const isMember = ts.isPropertyAccessExpression(operand) || ts.isElementAccessExpression(operand);
  if (!isMember) {
    if (ts.isIdentifier(operand) && operand.text !== '') {
      const value = nameExpr(l, operand.text, spanOf(l, operand));
      if (value.kind === 'name') return { kind: 'delete', span, target: { kind: 'name', span: value.span, ref: value.ref } };
    }
    // Deleting what is no reference evaluates it and gives true.
    const truth: Expr = { kind: 'const', span, value: { type: 'boolean', value: true } };
    return { kind: 'sequence', span, items: [lowerExpr(l, operand), truth] };
  }
  const link = lowerLink(l, operand);
  let value: Expr;
  if (link.kind === 'attr') {
    value = link.optional
      ? { kind: 'intrinsic', span, name: 'js.deleteOptional', args: [link.object, stringExpr(link.name, link.nameSpan)] }
      : { kind: 'delete', span, target: { kind: 'attr', span: link.span, object: link.object, name: link.name, nameSpan: link.nameSpan } };
  } else if (link.kind === 'index') {
    value = link.optional
      ? { kind: 'intrinsic', span, name: 'js.deleteOptional', args: [link.object, link.index] }
      : { kind: 'delete', span, target: { kind: 'index', span: link.span, object: link.object, index: link.index } };
  } else value = link;
  return ts.isOptionalChain(operand) ? { kind: 'optionalChain', span, value } : value;
});

on<ts.AwaitExpression>(ts.SyntaxKind.AwaitExpression, (l, node) => {
  if (l.fn.def.kind === 'module') l.topLevelAwait = true;
  return { kind: 'await', span: spanOf(l, node), value: lowerExpr(l, node.expression) };
});

on<ts.YieldExpression>(ts.SyntaxKind.YieldExpression, (l, node) => {
  const span = spanOf(l, node);
  const value = node.expression ? lowerExpr(l, node.expression) : null;
  if (l.fn.awaits) l.readings.push({ start: span.start, text: 'await' });
  if (l.fn.awaits) return { kind: 'await', span, value: value ?? { kind: 'const', span, value: { type: 'undefined' } } };
  return { kind: 'yield', span, value, delegate: node.asteriskToken !== undefined };
});
