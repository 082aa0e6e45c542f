/** Import and export declarations: hoisted import statements, the module's export table, elision of types. */
import ts from 'typescript';
import type { Expr, ImportName, Stmt, Target } from '../../core/program/program.ts';
import type { Binding, Lowering } from './context.ts';
import { addTopLevel, declare, resolve, spanOf, textOf, nameTarget, noteWrite } from './context.ts';
import { lowerExpr } from './expressions.ts';
import { hasModifier, isErased } from './hoist.ts';

/** The spec's name for the binding an anonymous `export default` makes. */
export const DEFAULT_LOCAL = '*default*';

/** Names an import declares as values: `imported` is null for the module itself (`import x = require`). */
export function importedNames(
  node: ts.ImportDeclaration | ts.ImportEqualsDeclaration,
): { id: ts.Identifier; imported: string | null; node: ts.Node }[] {
  if (ts.isImportEqualsDeclaration(node)) return node.name.text === '' ? [] : [{ id: node.name, imported: null, node }];
  const clause = node.importClause;
  if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const names: { id: ts.Identifier; imported: string | null; node: ts.Node }[] = [];
  if (clause.name) names.push({ id: clause.name, imported: 'default', node: clause.name });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push({ id: bindings.name, imported: '*', node: bindings });
  if (bindings && ts.isNamedImports(bindings)) {
    for (const e of bindings.elements) {
      if (!e.isTypeOnly) names.push({ id: e.name, imported: (e.propertyName ?? e.name).text, node: e });
    }
  }
  return names.filter((n) => n.id.text !== '');
}

/** `import …`: collected in `l.imports`; the module body starts with those that are not erased. */
export function lowerImport(l: Lowering, node: ts.ImportDeclaration): void {
  if (!ts.isStringLiteral(node.moduleSpecifier)) return;
  const clause = node.importClause;
  const types = clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
  const isType = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  for (const e of types)
    if (isType || e.isTypeOnly) noteTypeImport(l, node.moduleSpecifier.text, (e.propertyName ?? e.name).text, e.name.text);
  if (isType && clause.name) noteTypeImport(l, node.moduleSpecifier.text, 'default', clause.name.text);
  if (isType) return;
  const names = importedNames(node);
  const bindings = new Map<string, Binding>();
  const imported = names.map((n): ImportName => {
    const binding = l.scope.names.get(n.id.text);
    if (binding) bindings.set(n.id.text, binding);
    return {
      imported: n.imported,
      local: { kind: 'name', span: spanOf(l, n.id), ref: { kind: 'global', name: n.id.text } },
      topLevel: false,
      span: spanOf(l, n.node),
    };
  });
  addImport(l, node, node.moduleSpecifier.text, imported, bindings, clause === undefined);
}

function addImport(l: Lowering, node: ts.Node, module: string, names: ImportName[], bindings: Map<string, Binding>, bare: boolean): void {
  l.imports.push({ stmt: { kind: 'import', span: spanOf(l, node), module, level: 0, names }, bindings, bare });
}

/** `import x = require('m')` is an import; `import x = A.B` an alias, erased when only types use it. */
export function lowerImportEquals(l: Lowering, node: ts.ImportEqualsDeclaration, out: Stmt[]): void {
  const span = spanOf(l, node);
  const name = node.name.text;
  const binding = l.scope.names.get(name);
  const reference = node.moduleReference;
  if (hasModifier(node, ts.SyntaxKind.ExportKeyword)) exportName(l, name, name);
  if (ts.isExternalModuleReference(reference)) {
    if (!ts.isStringLiteral(reference.expression) || l.scope.kind !== 'module') return;
    const local: Target = { kind: 'name', span: spanOf(l, node.name), ref: { kind: 'global', name } };
    addImport(
      l,
      node,
      reference.expression.text,
      [{ imported: null, local, topLevel: false, span }],
      binding ? new Map([[name, binding]]) : new Map(),
      false,
    );
    return;
  }
  const value = entityExpr(l, reference);
  if (value) out.push({ kind: 'assign', span, targets: [nameTarget(l, name, spanOf(l, node.name), true)], value, declares: true });
}

