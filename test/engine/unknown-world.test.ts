/** What was there before a driver begins: files nobody has seen, keys that may be equal, subclasses elsewhere, React. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);
const message = (file: SourceFile): string => engine.check(file, options, control).findings[0]?.message ?? '';

describe('files in Python', () => {
  const handler = (body: string): SourceFile =>
    python(`import json, os, threading
from flask import Flask, request
app = Flask(__name__)
STATE = "data/state.json"
lock = threading.Lock()

@app.post("/x")
def handle():
${body}
`);
  const hit = `    with open(STATE) as f:
        data = json.load(f)
    data["count"] += 1
    with open(STATE, "w") as f:
        json.dump(data, f)`;
  it('a file read, changed and written back loses updates', () => {
    expect(found(handler(hit))).toEqual(['lost-update 9→12']);
    expect(message(handler(hit))).toContain('data/state.json');
  });
  it('but not under a lock', () => {
    expect(found(handler(`    with lock:\n${hit.replace(/^/gm, '    ')}`))).toEqual([]);
  });
  it.each(['STATE', '"x.lock"', 'os.path.join("data", request.form["name"])'])('exists and remove of %s', (path) => {
    expect(found(handler(`    if os.path.exists(${path}):\n        os.remove(${path})`))).toEqual(['file-toctou 9→10']);
  });
  it('are there or not, but the same through an execution', () => {
    expect(found(handler('    with lock:\n        if os.path.exists(STATE):\n            os.remove(STATE)'))).toEqual([]);
    expect(found(handler('    try:\n        os.remove(STATE)\n    except FileNotFoundError:\n        pass'))).toEqual([]);
  });
  const threaded = (body: string): SourceFile =>
    python(`import os, tarfile, threading
from urllib.parse import quote
from app import settings

class Store:
    def __init__(self, folder):
        self.folder = folder
        self.names = set()
        self.archive = tarfile.open(folder)
        self.lock = threading.Lock()

${body}
`);
  it('an unknown member of an archive that two unpack may be the same', () => {
    const unpack = (how: string): SourceFile =>
      threaded(`    def unpack(self, to):
        with self.lock:
            members = self.archive.getmembers()
        for member in members:
            folder = os.path.dirname(os.path.join(to, member.name))
${how}`);
    expect(found(unpack('            if not os.path.exists(folder):\n                os.makedirs(folder)'))).toEqual(['file-toctou 17→18']);
    expect(found(unpack('            os.makedirs(folder, exist_ok=True)'))).toEqual([]);
  });
  it('an unknown name joined to a folder is in that folder', () => {
    const has = (body: string): SourceFile =>
      threaded(`    def has(self):
        with self.lock:
            name = os.path.join(self.folder, settings.name)
        ${body}

    def delete(self):
        name = os.path.join(self.folder, settings.name)
        if not name.startswith(self.folder):
            return
        with self.lock:
            try:
                os.remove(name)
            except FileNotFoundError:
                pass`);
    expect(found(has('if os.path.exists(name):\n            with open(name) as f:\n                return f.read()'))).toEqual([
      'file-toctou 15→16',
    ]);
    expect(found(has('return os.path.exists(name)'))).toEqual([]);
  });
  it('what fails on the way from a check to its act', () => {
    const drop = (lines: string[]): SourceFile =>
      threaded(`    def add(self, name):
        with self.lock:
            self.names.add(name)
            open(os.path.join("data", quote(name)), "w").close()

    def drop(self, name):
${lines.map((l) => `        ${l}`).join('\n')}`);
    const body = ['if name not in self.names:', '    return', 'os.remove(os.path.join("data", quote(name)))', 'self.names.remove(name)'];
    expect(found(drop(body))).toEqual(['check-then-remove 18→21']);
    expect(found(drop(['with self.lock:', ...body.map((l) => `    ${l}`)]))).toEqual([]);
  });
  it('what the program put into an unknown object is there when it is read again', () => {
    const once = handler(`    with lock:
        with open(STATE) as f:
            users = json.load(f)
        if "a" in users:
            return "taken"
        users["a"] = 1
        with open(STATE, "w") as f:
            json.dump(users, f)
        with open(STATE) as f:
            again = json.load(f)
        assert "a" in again and again["a"] == 1
        return "ok"`);
    expect(found(once)).toEqual([]);
  });
});

describe('files in JavaScript', () => {
  const handler = (body: string): SourceFile =>
    typescript(`import { promises as fs, existsSync } from 'fs';
import { Mutex } from 'async-mutex';
import express from 'express';
const app = express();
const mutex = new Mutex();
app.post('/x', async (req, res) => {
${body}
  res.end();
});
`);
  const add = `  const todos = JSON.parse(await fs.readFile('todos.json', 'utf8'));
  todos.push(req.body);
  await fs.writeFile('todos.json', JSON.stringify(todos));`;
  it('a list read, added to and written back loses what another added', () => {
    expect(found(handler(add))).toEqual(['lost-update 7→9']);
    expect(message(handler(add))).toContain('todos.json ends as');
  });
  it('but not under a mutex', () => {
    expect(found(handler(`  await mutex.runExclusive(async () => {\n${add}\n  });`))).toEqual([]);
  });
  it('an operation takes effect after the call, not in it', () => {
    expect(found(handler("  if (!existsSync('out')) {\n    await fs.mkdir('out');\n  }"))).toEqual(['file-toctou 7→8']);
    expect(found(handler("  if (!existsSync('out')) {\n    await fs.mkdir('out', { recursive: true });\n  }"))).toEqual([]);
  });
});

describe('keys nobody knows', () => {
  it('of two requests may be equal', () => {
    const server = (guard: string): SourceFile =>
      python(`import socketserver, threading
SEATS = {}
lock = threading.Lock()

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        seat = self.rfile.readline().strip()
${guard}`);
    const check =
      '        if seat in SEATS:\n            return\n        SEATS[seat] = self.client_address\n        self.wfile.write(b"yours")\n';
    expect(found(server(check))).toEqual(['check-then-act 8→10']);
    expect(found(server(`        with lock:\n${check.replace(/^/gm, '    ')}`))).toEqual([]);
  });
  it('are different when each call makes its own', () => {
    const pool = python(`import threading
from driver import connect
active = {}
lock = threading.Lock()

def serve():
    conn = connect("db")
    if conn not in active:
        active[conn] = threading.current_thread()
    active.pop(conn)

for _ in range(2):
    threading.Thread(target=serve).start()
`);
    expect(found(pool)).toEqual([]);
  });
});

describe('objects', () => {
  it('what subclasses elsewhere do is unknown', () => {
    const connector = (body: string): SourceFile =>
      python(`import asyncio

class Connector:
    def __init__(self, *, limit: int = 100):
        self._loop = asyncio.get_running_loop()
        self._limit = limit
        self._busy = set()

    async def connect(self, request):
${body}

    async def _create(self, request):
        raise NotImplementedError()
`);
    const racy = `        if len(self._busy) >= self._limit:
            raise RuntimeError("full")
        made = await self._create(request)
        self._busy.add(made)
        return made`;
    expect(found(connector(racy))).toEqual(['check-then-act 10→13']);
  });
  it('a subclass of Thread runs beside its other methods', () => {
    const worker = python(`import threading

class Worker(threading.Thread):
    def __init__(self):
        super().__init__()
        self.jobs = []

    def add(self, job):
        self.jobs.append(job)

    def cancel(self):
        self.jobs.clear()

    def run(self):
        while self.jobs:
            job = self.jobs.pop(0)
            job.work()
`);
    expect(found(worker)).toContain('check-then-remove 15→16');
  });
});

describe('React', () => {
  const effect = (body: string, after = ''): SourceFile => ({
    ...typescript(`import { useEffect, useState } from 'react';
import { fetchProfile } from './api';
export function Profile({ id }: { id: string }) {
  const [profile, setProfile] = useState(null);
  useEffect(() => {
${body}
${after}
  }, [id]);
  return <p>{profile}</p>;
}
`),
    path: 'profile.tsx',
  });
  it.each([
    '    fetchProfile(id).then(setProfile);',
    '    fetchProfile(id).then((p) => { setProfile(p); });',
    '    (async () => { const p = await fetchProfile(id); setProfile(p); })();',
  ])('an effect may store the answer to an older request: %s', (body) => {
    expect(found(effect(body))).toEqual(['stale-response 6→6']);
  });
  it('not when its clean-up says that it is out of date', () => {
    const body = '    let live = true;\n    fetchProfile(id).then((p) => { if (live) setProfile(p); });';
    expect(found(effect(body, '    return () => { live = false; };'))).toEqual([]);
  });
  it('runs effects again when state that they depend on changes', () => {
    const search = (guard: string): SourceFile => ({
      ...typescript(`import { useEffect, useState } from 'react';
import { find } from './api';
export function Search() {
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState([]);
  useEffect(() => {
    if (query === '') return;
    let live = true;
    const run = async () => {
      const answer = await find(query);
      ${guard}setHits(answer);
    };
    void run();
    return () => { live = false; };
  }, [query]);
  return <input onChange={(e) => setQuery(e.target.value)} value={query} />;
}
`),
      path: 'search.tsx',
    });
    expect(found(search(''))).toEqual(['stale-response 10→11']);
    expect(found(search('if (live) '))).toEqual([]);
  });
});

describe('event loops and objects of others', () => {
  it('a future of an unknown loop waits until it is set', () => {
    const gate = (leave: string): SourceFile =>
      python(`import asyncio
from framework import Service

class Gate(Service):
    '''Meant for one loop; not to be confused with threading.Event.'''
    def __init__(self):
        self.waiting = []
        self.is_open = False
        self.passed = 0

    async def enter(self):
        if not self.is_open:
            waiter = self.get_loop().create_future()
            self.waiting.append(waiter)
            try:
                await waiter
            finally:
                self.waiting.remove(waiter)
        self.passed += 1

    def open(self):
        self.is_open = True
        for waiter in self.waiting:
            ${leave}
`);
    expect(found(gate('waiter.done() or waiter.set_result(True)'))).toEqual([]);
  });
  it('one context at most is on the main thread', () => {
    const jobs = (mine: string): SourceFile =>
      python(`import threading
from shell import ${mine}
local = threading.local()
main_jobs = []

def jobs():
    if not hasattr(local, 'jobs'):
        local.jobs = main_jobs if ${mine}() else []
    return local.jobs

def finish():
    if jobs():
        return jobs().pop()

def begin(job):
    jobs().append(job)
    return finish()
`);
    expect(found(jobs('on_main_thread'))).toEqual([]);
    expect(found(jobs('is_interactive'))).not.toEqual([]);
  });
  it('what two calls gave may be one thing', () => {
    const sink = (tasks: string): SourceFile =>
      python(`import weakref
from loops import current, loop_of

class Sink:
    def __init__(self, work, loop):
        self.work = work
        self.loop = loop
        self.tasks = weakref.WeakSet()

    def write(self, text):
        self.tasks.add(self.loop.create_task(self.work(text)))

    async def finish(self):
        mine = current()
        for task in ${tasks}:
            if loop_of(task) is mine:
                await task
`);
    expect(found(sink('self.tasks'))).toEqual(['mutate-while-iterating 15→16']);
    expect(found(sink('list(self.tasks)'))).toEqual([]);
  });
});

describe('what all objects share', () => {
  const folders = (make: string): SourceFile =>
    python(`import os
# Several processes start at the same time.

class Store:
    def __init__(self, path):
        '''The folder is shared by several processes.'''
        self.path = path
        ${make}
`);
  it('a folder that two constructors make', () => {
    expect(found(folders('if not os.path.exists(path):\n            os.mkdir(path)'))).toEqual(['file-toctou 8→9']);
    expect(found(folders('os.makedirs(path, exist_ok=True)'))).toEqual([]);
  });
  const sessions = (each: string): SourceFile =>
    python(`import threading

class Session:
    all_sessions = set()
    lock = threading.Lock()

    def __init__(self, number):
        self.number = number
        Session.all_sessions.add(self)

    @classmethod
    def busy(cls):
        return [s.number for s in ${each}]
`);
  it('a collection of all objects that a comprehension goes through', () => {
    expect(found(sessions('cls.all_sessions'))).toEqual(['mutate-while-iterating 13→13']);
    expect(found(sessions('list(cls.all_sessions)'))).toEqual([]);
  });
});
