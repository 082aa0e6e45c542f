/**
 * Python statements to core statements. A statement that holds a syntax error, or something that was
 * rejected, becomes `unsupported`; what stands around it is kept. `match` is in patterns.ts,
 * definitions in functions.ts, imports in imports.ts.
 */
import type { BinaryOperator, Expr, Handler, Span, Stmt, Target } from '../../core/program/program.ts';
import {
  type Lowering,
  Rejected,
  codeScope,
  deeper,
  depthLimit,
  enter,
  inLoop,
  none,
  reject,
  report,
  spanOf,
  stringConst,
  textOf,
} from './context.ts';
import { lowerExpr, lowerField, lowerItems } from './expressions.ts';
import { lowerClass, lowerDecorated, lowerFunction } from './functions.ts';
import { lowerImport, lowerImportFrom } from './imports.ts';
import { indentOf, strayLineBreak } from './layout.ts';
import { lowerMatch } from './patterns.ts';
import { Times, bindName, mangle, useName } from './scopes.ts';
import { type SyntaxNode, field, hasToken, namedChildren } from './syntax.ts';
import { lowerDeleteTargets, lowerSingleTarget, lowerTarget } from './targets.ts';

/** The statements of a module or block node. */
export function lowerStatements(l: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  const out: Stmt[] = [];
  let block: number | null = l.scope.kind === 'module' && l.depth === 0 ? 0 : null;
  for (const node of nodes) {
    if (!node.named) continue;
    const indent = indentOf(l.text, node);
    if (indent !== null && node.type !== 'ERROR') {
      block ??= indent;
      if (indent !== block)
        report(l, lineBeginning(node), indent > block ? 'unexpected indent' : 'unindent does not match any outer indentation level');
    }
    out.push(...lowerStatement(l, node));
  }
  return out;
}

function lineBeginning(node: SyntaxNode): Span {
  return { start: node.start, end: Math.min(node.end, node.start + 1) };
}

/** The block of a compound statement; an empty one is a syntax error of `owner`. */
export function lowerBlock(l: Lowering, block: SyntaxNode, owner: SyntaxNode): Stmt[] {
  if (block.children.length > 0) return lowerStatements(l, block.children);
  const span = { start: Math.max(owner.start, block.start - 1), end: Math.max(block.start, owner.start + 1) };
  report(l, span, 'expected an indented block');
  return [{ kind: 'unsupported', span, what: 'syntax error' }];
}

const compound = new Set([
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'with_statement',
  'match_statement',
  'function_definition',
  'class_definition',
  'decorated_definition',
]);

/** Parts of a compound statement that hold statements: an error inside them is theirs. */
const nesting = new Set([
  'block',
  'elif_clause',
  'else_clause',
  'except_clause',
  'finally_clause',
  'case_clause',
  'function_definition',
  'class_definition',
]);

/** True when the error is in the statement itself and not in a statement nested in it. */
function isBroken(node: SyntaxNode): boolean {
  if (!node.hasError) return false;
  if (node.type === 'ERROR' || node.missing) return true;
  if (!compound.has(node.type) && !nesting.has(node.type)) return true;
  return node.children.some((child) => child.hasError && (!nesting.has(child.type) || (child.type !== 'block' && isBroken(child))));
}

/** One statement. Never throws: what is rejected is taken back and becomes `unsupported`. */
export function lowerStatement(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  if (isBroken(node)) return [{ kind: 'unsupported', span, what: 'syntax error' }, ...salvage(l, node)];
  const { table, functions, classes, scope, depth } = l;
  const marks = [
    functions.length,
    classes.length,
    table.scopes.length,
    table.bindings.length,
    table.uses.length,
    table.supers.length,
  ] as const;
  try {
    enter(l, node);
    const lowered = statement(l, node);
    l.depth--;
    return lowered;
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    [functions.length, classes.length, table.scopes.length, table.bindings.length, table.uses.length, table.supers.length] = marks;
    l.scope = scope;
    l.depth = depth;
    return [{ kind: 'unsupported', span, what: error.what }];
  }
}

/**
 * What error recovery found whole inside what it could not parse: the statements it skipped over, and
 * the functions and classes in a broken statement.
 */
