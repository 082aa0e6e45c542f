/** Imports by a project's own names: `paths` and `baseUrl` of its configuration. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createAliases } from '../../src/engine/aliases.ts';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options } from './load.ts';

const paths = (files: Readonly<Record<string, string>>, path: string, specifier: string): string[] =>
  createAliases((p) => files[p] ?? null)(path, specifier);

describe('what a specifier stands for', () => {
  const config =
    '{\n  // of the whole project\n  "compilerOptions": { "paths": { "@/*": ["./src/*", "./gen/*"], "db": ["./src/db/index"] }, },\n}';
  it('is said by the patterns of the closest configuration above', () => {
    const files = { '/p/tsconfig.json': config, '/p/pack/tsconfig.json': '{ "compilerOptions": { "baseUrl": "lib" } }' };
    expect(paths(files, '/p/src/app/a.ts', '@/lib/b')).toEqual(['/p/src/lib/b', '/p/gen/lib/b']);
    expect(paths(files, '/p/src/app/a.ts', 'db')).toEqual(['/p/src/db/index']);
    expect(paths(files, '/p/src/app/a.ts', 'express')).toEqual([]);
    expect(paths(files, '/p/pack/a.ts', 'store/users')).toEqual(['/p/pack/lib/store/users']);
    expect(paths(files, '/p/pack/a.ts', '@/lib/b')).toEqual(['/p/pack/lib/@/lib/b']);
  });
  it('may be said by what that extends', () => {
    const files = {
      'tsconfig.json': '{ "extends": "./conf/base" }',
      'conf/base.json': '{ "compilerOptions": { "paths": { "~*": ["../src*"] } } }',
    };
    expect(paths(files, 'src/a.ts', '~/b')).toEqual(['src/b']);
    const from = { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }' };
    expect(paths(from, 'src/a.ts', '@/b')).toEqual(['src/b']);
    expect(paths(from, 'src/a.ts', 'lib/b')).toEqual(['lib/b']);
  });
  it('is nothing without a configuration, with one that cannot be read, or that goes round in circles', () => {
    expect(paths({}, '/p/a.ts', '@/b')).toEqual([]);
    expect(paths({ '/p/tsconfig.json': '{ "compilerOptions": [' }, '/p/a.ts', '@/b')).toEqual([]);
    expect(paths({ '/p/tsconfig.json': '{ "extends": "./tsconfig.json" }' }, '/p/a.ts', '@/b')).toEqual([]);
    expect(paths({ '/p/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": 3, "x": [null] } } }' }, '/p/a.ts', '@/b')).toEqual([]);
  });
});

describe('a file that is imported by such a name', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine();
  });
  it('is followed in detection and in the machine', () => {
    const files: Record<string, string> = {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'src/lib/sessions.ts': 'export const sessions = new Map<string, unknown>();\n',
    };
    const text = `import axios from 'axios';
import { sessions } from '@/lib/sessions';
export async function POST(request: Request) {
  const { user } = await request.json();
  if (sessions.has(user)) return new Response('taken', { status: 409 });
  const { data } = await axios.post('https://auth', { user });
  sessions.set(user, data);
  return Response.json(data);
}
`;
    const file = { path: 'src/app/route.ts', text, language: 'typescript' as const };
    const { findings } = engine.check(file, { ...options, timeoutMs: 5000 }, control, (p) => files[p] ?? null);
    expect(findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`)).toEqual(['warning get-or-create 5→7']);
  });
});
