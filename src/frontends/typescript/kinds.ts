/** Sets of syntax kinds as tables: these tests run for every node of a file. */
import type ts from 'typescript';

export function kinds(...members: ts.SyntaxKind[]): Uint8Array {
  const table = new Uint8Array(512);
  for (const kind of members) table[kind] = 1;
  return table;
}
