/** Paths of pathlib and other things that real bugs of Python services had, each beside its safe twin. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('a path made of another', () => {
  const fetch = (write: string): string => `"""Models on disk; several processes share the folder."""
import os
import tempfile
from pathlib import Path

import requests

CACHE = Path(os.environ.get("MODELS", "~/.cache/models")).expanduser()


def fetch(url: str, name: str) -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    target = CACHE / name
    if target.exists():
        return target
    response = requests.get(url, timeout=30)
    response.raise_for_status()
${write}
    return target
`;
  it('is the same file', () => {
    expect(found(fetch('    with target.open("wb") as out:\n        out.write(response.content)'))).toEqual(['warning file-toctou 14→18']);
  });
  it('is not written to where a temporary file is moved into its place', () => {
    const moved = `    fd, tmp = tempfile.mkstemp(dir=CACHE)
    with os.fdopen(fd, "wb") as out:
        out.write(response.content)
    os.replace(tmp, target)`;
    expect(found(fetch(moved))).toEqual([]);
  });

  const store = (body: string): string => `"""Settings kept by several processes."""
from pathlib import Path


class Store:
    def __init__(self, root: Path, name: str):
        self._path = root / name
        self._lock = self._path.with_suffix(".lock")

${body}
`;
  it('is one that an attribute keeps, and its folder', () => {
    const body = `    def prepare(self):
        if not self._path.parent.exists():
            self._path.parent.mkdir(parents=True)

    def unlock(self):
        if self._lock.exists():
            self._lock.unlink()`;
    expect(found(store(body)).map((f) => f.split(' ').slice(1).join(' '))).toEqual(['file-toctou 11→12', 'file-toctou 15→16']);
  });
  it('is made or locked at once', () => {
    const body = `    def prepare(self):
        self._path.parent.mkdir(parents=True, exist_ok=True)

    def unlock(self):
        self._lock.unlink(missing_ok=True)`;
    expect(found(store(body))).toEqual([]);
  });
});

describe('a path that a method makes', () => {
  const cache = (body: string): string => `"""Packages on disk; several processes install them."""
import hashlib
import shutil
from pathlib import Path


class PackageCache:
    def __init__(self, root: Path) -> None:
        self.root = root

    def _target(self, url: str) -> Path:
        return self.root / hashlib.sha256(url.encode()).hexdigest()[:16]

    def evict(self, url: str) -> None:
        target = self._target(url)
${body}
`;
  it('is the same each time', () => {
    expect(found(cache('        if target.exists():\n            shutil.rmtree(target)'))).toEqual(['warning file-toctou 16→17']);
  });
  it('may be gone', () => {
    expect(found(cache('        shutil.rmtree(target, ignore_errors=True)'))).toEqual([]);
  });
});

describe('places that are counted', () => {
  const register = (count: string, lock = ''): string => `from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import Event, Registration

router = APIRouter()


@router.post("/{event_id}/registrations")
async def register(event_id: int, email: str, session: AsyncSession = Depends(get_session)):
    event = await session.get(Event, event_id${lock})
    if event is None:
        raise HTTPException(404)
    taken = ${count}
    if taken >= 1:
        raise HTTPException(409)
    session.add(Registration(event_id=event_id, email=email))
    await session.commit()
`;
  const counts = [
    '(await session.execute(select(func.count()).select_from(Registration).where(Registration.event_id == event_id))).scalar_one()',
    'await session.scalar(select(func.count(Registration.id)).where(Registration.event_id == event_id))',
    'await session.scalar(select(exists().where(Registration.event_id == event_id)))',
    'await session.scalar(select(select(Registration.id).where(Registration.event_id == event_id).exists()))',
    'await session.scalar(select(exists(select(Registration.id).where(Registration.event_id == event_id))))',
  ];
  it.each(counts)('may be taken by another request: %s', (count) => {
    expect(found(register(count))).toEqual(['warning db-check-then-act 16→19']);
  });
  it.each(counts)('are not while the row they belong to is locked: %s', (count) => {
    expect(found(register(count, ', with_for_update=True'))).toEqual([]);
  });
});

describe('who waits until there is room', () => {
  const limiter = (wait: string): string => `import asyncio
import time
from collections import deque


class RateLimiter:
    def __init__(self, limit: int, period: float) -> None:
        self.limit = limit
        self.period = period
        self._calls = deque()

    def _prune(self, now: float) -> None:
        while self._calls and self._calls[0] <= now - self.period:
            self._calls.popleft()

    async def acquire(self) -> None:
        now = time.monotonic()
        self._prune(now)
${wait}
        self._calls.append(time.monotonic())
`;
  it('looks again, or another has taken it, though what is over is thrown away after the wait', () => {
    const once = `        if len(self._calls) >= self.limit:
            await asyncio.sleep(self._calls[0] + self.period - now)
            self._prune(time.monotonic())`;
    expect(found(limiter(once))).toEqual(['warning wait-without-loop 19→22']);
  });
  it('and does so in a loop', () => {
    const again = `        while len(self._calls) >= self.limit:
            await asyncio.sleep(self._calls[0] + self.period - now)
            now = time.monotonic()
            self._prune(now)`;
    expect(found(limiter(again))).toEqual([]);
  });

  const bucket = (take: string): string => `import asyncio
import time


class Bucket:
    def __init__(self, rate: float, capacity: int) -> None:
        self.rate = rate
        self.capacity = capacity
        self.tokens = float(capacity)
        self.updated = time.monotonic()
        self._lock = asyncio.Lock()

    def _refill(self) -> None:
        now = time.monotonic()
        self.tokens = min(self.capacity, self.tokens + (now - self.updated) * self.rate)
        self.updated = now

    async def take(self) -> None:
${take}
`;
  const steps = `self._refill()
if self.tokens < 1:
    await asyncio.sleep((1 - self.tokens) / self.rate)
    self._refill()
self.tokens -= 1`;
  const indented = (by: number): string => steps.replace(/^/gm, ' '.repeat(by));
  it('finds the bucket filled, and emptied', () => {
    expect(found(bucket(indented(8)))).toEqual(['warning wait-without-loop 20→23']);
  });
  it('waits in its turn', () => {
    expect(found(bucket(`        async with self._lock:\n${indented(12)}`))).toEqual([]);
  });
});

describe('what runs beside it', () => {
  const singleton = (call: string): string =>
    `import threading

from flask import Flask, jsonify

app = Flask(__name__)


class Meta(type):
    _instances = {}
    _lock = threading.local()

    def __call__(cls, *args):
${call}
        return cls._instances[cls]


class Base(metaclass=Meta):
    pass


class Database(Base):
    def __init__(self):
        self.rows = {}


@app.route("/users")
def users():
    return jsonify(Database().rows)
`.replace('threading.local()', 'threading.Lock()');
  it('calls the metaclass of the class it makes an object of', () => {
    const bare = singleton(`        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args)`).replace('    _lock = threading.Lock()\n', '');
    expect(found(bare)).toEqual(['warning get-or-create 12→13']);
  });
  it('and waits for it', () => {
    const locked = singleton(`        with cls._lock:
            if cls not in cls._instances:
                cls._instances[cls] = super().__call__(*args)`);
    expect(found(locked)).toEqual([]);
  });

  const queue = (head: string, take: string): string => `${head}import sqlite3


class JobQueue:
    def __init__(self, path):
        self._db = sqlite3.connect(path, isolation_level=None)

    def take(self):
${take}
        return row
`;
  const select = `        row = self._db.execute("SELECT id, payload FROM jobs WHERE status = 'queued' LIMIT 1").fetchone()
        if row is None:
            return None
        self._db.execute("UPDATE jobs SET status = 'running' WHERE id = ?", (row[0],))`;
  it('is said at the head of the file', () => {
    expect(found(queue('"""A queue that several processes share."""\n', select))).toEqual(['warning db-check-then-act 10→13']);
  });
  it('takes another row where the first is claimed at once', () => {
    const claim = `        row = self._db.execute(
            "UPDATE jobs SET status = 'running' WHERE id = (SELECT id FROM jobs WHERE status = 'queued' LIMIT 1) RETURNING id, payload"
        ).fetchone()`;
    expect(found(queue('"""A queue that several processes share."""\n', claim))).toEqual([]);
  });
});

describe('a counter in a store', () => {
  const limit = (count: string): string => `import redis.asyncio as redis
from fastapi import FastAPI, HTTPException

app = FastAPI()
store = redis.Redis()
LIMIT = 10


@app.get("/quote/{user}")
async def quote(user: str):
    key = f"limit:{user}"
${count}
    return {"quote": "..."}
`;
  it('is held against a limit and counted up when others have done so', () => {
    const apart = `    count = await store.get(key)
    if count is not None and int(count) >= LIMIT:
        raise HTTPException(429)
    await store.incr(key)`;
    expect(found(limit(apart))).toEqual(['warning check-then-act 12→15']);
  });
  it('is counted up first', () => {
    expect(found(limit('    if await store.incr(key) > LIMIT:\n        raise HTTPException(429)'))).toEqual([]);
  });
});

describe('who else comes to it', () => {
  const memo = (body: string): string => `import threading


def memoize(fn):
    cache = {}
    lock = threading.Lock()

    def wrapper(*args):
${body}

    return wrapper


@memoize
def tenant(name):
    with open(name) as f:
        return f.read()


def serve(names):
    for name in names:
        threading.Thread(target=tenant, args=(name,)).start()
`;
  it('what a decorator of the file makes runs where the function is started', () => {
    const bare = memo('        if args not in cache:\n            cache[args] = fn(*args)\n        return cache[args]');
    expect(found(bare.replace('    lock = threading.Lock()\n', ''))).toEqual(['warning get-or-create 8→9']);
  });
  it('and one at a time under its lock', () => {
    const locked = memo(
      '        with lock:\n            if args not in cache:\n                cache[args] = fn(*args)\n            return cache[args]',
    );
    expect(found(locked)).toEqual([]);
  });

  const monitored = (ensure: string): string => `import subprocess
import threading


class ProcessManager:
    def __init__(self, command):
        self._command = command
        self._proc = None
        self._lock = threading.Lock()

    def ensure_running(self):
${ensure}


class Monitor(threading.Thread):
    def __init__(self, manager):
        super().__init__(daemon=True)
        self.manager = manager
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(5):
            self.manager.ensure_running()


manager = ProcessManager(["sleep", "100"])
Monitor(manager).start()


def reload_config():
    manager.ensure_running()
`;
  it('a thread that the file starts, and who calls the file', () => {
    const bare = monitored(`        if self._proc is None or self._proc.poll() is not None:
            self._proc = subprocess.Popen(self._command)`);
    expect(found(bare.replace('        self._lock = threading.Lock()\n', ''))).toContain('warning double-init 11→12');
  });
  it('and they take turns', () => {
    const locked = monitored(`        with self._lock:
            if self._proc is None or self._proc.poll() is not None:
                self._proc = subprocess.Popen(self._command)`);
    expect(found(locked)).toEqual([]);
  });

  const viewset = (body: string): string => `from rest_framework import serializers, viewsets

from .models import Invoice, Profile


class InvoiceViewSet(viewsets.ModelViewSet):
    def perform_create(self, serializer):
${body}
        serializer.save(profile=profile)
`;
  it('requests come to a view set at any time', () => {
    const apart = `        try:
            profile = Profile.objects.get(user=self.request.user)
        except Profile.DoesNotExist:
            profile = Profile.objects.create(user=self.request.user)`;
    expect(found(viewset(apart))).toEqual(['warning db-check-then-act 9→11']);
  });
  it('which the data base sees to', () => {
    expect(found(viewset('        profile, _ = Profile.objects.get_or_create(user=self.request.user)'))).toEqual([]);
  });

  const lazy = (body: string): string => `import threading


class Client:
    """May be called by several threads."""

    def __init__(self, factory):
        self._factory = factory
        self._lock = threading.Lock()

    def impl(self):
${body}
        return self._impl
`;
  it('an attribute that is looked for in the dictionary of the object', () => {
    const bare = '        if "_impl" not in self.__dict__:\n            self._impl = self._factory()';
    expect(found(lazy(bare))).toEqual(['warning double-init 12→13']);
  });
  it('and under a lock', () => {
    const locked = '        with self._lock:\n            if "_impl" not in self.__dict__:\n                self._impl = self._factory()';
    expect(found(lazy(locked))).toEqual([]);
  });
});

describe('a variable that a thread of the file changes', () => {
  const cached = (get: string): string => `import threading
import time

_cache = {}


def sweep():
    while True:
        for key, entry in list(_cache.items()):
            if entry[1] < time.monotonic():
                _cache.pop(key, None)
        time.sleep(30)


def put(key, value, ttl=60):
    _cache[key] = (value, time.monotonic() + ttl)


def get(key):
${get}


threading.Thread(target=sweep, daemon=True).start()
`;
  it('changes under whoever looks at it', () => {
    expect(found(cached('    if key in _cache:\n        return _cache[key][0]\n    return None'))).toEqual([
      'warning check-then-act 20→21',
    ]);
  });
  it('but for what was taken out in one go', () => {
    expect(found(cached('    entry = _cache.get(key)\n    return None if entry is None else entry[0]'))).toEqual([]);
  });
  const plugins = (use: string, thread = 'threading.Thread'): string => `import os
import threading


class PluginManager:
    def __init__(self, folder):
        self.folder = folder
        self.plugins = {}

    def reload(self):
        self.plugins.clear()
        for name in os.listdir(self.folder):
            self.plugins[name] = name.upper()

    def find(self, name):
${use}


class Watcher(${thread}):
    def __init__(self, manager):
        super().__init__(daemon=True)
        self.manager = manager

    def run(self):
        self.manager.reload()
`;
  it('or a class of the file that is a thread', () => {
    const apart = '        if name in self.plugins:\n            return self.plugins[name]\n        return None';
    expect(found(plugins(apart))).toEqual(['warning check-then-act 16→17']);
    expect(found(plugins(apart, 'object'))).toEqual([]);
    expect(found(plugins('        return self.plugins.get(name)'))).toEqual([]);
  });
  it("is nobody else's where no thread is started", () => {
    const alone = cached('    if key in _cache:\n        return _cache[key][0]\n    return None').replace(/\nthreading\.Thread.*\n/, '');
    expect(found(alone)).toEqual([]);
  });
});

describe('rows of a data base that is served', () => {
  const service = (add: string): string => `from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Tag


class TagService:
    def __init__(self, session: Session) -> None:
        self.session = session

    def tag(self, name: str) -> Tag:
        tag = self.session.scalars(select(Tag).where(Tag.name == name)).first()
        if tag is None:
            tag = Tag(name=name)
${add}
        return tag
`;
  it('are what other processes have, too', () => {
    const add = '            self.session.add(tag)\n            self.session.commit()';
    expect(found(service(add))).toEqual(['information db-check-then-act 13→16']);
  });
  it('which the data base may say itself', () => {
    const add = `            self.session.add(tag)
            try:
                self.session.commit()
            except IntegrityError:
                self.session.rollback()
                tag = self.session.scalars(select(Tag).where(Tag.name == name)).one()`;
    expect(found(service(add))).toEqual([]);
  });
});