function entityExpr(l: Lowering, name: ts.EntityName): Expr | null {
  if (ts.isIdentifier(name)) return lowerExpr(l, name);
  const object = entityExpr(l, name.left);
  if (!object) return null;
  return { kind: 'attr', span: spanOf(l, name), object, name: name.right.text, nameSpan: spanOf(l, name.right), optional: false };
}

/** Import statements that remain once it is known which names are used as values. */
export function keptImports(l: Lowering): Stmt[] {
  const kept: Stmt[] = [];
  const erased = new Set<string>();
  for (const { stmt, bindings, bare } of l.imports) {
    const names = l.erasesImports ? stmt.names.filter((n) => isUsed(n, bindings)) : stmt.names;
    for (const n of stmt.names) {
      if (names.includes(n) || n.local?.kind !== 'name' || n.local.ref.kind !== 'global') continue;
      erased.add(n.local.ref.name);
      if (n.imported !== null) noteTypeImport(l, stmt.module, n.imported, n.local.ref.name);
    }
    if (names.length > 0 || bare || !l.erasesImports) kept.push({ ...stmt, names });
  }
  if (erased.size > 0) l.module.globals = l.module.globals.filter((g) => g.kind !== 'import' || !erased.has(g.name));
  return kept;
}

function noteTypeImport(l: Lowering, module: string, imported: string, local: string): void {
  if (imported !== '*') (l.module.typeImports ??= []).push({ local, imported, module });
}

function isUsed(n: ImportName, bindings: Map<string, Binding>): boolean {
  if (n.local?.kind !== 'name' || n.local.ref.kind !== 'global') return true;
  const binding = bindings.get(n.local.ref.name);
  return binding === undefined || binding.uses > 0;
}

/** Records an export and that its local name is used. */
export function exportName(l: Lowering, exported: string, local: string): void {
  const binding = resolve(l, local, Number.MAX_SAFE_INTEGER);
  if (binding) binding.uses++;
  l.module.exports.push({ exported, local });
}

/** `export {…}`, `export {…} from`, `export * from`. */
export function lowerExportDeclaration(l: Lowering, node: ts.ExportDeclaration): void {
  if (node.isTypeOnly) return;
  const clause = node.exportClause;
  const from = node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null;
  if (from === null) {
    if (!clause || !ts.isNamedExports(clause)) return;
    for (const e of clause.elements) {
      const local = (e.propertyName ?? e.name).text;
      // A name no code declares is a type (or a mistake the type checker reports).
      if (!e.isTypeOnly && l.scope.names.has(local)) exportName(l, e.name.text, local);
    }
    return;
  }
  const names: ImportName[] = [];
  const add = (imported: string, exported: string, at: ts.Node): void => {
    const local = exported === '*' ? `*from ${from}*` : `*${exported} from ${from}*`;
    const span = spanOf(l, at);
    declare(l, l.scope, { name: local, span, kind: 'import', readyAt: 0 });
    names.push({ imported, local: { kind: 'name', span, ref: { kind: 'global', name: local } }, topLevel: false, span });
    l.module.exports.push({ exported, local });
  };
  if (!clause) add('*', '*', node);
  else if (ts.isNamespaceExport(clause)) add('*', clause.name.text, clause);
  else for (const e of clause.elements) if (!e.isTypeOnly) add((e.propertyName ?? e.name).text, e.name.text, e);
  addImport(l, node, from, names, new Map(), names.length === 0);
}

/** `export default expression` and `export = expression`. */
export function lowerExportAssignment(l: Lowering, node: ts.ExportAssignment, out: Stmt[]): void {
  const span = spanOf(l, node);
  if (ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    // The value of an interface or type that is exported by name is nothing at all.
    if (!l.scope.names.has(name) && l.erasesImports) return;
    if (node.isExportEquals) {
      exportName(l, 'default', name);
      out.push(moduleExports(l, node, lowerExpr(l, node.expression)));
      return;
    }
  }
  if (node.isExportEquals) {
    const value = lowerExpr(l, node.expression, { name: '', display: 'module.exports', span: spanOf(l, node.expression), exported: true });
    out.push(moduleExports(l, node, value));
    return;
  }
  const nameSpan = { start: span.start, end: Math.min(span.end, span.start + 'export default'.length) };
  const value = lowerExpr(l, node.expression, {
    name: 'default',
    display: 'default',
    span: nameSpan,
    topLevel: DEFAULT_LOCAL,
    exported: true,
  });
  if (ts.isIdentifier(node.expression)) {
    // Later changes of the variable are not seen by importers, but the functions behind it are the exported ones.
    for (const value of l.topLevel.get(node.expression.text) ?? []) addTopLevel(l, DEFAULT_LOCAL, value);
    const binding = l.scope.names.get(node.expression.text);
    if (binding?.global?.kind === 'function' || binding?.global?.kind === 'class' || binding?.global?.kind === 'const') {
      l.module.exports.push({ exported: 'default', local: node.expression.text });
      return;
    }
  }
  out.push(defaultExport(l, node, value));
}

