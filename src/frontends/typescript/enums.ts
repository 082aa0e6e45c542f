/** Enums to objects: one literal when every value is known, otherwise assignments one by one. */
import ts from 'typescript';
import type { ConstValue, Expr, Property, Span, Stmt } from '../../core/program/program.ts';
import type { Binding, Lowering, Scope } from './context.ts';
import { bindingExpr, bindingTarget, inBlockScope, resolve, spanOf } from './context.ts';
import { lowerExpr, skipTypes, stringExpr } from './expressions.ts';
import { recordExported } from './imports.ts';
import { number } from './literals.ts';

interface Member {
  name: string;
  node: ts.EnumMember;
  /** Null when only running the initialiser tells. */
  value: number | string | null;
}

export function lowerEnum(l: Lowering, node: ts.EnumDeclaration, out: Stmt[]): void {
  const name = node.name.text;
  if (name === '') return;
  const span = spanOf(l, node);
  const at = spanOf(l, node.name);
  recordExported(l, node, [name]);
  const binding = resolve(l, name, Number.MAX_SAFE_INTEGER);
  if (!binding) return;
  const members = evaluate(node);
  const isFirst = firstOf(l, node.name, binding);
  if (isFirst && members.every((m) => m.value !== null)) {
    const properties = members.flatMap((m) => literalProperties(l, m));
    out.push({ kind: 'assign', span, targets: [bindingTarget(binding, at)], value: { kind: 'object', span, properties }, declares: true });
    return;
  }
  if (isFirst)
    out.push({
      kind: 'assign',
      span: at,
      targets: [bindingTarget(binding, at)],
      value: { kind: 'object', span: at, properties: [] },
      declares: true,
    });
  inBlockScope(l, (scope) => {
    for (const m of members) declareMember(scope, m.name, binding);
    for (const m of members) out.push(...memberStatements(l, m, binding));
  });
}

/** Whether this declaration is the one that creates the object; later ones add to it. */
export function firstOf(l: Lowering, name: ts.Identifier, binding: Binding): boolean {
  const place = binding.place;
  if (place.kind === 'variable') return place.variable.span.start === spanOf(l, name).start;
  return place.kind === 'global' && binding.global?.span.start === spanOf(l, name).start;
}

/** Makes a name mean a property of the enum or namespace object. */
export function declareMember(scope: Scope, name: string, object: Binding): void {
  if (scope.names.has(name)) return;
  scope.names.set(name, {
    name,
    fn: scope.fn,
    place: { kind: 'member', object },
    global: null,
    writes: 0,
    uses: 0,
    renewed: false,
    readyAt: 0,
  });
}

function memberStatements(l: Lowering, m: Member, binding: Binding): Stmt[] {
  const span = spanOf(l, m.node);
  const nameSpan = spanOf(l, m.node.name);
  const value = m.value === null ? initializerOf(l, m.node, span) : constant(m.value, span);
  const object = (): Expr => {
    resolve(l, binding.name, Number.MAX_SAFE_INTEGER);
    return bindingExpr(binding, nameSpan);
  };
  const set = (key: Expr, v: Expr): Stmt => ({
    kind: 'expr',
    span,
    value: { kind: 'assign', span, target: { kind: 'index', span: nameSpan, object: object(), index: key }, value: v },
  });
  const direct: Stmt = {
    kind: 'expr',
    span,
    value: { kind: 'assign', span, target: { kind: 'attr', span: nameSpan, object: object(), name: m.name, nameSpan }, value },
  };
  if (typeof m.value === 'string') return [direct];
  const read: Expr = { kind: 'attr', span: nameSpan, object: object(), name: m.name, nameSpan, optional: false };
  return [direct, set(read, stringExpr(m.name, nameSpan))];
}

function initializerOf(l: Lowering, node: ts.EnumMember, span: Span): Expr {
  return node.initializer ? lowerExpr(l, node.initializer) : { kind: 'const', span, value: { type: 'undefined' } };
}

function literalProperties(l: Lowering, m: Member): Property[] {
  const span = spanOf(l, m.node);
  const value = m.value ?? 0;
  const direct: Property = { kind: 'value', key: { name: m.name }, value: constant(value, span) };
  if (typeof value === 'string') return [direct];
  return [direct, { kind: 'value', key: { name: String(value) }, value: stringExpr(m.name, spanOf(l, m.node.name)) }];
}

function constant(value: number | string, span: Span): Expr {
  const v: ConstValue = typeof value === 'string' ? { type: 'string', value } : { type: 'number', value };
  return { kind: 'const', span, value: v };
}

/** Values as the compiler computes them: counting up, or constant expressions over earlier members. */
function evaluate(node: ts.EnumDeclaration): Member[] {
  const known = new Map<string, number | string>();
  let next: number | null = 0;
  return node.members.map((m): Member => {
    const name = ts.isComputedPropertyName(m.name)
      ? ts.isStringLiteralLike(m.name.expression)
        ? m.name.expression.text
        : ''
      : m.name.text;
    const value: number | string | null = m.initializer ? constantValue(m.initializer, node.name.text, known, 0) : next;
    if (value !== null) known.set(name, value);
    next = typeof value === 'number' ? value + 1 : null;
    return { name, node: m, value };
  });
}

function constantValue(
  e: ts.Expression,
  enumName: string,
  known: ReadonlyMap<string, number | string>,
  depth: number,
): number | string | null {
  const node = skipTypes(e);
  if (depth > 50) return null;
  const value = (inner: ts.Expression): number | string | null => constantValue(inner, enumName, known, depth + 1);
  if (ts.isNumericLiteral(node)) return number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return known.get(node.text) ?? null;
  if (ts.isPropertyAccessExpression(node))
    return ts.isIdentifier(node.expression) && node.expression.text === enumName ? (known.get(node.name.text) ?? null) : null;
  if (ts.isPrefixUnaryExpression(node)) return unary(node.operator, value(node.operand));
  if (ts.isBinaryExpression(node)) return binary(node.operatorToken.kind, value(node.left), value(node.right));
  return null;
}

function unary(operator: ts.SyntaxKind, v: number | string | null): number | null {
  if (typeof v !== 'number') return null;
  if (operator === ts.SyntaxKind.MinusToken) return -v;
  if (operator === ts.SyntaxKind.PlusToken) return v;
  return operator === ts.SyntaxKind.TildeToken ? ~v : null;
}

function binary(operator: ts.SyntaxKind, a: number | string | null, b: number | string | null): number | string | null {
  if (a === null || b === null) return null;
  if (typeof a === 'string' || typeof b === 'string') return operator === ts.SyntaxKind.PlusToken ? `${a}${b}` : null;
  switch (operator) {
    case ts.SyntaxKind.BarToken:
      return a | b;
    case ts.SyntaxKind.AmpersandToken:
      return a & b;
    case ts.SyntaxKind.CaretToken:
      return a ^ b;
    case ts.SyntaxKind.LessThanLessThanToken:
      return a << b;
    case ts.SyntaxKind.GreaterThanGreaterThanToken:
      return a >> b;
    case ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken:
      return a >>> b;
    case ts.SyntaxKind.PlusToken:
      return a + b;
    case ts.SyntaxKind.MinusToken:
      return a - b;
    case ts.SyntaxKind.AsteriskToken:
      return a * b;
    case ts.SyntaxKind.SlashToken:
      return a / b;
    case ts.SyntaxKind.PercentToken:
      return a % b;
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return a ** b;
    default:
      return null;
  }
}
