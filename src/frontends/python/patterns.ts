/**
 * `match` statements as chains of `if`. A pattern becomes a condition: tests joined by `and`, with
 * the parts looked at kept in hidden variables. Captures go to hidden variables too and reach their
 * names only when the whole pattern has matched, before the guard, as in CPython. See intrinsics.ts
 * for the operations.
 */
import type { Expr, Ref, Span, Stmt } from '../../core/program/program.ts';
import { type Lowering, booleanConst, deeper, depthLimit, integerConst, reject, report, spanOf, stringConst, textOf } from './context.ts';
import { lowerExpr } from './expressions.ts';
import type { PythonIntrinsic } from './intrinsics.ts';
import { decodeNumber } from './literals.ts';
import { type Scope, bindName, hiddenVariable, mangle, useName } from './scopes.ts';
import { lowerBlock } from './statements.ts';
import { lowerString } from './strings.ts';
import { type SyntaxNode, field, hasToken, namedChildren } from './syntax.ts';

/** A test that can fail, or work to be done before the next one. */
type Step = { test: Expr } | { first: Expr };

/** Makes a new expression for the value looked at (the tree shares no nodes). */
type Subject = () => Expr;

interface Capture {
  ref: Ref;
  span: Span;
}

interface Matcher {
  l: Lowering;
  captures: Map<string, Capture>;
}

interface LoweredCase {
  span: Span;
  /** Null when the pattern matches everything. */
  test: Expr | null;
  guard: Expr | null;
  /** Give the captures their names; to be done once the pattern has matched. */
  binds: Stmt[];
  body: Stmt[];
}

/** `match`: a block that keeps the subject, and the cases in order. */
export function lowerMatch(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  const subjects = node.children.filter((child) => child.field === 'subject' && child.named);
  const [first] = subjects;
  const body = field(node, 'body');
  if (first === undefined || body === null) reject(l, span, 'invalid syntax');
  const last = subjects[subjects.length - 1] ?? first;
  const subjectSpan = { start: first.start, end: last.end };
  const isTuple = subjects.length > 1 || hasToken(node, ',');
  const value: Expr = isTuple
    ? { kind: 'tuple', span: subjectSpan, items: subjects.map((s) => ({ kind: 'value', value: lowerExpr(l, s) })) }
    : lowerExpr(l, first);
  const hidden = hiddenVariable(l.scope, '.match', subjectSpan);
  const clauses = body.children.filter((child) => child.type === 'case_clause');
  if (clauses.length === 0) reject(l, span, "expected a 'case' block");
  if (l.depth + clauses.length > depthLimit) reject(l, span, `nested more than ${depthLimit} levels deep`, 'nesting too deep');
  const subject: Subject = () => ({ kind: 'name', span: subjectSpan, ref: hidden.ref });
  const cases = clauses.map((clause) => lowerCase(l, clause, subject));
  let chain: Stmt[] = [];
  for (let i = cases.length - 1; i >= 0; i--) {
    const one = cases[i];
    if (one === undefined) continue;
    if (one.test === null && one.guard === null && i < cases.length - 1)
      reject(l, one.span, 'wildcard or capture makes remaining patterns unreachable');
    chain = caseStatements(one, chain);
  }
  const keep: Stmt = {
    kind: 'assign',
    span: subjectSpan,
    targets: [{ kind: 'name', span: subjectSpan, ref: hidden.ref }],
    value,
    declares: false,
  };
  return [{ kind: 'block', span, label: null, variables: [], body: [keep, ...chain] }];
}

