/** String nodes: literals, implicit concatenation, and f-strings with nested format specs. */
import type { ConstValue, Expr, Span, TemplateValue } from '../../core/program/program.ts';
import { type Lowering, reject, report, spanOf, textOf } from './context.ts';
import { lowerExpr } from './expressions.ts';
import { type StringPrefix, decodeText, stringPrefix, toBytes } from './literals.ts';
import { type SyntaxNode, field, hasToken } from './syntax.ts';

type Piece = string | TemplateValue;

/** A `string` or `concatenated_string` node: a constant, or a template when a part is formatted. */
export function lowerString(l: Lowering, node: SyntaxNode): Expr {
  const strings = node.type === 'string' ? [node] : node.children.filter((child) => child.type === 'string');
  const span = spanOf(node);
  let bytes: boolean | null = null;
  let formatted = false;
  const pieces: Piece[] = [];
  const unknown: string[] = [];
  for (const string of strings) {
    const opening = string.children[0];
    const closing = string.children[string.children.length - 1];
    if (opening === undefined || closing === undefined || opening.type !== 'string_start')
      reject(l, spanOf(string), 'unterminated string literal');
    if (textOf(l, opening).endsWith('`')) reject(l, spanOf(string), 'backquotes are Python 2; use repr()');
    const prefix = stringPrefix(textOf(l, opening));
    if (prefix.template) reject(l, spanOf(string), 'template strings are not simulated', 'template string');
    if (bytes !== null && bytes !== prefix.bytes) reject(l, span, 'cannot mix bytes and nonbytes literals');
    bytes = prefix.bytes;
    if (prefix.formatted) formatted = true;
    pieces.push(...stringPieces(l, string.children, opening.end, closing.start, prefix, unknown));
  }
  if (unknown[0] !== undefined) return { kind: 'unsupported', span, what: unknown[0] };
  const merged = mergePieces(pieces);
  if (formatted) return { kind: 'template', span, parts: merged };
  const text = typeof merged[0] === 'string' ? merged[0] : '';
  const value: ConstValue = bytes === true ? { type: 'bytes', value: toBytes(text) } : { type: 'string', value: text };
  return { kind: 'const', span, value };
}

/** Text and interpolations between two offsets; the interpolations are among `children`. */
function stringPieces(
  l: Lowering,
  children: readonly SyntaxNode[],
  start: number,
  end: number,
  prefix: StringPrefix,
  unknown: string[],
): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  const text = (to: number): void => {
    if (to <= at) return;
    const decoded = decodeText(l.text.slice(at, to), prefix);
    if (decoded.problem !== null) reject(l, { start: at, end: to }, decoded.problem, 'string escape');
    if (decoded.unknown !== undefined) unknown.push(decoded.unknown);
    pieces.push(decoded.value);
  };
  for (const child of children) {
    if (child.type !== 'interpolation' && child.type !== 'format_expression') continue;
    text(child.start);
    pieces.push(...interpolationPieces(l, child, prefix, unknown));
    at = child.end;
  }
  text(end);
  return pieces;
}

function interpolationPieces(l: Lowering, node: SyntaxNode, prefix: StringPrefix, unknown: string[]): Piece[] {
  const expression = field(node, 'expression');
  if (expression === null) reject(l, spanOf(node), "f-string: valid expression required before '}'");
  const value = lowerExpr(l, expression);
  const conversionNode = field(node, 'type_conversion');
  const formatNode = field(node, 'format_specifier');
  let conversion: TemplateValue['conversion'] = '';
  if (conversionNode !== null) {
    const letter = textOf(l, conversionNode).slice(1);
    if (letter === 'r' || letter === 's' || letter === 'a') conversion = letter;
    else report(l, spanOf(conversionNode), `f-string: invalid conversion character '${letter}': expected 's', 'r', or 'a'`);
  }
  let format: Expr | null = null;
  if (formatNode !== null) {
    const span: Span = spanOf(formatNode);
    format = {
      kind: 'template',
      span,
      parts: mergePieces(stringPieces(l, formatNode.children, span.start + 1, span.end, prefix, unknown)),
    };
  }
  if (!hasToken(node, '=')) return [{ value, conversion, format }];
  const equals = node.children.find((child) => child.type === '=');
  const next = node.children.find((child) => equals !== undefined && child.start >= equals.end);
  const label = l.text.slice(node.start + 1, next?.start ?? node.end);
  return [label, { value, conversion: conversion === '' && format === null ? 'r' : conversion, format }];
}

function mergePieces(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged[merged.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '') merged.push(piece);
  }
  return merged;
}
