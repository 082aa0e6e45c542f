/**
 * Functions that are bound to the `this` around them: `function () { … }.bind(this)`, and those declared in a function that
 * are only ever used as `done.bind(this)` or `done.call(this)`. An arrow is the same, and what it does shows where it stands.
 */
import ts from 'typescript';

/** The function expression of `function () { … }.bind(this)`; null when the call is another. */
export function boundFunction(node: ts.CallExpression): ts.FunctionExpression | null {
  if (!isOf(node, 'bind') || node.arguments.length !== 1) return null;
  let fn: ts.Expression = (node.expression as ts.PropertyAccessExpression).expression;
  while (ts.isParenthesizedExpression(fn)) fn = fn.expression;
  return ts.isFunctionExpression(fn) && isLikeArrow(fn) ? fn : null;
}

const bound = new WeakSet<ts.FunctionDeclaration>();

/** Finds those among the declarations of a function's body whose every use is a call or a binding with its `this`. */
export function noteBound(maker: ts.FunctionLikeDeclaration, body: ts.Block): void {
  // In a constructor there may be no `this` yet.
  if (ts.isConstructorDeclaration(maker)) return;
  for (const s of body.statements) if (ts.isFunctionDeclaration(s) && isAlwaysBound(s, body)) bound.add(s);
}

/** Has it been found to be one of them? */
export function isBound(node: ts.FunctionDeclaration): boolean {
  return bound.has(node);
}

function isAlwaysBound(node: ts.FunctionDeclaration, body: ts.Block): boolean {
  if (!node.name || !isLikeArrow(node) || !usesThis(node)) return false;
  const { text } = node.name;
  let uses = 0;
  let others = 0;
  const visit = (n: ts.Node, isSame: boolean): void => {
    if (n === node.name) return;
    if (ts.isCallExpression(n) && isSame && (isOf(n, 'bind') || isOf(n, 'call') || isOf(n, 'apply'))) {
      const { expression: object } = n.expression as ts.PropertyAccessExpression;
      if (ts.isIdentifier(object) && object.text === text) {
        uses++;
        n.arguments.forEach((a) => visit(a, isSame));
        return;
      }
    }
    if (ts.isPropertyAccessExpression(n)) {
      visit(n.expression, isSame);
      return;
    }
    if (ts.isIdentifier(n) && n.text === text) others++;
    ts.forEachChild(n, (child) => visit(child, isSame && !hasOwnThis(n)));
  };
  ts.forEachChild(body, (child) => visit(child, true));
  return uses > 0 && others === 0;
}

/** `f.bind(this)`, by the name of the method. */
function isOf(node: ts.CallExpression, method: string): boolean {
  const { expression: callee, arguments: args } = node;
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === method &&
    node.questionDotToken === undefined &&
    callee.questionDotToken === undefined &&
    args[0]?.kind === ts.SyntaxKind.ThisKeyword
  );
}

/** Nothing in it is another thing in an arrow. */
function isLikeArrow(fn: ts.FunctionExpression | ts.FunctionDeclaration): boolean {
  if (fn.asteriskToken !== undefined || fn.body === undefined) return false;
  return !contains(fn.body, (n) => (ts.isIdentifier(n) && n.text === 'arguments') || n.kind === ts.SyntaxKind.MetaProperty);
}

function usesThis(fn: ts.FunctionDeclaration): boolean {
  return fn.body !== undefined && contains(fn.body, (n) => n.kind === ts.SyntaxKind.ThisKeyword);
}

/** In its own text, without functions that have a `this` of their own. */
function contains(node: ts.Node, isIt: (n: ts.Node) => boolean): boolean {
  return isIt(node) || (!hasOwnThis(node) && ts.forEachChild(node, (child) => contains(child, isIt) || undefined) === true);
}

function hasOwnThis(node: ts.Node): boolean {
  return (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) || ts.isClassLike(node);
}
