/** Fixes of real-looking sources: the edited text, and that the same race is not found in it any more. */
import { describe, expect, it } from 'vitest';
import { file, repairs, titled, unknownFinding, type Repaired } from './engine.ts';

/** The fix verified, and its text has no finding of that rule about that state. */
function holds(r: Repaired, rule: string, shared: string): void {
  expect(['verified', 'bounded']).toContain(r.fix.trace.verdict);
  expect(r.fix.trace.explored.executions).toBeGreaterThan(0);
  expect(r.after.problems).toEqual([]);
  expect(r.after.findings.filter((f) => f.rule === rule && f.shared === shared)).toEqual([]);
}

const stack = `from time import sleep
from _thread import start_new_thread as thread
stack = [2, 3, 4, 5, 6, 7, 8]
def thread1():
    while 1:
        v = stack[0]
        sleep(0.001)
        if v % 2 == 0: del stack[0]
        sleep(0.001)
def thread2():
    while 1:
        stack.insert(0, stack[-1] + 1)
        sleep(0.002)
thread(thread2, ())
sleep(1)
thread(thread1, ())
`;

const bank = `"""A bank."""
import threading


class Account:
    """One account."""

    def __init__(self, balance):
        self.balance = balance
        self.names = {}

    def withdraw(self, amount):
        if self.balance >= amount:
            self.balance -= amount
            return True
        return False


account = Account(100)
threads = [threading.Thread(target=account.withdraw, args=(80,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
`;

