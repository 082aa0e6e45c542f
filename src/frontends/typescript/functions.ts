/** Functions: their scopes, parameters and names. */
import ts from 'typescript';
import type { ClassDef, Expr, FunctionDef, FunctionKind, Param, Span, Stmt } from '../../core/program/program.ts';
import type { FunctionContext, Lowering, NameHint } from './context.ts';
import { SYNTAX_ERROR, addTopLevel, declare, newScope, newVariable, spanOf, textOf } from './context.ts';
import { noteBound } from './bound.ts';
import { type Compiled, compiledAsync } from './compiled.ts';
import { lowerExpr } from './expressions.ts';
import { boundNames, declareLexical, declareVars, hasModifier } from './hoist.ts';
import { bindingTarget, nameOf } from './patterns.ts';
import { lowerStatements } from './statements.ts';
import { isBroken, isNearError } from './syntax-errors.ts';

export interface FunctionOptions {
  kind: FunctionKind;
  hint: NameHint;
  owner?: ClassDef | null;
  isStatic?: boolean;
  /** Statements to put at the start of a constructor, after the call of `super`. */
  prologue?: (l: Lowering) => Stmt[];
  /** A generator that a compiler made of an asynchronous function. */
  isCompiled?: boolean;
}

/** A function without code yet, registered with the module. */
export function newFunction(l: Lowering, kind: FunctionKind, hint: NameHint, span: Span): FunctionDef {
  const parent = l.fn.def;
  const def: FunctionDef = {
    id: l.module.functions.length,
    name: hint.name,
    qualifiedName: qualify(l, hint.display),
    kind,
    isAsync: false,
    isGenerator: false,
    isStatic: false,
    exported: hint.exported ?? false,
    params: [],
    variables: [],
    body: [],
    decorators: [],
    span,
    nameSpan: hint.span,
    parent,
    owner: null,
  };
  l.module.functions.push(def);
  return def;
}

/** `Bank.withdraw`, `outer.inner`, `<anonymous>`: the name with what encloses it. */
export function qualify(l: Lowering, display: string): string {
  const parent = l.fn.def;
  const prefix = parent.kind === 'module' ? l.namespace : `${parent.qualifiedName}.`;
  return `${prefix}${display === '' ? '<anonymous>' : display}`;
}

/** Runs `f` inside the function's own context: its loops, labels and scope are separate. */
export function insideFunction<T>(l: Lowering, def: FunctionDef, f: () => T): T {
  const outer = { scope: l.scope, fn: l.fn };
  const fn: FunctionContext = { def, loopDepth: 0, labels: new Map(), awaits: false };
  l.fn = fn;
  l.scope = newScope(outer.scope, fn, 'function');
  const result = f();
  l.scope = outer.scope;
  l.fn = outer.fn;
  return result;
}

export function lowerFunction(l: Lowering, node: ts.FunctionLikeDeclaration, options: FunctionOptions): FunctionDef {
  const def = newFunction(l, options.kind, options.hint, spanOf(l, node));
  const compiled = options.kind === 'constructor' ? null : compiledAsync(node);
  const awaits = compiled !== null || options.isCompiled === true;
  def.isAsync = awaits || hasModifier(node, ts.SyntaxKind.AsyncKeyword);
  def.isGenerator = !awaits && node.asteriskToken !== undefined;
  def.isStatic = options.isStatic ?? false;
  def.owner = options.owner ?? null;
  if (node.type) def.returnAnnotation = textOf(l, node.type);
  insideFunction(l, def, () => {
    if (node.parameters.some((p) => isNearError(p, l.errorStarts) && isBroken(p))) {
      def.body = [{ kind: 'unsupported', span: def.span, what: SYNTAX_ERROR }];
      return;
    }
    l.fn.awaits = awaits;
    const given = compiled !== null && compiled.generator.parameters.length > 0 ? compiled.generator.parameters : node.parameters;
    def.params = lowerParams(l, given);
    def.body = compiled === null ? lowerBody(l, node, options.prologue) : lowerCompiled(l, compiled);
  });
  addTopLevel(l, options.hint.topLevel, def);
  return def;
}

function lowerParams(l: Lowering, nodes: readonly ts.ParameterDeclaration[]): Param[] {
  // TypeScript's `this` parameter is a type.
  const params = nodes.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === 'this'));
  for (const p of params) boundNames(p.name, (id) => declare(l, l.scope, { name: id.text, span: spanOf(l, id), kind: 'var', readyAt: 0 }));
  return params.map((p, i): Param => {
    const target = bindingTarget(l, p.name);
    const param: Param = {
      kind: p.dotDotDotToken ? 'rest' : 'positional',
      target,
      name: ts.isIdentifier(p.name) ? p.name.text : `arg${i}`,
      default: p.initializer ? lowerExpr(l, p.initializer, nameOf(l, p.name)) : null,
      span: spanOf(l, p),
    };
    if (p.type) param.annotation = textOf(l, p.type);
    return param;
  });
}

function lowerBody(l: Lowering, node: ts.FunctionLikeDeclaration, prologue: FunctionOptions['prologue']): Stmt[] {
  const body = node.body;
  if (!body) return [];
  if (!ts.isBlock(body)) {
    const value = lowerExpr(l, body);
    return [{ kind: 'return', span: value.span, value }];
  }
  noteBound(node, body);
  return lowerBlock(l, body.statements, prologue);
}

