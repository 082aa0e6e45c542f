/** The project file: `race-replay.json` in the current folder or one above it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readUserModels } from '../core/detect/models/user.ts';
import { reason } from './files.ts';
import { UsageError } from './usage.ts';

export const projectFileName = 'race-replay.json';

/** Its parsed content, null when there is none. Faulty models are named on standard error and left out. */
export function projectFile(from: string = process.cwd()): unknown {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, projectFileName);
    if (existsSync(path)) return read(path);
    if (dirname(folder) === folder) return null;
  }
}

function read(path: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (e) {
    throw new UsageError(`cannot use ${path}: ${reason(e)}`);
  }
  for (const p of readUserModels(content).problems)
    process.stderr.write(`race-replay: ${path}: ${p.path === '' ? '' : `${p.path}: `}${p.message}\n`);
  return content;
}
