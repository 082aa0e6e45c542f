/** Literal texts to values. */
import ts from 'typescript';
import type { Lowering } from './context.ts';
import { textOf } from './context.ts';

/** The scanner has already normalised radix and separators; only a malformed literal is not a number. */
export function number(text: string): number {
  const value = Number(text);
  return Number.isNaN(value) ? 0 : value;
}

/** A BigInt literal's value; null when it is too long to be worth converting (quadratic time). */
export function bigint(text: string): bigint | null {
  const digits = text.replace(/n$/, '');
  if (digits.length > 20_000) return null;
  try {
    return BigInt(digits);
  } catch {
    return 0n;
  }
}

export function regexp(text: string): { source: string; flags: string } {
  const end = text.lastIndexOf('/');
  return end <= 0 ? { source: text.slice(1), flags: '' } : { source: text.slice(1, end), flags: text.slice(end + 1) };
}

type TemplatePiece = ts.NoSubstitutionTemplateLiteral | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

/** A tagged template may hold invalid escapes; such a piece has no cooked value. */
export function cookedText(piece: TemplatePiece): string | null {
  const invalidEscape = 2048;
  const flags = (piece as unknown as { templateFlags?: number }).templateFlags ?? 0;
  return (flags & invalidEscape) !== 0 ? null : piece.text;
}

/** The piece as written, without its delimiters, line breaks as \n. */
export function rawText(l: Lowering, piece: TemplatePiece): string {
  if (piece.rawText !== undefined) return piece.rawText;
  const text = textOf(l, piece);
  const isLast = piece.kind === ts.SyntaxKind.NoSubstitutionTemplateLiteral || piece.kind === ts.SyntaxKind.TemplateTail;
  return text.slice(1, piece.isUnterminated ? text.length : text.length - (isLast ? 1 : 2)).replace(/\r\n?/g, '\n');
}
