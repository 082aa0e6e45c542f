/**
 * Which names a statement list declares before any of it runs: `var` names of a whole function,
 * and the lexical names, functions and imports of one block. Erased declarations (types, overloads,
 * `declare`) declare nothing.
 */
import ts from 'typescript';
import type { Binding, Lowering, Scope } from './context.ts';
import { declare, spanOf } from './context.ts';
import { kinds } from './kinds.ts';
import { importedNames } from './imports.ts';

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return node.modifiers?.some((m) => m.kind === kind) ?? false;
}

/** Kinds that may be erased or declare something; most statements are neither. */
const declarations = kinds(
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.NamespaceExportDeclaration,
  ts.SyntaxKind.EmptyStatement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
  ts.SyntaxKind.LabeledStatement,
);

/** Statements in which no `var` can be. */
const withoutVars = kinds(
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.ThrowStatement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.BreakStatement,
  ts.SyntaxKind.ContinueStatement,
);

/** `declare`d statements, types and overload signatures have no meaning at run time. */
export function isErased(node: ts.Statement): boolean {
  if (declarations[node.kind] !== 1) return false;
  switch (node.kind) {
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.NamespaceExportDeclaration:
    case ts.SyntaxKind.EmptyStatement:
      return true;
    case ts.SyntaxKind.FunctionDeclaration:
      return (node as ts.FunctionDeclaration).body === undefined || hasModifier(node, ts.SyntaxKind.DeclareKeyword);
    case ts.SyntaxKind.ModuleDeclaration:
      return hasModifier(node, ts.SyntaxKind.DeclareKeyword) || !isInstantiated(node as ts.ModuleDeclaration);
    case ts.SyntaxKind.VariableStatement:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.EnumDeclaration:
      return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
    case ts.SyntaxKind.ImportEqualsDeclaration:
      return (node as ts.ImportEqualsDeclaration).isTypeOnly;
    default:
      return false;
  }
}

/** A namespace that holds only types leaves nothing behind; neither does `declare module 'x'`. */
function isInstantiated(node: ts.ModuleDeclaration): boolean {
  if (node.name.kind === ts.SyntaxKind.StringLiteral || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return false;
  const body = node.body;
  if (!body) return false;
  if (body.kind === ts.SyntaxKind.ModuleDeclaration) return isInstantiated(body as ts.ModuleDeclaration);
  if (body.kind !== ts.SyntaxKind.ModuleBlock) return false;
  return body.statements.some((s) => !isErased(s));
}

export function isUsing(list: ts.VariableDeclarationList): boolean {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
}

export function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

/** Calls `f` for each identifier a binding pattern binds. */
export function boundNames(name: ts.BindingName, f: (id: ts.Identifier) => void): void {
  if (ts.isIdentifier(name)) {
    if (name.text !== '') f(name);
    return;
  }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) boundNames(element.name, f);
}

