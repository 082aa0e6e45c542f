/** Python expressions to core expressions. Names are noted in the symbol table and resolved at the end. */
import type { Arg, BinaryOperator, CompareOperator, Expr, Item } from '../../core/program/program.ts';
import { type Lowering, booleanConst, codeScope, enter, none, reject, report, spanOf, textOf } from './context.ts';
import { lowerComprehension } from './comprehensions.ts';
import { lowerLambda } from './functions.ts';
import { decodeNumber } from './literals.ts';
import { Times, mangle, noteBinding, useName } from './scopes.ts';
import { lowerString } from './strings.ts';
import { type SyntaxNode, field, hasToken, namedChildren } from './syntax.ts';

/** Any expression node; also the comma-separated lists Python reads as tuples. */
export function lowerExpr(l: Lowering, node: SyntaxNode): Expr {
  enter(l, node);
  const lowered = expression(l, node);
  l.depth--;
  return lowered;
}

/** The expression in a field, rejected when the grammar left it out. */
export function lowerField(l: Lowering, node: SyntaxNode, name: string): Expr {
  const child = field(node, name);
  if (child === null) reject(l, spanOf(node), 'invalid syntax');
  return lowerExpr(l, child);
}

function expression(l: Lowering, node: SyntaxNode): Expr {
  const span = spanOf(node);
  switch (node.type) {
    case 'identifier':
    case 'keyword_identifier':
      return useName(l.table, l.scope, mangle(textOf(l, node), l.scope.className), span);
    case 'string':
    case 'concatenated_string':
      return lowerString(l, node);
    case 'integer':
    case 'float': {
      const { value, problem } = decodeNumber(textOf(l, node));
      if (value === null) reject(l, span, problem ?? 'invalid number', 'number literal');
      if (problem !== null) report(l, span, problem);
      return { kind: 'const', span, value };
    }
    case 'true':
    case 'false':
      return booleanConst(node.type === 'true', span);
    case 'none':
      return none(span);
    case 'ellipsis':
      return { kind: 'const', span, value: { type: 'ellipsis' } };
    case 'parenthesized_expression':
      return lowerExpr(l, onlyChild(l, node));
    case 'unary_operator':
      return lowerUnary(l, node);
    case 'not_operator':
      return { kind: 'unary', span, op: 'not', operand: lowerField(l, node, 'argument') };
    case 'boolean_operator': {
      const op = hasToken(node, 'and') ? 'and' : 'or';
      return { kind: 'logical', span, op, left: lowerField(l, node, 'left'), right: lowerField(l, node, 'right') };
    }
    case 'binary_operator': {
      const op = field(node, 'operator')?.type ?? '+';
      return { kind: 'binary', span, op: op as BinaryOperator, left: lowerField(l, node, 'left'), right: lowerField(l, node, 'right') };
    }
    case 'comparison_operator':
      return lowerComparison(l, node);
    case 'conditional_expression': {
      const [then, test, otherwise] = namedChildren(node);
      if (then === undefined || test === undefined || otherwise === undefined) reject(l, span, 'invalid syntax');
      // Lowered in order of evaluation.
      const lowered = lowerExpr(l, test);
      return { kind: 'conditional', span, test: lowered, then: lowerExpr(l, then), else: lowerExpr(l, otherwise) };
    }
    case 'named_expression':
      return lowerWalrus(l, node);
    case 'lambda':
      return lowerLambda(l, node);
    case 'await':
      return lowerAwait(l, node);
    case 'yield':
      return lowerYield(l, node);
    case 'attribute': {
      const name = field(node, 'attribute');
      if (name === null) reject(l, span, "expected a name after '.'");
      const object = lowerField(l, node, 'object');
      return { kind: 'attr', span, object, name: mangle(textOf(l, name), l.scope.className), nameSpan: spanOf(name), optional: false };
    }
    case 'subscript':
      return { kind: 'index', span, object: lowerField(l, node, 'value'), index: lowerSubscript(l, node), optional: false };
    case 'slice':
      return lowerSlice(l, node);
    case 'call':
      return lowerCall(l, node);
    case 'list':
    case 'list_pattern':
      return { kind: 'list', span, items: lowerItems(l, namedChildren(node)) };
    case 'set':
      return { kind: 'set', span, items: lowerItems(l, namedChildren(node)) };
    case 'tuple_pattern':
      // The grammar reads `(x)` as a pattern of one where a target may stand.
      if (node.children.length === 3 && !hasToken(node, ',')) return lowerExpr(l, onlyChild(l, node));
      return { kind: 'tuple', span, items: lowerItems(l, namedChildren(node)) };
    case 'tuple':
    case 'expression_list':
    case 'pattern_list':
      return { kind: 'tuple', span, items: lowerItems(l, namedChildren(node)) };
    case 'dictionary':
      return lowerDictionary(l, node);
    case 'list_comprehension':
      return lowerComprehension(l, node, 'list');
    case 'set_comprehension':
      return lowerComprehension(l, node, 'set');
    case 'dictionary_comprehension':
      return lowerComprehension(l, node, 'dict');
    case 'generator_expression':
      return lowerComprehension(l, node, 'generator');
    case 'list_splat':
    case 'list_splat_pattern':
      if (node.start === l.starAt) return lowerExpr(l, onlyChild(l, node));
      return reject(l, span, "can't use starred expression here");
    case 'as_pattern':
      return reject(l, span, "'as' is not allowed here");
    default:
      return reject(l, span, 'invalid syntax');
  }
}