function lowerCase(l: Lowering, clause: SyntaxNode, subject: Subject): LoweredCase {
  const span = spanOf(clause);
  const block = field(clause, 'consequence');
  const patterns = clause.children.filter((child) => child.type === 'case_pattern');
  const [first] = patterns;
  if (block === null || first === undefined) reject(l, span, 'invalid syntax');
  const matcher: Matcher = { l, captures: new Map() };
  const open = patterns.length > 1 || hasToken(clause, ',');
  const steps = open ? sequenceSteps(matcher, patterns, subject, span) : patternSteps(matcher, [first], subject);
  const irrefutable = !steps.some((step) => 'test' in step);
  const binds = [...matcher.captures].map(([name, { ref, span: at }]): Stmt => {
    return {
      kind: 'assign',
      span: at,
      targets: [bindName(l.table, l.scope, name, at)],
      value: { kind: 'name', span: at, ref },
      declares: false,
    };
  });
  const guardClause = field(clause, 'guard');
  const condition = guardClause === null ? undefined : namedChildren(guardClause)[0];
  const guard = condition === undefined ? null : lowerExpr(l, condition);
  const body = lowerBlock(l, block, clause);
  if (!irrefutable) return { span, test: conjunction(steps, span), guard, binds, body };
  // Nothing can fail: what the steps keep is kept by statements.
  const kept = steps.map((step): Stmt => ({ kind: 'expr', span, value: 'test' in step ? step.test : step.first }));
  return { span, test: null, guard, binds: [...kept, ...binds], body };
}

/** The statements of one case; `next` are those of the cases after it. */
function caseStatements(one: LoweredCase, next: Stmt[]): Stmt[] {
  const { span, test, guard, binds, body } = one;
  if (guard === null) {
    if (test === null) return [...binds, ...body];
    return [{ kind: 'if', span, test, then: [...binds, ...body], else: next }];
  }
  if (test === null) return [...binds, { kind: 'if', span, test: guard, then: body, else: next }];
  const assignments = binds.flatMap((bind) => {
    const target = bind.kind === 'assign' ? bind.targets[0] : undefined;
    return bind.kind === 'assign' && target !== undefined ? [{ kind: 'assign' as const, span: bind.span, target, value: bind.value }] : [];
  });
  const guarded: Expr = assignments.length === 0 ? guard : { kind: 'sequence', span: guard.span, items: [...assignments, guard] };
  return [{ kind: 'if', span, test: { kind: 'logical', span, op: 'and', left: test, right: guarded }, then: body, else: next }];
}

/** All steps as one condition; null when nothing can fail and nothing is to be done. */
function conjunction(steps: Step[], span: Span): Expr | null {
  let condition: Expr | null = null;
  let pending: Expr[] = [];
  const add = (test: Expr): void => {
    const step: Expr = pending.length === 0 ? test : { kind: 'sequence', span: test.span, items: [...pending, test] };
    pending = [];
    condition = condition === null ? step : { kind: 'logical', span, op: 'and', left: condition, right: step };
  };
  for (const step of steps) {
    if ('test' in step) add(step.test);
    else pending.push(step.first);
  }
  if (pending.length > 0) add(booleanConst(true, span));
  return condition;
}

function intrinsic(name: PythonIntrinsic, span: Span, args: Expr[]): Expr {
  return { kind: 'intrinsic', span, name, args };
}

/** The value under a name, so that it can be read several times: as it is when it is in a variable. */
function hold(scope: Scope, name: string, subject: Subject, span: Span): { first: Step[]; read: Subject } {
  const value = subject();
  if (value.kind === 'name') return { first: [], read: subject };
  const kept = keep(scope, name, value, span);
  return { first: [{ first: kept.assign }], read: kept.read };
}

/** Keeps a value in a hidden variable: the assignment, and how to read it. */
function keep(scope: Scope, name: string, value: Expr, span: Span): { assign: Expr; read: Subject } {
  const { ref } = hiddenVariable(scope, name, span);
  return { assign: { kind: 'assign', span, target: { kind: 'name', span, ref }, value }, read: () => ({ kind: 'name', span, ref }) };
}

function itemOf(subject: Subject, index: number, span: Span): Subject {
  return () => ({ kind: 'index', span, object: subject(), index: integerConst(index, span), optional: false });
}

