/**
 * Comprehensions and generator expressions: a function of one parameter, `.0` as in CPython, that
 * receives the iterator of the first iterable, which the code around evaluates.
 */
import type { Expr, Stmt } from '../../core/program/program.ts';
import { type Lowering, codeScope, deeper, inLoop, newFunction, reject, report, spanOf, within } from './context.ts';
import { lowerExpr, lowerField } from './expressions.ts';
import { Times, bindName, openScope, useName } from './scopes.ts';
import { type SyntaxNode, field, hasToken } from './syntax.ts';
import { lowerTarget } from './targets.ts';

type Form = 'list' | 'set' | 'dict' | 'generator';

const names: Readonly<Record<Form, string>> = { list: '<listcomp>', set: '<setcomp>', dict: '<dictcomp>', generator: '<genexpr>' };

export function lowerComprehension(l: Lowering, node: SyntaxNode, form: Form): Expr {
  const span = spanOf(node);
  const clauses = node.children.filter((child) => child.type === 'for_in_clause' || child.type === 'if_clause');
  const first = clauses[0];
  const body = field(node, 'body');
  if (first === undefined || body === null) reject(l, span, 'invalid syntax');
  const iterable = lowerIterable(l, first);
  const outer = l.scope;
  const fn = newFunction(l, 'comprehension', names[form], span, { start: span.start, end: span.start + 1 });
  const scope = openScope(l.table, 'comprehension', outer, fn);
  fn.isGenerator = form === 'generator';
  within(l, scope, () => {
    const target = bindName(l.table, scope, '.0', spanOf(first));
    fn.params.push({ kind: 'positional', target, name: '.0', default: null, span: target.span });
    fn.body = lowerClauses(l, clauses, 0, () => [element(l, body, form)]);
  });
  if (fn.isAsync && form !== 'generator') {
    if (!codeScope(outer).fn.isAsync) report(l, span, 'asynchronous comprehension outside of an asynchronous function');
    if (outer.kind === 'comprehension') outer.fn.isAsync = true;
  }
  return { kind: 'comprehension', span, form, fn, iterable };
}

function lowerIterable(l: Lowering, clause: SyntaxNode): Expr {
  const iterables = clause.children.filter((child) => child.field === 'right' && child.named);
  const [iterable] = iterables;
  if (iterable === undefined || iterables.length > 1) reject(l, spanOf(clause), 'an iterable with commas needs parentheses here');
  return lowerExpr(l, iterable);
}

function lowerClauses(l: Lowering, clauses: SyntaxNode[], at: number, innermost: () => Stmt[]): Stmt[] {
  const clause = clauses[at];
  if (clause === undefined) return innermost();
  return deeper(l, clause, (): Stmt[] => {
    const inside = (): Stmt[] => lowerClauses(l, clauses, at + 1, innermost);
    const span = { start: clause.start, end: clause.end };
    if (clause.type === 'if_clause') {
      const condition = clause.children.find((child) => child.named);
      if (condition === undefined) reject(l, span, 'expected an expression');
      return [{ kind: 'if', span, test: lowerExpr(l, condition), then: inside(), else: [] }];
    }
    const isAsync = hasToken(clause, 'async');
    if (isAsync) l.scope.fn.isAsync = true;
    const left = field(clause, 'left');
    if (left === null) reject(l, span, 'expected a name');
    const iterable = at === 0 ? useName(l.table, l.scope, '.0', spanOf(field(clause, 'right') ?? clause)) : lowerIterable(l, clause);
    return inLoop(l, (): Stmt[] => {
      const target = lowerTarget(l, left, Times.Many);
      return [{ kind: 'forEach', span, label: null, target, iterable, isAsync, body: inside(), orElse: [], perIteration: [] }];
    });
  });
}

function element(l: Lowering, body: SyntaxNode, form: Form): Stmt {
  const span = spanOf(body);
  if (form === 'dict') {
    const key = lowerField(l, body, 'key');
    return { kind: 'collect', span, key, value: lowerField(l, body, 'value') };
  }
  const value = lowerExpr(l, body);
  if (form === 'generator') return { kind: 'expr', span, value: { kind: 'yield', span, value, delegate: false } };
  return { kind: 'collect', span, key: null, value };
}