function onlyChild(l: Lowering, node: SyntaxNode): SyntaxNode {
  const child = node.children.find((c) => c.named);
  if (child === undefined) reject(l, spanOf(node), 'expected an expression');
  return child;
}

/** A minus before a number is part of the constant, as CPython folds it. */
function lowerUnary(l: Lowering, node: SyntaxNode): Expr {
  const span = spanOf(node);
  const op = field(node, 'operator')?.type;
  const operand = lowerField(l, node, 'argument');
  if (op === '-' && operand.kind === 'const') {
    if (operand.value.type === 'integer') return { kind: 'const', span, value: { type: 'integer', value: -operand.value.value } };
    if (operand.value.type === 'number') return { kind: 'const', span, value: { type: 'number', value: -operand.value.value } };
  }
  return { kind: 'unary', span, op: op === '-' || op === '~' ? op : '+', operand };
}

function lowerComparison(l: Lowering, node: SyntaxNode): Expr {
  let first: Expr | null = null;
  let op: CompareOperator = '==';
  const rest: { op: CompareOperator; right: Expr }[] = [];
  for (const child of node.children) {
    if (child.field === 'operators') {
      if (child.type === '<>') report(l, spanOf(child), "'<>' is Python 2; use '!='");
      op = child.type === '<>' ? '!=' : (child.type as CompareOperator);
    } else if (child.named) {
      const operand = lowerExpr(l, child);
      if (first === null) first = operand;
      else rest.push({ op, right: operand });
    }
  }
  if (first === null || rest.length === 0) reject(l, spanOf(node), 'invalid syntax');
  return { kind: 'compare', span: spanOf(node), first, rest };
}

/** `name := value` binds in the nearest scope that is not a comprehension (PEP 572). */
function lowerWalrus(l: Lowering, node: SyntaxNode): Expr {
  const nameNode = field(node, 'name');
  if (nameNode === null) reject(l, spanOf(node), 'invalid syntax');
  const name = mangle(textOf(l, nameNode), l.scope.className);
  const value = lowerField(l, node, 'value');
  const home = codeScope(l.scope);
  if (home !== l.scope && home.kind === 'class') {
    reject(l, spanOf(node), 'assignment expression within a comprehension cannot be used in a class body');
  }
  for (let scope = l.scope; scope !== home && scope.parent !== null; scope = scope.parent) {
    if (scope.bound.has(name)) reject(l, spanOf(node), `assignment expression cannot rebind comprehension iteration variable '${name}'`);
  }
  noteBinding(l.table, home, name, spanOf(nameNode), 'python', home === l.scope ? Times.Once : Times.Many);
  const use = useName(l.table, l.scope, name, spanOf(nameNode));
  return { kind: 'assign', span: spanOf(node), target: use, value };
}

function lowerAwait(l: Lowering, node: SyntaxNode): Expr {
  const home = codeScope(l.scope);
  // A generator expression that awaits is an asynchronous generator, which any function may make.
  const inGenerator = l.scope.kind === 'comprehension' && l.scope.fn.isGenerator;
  if (!home.fn.isAsync && !inGenerator)
    report(l, spanOf(node), home.kind === 'module' ? "'await' outside function" : "'await' outside async function");
  if (l.scope.kind === 'comprehension') l.scope.fn.isAsync = true;
  return { kind: 'await', span: spanOf(node), value: lowerExpr(l, onlyChild(l, node)) };
}

function lowerYield(l: Lowering, node: SyntaxNode): Expr {
  const span = spanOf(node);
  if (l.scope.kind === 'comprehension') reject(l, span, "'yield' inside a comprehension");
  if (l.scope.kind !== 'function') reject(l, span, "'yield' outside function");
  const delegate = hasToken(node, 'from');
  if (delegate && l.scope.fn.isAsync) report(l, span, "'yield from' inside async function");
  l.scope.fn.isGenerator = true;
  const value = node.children.find((child) => child.named);
  return { kind: 'yield', span, value: value === undefined ? null : lowerExpr(l, value), delegate };
}

