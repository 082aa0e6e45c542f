/** Uses of private members that a compiler put into weak maps (`compiled-privates.ts`), lowered as the `this.#name` they were. */
import ts from 'typescript';
import type { Expr } from '../../core/program/program.ts';
import { type CompiledPrivates, privateField, privateUse } from './compiled-privates.ts';
import { type Lowering, noteReading, spanOf, textOf } from './context.ts';
import { lowerArgs, lowerExpr } from './expressions.ts';

/** The member that a call uses, sets or makes; null when it is another call. */
export function privateAccess(l: Lowering, compiled: CompiledPrivates, node: ts.CallExpression): Expr | null {
  const span = spanOf(l, node);
  const use = privateUse(node);
  const made = use === null ? privateField(node) : null;
  const at = use ?? made;
  if (at === null) return methodCall(l, compiled, node);
  if (made !== null && compiled.brands.has(made.member.text)) return { kind: 'const', span, value: { type: 'undefined' } };
  const name = compiled.names.get(at.member.text);
  if (name === undefined) return null;
  const written = `${receiverText(l, at.object)}.${name}`;
  const target = { kind: 'attr' as const, span, object: receiver(l, at.object), name, nameSpan: spanOf(l, at.member) };
  if (use?.kind === 'get') {
    noteReading(l, span, written);
    return { ...target, optional: false };
  }
  if (at.value === null) {
    noteReading(l, span, `${written} = undefined`);
    return { kind: 'assign', span, target, value: { kind: 'const', span, value: { type: 'undefined' } } };
  }
  const value = spanOf(l, at.value);
  noteReading(l, { start: span.start, end: value.start }, `${written} = `);
  noteReading(l, { start: value.end, end: span.end }, '');
  return { kind: 'assign', span, target, value: lowerExpr(l, at.value) };
}

/** `__classPrivateFieldGet(this, _C_instances, "m", _C_load).call(this, id)` is `this.#load(id)`. */
function methodCall(l: Lowering, compiled: CompiledPrivates, node: ts.CallExpression): Expr | null {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'call' || !ts.isCallExpression(callee.expression)) return null;
  const method = privateUse(callee.expression);
  const name = method === null ? undefined : compiled.names.get(method.member.text);
  if (method?.role !== 'method' || name === undefined) return null;
  const span = spanOf(l, node);
  const [self = method.object, ...rest] = node.arguments;
  const begin = rest[0] === undefined ? span.end - 1 : spanOf(l, rest[0]).start;
  noteReading(l, { start: span.start, end: begin }, `${receiverText(l, self)}.${name}(`);
  const attr: Expr = {
    kind: 'attr',
    span: spanOf(l, callee.expression),
    object: receiver(l, self),
    name,
    nameSpan: spanOf(l, method.member),
    optional: false,
  };
  return { kind: 'call', span, callee: attr, args: lowerArgs(l, rest), optional: false };
}

/** `this`, also where the compiler keeps it in a variable on the way: `_a = this`. */
function receiver(l: Lowering, node: ts.Expression): Expr {
  const value = lowerExpr(l, node);
  if (value.kind !== 'assign' || value.value.kind !== 'this') return value;
  return { kind: 'sequence', span: value.span, items: [value, { kind: 'this', span: value.value.span }] };
}

function receiverText(l: Lowering, node: ts.Expression): string {
  return textOf(l, node).replace(/^\w+ = /, '');
}