/** Steps of one pattern, given as its nodes (a sign and a number are two). */
function patternSteps(m: Matcher, nodes: readonly SyntaxNode[], subject: Subject): Step[] {
  const { l } = m;
  const [node] = nodes;
  const last = nodes[nodes.length - 1];
  if (node === undefined || last === undefined) return reject(l, { start: 0, end: 0 }, 'expected a pattern');
  const span = { start: node.start, end: last.end };
  return deeper(l, node, (): Step[] => {
    switch (node.type) {
      case 'case_pattern':
        return patternSteps(m, node.children, subject);
      case '_':
        return [];
      case 'as_pattern': {
        const [inner, name] = namedChildren(node);
        if (inner === undefined || name === undefined) reject(l, span, 'invalid pattern');
        const kept = hold(l.scope, '.as', subject, span);
        return [...kept.first, ...patternSteps(m, [inner], kept.read), ...captureSteps(m, name, kept.read)];
      }
      case 'union_pattern':
        return unionSteps(m, node, subject);
      case 'list_pattern':
        return sequenceSteps(m, namedChildren(node), subject, span);
      case 'tuple_pattern': {
        const inner = namedChildren(node);
        const [only] = inner;
        if (only !== undefined && inner.length === 1 && !hasToken(node, ',')) return patternSteps(m, [only], subject);
        return sequenceSteps(m, inner, subject, span);
      }
      case 'dict_pattern':
        return mappingSteps(m, node, subject);
      case 'class_pattern':
        return classSteps(m, node, subject);
      case 'dotted_name': {
        const [name, ...attributes] = namedChildren(node);
        if (name === undefined) reject(l, span, 'invalid pattern');
        if (attributes.length === 0) return captureSteps(m, name, subject);
        return [{ test: { kind: 'compare', span, first: subject(), rest: [{ op: '==', right: dottedValue(l, node) }] } }];
      }
      case 'none':
      case 'true':
      case 'false':
        return [{ test: { kind: 'compare', span, first: subject(), rest: [{ op: 'is', right: lowerExpr(l, node) }] } }];
      default:
        return [{ test: { kind: 'compare', span, first: subject(), rest: [{ op: '==', right: literalValue(l, nodes) }] } }];
    }
  });
}

function captureSteps(m: Matcher, nameNode: SyntaxNode, subject: Subject): Step[] {
  const { l } = m;
  const text = textOf(l, nameNode);
  if (text === '_') return [];
  const span = spanOf(nameNode);
  const name = mangle(text, l.scope.className);
  let capture = m.captures.get(name);
  if (capture === undefined) {
    capture = { ref: hiddenVariable(l.scope, `.${name}`, span).ref, span };
    m.captures.set(name, capture);
  }
  return [{ first: { kind: 'assign', span, target: { kind: 'name', span, ref: capture.ref }, value: subject() } }];
}

function unionSteps(m: Matcher, node: SyntaxNode, subject: Subject): Step[] {
  const span = spanOf(node);
  const kept = hold(m.l.scope, '.or', subject, span);
  let any: Expr | null = null;
  for (const alternative of split(node.children, '|')) {
    const steps = patternSteps(m, alternative, kept.read);
    const test = conjunction(steps, span) ?? booleanConst(true, span);
    any = any === null ? test : { kind: 'logical', span, op: 'or', left: any, right: test };
  }
  return any === null ? [] : [...kept.first, { test: any }];
}

function sequenceSteps(m: Matcher, patterns: readonly SyntaxNode[], subject: Subject, span: Span): Step[] {
  const { l } = m;
  const stars = patterns.filter((pattern) => splat(pattern) !== null);
  if (stars.length > 1) reject(l, span, 'multiple starred expressions in sequence pattern');
  const starAt = patterns.findIndex((pattern) => splat(pattern) !== null);
  const hasStar = starAt >= 0;
  const before = hasStar ? starAt : patterns.length;
  const after = hasStar ? patterns.length - starAt - 1 : 0;
  const whole = hold(l.scope, '.sequence', subject, span);
  const lengthTest = intrinsic('py.match_sequence', span, [whole.read(), integerConst(before + after, span), booleanConst(hasStar, span)]);
  const steps: Step[] = [...whole.first, { test: lengthTest }];
  // As CPython: when every part is a wildcard only the length matters.
  if (patterns.every(isWildcard)) return steps;
  const parts: Step[] = [];
  const unpack = intrinsic('py.match_unpack', span, [
    whole.read(),
    integerConst(before, span),
    integerConst(after, span),
    booleanConst(hasStar, span),
  ]);
  const items = keep(l.scope, '.items', unpack, span);
  patterns.forEach((pattern, i) => {
    const star = splat(pattern);
    const item = itemOf(items.read, i, spanOf(pattern));
    parts.push(...(star === null ? patternSteps(m, [pattern], item) : captureSteps(m, star, item)));
  });
  return [...steps, { first: items.assign }, ...parts];
}

