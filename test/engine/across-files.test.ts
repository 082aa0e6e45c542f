/** State, functions and classes of other files of the workspace, by what a file imports: checks here, acts there. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

/** Findings in the first of some files, which import each other. */
function found(files: Readonly<Record<string, string>>): { at: string[]; messages: string[] } {
  const [path = '', text = ''] = Object.entries(files)[0] ?? [];
  const language: SourceFile['language'] = path.endsWith('.py') ? 'python' : path.endsWith('.js') ? 'javascript' : 'typescript';
  const { findings } = engine.check({ path, text, language }, { ...options, timeoutMs: 5000 }, control, (p) => files[p] ?? null);
  return {
    at: findings.filter((f) => f.severity === 'warning').map((f) => `${f.rule} ${f.check.line}→${f.act.line}`),
    messages: findings.map((f) => f.message),
  };
}

const registry = (make: string): string => `import threading

class Registry:
    def __init__(self):
        self._jobs = {}
        self.lock = threading.Lock()

    def known(self, ident):
        return ident in self._jobs

    def add(self, name, job):
        self._jobs[name] = job

    def drop(self, name):
        del self._jobs[name]

    def ensure(self, name, make):
        ${make}

registry = Registry()
`;
const atomic = `with self.lock:
            if name not in self._jobs:
                self._jobs[name] = make()
            return self._jobs[name]`;

const flask = (imports: string, body: string): string => `from flask import Flask, request
${imports}

app = Flask(__name__)

@app.route("/jobs", methods=["POST"])
def job():
    name = request.json["name"]
${body
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
    return "ok"
`;

describe('an object that a Python file imports', () => {
  const add = 'if reg.known(name):\n    return "no", 409\nreg.add(name, request.json)';
  it('is checked and changed by calls of its methods', () => {
    const { at, messages } = found({
      'shop/views.py': flask('from .registry import registry as reg', add),
      'shop/registry.py': registry(atomic),
    });
    expect(at).toEqual(['check-then-act 9→11']);
    expect(messages[0]).toContain('`reg._jobs[name]` is checked at line 9');
    expect(messages[0]).toContain('(line 12 of registry.py: `self._jobs[name] = job`)');
  });
  it('is found by way of a package and of an imported module, too', () => {
    const package_ = {
      'shop/core/__init__.py': 'from .registry import registry as default\n',
      'shop/core/registry.py': registry(atomic),
    };
    expect(found({ 'shop/views.py': flask('from .core import default as reg', add), ...package_ }).at).toEqual(['check-then-act 9→11']);
    expect(found({ 'shop/views.py': flask('from . import core', add.replaceAll('reg.', 'core.default.')), ...package_ }).at).toEqual([
      'check-then-act 9→11',
    ]);
  });
  it('is filled for a check that needs something there', () => {
    const drop = 'if registry.known(name):\n    registry.drop(name)';
    const files = (body: string): Record<string, string> => ({
      'views.py': flask('from registry import registry', body),
      'registry.py': registry(atomic),
    });
    expect(found(files(drop)).at).toEqual(['check-then-remove 9→10']);
    expect(found(files(`with registry.lock:\n    ${drop.replace('\n', '\n    ')}`)).at).toEqual([]);
  });
  it('is safe where its own method holds the lock', () => {
    const files = { 'views.py': flask('from registry import registry', 'registry.ensure(name, dict)'), 'registry.py': registry(atomic) };
    expect(found(files).at).toEqual([]);
  });
});

describe('variables of an imported Python module', () => {
  it('are changed by way of their module, and by a name of their own', () => {
    const limits = 'balance = {"a": 10}\n\nclass Counter:\n    total = 0\n\ncounter = Counter()\n';
    const spend = 'if balance["a"] >= 1:\n    balance["a"] -= 1';
    expect(found({ 'views.py': flask('from limits import balance', spend), 'limits.py': limits }).at).toEqual(['check-then-act 9→10']);
    const count = 'limits.counter.total += 1';
    expect(found({ 'views.py': flask('import limits', count), 'limits.py': limits }).at).toEqual(['lost-update 9→9']);
  });
});

const express = (imports: string, body: string): string => `${imports}
const app = express();
app.post('/users/:id', async (req, res) => {
  const { id } = req.params;
${body
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
  res.end();
});
app.listen(3000);
`;

describe('functions of an imported module', () => {
  const crud = (insert: string): string => `from sqlalchemy.orm import Session
from models import User

def get_by_email(db: Session, email: str):
    return db.query(User).filter(User.email == email).first()

def create(db: Session, email: str):
    ${insert}
`;
  const models = `from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base
Base = declarative_base()

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String)
`;
  const main = `from fastapi import FastAPI, Depends, HTTPException
import crud
from database import session_of

app = FastAPI()

@app.post("/users")
def sign_up(email: str, session=Depends(session_of)):
    if crud.get_by_email(session, email):
        raise HTTPException(400)
    return crud.create(session, email)
`;
  it('look for rows and make them', () => {
    const insert = 'db.add(User(email=email))\n    db.commit()';
    expect(found({ 'main.py': main, 'crud.py': crud(insert), 'models.py': models }).at).toEqual(['db-check-then-act 9→11']);
  });
});