describe('Python threads', () => {
  it('holds one lock around the check, the act and the other write, and never round an endless loop', () => {
    const { finding, fixes } = repairs(file('stack.py', stack), 'if v % 2');
    const r = titled(fixes, /Hold stack_lock/);
    expect(r.text).toContain('import threading\nstack = [2, 3, 4, 5, 6, 7, 8]\nstack_lock = threading.Lock()\n');
    expect(r.text).toContain(
      '    while 1:\n        with stack_lock:\n            v = stack[0]\n            sleep(0.001)\n            if v % 2 == 0: del stack[0]\n        sleep(0.001)\n',
    );
    expect(r.text).toContain('        with stack_lock:\n            stack.insert(0, stack[-1] + 1)\n');
    for (const f of fixes) expect(f.text).not.toMatch(/with stack_lock:\s+while/);
    holds(r, finding.rule, finding.shared);
  });

  it('puts the lock of an attribute into __init__', () => {
    const { finding, fixes } = repairs(file('bank.py', bank), 'self.balance -= amount');
    const r = titled(fixes, /Hold self\._lock/);
    expect(r.text).toContain('    def __init__(self, balance):\n        self._lock = threading.Lock()\n        self.balance = balance\n');
    expect(r.text).toContain(
      '        with self._lock:\n            if self.balance >= amount:\n                self.balance -= amount\n                return True\n        return False\n',
    );
    holds(r, finding.rule, finding.shared);
  });

  it('uses the lock that is there', () => {
    const text = bank.replace(
      '        self.balance = balance\n',
      '        self.guard = threading.Lock()\n        self.balance = balance\n',
    );
    const r = titled(repairs(file('bank.py', text), 'self.balance -= amount').fixes, /Hold self\.guard/);
    expect(r.text.match(/threading\.Lock\(\)/g)).toHaveLength(1);
    expect(r.text).toContain('with self.guard:');
  });

  it('keeps tabs, CRLF and the lines inside string literals as they are', () => {
    const text = bank
      .replaceAll('    ', '\t')
      .replace('\t\t\tself.balance -= amount', '\t\t\tnote = """a\n  b"""\n\t\t\tself.balance -= amount')
      .replaceAll('\n', '\r\n');
    const r = titled(repairs(file('bank.py', text), 'self.balance -= amount').fixes, /Hold self\._lock/);
    expect(r.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(r.text).toContain(
      '\t\twith self._lock:\r\n\t\t\tif self.balance >= amount:\r\n\t\t\t\tnote = """a\r\n  b"""\r\n\t\t\t\tself.balance -= amount\r\n',
    );
  });

  it('replaces a test and a deletion by one operation', () => {
    const text = `import threading

sessions = {"a": 1}


def drop(key):
    if key in sessions:
        del sessions[key]


a = threading.Thread(target=drop, args=("a",))
b = threading.Thread(target=drop, args=("a",))
a.start()
b.start()
a.join()
b.join()
`;
    const { finding, fixes } = repairs(file('drop.py', text), 'del sessions');
    const r = titled(fixes, /one operation/);
    expect(fixes[0]).toBe(r);
    expect(r.text).toBe(text.replace('    if key in sessions:\n        del sessions[key]\n', '    sessions.pop(key, None)\n'));
    holds(r, finding.rule, finding.shared);
  });

  it('takes from a container until it fails, in place of testing first', () => {
    const text = `import threading

jobs = [1, 2, 3]
done = []


def worker():
    while jobs:
        job = jobs.pop()
        done.append(job)


a = threading.Thread(target=worker)
b = threading.Thread(target=worker)
a.start()
b.start()
`;
    const { finding, fixes } = repairs(file('jobs.py', text), 'jobs.pop()');
    const r = titled(fixes, /IndexError/);
    expect(r.text).toContain(
      '    while True:\n        try:\n            job = jobs.pop()\n        except IndexError:\n            break\n        done.append(job)\n',
    );
    holds(r, finding.rule, finding.shared);
  });
});

describe('locks that are there', () => {
  const text = `import threading

lock = threading.Lock()
balance = 100


def withdraw(amount):
    global balance
    with lock:
        enough = balance >= amount
    if enough:
        with lock:
            balance -= amount


a = threading.Thread(target=withdraw, args=(80,))
b = threading.Thread(target=withdraw, args=(80,))
a.start()
b.start()
`;
  it('joins two critical sections by letting the holder in again, never by a deadlock', () => {
    const { finding, fixes } = repairs(file('split.py', text), 'balance -= amount');
    const r = titled(fixes, /Hold lock/);
    expect(r.text).toContain('lock = threading.RLock()\n');
    expect(r.text).toContain('    with lock:\n        with lock:\n            enough = balance >= amount\n        if enough:\n');
    holds(r, finding.rule, finding.shared);
    for (const f of fixes) expect(f.text).not.toMatch(/= threading\.Lock\(\)[\s\S]*with lock:\s+with lock:/);
  });
  it('has no fix that only waits for itself', () => {
    const order = `import threading

first = threading.Lock()
second = threading.Lock()


def forward():
    with first:
        with second:
            pass


def backward():
    with second:
        with first:
            pass


a = threading.Thread(target=forward)
b = threading.Thread(target=backward)
a.start()
b.start()
`;
    const { finding, fixes } = repairs(file('order.py', order), 'with second:\n            pass');
    expect(finding.rule).toBe('lock-order');
    for (const r of fixes) holds(r, finding.rule, finding.shared);
  });
});

describe('asyncio', () => {
  const text = `import asyncio

balance = 100


async def withdraw(amount):
    global balance
    if balance >= amount:
        await asyncio.sleep(0.01)
        balance -= amount


async def main():
    await asyncio.gather(withdraw(80), withdraw(80))

asyncio.run(main())
`;
  it('writes before waiting, checks again, or holds an asyncio lock', () => {
    const { finding, fixes } = repairs(file('w.py', text), 'balance -= amount');
    const first = titled(fixes, /before waiting/);
    expect(first.text).toContain('    if balance >= amount:\n        balance -= amount\n        await asyncio.sleep(0.01)\n');
    const again = titled(fixes, /again/);
    expect(again.text).toContain('        await asyncio.sleep(0.01)\n        if balance >= amount:\n            balance -= amount\n');
    const lock = titled(fixes, /Hold balance_lock/);
    expect(lock.text).toContain('balance = 100\nbalance_lock = asyncio.Lock()\n');
    expect(lock.text).toContain('    async with balance_lock:\n        if balance >= amount:\n');
    for (const r of [first, again, lock]) holds(r, finding.rule, finding.shared);
  });
});

describe('TypeScript and JavaScript', () => {
  const session = `declare function connect(url: string): Promise<{ id: number }>;
declare function fetchText(key: string): Promise<string>;

export class Session {
  private conn: { id: number } | null = null;
  private total = 0;
  private cache = new Map<string, string>();

  constructor(private readonly url: string) {}

  async get(): Promise<{ id: number }> {
    if (!this.conn) {
      this.conn = await connect(this.url);
    }
    return this.conn;
  }

  async add(f: () => Promise<number>): Promise<void> {
    this.total += await f();
  }

  async load(key: string): Promise<string> {
    if (this.cache.has(key)) return this.cache.get(key)!;
    const value = await fetchText(key);
    this.cache.set(key, value);
    return value;
  }
}
`;
  it('keeps the promise of a lazy initialisation', () => {
    const { finding, fixes } = repairs(file('session.ts', session), 'this.conn = await');
    const r = titled(fixes, /same promise/);
    expect(r.text).toContain('  private connPending: Promise<void> | undefined;\n');
    expect(r.text).toContain(
      '    if (!this.conn) {\n      this.connPending ??= (async () => {\n        this.conn = await connect(this.url);\n      })().finally(() => {\n        this.connPending = undefined;\n      });\n      await this.connPending;\n    }\n',
    );
    holds(r, finding.rule, finding.shared);
  });

  it('waits first, then reads and writes', () => {
    const { finding, fixes } = repairs(file('session.ts', session), 'this.total += await');
    const r = titled(fixes, /Wait first/);
    expect(r.text).toContain('    const result = await f();\n    this.total += result;\n');
    holds(r, finding.rule, finding.shared);
  });

  it('shares the promise by key', () => {
    const { finding, fixes } = repairs(file('session.ts', session), 'this.cache.set');
    const r = titled(fixes, /same promise/);
    expect(r.text).toContain('  private readonly cachePending = new Map<unknown, Promise<string>>();\n');
    expect(r.text).toContain('this.cachePending.set(key, started);\n    return started;\n');
    holds(r, finding.rule, finding.shared);
  });

  it('never merges calls that ask for different things', () => {
    const text = `let balance = 100;

async function pay() {
  await new Promise((resolve) => setTimeout(resolve, 10));
}

async function withdraw(amount) {
\tif (balance >= amount) {
\t\tawait pay();
\t\tbalance -= amount;
\t}
}

module.exports = { withdraw };
`;
    const { finding, fixes } = repairs(file('bank.js', text), 'balance -= amount');
    expect(fixes.map((f) => f.fix.title)).not.toContainEqual(expect.stringMatching(/same promise/));
    const first = titled(fixes, /before waiting/);
    expect(first.text).toContain('\t\tbalance -= amount;\n\t\tawait pay();\n');
    const chain = titled(fixes, /one after another/);
    expect(chain.text).toContain('\treturn exclusive(async () => {\n\t\tif (balance >= amount) {\n');
    for (const r of [first, chain]) holds(r, finding.rule, finding.shared);
  });
});

it('has no fix for a finding that is not there', () => {
  expect(unknownFinding(file('a.py', 'x = 1\n'))).toEqual([]);
});
