/**
 * Which statements the parser's error recovery left unusable. The parser marks the node it was
 * finishing when it reported an error; a statement is broken when such a node belongs to it and not
 * to a statement or class member inside it, which is judged on its own.
 */
import ts from 'typescript';
import { kinds } from './kinds.ts';

/** A parsed file keeps its errors in a property that the public type does not show. */
export function parseErrors(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
}

/** True when the node, apart from the blocks and class members in it, contains a syntax error. */
export function isBroken(node: ts.Node): boolean {
  if ((node.flags & ts.NodeFlags.ThisNodeHasError) !== 0) return true;
  return ts.forEachChild(node, (child) => !isJudgedAlone(child) && isBroken(child)) ?? false;
}

/** Errors about what strict mode or the language version forbids; the tree is whole. */
const harmless: ReadonlySet<number> = new Set([
  1121, // Octal literals are not allowed.
  1487, // Octal escape sequences are not allowed.
  1489, // Decimals with leading zeros are not allowed.
]);

/** Offsets of the errors that may have damaged the tree, ascending. */
export function damageStarts(file: ts.SourceFile): number[] {
  return parseErrors(file)
    .filter((d) => !harmless.has(d.code))
    .map((d) => d.start)
    .sort((a, b) => a - b);
}

/** The part of a compound statement that is not statements: its conditions, names and heritage. */
export function isHeaderBroken(node: ts.Node): boolean {
  return ts.forEachChild(node, (child) => !isJudgedAlone(child) && isBroken(child)) ?? false;
}

const statementLike = kinds(
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.ClassStaticBlockDeclaration,
);

function isJudgedAlone(node: ts.Node): boolean {
  return (node.kind >= ts.SyntaxKind.FirstStatement && node.kind <= ts.SyntaxKind.LastStatement) || statementLike[node.kind] === 1;
}

/**
 * Whether an error was reported near enough to the node to be its own: inside it or, for what is
 * missing at its end, at the token that follows. Spares walking the nodes far from every error.
 */
export function isNearError(node: ts.Node, errorStarts: readonly number[]): boolean {
  const farthestToken = 2000;
  let low = 0;
  let high = errorStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((errorStarts[middle] ?? 0) < node.pos) low = middle + 1;
    else high = middle;
  }
  const next = errorStarts[low];
  return next !== undefined && next <= node.end + farthestToken;
}