describe('what a CommonJS file exports', () => {
  const store = `class Store {
  constructor() { this.users = new Map(); this.pending = new Map(); }
  peek(key) { return this.users.get(key); }
  keep(id, user) { this.users.set(id, user); }
  load(key, make) {
    if (!this.pending.has(key)) this.pending.set(key, make(key).finally(() => this.pending.delete(key)));
    return this.pending.get(key);
  }
}
module.exports = new Store();
`;
  const imports = "const express = require('express');\nconst axios = require('axios');\nconst store = require('./lib/store');";
  it('is one object for all who ask for it', () => {
    const body = "if (!store.peek(id)) {\n  const { data } = await axios.post('https://x', { id });\n  store.keep(id, data);\n}";
    expect(found({ 'server.js': express(imports, body), 'lib/store.js': store }).at).toEqual(['check-then-act 7→9']);
  });
  it('is safe where its own method has but one request under way', () => {
    const body = "await store.load(id, (key) => axios.post('https://x', { key }));";
    expect(found({ 'server.js': express(imports, body), 'lib/store.js': store }).at).toEqual([]);
  });
  it('may be several things', () => {
    const counter =
      'let total = 0;\nfunction current() { return total; }\nfunction store(n) { total = n; }\nmodule.exports = { current, store };\n';
    const taken = imports.replace("const store = require('./lib/store')", "const { current, store } = require('./counter')");
    const body = "const n = current();\nawait axios.post('https://x', { id });\nstore(n + 1);";
    expect(found({ 'server.js': express(taken, body), 'counter.js': counter }).at).toEqual(['lost-update 7→9']);
  });
});

describe('what a TypeScript file exports', () => {
  const tokens = `import { Mutex } from 'async-mutex';
export const mutex = new Mutex();
export class Tokens {
  token: string | null = null;
  valid() { return this.token !== null; }
  put(token: string) { this.token = token; }
}
export const tokens = new Tokens();
`;
  const imports = "import express from 'express';\nimport axios from 'axios';\nimport { mutex, tokens } from './lib';";
  const refresh = "if (!tokens.valid()) tokens.put((await axios.post('https://x', { id })).data);";
  const others = { 'lib/index.ts': "export * from './tokens';\n", 'lib/tokens.ts': tokens };
  it('is found by way of a file that passes it on', () => {
    expect(found({ 'server.ts': express(imports, refresh), ...others }).at).toEqual(['check-then-act 7→7']);
  });
  it('is safe under a lock that it exports as well', () => {
    const body = `await mutex.runExclusive(async () => {\n  ${refresh}\n});`;
    expect(found({ 'server.ts': express(imports, body), ...others }).at).toEqual([]);
  });
});

describe('a service that is handed in', () => {
  const service = (rest: string): string => `import { Injectable } from '@nestjs/common';
import axios from 'axios';
@Injectable()
export class UsersService {
  private readonly byName = new Map<string, unknown>();
  private readonly asked = new Map<string, Promise<unknown>>();
  find(name: string) { return this.byName.get(name); }
  async create(login: string) {
    const { data } = await axios.post('https://x/users', { login });
    this.byName.set(login, data);
    return data;
  }
${rest}}
`;
  const controller = (body: string): string => `import { Body, ConflictException, Controller, Post } from '@nestjs/common';
import { UsersService } from './users.service';
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}
  @Post()
  async register(@Body() body: { name: string }) {
    ${body}
  }
}
`;
  it('is an object of the class that the other file has, of which the import leaves nothing to run', () => {
    const body = 'if (this.users.find(body.name)) throw new ConflictException();\n    return this.users.create(body.name);';
    expect(found({ 'src/users.controller.ts': controller(body), 'src/users.service.ts': service('') }).at).toEqual(['get-or-create 8→9']);
  });
  it('is safe where it has but one request under way for a name', () => {
    const once = `  once(name: string) {
    let asked = this.asked.get(name);
    if (!asked) {
      asked = this.create(name).finally(() => this.asked.delete(name));
      this.asked.set(name, asked);
    }
    return asked;
  }
`;
    const files = { 'src/users.controller.ts': controller('return this.users.once(body.name);'), 'src/users.service.ts': service(once) };
    expect(found(files).at).toEqual([]);
  });
});

describe('a base class of another file', () => {
  const base = `import asyncio

class Base:
    def __init__(self):
        self._conn = None
        self._opening = asyncio.Lock()

    def is_open(self):
        return self._conn is not None

    def opened(self, conn):
        self._conn = conn
`;
  const child = (body: string): string => `import asyncpg
from base import Base

class Child(Base):
    async def query(self, text):
${body}
        return await self._conn.fetch(text)
`;
  it('has what its objects check and set', () => {
    const racy = '        if not self.is_open():\n            self.opened(await asyncpg.connect("db"))';
    const safe = `        async with self._opening:\n${racy.replaceAll('        ', '            ')}`;
    expect(found({ 'child.py': child(racy), 'base.py': base }).at).toHaveLength(1);
    expect(found({ 'child.py': child(safe), 'base.py': base }).at).toEqual([]);
  });
});

describe('files that import each other', () => {
  it('are followed once', () => {
    const a =
      'import express from "express";\nimport { b } from "./b";\nexport const a = new Map<string, number>();\nexport const last = b;\n';
    const b = 'import { a, last } from "./a";\nexport class B { get(k: string) { return a.get(k) ?? last; } }\nexport const b = new B();\n';
    expect(found({ 'a.ts': a, 'b.ts': b }).at).toEqual([]);
  });
});