/** `_` and `*_`. */
function isWildcard(pattern: SyntaxNode): boolean {
  const node = pattern.type === 'case_pattern' ? pattern.children[0] : pattern;
  return node?.type === '_' || splat(pattern)?.type === '_';
}

/** The name after the star of `*rest`, when the pattern is one. */
function splat(pattern: SyntaxNode): SyntaxNode | null {
  const node = pattern.type === 'case_pattern' ? pattern.children[0] : pattern;
  if (node?.type !== 'splat_pattern') return null;
  return node.children.find((child) => child.type === 'identifier' || child.type === '_') ?? null;
}

function mappingSteps(m: Matcher, node: SyntaxNode, subject: Subject): Step[] {
  const { l } = m;
  const span = spanOf(node);
  const whole = hold(l.scope, '.mapping', subject, span);
  const entries: { key: SyntaxNode[]; value: SyntaxNode }[] = [];
  let rest: SyntaxNode | null = null;
  let key: SyntaxNode[] = [];
  for (const child of node.children) {
    if (child.field === 'key') key.push(child);
    else if (child.field === 'value') {
      entries.push({ key, value: child });
      key = [];
    } else if (child.type === 'splat_pattern') rest = splat(child);
  }
  const steps: Step[] = [...whole.first, { test: intrinsic('py.match_mapping', span, [whole.read(), integerConst(entries.length, span)]) }];
  const parts: Step[] = [];
  for (const entry of entries) {
    const at = spanOf(entry.value);
    const found = keep(l.scope, '.value', intrinsic('py.match_key', at, [whole.read(), literalValue(l, entry.key)]), at);
    steps.push({ test: found.assign });
    parts.push(...patternSteps(m, [entry.value], itemOf(found.read, 0, at)));
  }
  if (rest !== null) {
    const keys: Expr = { kind: 'tuple', span, items: entries.map((entry) => ({ kind: 'value', value: literalValue(l, entry.key) })) };
    parts.push(...captureSteps(m, rest, () => intrinsic('py.match_rest', span, [whole.read(), keys])));
  }
  return [...steps, ...parts];
}

function classSteps(m: Matcher, node: SyntaxNode, subject: Subject): Step[] {
  const { l } = m;
  const span = spanOf(node);
  const [name, ...args] = namedChildren(node);
  if (name === undefined) reject(l, span, 'invalid pattern');
  const whole = hold(l.scope, '.object', subject, span);
  const cls = keep(l.scope, '.class', dottedValue(l, name), spanOf(name));
  const steps: Step[] = [...whole.first, { first: cls.assign }, { test: intrinsic('py.match_class', span, [whole.read(), cls.read()]) }];
  const keywords = args.map(keywordOf);
  const count = keywords.filter((keyword) => keyword === null).length;
  const parts: Step[] = [];
  args.forEach((arg, i) => {
    const at = spanOf(arg);
    const keyword = keywords[i] ?? null;
    if (keyword === null && i >= count) reject(l, at, 'positional patterns follow keyword patterns');
    const get =
      keyword === null
        ? intrinsic('py.match_positional', at, [whole.read(), cls.read(), integerConst(i, at), integerConst(count, at)])
        : intrinsic('py.match_attr', at, [whole.read(), stringConst(textOf(l, keyword.name), spanOf(keyword.name))]);
    const found = keep(l.scope, '.attribute', get, at);
    steps.push({ test: found.assign });
    const item = itemOf(found.read, 0, at);
    if (keyword === null) parts.push(...patternSteps(m, [arg], item));
    else {
      const kept = keyword.alias === null ? null : hold(l.scope, '.as', item, at);
      if (kept !== null) parts.push(...kept.first);
      parts.push(...patternSteps(m, keyword.pattern, kept?.read ?? item));
      if (kept !== null && keyword.alias !== null) parts.push(...captureSteps(m, keyword.alias, kept.read));
    }
  });
  return [...steps, ...parts];
}

