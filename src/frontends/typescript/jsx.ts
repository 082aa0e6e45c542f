/** JSX elements to the operation `js.jsx(type, props, ...children)`. */
import ts from 'typescript';
import type { Expr, Property } from '../../core/program/program.ts';
import type { Lowering } from './context.ts';
import { nameExpr, spanOf, unsupportedExpr } from './context.ts';
import { lowerExpr, stringExpr } from './expressions.ts';

export function lowerJsx(l: Lowering, node: ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment): Expr {
  const span = spanOf(l, node);
  if (ts.isJsxFragment(node)) {
    const at = spanOf(l, node.openingFragment);
    return {
      kind: 'intrinsic',
      span,
      name: 'js.jsx',
      args: [stringExpr('', at), { kind: 'object', span: at, properties: [] }, ...children(l, node.children)],
    };
  }
  const opening = ts.isJsxElement(node) ? node.openingElement : node;
  const args = [tag(l, opening.tagName), props(l, opening.attributes)];
  if (ts.isJsxElement(node)) args.push(...children(l, node.children));
  return { kind: 'intrinsic', span, name: 'js.jsx', args };
}

function tag(l: Lowering, name: ts.JsxTagNameExpression): Expr {
  const span = spanOf(l, name);
  if (ts.isJsxNamespacedName(name)) return stringExpr(`${name.namespace.text}:${name.name.text}`, span);
  // Lower-case names and names with a dash are elements of the host, not components.
  if (ts.isIdentifier(name)) return /^[a-z]|-/.test(name.text) ? stringExpr(name.text, span) : nameExpr(l, name.text, span);
  return lowerExpr(l, name);
}

function props(l: Lowering, attributes: ts.JsxAttributes): Expr {
  const properties = attributes.properties.map((a): Property => {
    if (ts.isJsxSpreadAttribute(a)) return { kind: 'spread', value: lowerExpr(l, a.expression) };
    const name = ts.isJsxNamespacedName(a.name) ? `${a.name.namespace.text}:${a.name.name.text}` : a.name.text;
    const nameSpan = spanOf(l, a.name);
    return { kind: 'value', key: { name }, value: attributeValue(l, a, { name, display: name, span: nameSpan }) };
  });
  return { kind: 'object', span: spanOf(l, attributes), properties };
}

function attributeValue(l: Lowering, a: ts.JsxAttribute, hint: Parameters<typeof lowerExpr>[2]): Expr {
  const value = a.initializer;
  if (!value) return { kind: 'const', span: spanOf(l, a), value: { type: 'boolean', value: true } };
  if (ts.isJsxExpression(value)) return value.expression ? lowerExpr(l, value.expression, hint) : unsupportedExpr(l, value, 'syntax error');
  return lowerExpr(l, value);
}

function children(l: Lowering, nodes: readonly ts.JsxChild[]): Expr[] {
  const result: Expr[] = [];
  for (const child of nodes) {
    if (ts.isJsxText(child)) {
      const text = jsxText(child.text);
      if (text !== '') result.push(stringExpr(text, spanOf(l, child)));
    } else if (ts.isJsxExpression(child)) {
      if (!child.expression) continue;
      result.push(lowerExpr(l, child.expression));
    } else result.push(lowerExpr(l, child));
  }
  return result;
}

/** Lines are trimmed where they meet a line break, and joined by one space; entities stay as written. */
function jsxText(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  return lines
    .map((line, i) => {
      let part = line.replace(/\t/g, ' ');
      if (i > 0) part = part.replace(/^ +/, '');
      if (i < lines.length - 1) part = part.replace(/ +$/, '');
      return part;
    })
    .filter((part) => part !== '')
    .join(' ');
}
