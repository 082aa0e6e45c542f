/**
 * Results of earlier checks, one file each under `$XDG_CACHE_HOME/race-replay` (or `~/.cache`). An
 * entry is found by the text, the options and the version of this program, and counts only while the
 * imports it was made with are what they were. Anything wrong with the cache means no cache.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult, EngineOptions, SourceFile } from '../engine/api.ts';
import { readImport, usersOf } from './files.ts';
import { version } from './load.ts';
import type { ImportRead } from './work.ts';

declare const __dirname: string;

interface Entry {
  imports: { path: string; sha256: string | null }[];
  users: string[] | null;
  result: CheckResult;
}

export interface Cache {
  get(file: SourceFile): CheckResult | null;
  put(file: SourceFile, result: CheckResult, imports: readonly ImportRead[], users: readonly string[] | null): void;
}

const none: Cache = { get: () => null, put: () => undefined };

export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base !== undefined && base !== '' ? base : join(homedir(), '.cache'), 'race-replay');
}

export function openCache(options: EngineOptions, wanted: boolean): Cache {
  if (!wanted) return none;
  const folder = cacheFolder();
  const salt = JSON.stringify([version(), stamp(), options]);
  const nameOf = (file: SourceFile): string => join(folder, `${hash(JSON.stringify([salt, file.path, file.language, file.text]))}.json`);
  return {
    get(file) {
      try {
        const entry = JSON.parse(readFileSync(nameOf(file), 'utf8')) as Entry;
        if (!Array.isArray(entry.imports) || !Array.isArray(entry.result.findings)) return null;
        if (Array.isArray(entry.users) && entry.users.join('\n') !== usersOf(file.path).join('\n')) return null;
        return entry.imports.every((i) => hashOf(readImport(i.path)) === i.sha256) ? entry.result : null;
      } catch {
        return null;
      }
    },
    put(file, result, imports, users) {
      // What a time limit cut short may come out differently next time.
      if (result.subjects.some((s) => /stopped after|cancelled/.test(s.detail))) return;
      const entry: Entry = {
        imports: imports.map((i) => ({ path: i.path, sha256: hashOf(i.text) })),
        users: users === null ? null : [...users],
        result,
      };
      const name = nameOf(file);
      const draft = `${name}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(draft, JSON.stringify(entry));
        renameSync(draft, name);
      } catch {
        rmSync(draft, { force: true });
      }
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hashOf(text: string | null): string | null {
  return text === null ? null : hash(text);
}

/** Tells builds of one version apart. */
function stamp(): string {
  try {
    const { size, mtimeMs } = statSync(join(__dirname, 'engine.js'));
    return `${size}:${mtimeMs}`;
  } catch {
    return '';
  }
}
