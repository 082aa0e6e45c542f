/** Races of the kind that is in applications: classes of code that no driver or no rule came to. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), { ...options, hints: true }, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('two locks of one kind', () => {
  const bank = (taken: string): string => `import threading

class Account:
    def __init__(self, number):
        self.number = number
        self.balance = 100
        self.lock = threading.Lock()

class Bank:
    def __init__(self, numbers):
        self.accounts = {n: Account(n) for n in numbers}

    def transfer(self, payer, payee, amount):
        src, dst = self.accounts[payer], self.accounts[payee]
        ${taken}
        with one.lock:
            with two.lock:
                src.balance -= amount
                dst.balance += amount
`;
  it('are found by keys that the callers choose', () => {
    expect(found(bank('one, two = src, dst'))).toEqual(['lock-order 16→17']);
    expect(found(bank('one, two = sorted((src, dst), key=lambda a: a.number)'))).toEqual([]);
  });

  const account = (taken: string): string => `import threading

class Account:
    def __init__(self, balance, rank):
        self.balance = balance
        self.rank = rank
        self.lock = threading.Lock()

    def move(self, other, amount):
        ${taken}
            self.balance -= amount
            other.balance += amount
`;
  it('belong to the object and to one of its kind', () => {
    expect(found(account('with self.lock, other.lock:'))).toEqual(['lock-order 10→10']);
    expect(found(account('with self.lock:'))).not.toContain('lock-order 10→10');
  });

  const table = (order: string): string => `import threading

locks = {'alice': threading.Lock(), 'bob': threading.Lock()}

def pay(payer, payee, amount):
    one, two = ${order}
    with locks[one]:
        with locks[two]:
            print(payer, payee, amount)
`;
  it('are items of one table', () => {
    expect(found(table('payer, payee'))).toEqual(['lock-order 7→8']);
    expect(found(table('sorted((payer, payee))'))).toEqual([]);
  });
});

describe('a context manager', () => {
  const pidfile = (make: string): string => `import os
from contextlib import contextmanager

class Running(Exception):
    pass

@contextmanager
def pidfile(path):
${make.replace(/^/gm, '    ')}
    with file:
        file.write('%d' % os.getpid())
    try:
        yield path
    finally:
        os.unlink(path)
`;
  it('is entered and left', () => {
    expect(found(pidfile("if os.path.exists(path):\n    raise Running(path)\nfile = open(path, 'w')"))).toEqual(['file-toctou 9→11']);
    expect(found(pidfile("try:\n    file = open(path, 'x')\nexcept FileExistsError:\n    raise Running(path) from None"))).toEqual([]);
  });
});

describe('a method that the thread of its object calls', () => {
  const hub = (listeners: string): string => `import threading

class Hub(threading.Thread):
    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.listeners = {}
        self.done = threading.Event()

    def subscribe(self, name, listener):
        self.listeners[name] = listener

    def run(self):
        while not self.done.is_set():
            frame = self.port.read(8)
            if not frame or frame[0] != 0xA5:
                continue
            self.publish(frame)

    def publish(self, frame):
        for name, listener in ${listeners}:
            listener(frame)
`;
  it('meets the methods that others call', () => {
    expect(found(hub('self.listeners.items()'))).toContain('mutate-while-iterating 21→22');
    expect(found(hub('list(self.listeners.items())'))).not.toContain('mutate-while-iterating 21→22');
  });
});

describe('a helper of a thread', () => {
  const reader = (helper: string): string => `import threading

class Reader(threading.Thread):
    def __init__(self, port):
        super().__init__()
        self.port = port
        self.dropped = 0
        self.done = threading.Event()

    def run(self):
        while not self.done.is_set():
            self.${helper}()

    def ${helper}(self):
        if not self.port.read(8):
            self.dropped += 1
`;
  it('runs in that thread only when nobody else may call it', () => {
    expect(found(reader('_step'))).toEqual([]);
    expect(found(reader('step'))).toContain('lost-update 16→16');
  });
});

describe('a dictionary made of something unknown', () => {
  const registry = (guard: string): string => `import threading

class Registry:
    def __init__(self, options):
        self.options = dict(options)
        self.clients = {}
        self.lock = threading.Lock()
        self.root = self.options.get('root')
        if not self.root:
            raise ValueError('no root')

    def client(self, name):
        ${guard}:
            if name not in self.clients:
                self.clients[name] = self.options['factory'](self.root)
            return self.clients[name]
`;
  it('may have had any key from the start', () => {
    expect(found(registry('if self.root'))).toEqual(['get-or-create 14→15']);
    expect(found(registry('with self.lock'))).toEqual([]);
  });
});

describe('a row that an awaited helper asks for', () => {
  const users = (commit: string): string => `from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, DeclarativeBase

class Base(DeclarativeBase):
    pass

class User(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)

async def find(session, email):
    wanted = select(User).where(User.email == email)
    return (await session.execute(wanted)).scalar_one_or_none()

async def user_for(session, email):
    user = await find(session, email)
    if user is None:
        user = User(email=email)
        session.add(user)
${commit.replace(/^/gm, '        ')}
    return user
`;
  it('is made by both who found none', () => {
    expect(found(users('await session.commit()'))).toEqual(['db-check-then-act 16→19']);
    const handled =
      'try:\n    await session.commit()\nexcept IntegrityError:\n    await session.rollback()\n    user = await find(session, email)';
    expect(found(users(handled))).toEqual([]);
  });
});

describe('a store by its name', () => {
  const once = (client: string, take: string): string => `import redis

${client} = redis.Redis.from_url('redis://localhost:6379/3')

class Once:
    def acquire(self, key, owner):
        ${take}
        ${client}.setex(key, 60, owner)
        return True

    def release(self, key):
        ${client}.delete(key)
`;
  it('is made of an address, or only called one here', () => {
    const racy = (client: string): string => once(client, `if ${client}.exists(key): return False`);
    expect(found(racy('conn'))).toEqual(['check-then-act 7→8']);
    expect(found(racy('_redis'))).toEqual(['check-then-act 7→8']);
    expect(found(once('conn', 'return bool(conn.set(key, owner, nx=True, ex=60))'))).toEqual([]);
  });
});

describe('something that must be registered first', () => {
  const plugins = (body: string): string => `import threading

class Plugins:
    def __init__(self):
        self._makers = {}
        self._made = {}
        self._lock = threading.Lock()

    def register(self, name, make):
        if not callable(make):
            raise TypeError(name)
        self._makers[name] = make

    def get(self, name='default'):
${body.replace(/^/gm, '        ')}
        return self._made[name]

    def _make(self, name):
        try:
            make = self._makers[name]
        except KeyError:
            raise LookupError(name) from None
        return make()
`;
  it('is, under the key that is asked for', () => {
    const lazy = 'if name not in self._made:\n    self._made[name] = self._make(name)';
    expect(found(plugins(lazy))).toEqual(['get-or-create 15→16']);
    expect(found(plugins(`with self._lock:\n${lazy.replace(/^/gm, '    ')}`))).toEqual([]);
  });
});

describe('files that others remove', () => {
  const cache = (get: string): string => `import os
import shutil

class Cache:
    def __init__(self, root):
        self.root = root

    def _path(self, key):
        return os.path.join(self.root, key)

    def get(self, key):
        path = self._path(key)
${get.replace(/^/gm, '        ')}

    def clear(self):
        shutil.rmtree(self.root, ignore_errors=True)
`;
  it('are gone when they are opened', () => {
    const looked = "if not os.path.isfile(path):\n    return None\nwith open(path, 'rb') as file:\n    return file.read()";
    expect(found(cache(looked))).toEqual(['file-toctou 13→15']);
    const tried = "try:\n    with open(path, 'rb') as file:\n        return file.read()\nexcept OSError:\n    return None";
    expect(found(cache(tried))).toEqual([]);
  });
  const sweep = (body: string): string => `import os
import shutil
import time

def sweep(root, keep):
    for name in os.listdir(root):
        path = os.path.join(root, name)
        if not name.endswith('.job'):
            continue
${body.replace(/^/gm, '        ')}
`;
  it('are in a folder of which nobody knows what is in it, nor how old', () => {
    const looked = 'if os.path.isdir(path):\n    if time.time() - os.stat(path).st_mtime > keep:\n        shutil.rmtree(path)';
    expect(found(sweep(looked))).toContain('file-toctou 10→11');
    const tried = 'try:\n    if time.time() - os.stat(path).st_mtime > keep:\n        shutil.rmtree(path)\nexcept OSError:\n    pass';
    expect(found(sweep(tried))).toEqual([]);
  });
});

describe('a number in a table', () => {
  const wallet = (pay: string): string => `class Wallets:
    def __init__(self, pool):
        self.pool = pool

    async def balance(self, user_id):
        return await self.pool.fetchval('SELECT balance FROM wallets WHERE user_id = $1', user_id) or 0

    async def pay(self, user_id, amount):
${pay.replace(/^/gm, '        ')}
`;
  it('is read by a helper and written back', () => {
    const readFirst = `left = await self.balance(user_id)
if left < amount:
    return False
await self.pool.execute('UPDATE wallets SET balance = $2 WHERE user_id = $1', user_id, left - amount)
return True`;
    expect(found(wallet(readFirst))).toEqual(['db-check-then-act 9→12']);
    const atOnce = `left = await self.pool.fetchval(
    'UPDATE wallets SET balance = balance - $2 WHERE user_id = $1 AND balance >= $2 RETURNING balance', user_id, amount
)
return left is not None`;
    expect(found(wallet(atOnce))).toEqual([]);
  });
});

describe('an object that a call is handed', () => {
  const bank = (body: string): string => `class Account:
    def __init__(self):
        self.state = 'open'
        self.balance = 100
        self.paid = 0

    def change(self, state=None):
        if state is not None:
            self.state = state
        if self.state == 'closed':
            self.paid = self.balance

class Bank:
    def __init__(self, audit):
        self.audit = audit

    async def withdraw(self, account: Account, amount):
${body.replace(/^/gm, '        ')}
`;
  it('is changed by its own methods meanwhile', () => {
    expect(found(bank("if account.state == 'open':\n    await self.audit.write(amount)\n    account.balance -= amount"))).toEqual([
      'check-then-act 18→20',
    ]);
    expect(found(bank("await self.audit.write(amount)\nif account.state == 'open':\n    account.balance -= amount"))).toEqual([]);
  });
});

describe('a generator that a framework runs as a coroutine', () => {
  const links = (get: string): string => `from tornado import gen

class Links:
    def __init__(self, client):
        self.client = client
        self.links = {}
        self.opening = {}

    @gen.coroutine
    def _open(self, name):
        link = yield self.client.connect(name)
        raise gen.Return(link)

    @gen.coroutine
    def get(self, name):
${get.replace(/^/gm, '        ')}
        return link
`;
  it('lets others run where it yields', () => {
    expect(
      found(links('link = self.links.get(name)\nif link is None:\n    link = yield self._open(name)\n    self.links[name] = link')),
    ).toEqual(['get-or-create 16→19']);
    const kept = 'if name not in self.opening:\n    self.opening[name] = self._open(name)\nlink = yield self.opening[name]';
    expect(found(links(kept))).toEqual([]);
  });
});
