/**
 * Positions of the trace (1-based, end exclusive) as LSP has them (0-based), paths as URIs and back,
 * and how a range moves when text before it is edited.
 */
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TraceLanguage, TraceRange } from '../core/trace/trace.ts';

export function toRange(range: TraceRange): Range {
  return {
    start: { line: range.line - 1, character: range.column - 1 },
    end: { line: range.endLine - 1, character: range.endColumn - 1 },
  };
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function contains(range: Range, position: Position): boolean {
  return !before(position, range.start) && !before(range.end, position);
}

export function overlap(a: Range, b: Range): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

/** Where a position is after one edit; a position inside the replaced text goes to its start. */
function shiftPosition(position: Position, change: { range: Range; text: string }): Position {
  const { start, end } = change.range;
  if (before(position, end)) return before(position, start) ? position : start;
  const lines = change.text.split(/\r\n|\r|\n/);
  const lastLine = start.line + lines.length - 1;
  const lastLength = lines.at(-1)?.length ?? 0;
  if (position.line !== end.line) return { line: position.line - end.line + lastLine, character: position.character };
  const column = position.character - end.character + lastLength;
  return { line: lastLine, character: lines.length === 1 ? column + start.character : column };
}

/** Where a range is after the edits, applied in order; a change of the whole text leaves it alone. */
export function shiftRange(range: Range, changes: TextDocumentContentChangeEvent[]): Range {
  let moved = range;
  for (const change of changes) {
    if (!('range' in change)) continue;
    moved = { start: shiftPosition(moved.start, change), end: shiftPosition(moved.end, change) };
  }
  return moved;
}

/** The trace's language of an LSP language id, or null when it is not one of ours. */
export function languageOf(languageId: string): TraceLanguage | null {
  switch (languageId) {
    case 'python':
      return 'python';
    case 'javascript':
    case 'javascriptreact':
      return 'javascript';
    case 'typescript':
    case 'typescriptreact':
      return 'typescript';
    default:
      return null;
  }
}

/**
 * The engine's path of a document: the file's own path where it has one, and otherwise the whole
 * URI, with the extension that tells the parser about JSX when the name has none.
 */
export function pathOf(uri: string, languageId: string): string {
  const path = filePath(uri) ?? uri;
  const jsx = languageId === 'typescriptreact' ? '.tsx' : languageId === 'javascriptreact' ? '.jsx' : '';
  return jsx === '' || /\.[cm]?[jt]sx?$/i.test(path) ? path : `${path}${jsx}`;
}

/** The path of a file: URI on this machine, or null for any other scheme. */
function filePath(uri: string): string | null {
  const match = /^file:\/\/([^/?#]*)(\/[^?#]*)/.exec(uri);
  if (match === null) return null;
  const [, host = '', encoded = ''] = match;
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  if (host !== '') return `//${host}${path}`;
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
}

/** The URI of a path that `pathOf` gave, or that a followed import has. */
export function uriOf(path: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  const slashes = path.replaceAll('\\', '/');
  const encoded = slashes
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  if (slashes.startsWith('//')) return `file:${encoded}`;
  return slashes.startsWith('/') ? `file://${encoded}` : `file:///${encoded}`;
}
