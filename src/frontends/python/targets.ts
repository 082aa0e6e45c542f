/** What can be assigned to, from the grammar's patterns and from expressions in a target's place. */
import type { Target, TargetItem } from '../../core/program/program.ts';
import { type Lowering, deeper, enter, reject, spanOf, textOf } from './context.ts';
import { lowerField, lowerSubscript } from './expressions.ts';
import { Times, bindName, mangle } from './scopes.ts';
import { type SyntaxNode, field, hasToken, namedChildren } from './syntax.ts';

/** A target; its names are bound in the current scope. */
export function lowerTarget(l: Lowering, node: SyntaxNode, times: Times = Times.Once): Target {
  enter(l, node);
  const lowered = target(l, node, times);
  l.depth--;
  return lowered;
}

function target(l: Lowering, node: SyntaxNode, times: Times): Target {
  const span = spanOf(node);
  switch (node.type) {
    case 'identifier':
    case 'keyword_identifier':
      return bindName(l.table, l.scope, mangle(textOf(l, node), l.scope.className), span, 'python', times);
    case 'attribute': {
      const name = field(node, 'attribute');
      if (name === null) reject(l, span, "expected a name after '.'");
      const object = lowerField(l, node, 'object');
      return { kind: 'attr', span, object, name: mangle(textOf(l, name), l.scope.className), nameSpan: spanOf(name) };
    }
    case 'subscript':
      return { kind: 'index', span, object: lowerField(l, node, 'value'), index: lowerSubscript(l, node) };
    case 'parenthesized_expression':
    case 'as_pattern_target': {
      const [inner] = namedChildren(node);
      if (inner === undefined) reject(l, span, 'expected a target');
      return lowerTarget(l, inner, times);
    }
    case 'tuple_pattern':
    case 'tuple': {
      const [inner] = namedChildren(node);
      if (inner !== undefined && node.children.length === 3 && !hasToken(node, ',') && !isStar(inner)) return lowerTarget(l, inner, times);
      return sequence(l, node, times);
    }
    case 'list_pattern':
    case 'list':
    case 'pattern_list':
    case 'expression_list':
      return sequence(l, node, times);
    case 'list_splat':
    case 'list_splat_pattern':
      return reject(l, span, 'starred assignment target must be in a list or tuple');
    default:
      return reject(l, span, `cannot assign to ${describe(node)}`);
  }
}

function isStar(node: SyntaxNode): boolean {
  return node.type === 'list_splat' || node.type === 'list_splat_pattern';
}

function sequence(l: Lowering, node: SyntaxNode, times: Times): Target {
  let stars = 0;
  const items = namedChildren(node).map((child): TargetItem => {
    if (!isStar(child)) return { target: lowerTarget(l, child, times), default: null, rest: false };
    if (++stars > 1) reject(l, spanOf(child), 'multiple starred expressions in assignment');
    const [inner] = namedChildren(child);
    if (inner === undefined) reject(l, spanOf(child), 'expected a target');
    return { target: lowerTarget(l, inner, times), default: null, rest: true };
  });
  return { kind: 'sequence', span: spanOf(node), items };
}

/** Targets of `del`: names, attributes and items; groups of them count as each of them. */
export function lowerDeleteTargets(l: Lowering, node: SyntaxNode): Target[] {
  switch (node.type) {
    case 'expression_list':
    case 'tuple':
    case 'list':
    case 'parenthesized_expression':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'pattern_list':
      return deeper(l, node, () => namedChildren(node).flatMap((child) => lowerDeleteTargets(l, child)));
    case 'identifier':
    case 'keyword_identifier':
    case 'attribute':
    case 'subscript':
      return [lowerTarget(l, node, Times.Many)];
    default:
      return reject(l, spanOf(node), `cannot delete ${describe(node)}`);
  }
}

/** A name, attribute or item, for augmented and annotated assignment. */
export function lowerSingleTarget(l: Lowering, node: SyntaxNode, times: Times, what: string): Target {
  const lowered = lowerTarget(l, node, times);
  if (lowered.kind === 'sequence') reject(l, spanOf(node), `'${describe(node)}' is an illegal expression for ${what}`);
  return lowered;
}

const descriptions: Readonly<Record<string, string>> = {
  call: 'function call',
  integer: 'literal',
  float: 'literal',
  string: 'literal',
  concatenated_string: 'literal',
  true: 'True',
  false: 'False',
  none: 'None',
  ellipsis: 'ellipsis',
  lambda: 'lambda',
  await: 'await expression',
  yield: 'yield expression',
  list: 'list',
  list_pattern: 'list',
  tuple: 'tuple',
  tuple_pattern: 'tuple',
  pattern_list: 'tuple',
  expression_list: 'tuple',
  dictionary: 'dict literal',
  set: 'set display',
  comparison_operator: 'comparison',
  conditional_expression: 'conditional expression',
  named_expression: 'named expression',
  generator_expression: 'generator expression',
  list_comprehension: 'list comprehension',
  set_comprehension: 'set comprehension',
  dictionary_comprehension: 'dict comprehension',
};

function describe(node: SyntaxNode): string {
  return descriptions[node.type] ?? 'expression';
}
