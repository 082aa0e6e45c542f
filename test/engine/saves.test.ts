/** Files that calls write: saves that overtake each other, drafts moved into place, and what a file held written back. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: ReturnType<typeof python>): string[] =>
  engine.check(file, { ...options, timeoutMs: 5000 }, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('settings that are saved whenever they change', () => {
  const settings = (save: string): string => `import { promises as fs } from 'node:fs';
export class Settings {
  private data: Record<string, string> = {};
  private saving: Promise<void> = Promise.resolve();
  constructor(private readonly file: string) {}
  async set(key: string, value: string): Promise<void> {
    this.data[key] = value;
    ${save}
  }
}
`;
  it('may end with an older copy of them in the file', () => {
    const text = settings('await fs.writeFile(this.file, JSON.stringify(this.data));');
    expect(found(typescript(text))).toEqual(['warning stale-after-await 8→8']);
  });
  it('do not where one save waits for the other', () => {
    const write = '() => fs.writeFile(this.file, JSON.stringify(this.data))';
    expect(found(typescript(settings(`this.saving = this.saving.then(${write});\n    await this.saving;`)))).toEqual([]);
  });
});

describe('a draft that is moved into place', () => {
  const snapshot = (draft: string): string => `import * as fs from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
export class Snapshot {
  constructor(private readonly path: string) {}
  async put(text: string): Promise<void> {
    const draft = ${draft};
    await fs.writeFile(draft, text);
    await fs.rename(draft, this.path);
  }
}
`;
  it('is gone for the second of two calls', () => {
    expect(found(typescript(snapshot("this.path + '.tmp'")))).toEqual(['warning file-toctou 7→8']);
  });
  it('is there where each call has one of its own', () => {
    expect(found(typescript(snapshot('`${this.path}.${randomUUID()}`')))).toEqual([]);
  });
});

describe('what a file holds, read, changed and put in place again', () => {
  const store = (held: string, replace: string): string => `import json
import os
import threading
from flask import Flask, request

lock = threading.Lock()

class Store:
    def __init__(self, path):
        self.path = path

    def load(self):
        try:
            with open(self.path) as f:
                return json.load(f)
        except FileNotFoundError:
            return {}

    def update(self, key, value):
        ${held}
            data = self.load()
            data[key] = value
            with open(self.path + ".tmp", "w") as f:
                json.dump(data, f)
            ${replace}

app = Flask(__name__)
store = Store("db.json")

@app.post("/set/<key>")
def put(key):
    store.update(key, request.data)
    return "ok"
`;
  const replace = 'os.replace(self.path + ".tmp", self.path)';
  it('loses what another request put there', () => {
    expect(found(python(store('if value:', replace)))).toEqual(['warning lost-update 21→25']);
  });
  it('loses nothing under a lock', () => {
    expect(found(python(store('with lock:', replace)))).toEqual([]);
  });
  it('loses it through the promises of Node, whatever the module is called', () => {
    const text = `import * as fs from 'node:fs/promises';
import express from 'express';
const app = express();
const FILE = './notes.json';
async function load(): Promise<Record<string, string>> {
  try {
    return JSON.parse(await fs.readFile(FILE, 'utf8'));
  } catch {
    return {};
  }
}
app.post('/notes/:id', async (req, res) => {
  const notes = await load();
  notes[req.params.id] = req.body.text;
  await fs.writeFile(FILE, JSON.stringify(notes));
  res.sendStatus(204);
});
`;
    expect(found(typescript(text))).toEqual(['warning lost-update 13→15']);
  });
});