/** What the compiler put before the generator, and the generator's statements. */
function lowerCompiled(l: Lowering, { generator, before }: Compiled): Stmt[] {
  return lowerBlock(l, [...before, ...generator.body.statements], undefined);
}

function lowerBlock(l: Lowering, statements: readonly ts.Statement[], prologue: FunctionOptions['prologue']): Stmt[] {
  // Names of the body are not visible in the parameters' defaults.
  const parameters = l.scope;
  const scope = newScope(parameters, l.fn, 'function');
  l.scope = scope;
  declareLexicalOver(l, statements);
  declareVars(l, scope, statements, (name) => parameters.names.has(name));
  const result = prologue ? withPrologue(l, statements, prologue(l)) : lowerStatements(l, statements);
  l.scope = parameters;
  return result;
}

/** A function declared in the body under a parameter's name replaces the parameter. */
function declareLexicalOver(l: Lowering, statements: readonly ts.Statement[]): void {
  for (const s of statements) {
    if (!ts.isFunctionDeclaration(s) || !s.name) continue;
    const parameter = l.scope.parent?.names.get(s.name.text);
    if (parameter && parameter.fn === l.fn) l.scope.names.set(s.name.text, parameter);
  }
  declareLexical(l, l.scope, statements);
}

/** Inserts statements after the call of `super`, or at the start when there is none. */
function withPrologue(l: Lowering, statements: readonly ts.Statement[], prologue: Stmt[]): Stmt[] {
  const at = statements.findIndex(isSuperCall);
  if (at < 0) return [...prologue, ...lowerStatements(l, statements)];
  return lowerStatements(l, statements, { after: at, insert: prologue });
}

function isSuperCall(s: ts.Statement): boolean {
  return ts.isExpressionStatement(s) && ts.isCallExpression(s.expression) && s.expression.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** Function expressions and arrows. A function expression's own name is visible only inside it. */
export function lowerFunctionExpression(
  l: Lowering,
  node: ts.FunctionExpression | ts.ArrowFunction,
  hint: NameHint | undefined,
  isBound = false,
): Expr {
  const kind = isBound || ts.isArrowFunction(node) ? 'arrow' : 'function';
  const span = spanOf(l, node);
  const own = ts.isFunctionExpression(node) && node.name && node.name.text !== '' ? node.name : null;
  if (!own) {
    const fn = lowerFunction(l, node, { kind, hint: hint ?? anonymous(l, node) });
    return { kind: 'function', span, fn };
  }
  const nameSpan = spanOf(l, own);
  const named: NameHint = { name: own.text, display: own.text, span: nameSpan, topLevel: hint?.topLevel, exported: hint?.exported };
  return withSelf(l, own.text, nameSpan, () => ({ kind: 'function', span, fn: lowerFunction(l, node, { kind, hint: named }) }));
}

/** A generator that a helper makes an asynchronous function of; `isBegun`: and that is called at once, with `this` as it is. */
export function lowerGenerator(l: Lowering, node: ts.FunctionExpression, hint: NameHint | undefined, isBegun: boolean): Expr {
  const fn = lowerFunction(l, node, { kind: isBegun ? 'arrow' : 'function', hint: hint ?? anonymous(l, node), isCompiled: true });
  return { kind: 'function', span: spanOf(l, node), fn };
}

/** Lowers a named function expression; when it uses its own name, the value is kept in a variable of that name. */
function withSelf(l: Lowering, name: string, nameSpan: Span, lower: () => Expr): Expr {
  const outer = l.scope;
  const scope = newScope(outer, l.fn, 'function');
  const variable = newVariable(name, nameSpan);
  scope.names.set(name, {
    name,
    fn: l.fn,
    place: { kind: 'variable', variable },
    global: null,
    writes: 1,
    uses: 0,
    renewed: true,
    readyAt: 0,
  });
  l.scope = scope;
  const value = lower();
  l.scope = outer;
  if (!variable.captured) return value;
  adoptVariable(l, variable);
  return { kind: 'assign', span: value.span, target: { kind: 'name', span: nameSpan, ref: { kind: 'variable', variable } }, value };
}

/** Makes a variable one of the current block's, so that each entry of the block gets its own. */
export function adoptVariable(l: Lowering, variable: FunctionDef['variables'][number]): void {
  l.fn.def.variables.push(variable);
  const scope = l.scope;
  if (scope.kind !== 'block' || scope.fn !== l.fn) return;
  scope.variables.push(variable);
  scope.needsFresh = true;
}

/** Where a function without a name is shown: from its start to its arrow or parameters. */
export function anonymous(l: Lowering, node: ts.FunctionExpression | ts.ArrowFunction | ts.ClassExpression): NameHint {
  const span = spanOf(l, node);
  let end = span.start + 'function'.length;
  if (ts.isArrowFunction(node)) end = node.equalsGreaterThanToken.end;
  else if (ts.isFunctionExpression(node)) end = Math.max(node.parameters.pos - 1, span.start);
  else end = span.start + 'class'.length;
  return { name: '', display: '', span: { start: span.start, end: Math.min(Math.max(end, span.start), span.end) } };
}
