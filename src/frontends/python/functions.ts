/** Function definitions, lambdas and classes. */
import type { ClassDef, Expr, Param, Stmt } from '../../core/program/program.ts';
import { type Lowering, newFunction, qualify, reject, report, spanOf, textOf, within } from './context.ts';
import { lowerArguments, lowerExpr, lowerField } from './expressions.ts';
import { type Scope, bindName, mangle, openScope } from './scopes.ts';
import { lowerBlock } from './statements.ts';
import { type SyntaxNode, field, hasToken, namedChildren } from './syntax.ts';

/** `@a @b def f(): …` and the same of a class; the decorators are evaluated first. */
export function lowerDecorated(l: Lowering, node: SyntaxNode): Stmt[] {
  const decorators = node.children
    .filter((child) => child.type === 'decorator')
    .map((child) => {
      const [expression] = namedChildren(child);
      if (expression === undefined) reject(l, spanOf(child), 'expected a decorator');
      return lowerExpr(l, expression);
    });
  const definition = field(node, 'definition');
  if (definition === null) reject(l, spanOf(node), 'expected a function or class after the decorator');
  return definition.type === 'class_definition'
    ? lowerClass(l, definition, decorators, node)
    : lowerFunction(l, definition, decorators, node);
}

/** `def`: an assignment of the function to its name. `whole` is the node with the decorators. */
export function lowerFunction(l: Lowering, node: SyntaxNode, decorators: Expr[] = [], whole: SyntaxNode = node): Stmt[] {
  const nameNode = field(node, 'name');
  const parameters = field(node, 'parameters');
  const body = field(node, 'body');
  if (nameNode === null || parameters === null || body === null) reject(l, spanOf(node), 'invalid function definition');
  const name = textOf(l, nameNode).normalize('NFKC');
  const outer = l.scope;
  const fn = newFunction(l, outer.kind === 'class' ? 'method' : 'function', name, spanOf(node), spanOf(nameNode));
  fn.isAsync = hasToken(node, 'async');
  fn.decorators = decorators;
  const returns = field(node, 'return_type');
  if (returns !== null) fn.returnAnnotation = textOf(l, returns);
  fn.owner = outer.cls;
  fn.isStatic = fn.owner !== null && (decorators.some((d) => isBuiltin(d, 'staticmethod')) || name === '__new__');
  fn.exported = !name.startsWith('_') && (outer.kind === 'module' || fn.owner?.exported === true);
  const scope = openScope(l.table, 'function', outer, fn);
  lowerParameters(l, parameters, scope);
  within(l, scope, () => {
    fn.body = lowerBlock(l, body, node);
  });
  const target = bindName(l.table, outer, mangle(name, outer.className), spanOf(nameNode), 'function');
  return [{ kind: 'assign', span: spanOf(whole), targets: [target], value: { kind: 'function', span: spanOf(node), fn }, declares: true }];
}

function isBuiltin(decorator: Expr, name: string): boolean {
  return decorator.kind === 'name' && decorator.ref.kind === 'global' && decorator.ref.name === name;
}

export function lowerLambda(l: Lowering, node: SyntaxNode): Expr {
  const span = spanOf(node);
  const fn = newFunction(l, 'lambda', '<lambda>', span, { start: span.start, end: Math.min(span.end, span.start + 6) });
  const scope = openScope(l.table, 'function', l.scope, fn);
  const parameters = field(node, 'parameters');
  if (parameters !== null) lowerParameters(l, parameters, scope);
  within(l, scope, () => {
    const value = lowerField(l, node, 'body');
    fn.body = [{ kind: 'return', span: value.span, value }];
  });
  return { kind: 'function', span, fn };
}

