/** Values handed in, ways out of a check and reasons to overlap that real bugs of Python packages had. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('what is hashed and packed is bytes', () => {
  const store = (make: string): string => `import hashlib
import os


class Blobs:
    """Written by several worker processes."""

    def __init__(self, root):
        self.root = root

    def put(self, data):
        digest = self._digest(data)
        folder = os.path.join(self.root, digest[:2])
${make}
        with open(os.path.join(folder, digest[2:]), 'wb') as f:
            f.write(data)
        return digest

    def _digest(self, data):
        return hashlib.sha256(data).hexdigest()
`;
  it('so that what comes after is reached', () => {
    expect(found(store('        if not os.path.isdir(folder):\n            os.makedirs(folder)'))).toEqual(['warning file-toctou 14→15']);
  });
  it('and says nothing of a folder that may be there', () => {
    expect(found(store('        os.makedirs(folder, exist_ok=True)'))).toEqual([]);
  });
});

describe('a file with the id of the process', () => {
  it('is looked at before it is written, with a way out in between that asks something else', () => {
    const text = `import os


class Lock:
    def __init__(self, path):
        self.path = path

    def take(self):
        if os.path.exists(self.path):
            if self.is_fresh():
                raise RuntimeError('already running')
        with open(self.path, 'w') as f:
            f.write(str(os.getpid()))

    def is_fresh(self):
        return True
`;
    expect(found(text)).toEqual(['warning file-toctou 9→12']);
  });
  it('is made in one step', () => {
    const text = `import os


class Lock:
    def __init__(self, path):
        self.path = path

    def take(self):
        try:
            with open(self.path, 'x') as f:
                f.write(str(os.getpid()))
        except FileExistsError:
            raise RuntimeError('already running') from None
`;
    expect(found(text)).toEqual([]);
  });
});

describe('a client whose type is that of a store', () => {
  const quota = (spend: string): string => `from redis.asyncio import Redis


class Quota:
    def __init__(self, client: Redis, limit: int):
        self.client = client
        self.limit = limit

    async def spend(self, user: str) -> bool:
${spend}
`;
  it('keeps values under keys, whatever it is called', () => {
    const text = quota(`        left = await self.client.get(user)
        if left is not None and int(left) <= 0:
            return False
        await self.client.set(user, int(left or self.limit) - 1)
        return True`);
    expect(found(text)).toEqual(['warning get-or-create 10→13']);
  });
  it('takes one away in one step', () => {
    const text = quota(`        await self.client.set(user, self.limit, nx=True)
        return await self.client.decr(user) >= 0`);
    expect(found(text)).toEqual([]);
  });
});

describe('bytes joined of what a function of the program gives', () => {
  it('are a value while the file is loaded', () => {
    const text = `import os


def code(c):
    return c.encode('ascii') if c.isalnum() else b'_'


TABLE = b''.join(map(code, ['a', '-', 'b']))


def prepare(path):
    """Called in parallel by several processes."""
    if not os.path.isdir(path):
        os.makedirs(path)
    return TABLE
`;
    expect(found(text)).toEqual(['warning file-toctou 13→14']);
  });
});

describe('columns of a row by their place', () => {
  const sequence = (take: string): string => `import sqlite3
import threading


class Sequence:
    """Numbers for documents, taken from worker threads."""

    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)
        self.lock = threading.Lock()

    def next(self, name):
${take}
        return value
`;
  const ask = "self.conn.execute('SELECT value FROM sequences WHERE name = ?', (name,))";
  const put = "self.conn.execute('UPDATE sequences SET value = ? WHERE name = ?', (value, name))";
  it('are those that the statement names', () => {
    expect(found(sequence(`        value = ${ask}.fetchone()[0] + 1\n        ${put}`))).toEqual(['warning lost-update 13→14']);
  });
  it('also where the row is taken apart', () => {
    expect(found(sequence(`        (last,) = ${ask}.fetchone()\n        value = last + 1\n        ${put}`))).toEqual([
      'warning lost-update 13→15',
    ]);
  });
  it('are not lost under a lock', () => {
    expect(found(sequence(`        with self.lock:\n            value = ${ask}.fetchone()[0] + 1\n            ${put}`))).toEqual([]);
  });
});

describe('a question that somebody else has answered meanwhile', () => {
  it('is not answered again in place of another: what was moved away is not found twice', () => {
    const text = `import os


class Spool:
    """Several workers clear the same folder."""

    def __init__(self, folder):
        self.folder = folder

    def retire(self):
        retired = 0
        for name in os.listdir(self.folder):
            if name.endswith('.job'):
                path = os.path.join(self.folder, name)
                try:
                    os.rename(path, path + '.done')
                    retired += 1
                except FileNotFoundError:
                    pass
        return retired
`;
    expect(found(text)).toEqual([]);
    expect(found(text.replace('FileNotFoundError', 'PermissionError'))).toEqual(['warning file-toctou 12→16']);
  });
});