function salvage(l: Lowering, node: SyntaxNode): Stmt[] {
  if (l.depth >= depthLimit) return [];
  return deeper(l, node, () =>
    node.children.flatMap((child): Stmt[] => {
      const isDefinition = child.type.endsWith('_definition');
      if (isDefinition || (node.type === 'ERROR' && child.type.endsWith('_statement')))
        return isBroken(child) ? salvage(l, child) : lowerStatement(l, child);
      return child.hasError || child.type === 'block' || compound.has(child.type) ? salvage(l, child) : [];
    }),
  );
}

/** Rejects a line break within a simple statement or the header of a compound one. */
function checkLines(l: Lowering, node: SyntaxNode): void {
  if (node.type === 'decorated_definition') return;
  const colon = compound.has(node.type) ? node.children.find((child) => child.type === ':') : undefined;
  const at = strayLineBreak(l.text, node.start, colon?.start ?? node.end);
  if (at >= 0) reject(l, { start: Math.max(node.start, at - 1), end: at }, 'invalid syntax: the line ends too early');
}

function statement(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  checkLines(l, node);
  switch (node.type) {
    case 'expression_statement':
      return lowerExpressionStatement(l, node);
    case 'if_statement':
      return [lowerIf(l, node)];
    case 'for_statement':
      return [lowerFor(l, node)];
    case 'while_statement':
      return [lowerWhile(l, node)];
    case 'try_statement':
      return [lowerTry(l, node)];
    case 'with_statement':
      return [lowerWith(l, node)];
    case 'match_statement':
      return lowerMatch(l, node);
    case 'function_definition':
      return lowerFunction(l, node);
    case 'class_definition':
      return lowerClass(l, node);
    case 'decorated_definition':
      return lowerDecorated(l, node);
    case 'import_statement':
      return lowerImport(l, node);
    case 'import_from_statement':
    case 'future_import_statement':
      return lowerImportFrom(l, node);
    case 'return_statement': {
      if (codeScope(l.scope).kind !== 'function') reject(l, span, "'return' outside function");
      const [value] = namedChildren(node);
      return [{ kind: 'return', span, value: value === undefined ? null : lowerExpr(l, value) }];
    }
    case 'delete_statement':
      return [{ kind: 'delete', span, targets: namedChildren(node).flatMap((child) => lowerDeleteTargets(l, child)) }];
    case 'raise_statement':
      return [lowerRaise(l, node)];
    case 'assert_statement': {
      const [test, message] = namedChildren(node);
      if (test === undefined) reject(l, span, 'expected an expression');
      return [{ kind: 'assert', span, test: lowerExpr(l, test), message: message === undefined ? null : lowerExpr(l, message) }];
    }
    case 'pass_statement':
      return [{ kind: 'pass', span }];
    case 'break_statement':
    case 'continue_statement': {
      const kind = node.type === 'break_statement' ? 'break' : 'continue';
      if (l.scope.loopDepth === 0) reject(l, span, kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop");
      return [{ kind, span, label: null }];
    }
    case 'global_statement':
    case 'nonlocal_statement':
      return [lowerScopeDeclaration(l, node)];
    case 'type_alias_statement':
      return lowerTypeAlias(l, node);
    case 'print_statement':
      return [lowerPrint(l, node)];
    case 'exec_statement':
      return reject(l, span, "'exec' as a statement is Python 2");
    default:
      return reject(l, span, 'invalid syntax');
  }
}

function lowerExpressionStatement(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  const parts = namedChildren(node);
  const [first] = parts;
  if (first === undefined) reject(l, span, 'invalid syntax');
  if (first.type === 'assignment') return lowerAssignment(l, first, node);
  if (first.type === 'augmented_assignment') {
    const left = field(first, 'left');
    const right = field(first, 'right');
    if (left === null || right === null) reject(l, span, 'invalid syntax');
    const target = lowerSingleTarget(l, left, Times.Many, 'augmented assignment');
    const op = (field(first, 'operator')?.type ?? '+=').slice(0, -1) as BinaryOperator;
    return [
      { kind: 'expr', span, value: { kind: 'update', span: spanOf(first), op, target, value: lowerExpr(l, right), returnsOld: false } },
    ];
  }
  const value: Expr = parts.length > 1 || hasToken(node, ',') ? { kind: 'tuple', span, items: lowerItems(l, parts) } : lowerExpr(l, first);
  return [{ kind: 'expr', span, value }];
}

function lowerAssignment(l: Lowering, node: SyntaxNode, whole: SyntaxNode): Stmt[] {
  const span = spanOf(whole);
  const annotation = field(node, 'type');
  if (annotation !== null) return lowerAnnotated(l, node, annotation, whole);
  const lefts: SyntaxNode[] = [];
  let right: SyntaxNode | null = node;
  while (right?.type === 'assignment') {
    const left = field(right, 'left');
    if (left === null || field(right, 'type') !== null) reject(l, span, 'invalid syntax');
    lefts.push(left);
    right = field(right, 'right');
  }
  if (right === null || right.type === 'augmented_assignment') reject(l, span, 'invalid syntax');
  const value = lowerExpr(l, right);
  const targets = lefts.map((left): Target => lowerTarget(l, left));
  return [{ kind: 'assign', span, targets, value, declares: false }];
}

/** `x: T = v` and `x: T`. The annotation of a class field is part of what the class body does. */
function lowerAnnotated(l: Lowering, node: SyntaxNode, annotation: SyntaxNode, whole: SyntaxNode): Stmt[] {
  const span = spanOf(whole);
  const left = field(node, 'left');
  if (left === null) reject(l, span, 'invalid syntax');
  const right = field(node, 'right');
  const statements: Stmt[] = [];
  if (right !== null) {
    const value = lowerExpr(l, right);
    statements.push({ kind: 'assign', span, targets: [lowerSingleTarget(l, left, Times.Once, 'annotation')], value, declares: false });
  }
  const name = left.type === 'identifier' ? mangle(textOf(l, left), l.scope.className) : null;
  // An annotation alone makes the name local, without binding it.
  if (right === null && name !== null && l.scope.kind !== 'module' && !l.scope.bound.has(name)) l.scope.bound.set(name, spanOf(left));
  if (right === null && name === null && left.type !== 'attribute' && left.type !== 'subscript' && left.type !== 'tuple_pattern')
    reject(l, span, 'only single target can be annotated');
  if (l.scope.kind === 'class' && name !== null) {
    const args = [stringConst(name, spanOf(left)), stringConst(textOf(l, annotation), spanOf(annotation))];
    statements.push({ kind: 'expr', span, value: { kind: 'intrinsic', span, name: 'py.annotate', args } });
  }
  return statements.length > 0 ? statements : [{ kind: 'pass', span }];
}

function lowerIf(l: Lowering, node: SyntaxNode): Stmt {
  const arms = [node, ...node.children.filter((child) => child.type === 'elif_clause')];
  // Each elif nests one deeper in the core tree, though not here.
  if (l.depth + arms.length > depthLimit) reject(l, spanOf(node), `nested more than ${depthLimit} levels deep`, 'nesting too deep');
  const lowered = arms.map((arm) => {
    const body = field(arm, 'consequence');
    if (body === null) reject(l, spanOf(arm), 'invalid syntax');
    return { start: arm.start, test: lowerField(l, arm, 'condition'), then: lowerBlock(l, body, arm) };
  });
  let otherwise = lowerElse(l, node);
  for (let i = lowered.length - 1; i > 0; i--) {
    const arm = lowered[i];
    if (arm !== undefined)
      otherwise = [{ kind: 'if', span: { start: arm.start, end: node.end }, test: arm.test, then: arm.then, else: otherwise }];
  }
  const first = lowered[0];
  if (first === undefined) reject(l, spanOf(node), 'invalid syntax');
  return { kind: 'if', span: spanOf(node), test: first.test, then: first.then, else: otherwise };
}

function lowerElse(l: Lowering, node: SyntaxNode): Stmt[] {
  const clause = node.children.find((child) => child.type === 'else_clause');
  const body = clause === undefined ? null : field(clause, 'body');
  return clause === undefined || body === null ? [] : lowerBlock(l, body, clause);
}

function lowerFor(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const left = field(node, 'left');
  const body = field(node, 'body');
  if (left === null || body === null) reject(l, span, 'invalid syntax');
  const isAsync = hasToken(node, 'async');
  if (isAsync && !codeScope(l.scope).fn.isAsync) report(l, span, "'async for' outside async function");
  const iterable = lowerField(l, node, 'right');
  const [target, statements] = inLoop(l, () => [lowerTarget(l, left, Times.Many), lowerBlock(l, body, node)] as const);
  return { kind: 'forEach', span, label: null, target, iterable, isAsync, body: statements, orElse: lowerElse(l, node), perIteration: [] };
}

function lowerWhile(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const block = field(node, 'body');
  if (block === null) reject(l, span, 'invalid syntax');
  const [test, body] = inLoop(l, () => [lowerField(l, node, 'condition'), lowerBlock(l, block, node)] as const);
  return { kind: 'while', span, label: null, test, body, orElse: lowerElse(l, node), testAfter: false };
}

function lowerTry(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const block = field(node, 'body');
  if (block === null) reject(l, span, 'invalid syntax');
  const body = lowerBlock(l, block, node);
  const handlers = node.children.filter((child) => child.type === 'except_clause').map((child) => lowerHandler(l, child));
  const orElse = lowerElse(l, node);
  const clause = node.children.find((child) => child.type === 'finally_clause');
  const finallyBlock = clause?.children.find((child) => child.type === 'block');
  const finalizer = clause === undefined || finallyBlock === undefined ? null : lowerBlock(l, finallyBlock, clause);
  if (handlers.length === 0 && finalizer === null) reject(l, span, "expected 'except' or 'finally' block");
  handlers.forEach((handler, i) => {
    if (handler.type === null && i < handlers.length - 1) report(l, handler.span, "default 'except:' must be last");
  });
  return { kind: 'try', span, body, handlers, orElse, finalizer };
}

/**
 * `except E as e` unbinds `e` however the handler is left: CPython compiles the body to
 * `try: … finally: e = None; del e`, and so is it written here.
 */
function lowerHandler(l: Lowering, node: SyntaxNode): Handler {
  const span = spanOf(node);
  const block = node.children.find((child) => child.type === 'block');
  if (block === undefined) reject(l, span, 'invalid syntax');
  const isGroup = hasToken(node, '*') || hasToken(node, 'except*');
  const values = node.children.filter((child) => child.field === 'value' && child.named);
  let typeNode = values[0] ?? null;
  let nameNode = field(node, 'alias');
  if (typeNode?.type === 'as_pattern') {
    nameNode = field(typeNode, 'alias');
    typeNode = namedChildren(typeNode)[0] ?? null;
  }
  if (values.length > 1) {
    report(l, span, 'multiple exception types must be parenthesized');
    const [, second] = values;
    // Python 2: `except E, e`.
    if (values.length === 2 && second?.type === 'identifier' && /^[a-z_]/.test(textOf(l, second))) nameNode = second;
  }
  const type: Expr | null =
    typeNode === null
      ? null
      : values.length > 1 && nameNode === null
        ? { kind: 'tuple', span, items: lowerItems(l, values) }
        : lowerExpr(l, typeNode);
  if (nameNode === null) return { type, target: null, isGroup, body: lowerBlock(l, block, node), span };
  const identifier = nameNode.type === 'as_pattern_target' ? namedChildren(nameNode)[0] : nameNode;
  if (identifier?.type !== 'identifier') reject(l, spanOf(nameNode), "expected a name after 'as'");
  const nameSpan = spanOf(identifier);
  const name = mangle(textOf(l, identifier), l.scope.className);
  const target = bindName(l.table, l.scope, name, nameSpan, 'python', Times.Many);
  const body = lowerBlock(l, block, node);
  const finalizer: Stmt[] = [
    {
      kind: 'assign',
      span: nameSpan,
      targets: [bindName(l.table, l.scope, name, nameSpan, 'python', Times.Many)],
      value: none(nameSpan),
      declares: false,
    },
    { kind: 'delete', span: nameSpan, targets: [bindName(l.table, l.scope, name, nameSpan, 'python', Times.Many)] },
  ];
  return { type, target, isGroup, body: [{ kind: 'try', span: spanOf(block), body, handlers: [], orElse: [], finalizer }], span };
}

function lowerWith(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const clause = node.children.find((child) => child.type === 'with_clause');
  const body = field(node, 'body');
  if (clause === undefined || body === null) reject(l, span, 'invalid syntax');
  const isAsync = hasToken(node, 'async');
  if (isAsync && !codeScope(l.scope).fn.isAsync) report(l, span, "'async with' outside async function");
  const items = withItems(clause).map((value) => {
    if (value.type !== 'as_pattern') return { context: lowerExpr(l, value), target: null };
    const [context] = namedChildren(value);
    const alias = field(value, 'alias');
    if (context === undefined || alias === null) reject(l, spanOf(value), 'invalid syntax');
    return { context: lowerExpr(l, context), target: lowerTarget(l, alias) };
  });
  return { kind: 'with', span, isAsync, items, body: lowerBlock(l, body, node) };
}

/** The items of `with`. Parentheses with an `as` inside hold items too: no expression looks like that. */
function withItems(clause: SyntaxNode): SyntaxNode[] {
  return namedChildren(clause).flatMap((item) => {
    const value = field(item, 'value') ?? item;
    const inner = value.type === 'tuple' || value.type === 'parenthesized_expression' ? namedChildren(value) : [];
    return inner.some((child) => child.type === 'as_pattern') ? inner : [value];
  });
}

function lowerRaise(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const causeNode = field(node, 'cause');
  const [valueNode] = node.children.filter((child) => child.named && child.field !== 'cause');
  if (valueNode?.type === 'expression_list') reject(l, span, "'raise E, value' is Python 2");
  const value = valueNode === undefined ? null : lowerExpr(l, valueNode);
  return { kind: 'raise', span, value, cause: causeNode === null ? null : lowerExpr(l, causeNode) };
}

function lowerScopeDeclaration(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  const isGlobal = node.type === 'global_statement';
  for (const child of namedChildren(node)) {
    const name = mangle(textOf(l, child), l.scope.className);
    const word = isGlobal ? 'global' : 'nonlocal';
    const known = l.scope.bound.has(name) && !(isGlobal ? l.scope.globals : l.scope.nonlocals).has(name);
    const isParameter = l.scope.fn.params.some((param) => param.name === name);
    if (known && !isParameter && !(isGlobal && l.scope.kind === 'module'))
      report(l, spanOf(child), `name '${name}' is assigned to before ${word} declaration`);
    (isGlobal ? l.scope.globals : l.scope.nonlocals).set(name, spanOf(child));
  }
  return { kind: 'pass', span };
}

/** `type X = …` binds X; what the alias stands for is only text here. */
function lowerTypeAlias(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  const left = field(node, 'left');
  const right = field(node, 'right');
  const name = left === null ? null : (/^[^\s[(]+/.exec(textOf(l, left))?.[0] ?? null);
  if (left === null || right === null || name === null) reject(l, span, 'invalid syntax');
  const nameSpan = { start: left.start, end: left.start + name.length };
  const target = bindName(l.table, l.scope, mangle(name, l.scope.className), nameSpan);
  return [{ kind: 'assign', span, targets: [target], value: stringConst(textOf(l, right), spanOf(right)), declares: false }];
}

/** The print statement of Python 2, read as a call so that old programs can still be looked at. */
function lowerPrint(l: Lowering, node: SyntaxNode): Stmt {
  const span = spanOf(node);
  report(l, span, "Missing parentheses in call to 'print' (Python 2); read as print(…)");
  const chevron = node.children.find((child) => child.type === 'chevron');
  const file = chevron === undefined ? undefined : namedChildren(chevron)[0];
  const callee = useName(l.table, l.scope, 'print', { start: span.start, end: span.start + 5 });
  const values = node.children.filter((child) => child.field === 'argument' && child.named);
  const args: Extract<Expr, { kind: 'call' }>['args'] = values.map((child) => ({ kind: 'positional', value: lowerExpr(l, child) }));
  if (file !== undefined) args.push({ kind: 'keyword', name: 'file', value: lowerExpr(l, file) });
  // A trailing comma keeps the line open.
  if (values.length > 0 && node.children[node.children.length - 1]?.type === ',')
    args.push({ kind: 'keyword', name: 'end', value: stringConst(' ', span) });
  return { kind: 'expr', span, value: { kind: 'call', span, callee, args, optional: false } };
}
