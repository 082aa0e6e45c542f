/**
 * Checks at run time what a webview sent: a webview shows text from a user's file, so its messages
 * are not trusted to have the shape that the types promise.
 */
import type { TraceRange } from '../core/trace/trace.ts';
import type { PanelRequest, RunOn, ShareFormat } from './panel.ts';

const formats: readonly string[] = ['schedule', 'json', 'mermaid', 'markdown', 'html', 'svg'] satisfies ShareFormat[];
/** Longest value that is opened in a document, in UTF-16 units. */
const maxText = 5_000_000;

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseRange(value: unknown): TraceRange | null {
  if (typeof value !== 'object' || value === null) return null;
  const { line, column, endLine, endColumn, path } = value as Record<string, unknown>;
  if (![line, column, endLine, endColumn].every((n) => isIndex(n) && n >= 1)) return null;
  if (path !== undefined && typeof path !== 'string') return null;
  const range = { line, column, endLine, endColumn } as TraceRange;
  return path === undefined ? range : { ...range, path };
}

function parseRunOn(value: unknown): RunOn | null {
  if (typeof value !== 'object' || value === null) return null;
  const { strategy, seed } = value as Record<string, unknown>;
  switch (strategy) {
    case 'serial':
    case 'round-robin':
    case 'violation':
    case 'shortest':
      return { strategy };
    case 'random':
      return isIndex(seed) ? { strategy, seed } : null;
    default:
      return null;
  }
}

/** The request, rebuilt from its known fields only; null for anything that is not one. */
export function parsePanelRequest(value: unknown): PanelRequest | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  switch (given['type']) {
    case 'ready':
    case 'resimulate':
    case 'followOld':
    case 'driveUndo':
    case 'driveStop':
    case 'puzzles':
    case 'openSettings':
    case 'debug':
      return { type: given['type'] };
    case 'cursor':
      return isIndex(given['step']) ? { type: 'cursor', step: given['step'] } : null;
    case 'reveal': {
      const range = parseRange(given['range']);
      return range === null ? null : { type: 'reveal', range };
    }
    case 'driveStart':
      return isIndex(given['fromStep']) ? { type: 'driveStart', fromStep: given['fromStep'] } : null;
    case 'driveMove':
      return isIndex(given['lane']) && isIndex(given['alternative'])
        ? { type: 'driveMove', lane: given['lane'], alternative: given['alternative'] }
        : null;
    case 'driveRun': {
      const run = parseRunOn(given['run']);
      return run === null ? null : { type: 'driveRun', run };
    }
    case 'share':
      return typeof given['format'] === 'string' && formats.includes(given['format'])
        ? { type: 'share', format: given['format'] as ShareFormat }
        : null;
    case 'openValue': {
      const { title, text } = given;
      return typeof title === 'string' && typeof text === 'string' && text.length <= maxText
        ? { type: 'openValue', title: title.slice(0, 200), text }
        : null;
    }
    default:
      return null;
  }
}