/** Elements of a display or tuple; `*x` spreads. */
export function lowerItems(l: Lowering, nodes: readonly SyntaxNode[]): Item[] {
  return nodes.map(
    (node): Item => (isStarred(l, node) ? { kind: 'spread', value: lowerSpread(l, node) } : { kind: 'value', value: lowerExpr(l, node) }),
  );
}

function isStarred(l: Lowering, node: SyntaxNode): boolean {
  return l.text[node.start] === '*';
}

/**
 * What `*x` spreads. The grammar often binds the star too tightly and reads `*a.b()` as an attribute
 * and call of `*a`: so the star met first, at the left edge, is the one to leave out.
 */
function lowerSpread(l: Lowering, node: SyntaxNode): Expr {
  const outer = l.starAt;
  l.starAt = node.start;
  const value = lowerExpr(l, node);
  l.starAt = outer;
  return value;
}

/** What stands between the brackets: one expression or slice, or a tuple of them. */
export function lowerSubscript(l: Lowering, node: SyntaxNode): Expr {
  const parts = node.children.filter((child) => child.field === 'subscript');
  const [first] = parts;
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined) reject(l, spanOf(node), 'expected an index');
  if (parts.length === 1 && !isStarred(l, first) && !hasToken(node, ',')) return lowerExpr(l, first);
  return { kind: 'tuple', span: { start: first.start, end: last.end }, items: lowerItems(l, parts) };
}

function lowerSlice(l: Lowering, node: SyntaxNode): Expr {
  const bounds: (Expr | null)[] = [null, null, null];
  let at = 0;
  for (const child of node.children) {
    if (child.type === ':') at++;
    else if (child.named) bounds[at] = lowerExpr(l, child);
  }
  return { kind: 'slice', span: spanOf(node), lower: bounds[0] ?? null, upper: bounds[1] ?? null, step: bounds[2] ?? null };
}

function lowerDictionary(l: Lowering, node: SyntaxNode): Expr {
  const entries = namedChildren(node).map((child): { key: Expr | null; value: Expr } => {
    if (child.type === 'dictionary_splat') return { key: null, value: lowerExpr(l, onlyChild(l, child)) };
    return { key: lowerField(l, child, 'key'), value: lowerField(l, child, 'value') };
  });
  return { kind: 'dict', span: spanOf(node), entries };
}

function lowerCall(l: Lowering, node: SyntaxNode): Expr {
  const span = spanOf(node);
  const callee = lowerField(l, node, 'function');
  const list = field(node, 'arguments');
  if (list === null) reject(l, span, 'invalid syntax');
  if (list.type === 'generator_expression') {
    return { kind: 'call', span, callee, args: [{ kind: 'positional', value: lowerExpr(l, list) }], optional: false };
  }
  const args = lowerArguments(l, list);
  const call: Expr = { kind: 'call', span, callee, args, optional: false };
  if (args.length === 0 && callee.kind === 'name' && callee.ref.kind === 'global' && callee.ref.name === 'super')
    return lowerSuper(l, call) ?? call;
  return call;
}

/** The arguments of a call or of a class definition. */
export function lowerArguments(l: Lowering, list: SyntaxNode): Arg[] {
  let keywords = false;
  return namedChildren(list).map((child): Arg => {
    switch (child.type) {
      case 'dictionary_splat':
        keywords = true;
        return { kind: 'keywordSpread', value: lowerExpr(l, onlyChild(l, child)) };
      case 'keyword_argument': {
        keywords = true;
        const name = field(child, 'name');
        if (name === null) reject(l, spanOf(child), 'invalid syntax');
        return { kind: 'keyword', name: mangle(textOf(l, name), l.scope.className), value: lowerField(l, child, 'value') };
      }
      default:
        if (isStarred(l, child)) return { kind: 'spread', value: lowerSpread(l, child) };
        if (keywords) report(l, spanOf(child), 'positional argument follows keyword argument');
        return { kind: 'positional', value: lowerExpr(l, child) };
    }
  });
}

/** Zero-argument `super()` in a function inside a class body; null anywhere else. */
function lowerSuper(l: Lowering, call: Expr): Expr | null {
  const home = codeScope(l.scope);
  if (home.kind !== 'function') return null;
  let outer = home.parent;
  while (outer !== null && outer.kind !== 'class') outer = outer.parent;
  if (outer === null) return null;
  const { span } = call;
  const first = home.fn.params.find((p) => p.kind === 'positional' || p.kind === 'positionalOnly');
  const instance = first === undefined ? none(span) : useName(l.table, l.scope, first.name, span);
  const node: Expr = { kind: 'intrinsic', span, name: 'py.super', args: [useName(l.table, l.scope, '__class__', span), instance] };
  l.table.supers.push({ scope: l.scope, node, plain: call });
  return node;
}
