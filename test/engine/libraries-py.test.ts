/**
 * Races in Python libraries that show only when what stands around the code is taken for what it is: classes it is mixed
 * with, mappings it is handed, the server that calls it, keys that are numbers. Each with the same program, mended.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine
    .check(python(text), { ...options, hints: true }, control)
    .findings.map((f) => `${f.severity} ${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

describe('a class that is mixed with another one elsewhere', () => {
  const pooled = (body: string): string => `import threading

class Limited:
    def __init__(self, database, max_size=20):
        self.most = max_size
        self.busy = {}
        self._lock = threading.Lock()
        super().__init__(database)

    def open_one(self):
${body}
`;
  it('asks for one more than there may be', () => {
    const text = pooled(`        if len(self.busy) >= self.most:
            raise RuntimeError('too many')
        handle = super().open_one()
        self.busy[id(handle)] = handle
        return handle`);
    expect(found(text)).toContain('warning check-then-act 11→14');
  });
  it('asks under its lock', () => {
    const text = pooled(`        with self._lock:
            if len(self.busy) >= self.most:
                raise RuntimeError('too many')
            handle = super().open_one()
            self.busy[id(handle)] = handle
            return handle`);
    expect(found(text)).toEqual([]);
  });
});

describe('a mapping that is handed in', () => {
  const through = (body: string): string => `class Through:
    """Several threads read through it."""
    def __init__(self, slow, fast):
        self.slow = slow
        self.fast = fast

    def __getitem__(self, key):
        try:
            return self.fast[key]
        except KeyError:
            pass
${body}

    def __setitem__(self, key, value):
        self.slow[key] = value
        self.fast[key] = value
`;
  it('may not have the key, and has it meanwhile', () => {
    expect(found(through('        value = self.slow[key]\n        self.fast[key] = value\n        return value'))).toContain(
      'warning check-then-act 9→13',
    );
  });
  it('is only read', () => {
    expect(found(through('        return self.slow[key]'))).toEqual([]);
  });
});

describe('keys that are numbers', () => {
  const rooms = (leave: string): string => `import threading

class Rooms:
    """Used by several threads."""
    def __init__(self):
        self.guests = {}

    def enter(self, number: int, guest):
        self.guests[number] = [guest]

    def leave(self, number: int):
${leave}
`;
  it('are those that were put there', () => {
    expect(found(rooms('        if number in self.guests:\n            del self.guests[number]'))).toContain(
      'warning check-then-remove 12→13',
    );
  });
  it('are taken out at once', () => {
    expect(found(rooms('        self.guests.pop(number, None)'))).toEqual([]);
  });
});

describe('what a function asks its argument to be', () => {
  const counter = (add: string): string => `import threading

class Tally:
    """Filled by several threads."""
    def __init__(self):
        self.seen = {}

    def add(self, report):
        assert isinstance(report, dict), 'a report'
${add}
`;
  it('is what it gets', () => {
    const add = `        name = report.get('name')
        if name not in self.seen:
            self.seen[name] = []
        self.seen[name].append(report)`;
    expect(found(counter(add))).toContain('warning get-or-create 11→12');
  });
  it('is added at once', () => {
    expect(found(counter("        self.seen.setdefault(report.get('name'), []).append(report)"))).toEqual([]);
  });
});

describe('a function that is asked for by its kind', () => {
  const lazy = (read: string, call: string): string => `import inspect

class Lazy:
    """Several threads may ask at once."""
    def __init__(self, make):
        self.make = make
        self.value = None

    def get(self):
        if self.value is None:
            ${read}
            if not inspect.isfunction(${call}):
                raise TypeError('no function')
            self.value = ${call}()
            self.make = None
        return self.value
`;
  it('is gone when the other one has called it', () => {
    expect(found(lazy('pass', 'self.make')).some((f) => f.startsWith('warning'))).toBe(true);
  });
});

describe('an application of WSGI', () => {
  const guarded = (count: string, head = ''): string => `import time
${head}
class Guarded:
    def __init__(self, app):
        self.app = app
        self.failed = 0

    def __call__(self, environ, start_response):
        if environ.get('pin') != '1234':
            return self.refuse(environ, start_response)
        return self.app(environ, start_response)

    def refuse(self, environ, start_response):
${count}
        start_response('403 Forbidden', [])
        return [b'no']
`;
  it('is called by as many threads as the server has', () => {
    const count = '        if self.failed > 10:\n            return [b"locked"]\n        time.sleep(1)\n        self.failed += 1';
    expect(found(guarded(count))).toEqual(['warning check-then-act 14→17']);
  });
  it('counts under a lock', () => {
    const count = '        with lock:\n            self.failed += 1';
    expect(found(guarded(count, 'import threading\nlock = threading.Lock()\n'))).toEqual([]);
  });
});

describe('what a comment says', () => {
  const pending = (comment: string): string => `class Pending:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)

    def drain(self):
        # ${comment}
        while self.items:
            self.items.pop()
`;
  it.each(['Called asynchronously, when something is thrown away.', 'Concurrent calls are usual.', 'Beware of race conditions.'])(
    'is evidence that calls overlap: %s',
    (comment) => {
      expect(found(pending(comment))).toEqual(['warning check-then-remove 10→11']);
    },
  );
  it('may be about something else', () => {
    expect(found(pending('Not called concurrently.'))).toEqual(['hint check-then-remove 10→11']);
  });
  it('may be about other instances that run', () => {
    const text = `import os

class Home:
    """Another instance may be running here."""
    def __init__(self, path):
        if not os.path.exists(path):
            os.mkdir(path)
`;
    expect(found(text)).toEqual(['information file-toctou 6→7']);
    expect(found(text.replace('may be running here', 'is already running then'))).toEqual(['warning file-toctou 6→7']);
  });
});
