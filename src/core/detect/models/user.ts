/**
 * A user's effect models: the `models` list of `race-replay.json`, checked entry by entry. The form
 * is that of the built-in tables and of media/schemas/race-replay.schema.json.
 */
import type { Model } from './model.ts';

export interface ModelProblem {
  /** Where in the file: `models[2].gap`. */
  path: string;
  message: string;
}

const choices: Record<string, readonly string[]> = {
  language: ['python', 'javascript'],
  gap: ['suspend', 'block', 'none'],
  lock: ['create', 'acquire', 'release', 'scope', 'wait'],
  state: ['read', 'add', 'set', 'remove', 'atomic', 'none'],
  shape: ['membership', 'lookup', 'size', 'element', 'value'],
  callbacks: ['now', 'later'],
};
const spawnKinds = ['thread', 'task', 'timer', 'process', 'handler'];
const operations = ['check', 'act', 'atomic'];
const known = new Set([...Object.keys(choices), 'call', 'creates', 'key', 'spawn', 'file', 'table']);

/** Reads the parsed content of race-replay.json. Faulty entries are left out and named in `problems`. */
export function readUserModels(content: unknown): { models: Model[]; problems: ModelProblem[] } {
  const problems: ModelProblem[] = [];
  if (content === null || content === undefined) return { models: [], problems };
  if (!isTable(content)) return { models: [], problems: [{ path: '', message: 'expected an object with a list "models"' }] };
  const list = content['models'];
  if (list === undefined) return { models: [], problems };
  if (!Array.isArray(list)) return { models: [], problems: [{ path: 'models', message: 'expected a list of models' }] };
  const models = (list as unknown[]).flatMap((entry, i) => {
    const before = problems.length;
    const model = readModel(entry, `models[${String(i)}]`, problems);
    return model !== null && problems.length === before ? [model] : [];
  });
  return { models, problems };
}

function readModel(entry: unknown, path: string, problems: ModelProblem[]): Model | null {
  const bad = (at: string, message: string): void => {
    problems.push({ path: at, message });
  };
  if (!isTable(entry)) {
    bad(path, 'expected an object such as {"call": "mylib.connect", "gap": "suspend"}');
    return null;
  }
  const { call } = entry;
  if (typeof call !== 'string' || call.trim() === '') {
    bad(`${path}.call`, 'expected the qualified name of a function or method, such as "mylib.Pool.acquire"');
    return null;
  }
  for (const key of Object.keys(entry)) if (!known.has(key)) bad(`${path}.${key}`, `unknown property; known are ${[...known].join(', ')}`);
  for (const [key, allowed] of Object.entries(choices)) {
    const value = entry[key];
    if (value !== undefined && (typeof value !== 'string' || !allowed.includes(value)))
      bad(`${path}.${key}`, `expected one of ${allowed.join(', ')}`);
  }
  if (entry['creates'] !== undefined && typeof entry['creates'] !== 'string') bad(`${path}.creates`, 'expected the name of a type');
  if (entry['key'] !== undefined && !isIndex(entry['key'])) bad(`${path}.key`, 'expected the index of an argument, from 0');
  const { spawn, file, table } = entry;
  if (
    spawn !== undefined &&
    !(isTable(spawn) && (isIndex(spawn['argument']) || typeof spawn['argument'] === 'string') && spawnKinds.includes(String(spawn['as'])))
  ) {
    bad(`${path}.spawn`, `expected {"argument": index or name, "as": one of ${spawnKinds.join(', ')}}`);
  }
  if (
    file !== undefined &&
    !(isTable(file) && (isIndex(file['argument']) || file['argument'] === 'receiver') && operations.includes(String(file['op'])))
  ) {
    bad(`${path}.file`, `expected {"argument": index or "receiver", "op": one of ${operations.join(', ')}}`);
  }
  if (table !== undefined && !(isTable(table) && operations.includes(String(table['op']))))
    bad(`${path}.table`, `expected {"op": one of ${operations.join(', ')}}`);
  // Every property was checked above, so the entry has the shape of a Model.
  return entry as unknown as Model;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIndex(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
