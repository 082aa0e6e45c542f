/** Import statements: one core statement per module named. */
import type { ImportName, Stmt } from '../../core/program/program.ts';
import { type Lowering, reject, report, spanOf, textOf } from './context.ts';
import { bindName, mangle } from './scopes.ts';
import { type SyntaxNode, field, hasToken } from './syntax.ts';

/** `import a.b, c as d`. */
export function lowerImport(l: Lowering, node: SyntaxNode): Stmt[] {
  return names(node).map((child): Stmt => {
    const { path, alias } = nameParts(l, child);
    const module = dotted(l, path);
    const first = module.split('.')[0] ?? module;
    const local = alias === null ? bind(l, first, path) : bind(l, textOf(l, alias), alias);
    return {
      kind: 'import',
      span: spanOf(node),
      module,
      level: 0,
      names: [{ imported: null, local, topLevel: alias === null, span: spanOf(child) }],
    };
  });
}

/** `from .a import b as c, d` and `from a import *`. */
export function lowerImportFrom(l: Lowering, node: SyntaxNode): Stmt[] {
  const span = spanOf(node);
  let module = '__future__';
  let level = 0;
  if (node.type === 'import_from_statement') {
    const source = field(node, 'module_name');
    if (source === null) reject(l, span, 'invalid syntax');
    const prefix = source.type === 'relative_import' ? source.children.find((child) => child.type === 'import_prefix') : undefined;
    const path = source.type === 'relative_import' ? source.children.find((child) => child.type === 'dotted_name') : source;
    level = prefix === undefined ? 0 : [...textOf(l, prefix)].filter((c) => c === '.').length;
    module = path === undefined ? '' : dotted(l, path);
  }
  const wildcard = node.children.find((child) => child.type === 'wildcard_import');
  if (wildcard !== undefined) {
    if (l.scope.kind !== 'module') report(l, span, 'import * only allowed at module level');
    return [{ kind: 'import', span, module, level, names: [{ imported: '*', local: null, topLevel: false, span: spanOf(wildcard) }] }];
  }
  const imported = names(node).map((child): ImportName => {
    const { path, alias } = nameParts(l, child);
    const name = dotted(l, path);
    const local = alias === null ? bind(l, name, path) : bind(l, textOf(l, alias), alias);
    return { imported: name, local, topLevel: false, span: spanOf(child) };
  });
  if (imported.length === 0) reject(l, span, 'expected a name to import');
  if (hasToken(node, ',') && node.children[node.children.length - 1]?.type === ',')
    report(l, span, 'trailing comma not allowed without surrounding parentheses');
  return [{ kind: 'import', span, module, level, names: imported }];
}

function names(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.field === 'name' && child.named);
}

function nameParts(l: Lowering, node: SyntaxNode): { path: SyntaxNode; alias: SyntaxNode | null } {
  if (node.type !== 'aliased_import') return { path: node, alias: null };
  const path = field(node, 'name');
  if (path === null) reject(l, spanOf(node), 'invalid syntax');
  return { path, alias: field(node, 'alias') };
}

function dotted(l: Lowering, node: SyntaxNode): string {
  const parts = node.children.filter((child) => child.named).map((child) => textOf(l, child).normalize('NFKC'));
  return parts.length === 0 ? textOf(l, node) : parts.join('.');
}

function bind(l: Lowering, name: string, at: SyntaxNode): ImportName['local'] {
  return bindName(l.table, l.scope, mangle(name, l.scope.className), spanOf(at), 'import');
}