/** Binds the value of `export default` to its hidden top-level name. */
export function defaultExport(l: Lowering, node: ts.Node, value: Expr): Stmt {
  const span = spanOf(l, node);
  const nameSpan = { start: span.start, end: Math.min(span.end, span.start + 'export default'.length) };
  const binding = declare(l, l.scope, { name: DEFAULT_LOCAL, span: nameSpan, kind: 'const', readyAt: 0 });
  noteWrite(l, binding, true);
  l.module.exports.push({ exported: 'default', local: DEFAULT_LOCAL });
  return {
    kind: 'assign',
    span,
    targets: [{ kind: 'name', span: nameSpan, ref: { kind: 'global', name: DEFAULT_LOCAL } }],
    value,
    declares: true,
  };
}

/** `export = v` is `module.exports = v`. */
function moduleExports(l: Lowering, node: ts.Node, value: Expr): Stmt {
  const span = spanOf(l, node);
  const at = { start: span.start, end: Math.min(span.end, span.start + 'export'.length) };
  const object: Expr = { kind: 'name', span: at, ref: { kind: 'global', name: 'module' } };
  return {
    kind: 'expr',
    span,
    value: { kind: 'assign', span, target: { kind: 'attr', span: at, object, name: 'exports', nameSpan: at }, value },
  };
}

/** `module.exports = …` or `exports.f = …` written at the top level: what it exports, null when it is neither. */
export function commonJsExport(l: Lowering, target: ts.Expression): { name: string | null } | null {
  if (!ts.isPropertyAccessExpression(target)) return null;
  const isFree = (e: ts.Expression, name: string): boolean => ts.isIdentifier(e) && e.text === name && !l.scope.names.has(name);
  const isModuleExports = (e: ts.Expression): boolean =>
    ts.isPropertyAccessExpression(e) && e.name.text === 'exports' && isFree(e.expression, 'module');
  if (isModuleExports(target)) return { name: null };
  if (isFree(target.expression, 'exports') || isModuleExports(target.expression)) return { name: target.name.text };
  return null;
}

/** Records what `module.exports = value` (name null) or `exports.name = value` exports by name. */
export function recordCommonJs(l: Lowering, name: string | null, value: ts.Expression): void {
  if (ts.isIdentifier(value)) {
    if (l.scope.names.has(value.text)) exportName(l, name ?? 'default', value.text);
    return;
  }
  if (name !== null || !ts.isObjectLiteralExpression(value)) return;
  for (const p of value.properties) {
    if (ts.isShorthandPropertyAssignment(p) && l.scope.names.has(p.name.text)) exportName(l, p.name.text, p.name.text);
    else if (
      ts.isPropertyAssignment(p) &&
      ts.isIdentifier(p.initializer) &&
      !ts.isComputedPropertyName(p.name) &&
      l.scope.names.has(p.initializer.text)
    ) {
      exportName(l, ts.isIdentifier(p.name) ? p.name.text : textOf(l, p.name).replace(/^['"]|['"]$/g, ''), p.initializer.text);
    }
  }
}

/** `export` in front of a declaration. */
export function recordExported(l: Lowering, node: ts.Statement, names: readonly string[]): void {
  if (isErased(node) || !hasModifier(node, ts.SyntaxKind.ExportKeyword) || l.scope.kind !== 'module') return;
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
  for (const name of names) exportName(l, isDefault ? 'default' : name, name);
}
