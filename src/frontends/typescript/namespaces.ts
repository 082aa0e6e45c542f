/**
 * Namespaces: an object, and a block that fills it. Exported names of a namespace are properties of
 * its object, also where its own code mentions them; the others are variables of the block.
 */
import ts from 'typescript';
import type { Expr, Stmt } from '../../core/program/program.ts';
import type { Binding, Lowering } from './context.ts';
import { bindingTarget, inBlockScope, noteWrite, resolve, spanOf } from './context.ts';
import { declareMember, firstOf } from './enums.ts';
import { boundNames, declareLexical, declareVars, hasModifier, isErased } from './hoist.ts';
import { recordExported } from './imports.ts';
import { lowerStatement, lowerStatements } from './statements.ts';

export function lowerNamespace(l: Lowering, node: ts.ModuleDeclaration, out: Stmt[]): void {
  if (!ts.isIdentifier(node.name) || node.name.text === '' || !node.body) return;
  const name = node.name.text;
  const at = spanOf(l, node.name);
  recordExported(l, node, [name]);
  const binding = resolve(l, name, Number.MAX_SAFE_INTEGER);
  if (!binding) return;
  out.push(...createObject(l, node.name, binding));
  const body = node.body;
  const outer = l.namespace;
  l.namespace = `${outer}${name}.`;
  inBlockScope(l, (scope) => {
    const span = spanOf(l, node);
    if (ts.isModuleDeclaration(body)) {
      // `namespace A.B {}`: B is exported by A.
      if (ts.isIdentifier(body.name)) declareMember(scope, body.name.text, binding);
      const inner: Stmt[] = [];
      lowerStatement(l, body, inner);
      out.push({ kind: 'block', span, label: null, variables: scope.variables, body: inner });
      return;
    }
    if (!ts.isModuleBlock(body)) return;
    for (const s of body.statements) for (const exported of exportedNames(s)) declareMember(scope, exported, binding);
    declareLexical(l, scope, body.statements);
    const vars = declareVars(l, scope, body.statements, () => false);
    const statements = lowerStatements(l, body.statements);
    const places = vars.flatMap((v) => (v.place.kind === 'member' ? [] : [v.place]));
    if (places.length > 0) statements.unshift({ kind: 'declare', span: at, variables: places });
    out.push({ kind: 'block', span, label: null, variables: scope.variables, body: statements });
  });
  l.namespace = outer;
}

/** The first declaration of a name makes the object; a later one, or one that adds to a function or class, uses it. */
function createObject(l: Lowering, name: ts.Identifier, binding: Binding): Stmt[] {
  const span = spanOf(l, name);
  const empty: Expr = { kind: 'object', span, properties: [] };
  if (binding.place.kind === 'member') {
    const value: Expr = { kind: 'logicalAssign', span, op: 'or', target: bindingTarget(binding, span), value: empty };
    return [{ kind: 'expr', span, value }];
  }
  if (!firstOf(l, name, binding)) return [];
  noteWrite(l, binding, true);
  return [{ kind: 'assign', span, targets: [bindingTarget(binding, span)], value: empty, declares: true }];
}

/** Names of a namespace's exported declarations. */
function exportedNames(s: ts.Statement): string[] {
  if (isErased(s) || !hasModifier(s, ts.SyntaxKind.ExportKeyword)) return [];
  const names: string[] = [];
  if (ts.isVariableStatement(s)) for (const d of s.declarationList.declarations) boundNames(d.name, (id) => names.push(id.text));
  else if (
    (ts.isFunctionDeclaration(s) ||
      ts.isClassDeclaration(s) ||
      ts.isEnumDeclaration(s) ||
      ts.isModuleDeclaration(s) ||
      ts.isImportEqualsDeclaration(s)) &&
    s.name &&
    ts.isIdentifier(s.name)
  )
    names.push(s.name.text);
  return names;
}
