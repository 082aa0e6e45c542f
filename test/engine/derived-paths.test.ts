/** Files under names that are made of an argument, and questions about files that a function of another file answers. */
import { describe, expect, it } from 'vitest';
import { control, loadEngine, options, python, typescript } from './load.ts';

const engine = await loadEngine();
const warnings = (text: string, language: 'python' | 'typescript' = 'typescript'): string[] =>
  engine
    .check(language === 'python' ? python(text) : typescript(text), { ...options, hints: language === 'python' }, control)
    .findings.map((f) => `${f.rule} ${String(f.check.line)}-${String(f.act.line)}`);

describe('a path that is made of an argument', () => {
  it.each([
    ['a template', 'const part = `${target}.part`;'],
    ['a sum', "const part = target + '.part';"],
    ['path.join', "const part = path.join(target, 'part');"],
  ])('is the same file for two that ask for the same: %s', (_, made) => {
    const service = (options: string): string => `
import fs from 'node:fs';
import path from 'node:path';

export async function discard(target: string): Promise<void> {
  ${made}
  if (fs.existsSync(part)) {
    await fs.promises.rm(part${options});
  }
}
`;
    expect(warnings(service(', { recursive: true }'))).toEqual(['file-toctou 7-8']);
    expect(warnings(service(', { recursive: true, force: true }'))).toEqual([]);
  });

  it('is so in Python', () => {
    const text = (act: string): string => `
import os

def folder_for(name):
    folder = os.path.join('/data', name)
    if not os.path.exists(folder):
        ${act}
    return folder
`;
    expect(warnings(text('os.mkdir(folder)'), 'python')).toEqual(['file-toctou 6-7']);
    expect(warnings(text('os.makedirs(folder, exist_ok=True)'), 'python')).toEqual([]);
  });
});

describe('a function of another file that says whether a file is there', () => {
  const service = (question: string, act: string): string => `
import { promises as fs } from 'node:fs';
import { fileExists, dirExistsSync, FileSystem, describes } from './files';

export async function prepare(name: string): Promise<void> {
  if (!(${question})) {
    ${act}
  }
}
`;
  it.each(['await fileExists(name)', 'dirExistsSync(name)', 'await FileSystem.exists(name)'])('is a check: %s', (question) => {
    expect(warnings(service(question, 'await fs.mkdir(name);'))).toEqual(['file-toctou 6-7']);
    expect(warnings(service(question, 'await fs.mkdir(name, { recursive: true });'))).toEqual([]);
  });
  it('is none when it is about something else', () => {
    expect(warnings(service('await describes(name)', 'await fs.mkdir(name);'))).toEqual([]);
  });
});

describe('what is handed in by its parts', () => {
  const factory = (first: string, last: string): string => `
import { invariant } from './invariant';

export function attach({ host, label }: { host: Host; label: string }) {
  let isSent = false;
  host.page = {
    send: async () => {
      if (isSent) invariant();
      ${first}
      const data = await host.options.collect(label);
      ${last}
      host.inject(data);
    },
  };
}
`;
  it('is an object where something is taken of it; an assertion of nothing ends a function', () => {
    expect(warnings(factory('', 'isSent = true;'))).toEqual(['double-init 8-11']);
    expect(warnings(factory('isSent = true;', ''))).toEqual([]);
  });
});
