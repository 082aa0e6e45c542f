/** Object literals and property keys. */
import ts from 'typescript';
import type { Expr, Property, PropertyKey } from '../../core/program/program.ts';
import type { Lowering, NameHint } from './context.ts';
import { nameExpr, spanOf } from './context.ts';
import { lowerExpr } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { number } from './literals.ts';

/** A key as written; null text for a computed one. */
export function propertyKey(l: Lowering, name: ts.PropertyName): PropertyKey {
  if (ts.isComputedPropertyName(name)) {
    const key = name.expression;
    if (ts.isStringLiteralLike(key) && key.text !== '__proto__') return { name: key.text };
    return { computed: lowerExpr(l, key) };
  }
  if (ts.isNumericLiteral(name)) return { name: String(number(name.text)) };
  if (ts.isBigIntLiteral(name)) return { name: name.text.replace(/n$/, '') };
  return { name: name.text };
}

/** `{…}`; functions in it are called after the name the object goes by. */
export function lowerObject(l: Lowering, node: ts.ObjectLiteralExpression, hint: NameHint | undefined): Expr {
  return { kind: 'object', span: spanOf(l, node), properties: node.properties.map((p) => lowerProperty(l, p, hint)) };
}

function lowerProperty(l: Lowering, p: ts.ObjectLiteralElementLike, outer: NameHint | undefined): Property {
  if (ts.isSpreadAssignment(p)) return { kind: 'spread', value: lowerExpr(l, p.expression) };
  const key = propertyKey(l, p.name);
  const name = 'name' in key ? key.name : '';
  const label = name === '' ? '[computed]' : name;
  const hint: NameHint = {
    name,
    display:
      outer && outer.display !== '' && outer.display !== 'default' && outer.display !== 'module.exports'
        ? `${outer.display}.${label}`
        : label,
    span: spanOf(l, p.name),
    topLevel: outer?.topLevel,
    exported: outer?.exported,
  };
  if (ts.isShorthandPropertyAssignment(p)) return { kind: 'value', key, value: nameExpr(l, p.name.text, spanOf(l, p.name)) };
  if (ts.isPropertyAssignment(p)) return { kind: 'value', key, value: lowerExpr(l, p.initializer, hint) };
  const kind = ts.isGetAccessorDeclaration(p) ? 'getter' : ts.isSetAccessorDeclaration(p) ? 'setter' : 'method';
  return { kind, key, fn: lowerFunction(l, p, { kind, hint }) };
}
