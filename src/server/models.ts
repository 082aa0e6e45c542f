/**
 * The project's effect-model files, as the client read them: which folder's apply to a document,
 * and several files of one folder as one (lists are joined, tables merged, the later file wins).
 */
import type { ModelsParams } from '../protocol/lsp.ts';

export interface Models {
  set(params: ModelsParams): void;
  /** Content for a document: that of the innermost folder that holds it; null when there is none. */
  of(uri: string): unknown;
}

export function createModels(): Models {
  let folders: { uri: string; content: unknown }[] = [];
  return {
    set(params) {
      const merged = new Map<string, unknown>();
      for (const { uri, content } of params.folders) merged.set(uri, merged.has(uri) ? merge(merged.get(uri), content) : content);
      folders = [...merged].map(([uri, content]) => ({ uri, content })).sort((a, b) => b.uri.length - a.uri.length);
    },
    of(uri) {
      const folder = folders.find((each) => uri.startsWith(each.uri.endsWith('/') ? each.uri : `${each.uri}/`));
      // A document of no folder (untitled, a notebook's cell) takes the only one there is.
      if (folder === undefined && folders.length === 1 && !uri.startsWith('file:')) return folders[0]?.content ?? null;
      return folder?.content ?? null;
    },
  };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second)) return [...(first as unknown[]), ...(second as unknown[])];
  if (!isTable(first) || !isTable(second)) return second;
  const result: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) result[key] = Object.hasOwn(first, key) ? merge(first[key], value) : value;
  return result;
}