/** `name=pattern`, and `name=pattern as alias`, which the grammar groups the other way round. */
function keywordOf(arg: SyntaxNode): { name: SyntaxNode; pattern: SyntaxNode[]; alias: SyntaxNode | null } | null {
  let node = arg.type === 'case_pattern' ? arg.children[0] : arg;
  let alias: SyntaxNode | null = null;
  if (node?.type === 'as_pattern') {
    const [inner, name] = namedChildren(node);
    if (inner?.type !== 'case_pattern' || inner.children[0]?.type !== 'keyword_pattern') return null;
    node = inner.children[0];
    alias = name ?? null;
  }
  if (node?.type !== 'keyword_pattern') return null;
  const [name, , ...pattern] = node.children;
  return name === undefined ? null : { name, pattern, alias };
}

function dottedValue(l: Lowering, node: SyntaxNode): Expr {
  const [first, ...attributes] = namedChildren(node);
  if (first === undefined) return reject(l, spanOf(node), 'invalid pattern');
  let value: Expr = useName(l.table, l.scope, mangle(textOf(l, first), l.scope.className), spanOf(first));
  for (const attribute of attributes) {
    const span = { start: node.start, end: attribute.end };
    value = {
      kind: 'attr',
      span,
      object: value,
      name: mangle(textOf(l, attribute), l.scope.className),
      nameSpan: spanOf(attribute),
      optional: false,
    };
  }
  return value;
}

/** A literal of a pattern: string, number with an optional sign, `1 - 2j`, or a dotted name. */
function literalValue(l: Lowering, nodes: readonly SyntaxNode[]): Expr {
  const [first] = nodes;
  const last = nodes[nodes.length - 1];
  if (first === undefined || last === undefined) return reject(l, { start: 0, end: 0 }, 'expected a pattern');
  const span = { start: first.start, end: last.end };
  switch (first.type) {
    case 'case_pattern':
      return literalValue(l, first.children);
    case 'string':
    case 'concatenated_string': {
      const value = lowerString(l, first);
      return value.kind === 'template' ? reject(l, span, 'patterns may only match literals and attribute lookups') : value;
    }
    case 'none':
    case 'true':
    case 'false':
      return lowerExpr(l, first);
    case 'dotted_name':
      return dottedValue(l, first);
    case 'complex_pattern': {
      const numbers = first.children.filter((child) => child.named);
      const sign = first.children.find(
        (child, i) => i > 0 && (child.type === '+' || child.type === '-') && first.children[i - 1]?.named === true,
      );
      const [real, imaginary] = numbers;
      if (real === undefined || imaginary === undefined) return reject(l, span, 'invalid pattern');
      const negative = first.children[0]?.type === '-';
      return {
        kind: 'binary',
        span,
        op: sign?.type === '-' ? '-' : '+',
        left: number(l, real, negative),
        right: number(l, imaginary, false),
      };
    }
    case '-':
      return number(l, last, true);
    case 'integer':
    case 'float':
      return number(l, first, false);
    default:
      return reject(l, span, 'patterns may only match literals and attribute lookups');
  }
}

function number(l: Lowering, node: SyntaxNode, negative: boolean): Expr {
  const span = spanOf(node);
  const { value, problem } = decodeNumber(textOf(l, node));
  if (value === null) return reject(l, span, problem ?? 'invalid number', 'number literal');
  if (problem !== null) report(l, span, problem);
  if (!negative) return { kind: 'const', span, value };
  if (value.type === 'integer') return { kind: 'const', span, value: { type: 'integer', value: -value.value } };
  if (value.type === 'number') return { kind: 'const', span, value: { type: 'number', value: -value.value } };
  return { kind: 'unary', span, op: '-', operand: { kind: 'const', span, value } };
}

/** Groups nodes between separators. */
function split(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.type === separator) groups.push([]);
    else groups[groups.length - 1]?.push(node);
  }
  return groups;
}