/** Parameters in order. Defaults are evaluated in the scope around, names are bound in `inner`. */
function lowerParameters(l: Lowering, list: SyntaxNode, inner: Scope): void {
  const { fn } = inner;
  let afterStar = false;
  let defaults = false;
  for (const child of namedChildren(list)) {
    if (child.type === 'keyword_separator') {
      afterStar = true;
      continue;
    }
    if (child.type === 'positional_separator') {
      for (const param of fn.params) if (param.kind === 'positional') param.kind = 'positionalOnly';
      continue;
    }
    const param = lowerParameter(l, child, inner, afterStar);
    if (param.kind === 'rest') afterStar = true;
    if (param.default !== null) defaults = true;
    else if (defaults && (param.kind === 'positional' || param.kind === 'positionalOnly')) {
      report(l, param.span, 'parameter without a default follows parameter with a default');
    }
    if (fn.params.some((other) => other.name === param.name))
      report(l, param.span, `duplicate argument '${param.name}' in function definition`);
    fn.params.push(param);
  }
}

function lowerParameter(l: Lowering, node: SyntaxNode, inner: Scope, afterStar: boolean): Param {
  const span = spanOf(node);
  const holder = node.type === 'typed_parameter' ? node.children[0] : (field(node, 'name') ?? node);
  if (holder === undefined) reject(l, span, 'expected a parameter');
  const star = holder.type === 'list_splat_pattern' ? 'rest' : holder.type === 'dictionary_splat_pattern' ? 'keywordRest' : null;
  const nameNode = star === null ? holder : holder.children.find((child) => child.named);
  if (nameNode?.type === 'tuple_pattern') reject(l, span, 'Function parameters cannot be parenthesized');
  if (nameNode?.type !== 'identifier' && nameNode?.type !== 'keyword_identifier') reject(l, span, 'expected a parameter name');
  const defaultNode = field(node, 'value');
  const value = defaultNode === null ? null : lowerExpr(l, defaultNode);
  const name = mangle(textOf(l, nameNode), inner.className);
  const param: Param = {
    kind: star ?? (afterStar ? 'keywordOnly' : 'positional'),
    target: bindName(l.table, inner, name, spanOf(nameNode)),
    name,
    default: value,
    span,
  };
  const annotation = field(node, 'type');
  if (annotation !== null) param.annotation = textOf(l, annotation);
  return param;
}

/** `class`: an assignment of the class to its name; its body is a function of its own. */
export function lowerClass(l: Lowering, node: SyntaxNode, decorators: Expr[] = [], whole: SyntaxNode = node): Stmt[] {
  const span = spanOf(node);
  const nameNode = field(node, 'name');
  const block = field(node, 'body');
  if (nameNode === null || block === null) reject(l, span, 'invalid class definition');
  const name = textOf(l, nameNode).normalize('NFKC');
  const nameSpan = spanOf(nameNode);
  const outer = l.scope;
  const cls: ClassDef = {
    id: 0,
    name,
    qualifiedName: qualify(outer.fn, name),
    bases: [],
    keywords: [],
    decorators,
    body: null,
    members: [],
    exported: !name.startsWith('_') && (outer.kind === 'module' || outer.cls?.exported === true),
    span,
    nameSpan,
  };
  l.classes.push(cls);
  lowerBases(l, node, cls);
  const body = newFunction(l, 'classBody', name, span, nameSpan);
  cls.body = body;
  const scope = openScope(l.table, 'class', outer, body, cls);
  within(l, scope, () => {
    body.body = lowerBlock(l, block, node);
  });
  const target = bindName(l.table, outer, mangle(name, outer.className), nameSpan, 'class');
  return [{ kind: 'assign', span: spanOf(whole), targets: [target], value: { kind: 'class', span, cls }, declares: true }];
}

function lowerBases(l: Lowering, node: SyntaxNode, cls: ClassDef): void {
  const list = field(node, 'superclasses');
  if (list === null) return;
  for (const arg of lowerArguments(l, list)) {
    if (arg.kind === 'positional') cls.bases.push(arg.value);
    else if (arg.kind === 'keyword') cls.keywords.push({ name: arg.name, value: arg.value });
    else cls.bases.push({ kind: 'unsupported', span: arg.value.span, what: 'unpacking in the bases of a class' });
  }
}