/** Declares the names of a let/const/using list in `scope`. */
export function declareList(l: Lowering, scope: Scope, list: ts.VariableDeclarationList): void {
  const kind = isVar(list) ? 'var' : (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Let ? 'let' : 'const';
  for (const d of list.declarations) {
    boundNames(d.name, (id) => declare(l, scope, { name: id.text, span: spanOf(l, id), kind, readyAt: d.end }));
  }
}

/** Declares everything but `var` that the statements of one block or body declare. */
export function declareLexical(l: Lowering, scope: Scope, statements: readonly ts.Statement[]): void {
  for (const s of statements) {
    if (declarations[s.kind] !== 1 || isErased(s)) continue;
    switch (s.kind) {
      case ts.SyntaxKind.VariableStatement: {
        const list = (s as ts.VariableStatement).declarationList;
        if (!isVar(list)) declareList(l, scope, list);
        break;
      }
      case ts.SyntaxKind.FunctionDeclaration:
      case ts.SyntaxKind.ClassDeclaration: {
        const node = s as ts.FunctionDeclaration | ts.ClassDeclaration;
        const kind = node.kind === ts.SyntaxKind.ClassDeclaration ? 'class' : 'function';
        if (node.name && node.name.text !== '')
          declare(l, scope, { name: node.name.text, span: spanOf(l, node.name), kind, readyAt: kind === 'class' ? node.end : 0 });
        break;
      }
      case ts.SyntaxKind.EnumDeclaration:
      case ts.SyntaxKind.ModuleDeclaration: {
        const node = s as ts.EnumDeclaration | ts.ModuleDeclaration;
        if (!ts.isIdentifier(node.name) || node.name.text === '') break;
        const known = scope.names.get(node.name.text);
        const binding = declare(l, scope, { name: node.name.text, span: spanOf(l, node.name), kind: 'const', readyAt: 0, deadZone: false });
        if (!known) binding.writes = 1;
        break;
      }
      case ts.SyntaxKind.ImportDeclaration:
      case ts.SyntaxKind.ImportEqualsDeclaration:
        for (const { id } of importedNames(s as ts.ImportDeclaration | ts.ImportEqualsDeclaration)) {
          const binding = declare(l, scope, { name: id.text, span: spanOf(l, id), kind: 'import', readyAt: 0 });
          binding.writes = 1;
        }
        break;
      case ts.SyntaxKind.LabeledStatement: {
        // A labelled function declaration is hoisted like any other.
        let inner: ts.Statement = (s as ts.LabeledStatement).statement;
        while (ts.isLabeledStatement(inner)) inner = inner.statement;
        if (ts.isFunctionDeclaration(inner)) declareLexical(l, scope, [inner]);
        break;
      }
      default:
        break;
    }
  }
}

/** Declares the `var` names of a function body or module, wherever in it they are written. */
export function declareVars(l: Lowering, scope: Scope, statements: readonly ts.Statement[], isTaken: (name: string) => boolean): Binding[] {
  const declared: Binding[] = [];
  const add = (id: ts.Identifier): void => {
    if (isTaken(id.text) || scope.names.has(id.text)) return;
    declared.push(declare(l, scope, { name: id.text, span: spanOf(l, id), kind: 'var', readyAt: 0 }));
  };
  for (const s of statements) varNames(s, add);
  return declared;
}

function varNames(node: ts.Statement | undefined, add: (id: ts.Identifier) => void): void {
  if (!node || withoutVars[node.kind] === 1 || isErased(node)) return;
  const list = (n: ts.ForInitializer | undefined): void => {
    if (n && ts.isVariableDeclarationList(n) && isVar(n)) for (const d of n.declarations) boundNames(d.name, add);
  };
  switch (node.kind) {
    case ts.SyntaxKind.VariableStatement:
      list((node as ts.VariableStatement).declarationList);
      break;
    case ts.SyntaxKind.Block:
      for (const s of (node as ts.Block).statements) varNames(s, add);
      break;
    case ts.SyntaxKind.IfStatement:
      varNames((node as ts.IfStatement).thenStatement, add);
      varNames((node as ts.IfStatement).elseStatement, add);
      break;
    case ts.SyntaxKind.DoStatement:
    case ts.SyntaxKind.WhileStatement:
      varNames((node as ts.IterationStatement).statement, add);
      break;
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
      list((node as ts.ForStatement).initializer);
      varNames((node as ts.ForStatement).statement, add);
      break;
    case ts.SyntaxKind.LabeledStatement:
      varNames((node as ts.LabeledStatement).statement, add);
      break;
    case ts.SyntaxKind.WithStatement:
      varNames((node as ts.WithStatement).statement, add);
      break;
    case ts.SyntaxKind.SwitchStatement:
      for (const clause of (node as ts.SwitchStatement).caseBlock.clauses) for (const s of clause.statements) varNames(s, add);
      break;
    case ts.SyntaxKind.TryStatement: {
      const t = node as ts.TryStatement;
      varNames(t.tryBlock, add);
      varNames(t.catchClause?.block, add);
      varNames(t.finallyBlock, add);
      break;
    }
    default:
      break;
  }
}
