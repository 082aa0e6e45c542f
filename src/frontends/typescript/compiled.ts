/**
 * What compilers make of newer syntax for older runtimes, read as what it stands for: asynchronous functions that are generators
 * handed to a helper (`__awaiter`, `__async`, `_asyncToGenerator`). Private members are in `compiled-privates.ts`.
 */
import ts from 'typescript';

/** An asynchronous function that a compiler made a generator of. */
export interface Compiled {
  generator: ts.FunctionExpression;
  /** What stands before the call of the helper: `const _super = …`. */
  before: readonly ts.Statement[];
}

/** Helpers that are called with the generator and begin it at once, and the place of the generator among their arguments. */
const starters: ReadonlyMap<string, number> = new Map([
  ['__awaiter', 3],
  ['__async', 2],
]);

/** Helpers that make an asynchronous function of the generator. */
const makers = /^_?(?:asyncToGenerator|async_to_generator)\d*$/;

/** The function a call calls, by its last name: `tslib_1.__awaiter`, `(0, tslib_1.__awaiter)`, `_asyncToGenerator2.default`. */
export function helperName(node: ts.CallExpression): string {
  let callee: ts.Expression = node.expression;
  while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
  if (ts.isBinaryExpression(callee) && callee.operatorToken.kind === ts.SyntaxKind.CommaToken) callee = callee.right;
  if (ts.isPropertyAccessExpression(callee)) {
    if (callee.name.text !== 'default' && callee.name.text !== '_') return callee.name.text;
    callee = callee.expression;
  }
  return ts.isIdentifier(callee) ? callee.text : '';
}

function generatorIn(argument: ts.Expression | undefined): ts.FunctionExpression | null {
  return argument !== undefined && ts.isFunctionExpression(argument) && argument.asteriskToken !== undefined ? argument : null;
}

/** The generator of `__awaiter(this, void 0, void 0, function* () { … })`, or of `_asyncToGenerator(function* () { … })()`. */
export function startedGenerator(node: ts.Expression): ts.FunctionExpression | null {
  if (!ts.isCallExpression(node)) return null;
  const at = starters.get(helperName(node));
  if (at !== undefined) return generatorIn(node.arguments[at]);
  return node.arguments.length === 0 && ts.isCallExpression(node.expression) ? madeGenerator(node.expression) : null;
}

/** The generator of `_asyncToGenerator(function* () { … })`, which is an asynchronous function. */
export function madeGenerator(node: ts.CallExpression): ts.FunctionExpression | null {
  return node.arguments.length === 1 && makers.test(helperName(node)) ? generatorIn(node.arguments[0]) : null;
}

/** A function that only begins such a generator and gives its promise is the asynchronous function it was made of. */
export function compiledAsync(node: ts.FunctionLikeDeclaration): Compiled | null {
  const { body } = node;
  if (body === undefined || node.asteriskToken !== undefined) return null;
  if (!ts.isBlock(body)) {
    const generator = startedGenerator(body);
    return generator === null ? null : { generator, before: [] };
  }
  const last = body.statements[body.statements.length - 1];
  if (last === undefined || !ts.isReturnStatement(last) || last.expression === undefined) return null;
  const before = body.statements.slice(0, -1);
  if (!before.every((s) => ts.isVariableStatement(s))) return null;
  const generator = startedGenerator(last.expression);
  return generator === null ? null : { generator, before };
}
