/**
 * Line breaks and indentation, which the grammar is lax about: it reads over a line break in the
 * middle of a statement and takes lines indented anyhow. Python does not, and a line being typed
 * (`x =`) must not swallow the next one silently.
 */
import type { SyntaxNode } from './syntax.ts';

/** Strings, comments, continued lines, brackets and line breaks. */
const token = /#[^\n\r]*|("""|'''|"|')|\\(?:\r\n|[^])|[()[\]{}]|\r\n|[\n\r]/g;

/** Offset of the first line break in the range that no bracket, string or backslash allows; -1 when none. */
export function strayLineBreak(text: string, start: number, end: number): number {
  const first = text.indexOf('\n', start);
  if (first < 0 || first >= end) return -1;
  let depth = 0;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null && match.index < end; match = token.exec(text)) {
    const [found] = match;
    if (match[1] !== undefined) {
      const after = stringEnd(text, match.index + found.length, found);
      // An open string is somebody else's problem.
      if (after === null) return -1;
      token.lastIndex = after;
    } else if ('([{'.includes(found)) depth++;
    else if (')]}'.includes(found)) depth--;
    else if (depth <= 0 && (found.startsWith('\n') || found.startsWith('\r'))) return match.index;
  }
  return -1;
}

/** Offset after the closing quote, null when the string does not end. */
export function stringEnd(text: string, from: number, quote: string): number | null {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') {
      i++;
      if (text[i] === '\r' && text[i + 1] === '\n') i++;
    } else if (quote.length === 1 && (c === '\n' || c === '\r')) return null;
    else if (c === quote[0] && text.startsWith(quote, i)) return i + quote.length;
  }
  return null;
}

/** Column of a node that is the first of its line, tabs counted to the next eighth; null when it is not. */
export function indentOf(text: string, node: SyntaxNode): number | null {
  let start = node.start;
  while (start > 0 && /[ \t\f]/.test(text.charAt(start - 1))) start--;
  const before = text.charAt(start - 1);
  if (start > 0 && before !== '\n' && before !== '\r' && before !== '\ufeff') return null;
  let column = 0;
  for (let i = start; i < node.start; i++) {
    const c = text[i];
    column = c === '\f' ? 0 : c === '\t' ? column + 8 - (column % 8) : column + 1;
  }
  return column;
}
