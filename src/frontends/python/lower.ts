/** A copied syntax tree to a core module. */
import type { FrontEndResult, FunctionDef, Module, Problem, Span } from '../../core/program/program.ts';
import type { Lowering } from './context.ts';
import { syntaxProblems } from './problems.ts';
import { createSymbolTable, openScope, resolveScopes } from './scopes.ts';
import { lowerStatement, lowerStatements } from './statements.ts';
import type { SyntaxNode } from './syntax.ts';

/** Lowers the tree of a whole file. Never throws. */
export function lowerModule(path: string, text: string, root: SyntaxNode, directives: Module['directives']): FrontEndResult {
  const problems: Problem[] = [];
  const body = moduleFunction(text);
  const table = createSymbolTable();
  const scope = openScope(table, 'module', null, body);
  const l: Lowering = { text, table, problems, functions: [body], classes: [], scope, depth: 0, starAt: -1 };
  // When nothing made sense the root itself is an error.
  body.body = root.type === 'module' ? lowerStatements(l, root.children) : lowerStatement(l, root);
  const globals = resolveScopes(table, problems);
  const functions = number(l.functions);
  const classes = number(l.classes);
  const all = [...syntaxProblems(root, text), ...problems].map((problem) => ({ ...problem, span: clamp(problem.span, text.length) }));
  all.sort((a, b) => a.span.start - b.span.start);
  const module: Module = { language: 'python', path, text, body, functions, classes, globals, exports: [], directives };
  return { module, problems: all };
}

/** The result for a text that was not parsed: an empty module and the reason. */
export function emptyModule(path: string, text: string, message: string): FrontEndResult {
  const body = moduleFunction(text);
  const span = { start: 0, end: text.length };
  body.body = [{ kind: 'unsupported', span, what: message }];
  const module: Module = { language: 'python', path, text, body, functions: [body], classes: [], globals: [], exports: [], directives: [] };
  return { module, problems: [{ message, span: { start: 0, end: Math.min(1, text.length) } }] };
}

function moduleFunction(text: string): FunctionDef {
  return {
    id: 0,
    name: '<module>',
    qualifiedName: '<module>',
    kind: 'module',
    isAsync: false,
    isGenerator: false,
    isStatic: false,
    exported: false,
    params: [],
    variables: [],
    body: [],
    decorators: [],
    span: { start: 0, end: text.length },
    nameSpan: { start: 0, end: 0 },
    parent: null,
    owner: null,
  };
}

/** Sorts by place in the source, the module body and what is outermost first, and gives out ids. */
function number<T extends { id: number; span: Span; kind?: string }>(nodes: T[]): T[] {
  const rank = (node: T): number => (node.kind === 'module' ? 0 : 1);
  const sorted = [...nodes].sort((a, b) => rank(a) - rank(b) || a.span.start - b.span.start || b.span.end - a.span.end);
  sorted.forEach((node, i) => {
    node.id = i;
  });
  return sorted;
}

function clamp(span: Span, length: number): Span {
  const start = Math.min(Math.max(span.start, 0), length);
  return { start, end: Math.min(Math.max(span.end, start), length) };
}
