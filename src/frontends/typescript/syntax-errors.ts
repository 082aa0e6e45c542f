/**
 * Which statements the parser's error recovery left unusable. The parser marks the node it was
 * finishing when it reported an error; a statement is broken when such a node belongs to it and not
 * to a statement or class member inside it, which is judged on its own.
 */
import ts from 'typescript';

/** A parsed file keeps its errors in a property that the public type does not show. */
export function parseErrors(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
}

/** True when the node, apart from the blocks and class members in it, contains a syntax error. */
export function isBroken(node: ts.Node): boolean {
  if ((node.flags & ts.NodeFlags.ThisNodeHasError) !== 0) return true;
  return ts.forEachChild(node, (child) => !isJudgedAlone(child) && isBroken(child)) ?? false;
}

/** The part of a compound statement that is not statements: its conditions, names and heritage. */
export function isHeaderBroken(node: ts.Node): boolean {
  return ts.forEachChild(node, (child) => !isJudgedAlone(child) && isBroken(child)) ?? false;
}

function isJudgedAlone(node: ts.Node): boolean {
  if (node.kind >= ts.SyntaxKind.FirstStatement && node.kind <= ts.SyntaxKind.LastStatement) return true;
  switch (node.kind) {
    case ts.SyntaxKind.Block:
    case ts.SyntaxKind.ModuleBlock:
    case ts.SyntaxKind.CaseBlock:
    case ts.SyntaxKind.CatchClause:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.ClassStaticBlockDeclaration:
      return true;
    default:
      return false;
  }
}
