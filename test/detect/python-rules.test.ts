/** Rules on Python: racy forms with the spans they must give, and fixed forms that must be silent. */
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';

describe('check-then-act', () => {
  it('the element looked at before a sleep is not the one deleted after it', () => {
    check(
      'py',
      `
      from time import sleep
      from _thread import start_new_thread as thread
      stack = [2, 3]
      def remover():
          while 1:
              v = stack[0]
              #   ^^^^^^^^ check
              sleep(0.001)
              if v % 2 == 0: del stack[0]
              #              ^^^^^^^^^^^^ act check-then-act
      thread(remover, ())
      thread(remover, ())
    `,
    );
  });

  it('a test in a helper, an early exit, the act in another helper', () => {
    check(
      'py',
      `
      class Bank:
          def has(self, n):
              return self.balance >= n
          def withdraw(self, n):
              if not self.has(n):
              #  ^^^^^^^^^^^^^^^ check
                  raise ValueError(n)
              self.take(n)
            # ^^^^^^^^^^^^ act check-then-act
          def take(self, n):
              self.balance = 0
    `,
    );
  });

  it('asyncio: nothing without a suspension in between', () => {
    check(
      'py',
      `
      class Limiter:
          async def enter(self):
              if self.running >= self.limit:
                  return False
              self.running = self.running + 1
              await self.log()
              return True
          async def log(self):
              await elsewhere()
    `,
    );
  });

  it('asyncio: awaiting a coroutine that never suspends is no gap', () => {
    check(
      'py',
      `
      class Limiter:
          async def enter(self):
              if self.running:
                  return
              await self.note()
              self.running = True
          async def note(self):
              self.notes = 1
    `,
    );
  });

  it('a lock around both, taken by every writer', () => {
    check(
      'py',
      `
      import threading
      class Bank:
          def __init__(self):
              self.balance = 10
              self.lock = threading.Lock()
          def withdraw(self, n):
              with self.lock:
                  if self.balance >= n:
                      self.balance -= n
          def deposit(self, n):
              self.lock.acquire()
              try:
                  self.balance += n
              finally:
                  self.lock.release()
    `,
    );
  });

  it('a lock that one writer does not take', () => {
    check(
      'py',
      `
      import threading
      class Bank:
          def __init__(self):
              self.balance = 10
              self.lock = threading.Lock()
          def withdraw(self, n):
              with self.lock:
                  if self.balance >= n:
                  #  ^^^^^^^^^^^^^^^^^ check
                      self.balance = 0
                    # ^^^^^^^^^^^^^^^^ act check-then-act
          def reset(self):
              self.balance = 0
    `,
    );
  });

  it('a private helper whose callers all hold the lock', () => {
    check(
      'py',
      `
      import threading
      class Bank:
          def __init__(self):
              self.lock = threading.Lock()
          def withdraw(self, n):
              with self.lock:
                  self._take(n)
          def _take(self, n):
              if self.balance >= n:
                  self.balance = 0
    `,
    );
  });
});

describe('lost-update', () => {
  it('an augmented assignment is a read and a write', () => {
    check(
      'py',
      `
      class Counter:
          def add(self):
              self.n += 1
            # ^^^^^^ check
            # ^^^^^^^^^^^ act lost-update
    `,
    );
  });

  it('a value read before the await', () => {
    check(
      'py',
      `
      class Wallet:
          async def earn(self, n):
              points = self.points
              #        ^^^^^^^^^^^ check
              rate = await self.rates.get()
              self.points = points + rate
            # ^^^^^^^^^^^^^^^^^^^^^^^^^^^ act lost-update
    `,
    );
  });

  it('read after the await, in the same statement', () => {
    check(
      'py',
      `
      class Wallet:
          async def earn(self, n):
              rate = await self.rates.get()
              self.points += rate
    `,
    );
  });
});

describe('double-init', () => {
  it('a lazy singleton', () => {
    check(
      'py',
      `
      _settings = None
      def settings():
          global _settings
          if _settings is None:
          #  ^^^^^^^^^^^^^^^^^ check
              _settings = make()
              #^^^^^^^^^^^^^^^^^ act double-init
          return 1
    `.replace('              #^^^^^^^^^^^^^^^^^ act', '            # ^^^^^^^^^^^^^^^^^^ act'),
    );
  });

  it('checked again under the lock', () => {
    check(
      'py',
      `
      import threading
      _lock = threading.Lock()
      _settings = None
      def settings():
          global _settings
          if _settings is None:
              with _lock:
                  if _settings is None:
                      _settings = 1
    `,
    );
  });
});

describe('get-or-create', () => {
  it('not in, then put', () => {
    check(
      'py',
      `
      cache = {}
      def get(key):
          if key not in cache:
          #  ^^^^^^^^^^^^^^^^ check
              cache[key] = load(key)
            # ^^^^^^^^^^^^^^^^^^^^^^ act get-or-create
    `,
    );
  });

  it('a KeyError is a check too', () => {
    check(
      'py',
      `
      cache = {}
      def get(key):
          try:
              return cache[key]
              #      ^^^^^^^^^^ check
          except KeyError:
              cache[key] = load(key)
            # ^^^^^^^^^^^^^^^^^^^^^^ act get-or-create
    `,
    );
  });

  it('setdefault', () => {
    check(
      'py',
      `
      cache = {}
      def get(key):
          return cache.setdefault(key, [])
    `,
    );
  });
});

describe('check-then-remove', () => {
  it('emptiness, then pop', () => {
    check(
      'py',
      `
      jobs = []
      def take():
          if jobs:
          #  ^^^^ check
              return jobs.pop()
              #      ^^^^^^^^^^ act check-then-remove
    `,
    );
  });

  it('a queue that was not empty', () => {
    check(
      'py',
      `
      import queue
      jobs = queue.Queue()
      def take():
          while not jobs.empty():
          #     ^^^^^^^^^^^^^^^^ check
              jobs.get()
            # ^^^^^^^^^^ act check-then-remove
    `,
    );
  });

  it('pop with a default', () => {
    check(
      'py',
      `
      sessions = {}
      def logout(user):
          if user in sessions:
              sessions.pop(user, None)
    `,
    );
  });

  it('a local list', () => {
    check(
      'py',
      `
      def walk(root):
          stack = [root]
          while stack:
              stack.pop()
    `,
    );
  });
});

describe('file-toctou', () => {
  it('exists, then open', () => {
    check(
      'py',
      `
      import os
      def save(path, text):
          if not os.path.exists(path):
          #  ^^^^^^^^^^^^^^^^^^^^^^^^ check
              os.mkdir(path)
            # ^^^^^^^^^^^^^^ act file-toctou
    `,
    );
  });

  it('exist_ok does both', () => {
    check(
      'py',
      `
      import os
      def save(path):
          if not os.path.exists(path):
              os.makedirs(path, exist_ok=True)
    `,
    );
  });

  it('a pathlib path', () => {
    check(
      'py',
      `
      from pathlib import Path
      def clean(name):
          p = Path(name)
          if p.exists():
          #  ^^^^^^^^^^ check
              p.unlink()
            # ^^^^^^^^^^ act file-toctou
    `,
    );
  });
});

describe('db-check-then-act', () => {
  it('a Django query and create', () => {
    check(
      'py',
      `
      from shop.models import Coupon
      def redeem(code):
          if Coupon.objects.filter(code=code).exists():
          #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ check
              return False
          Coupon.objects.create(code=code)
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ act db-check-then-act
    `,
    );
  });

  it('get_or_create', () => {
    check(
      'py',
      `
      from shop.models import Coupon
      def redeem(code):
          return Coupon.objects.get_or_create(code=code)
    `,
    );
  });
});

describe('split-critical-section', () => {
  it('the lock is given back between check and act', () => {
    check(
      'py',
      `
      import threading
      class Bank:
          def __init__(self):
              self.lock = threading.Lock()
          def withdraw(self, n):
              with self.lock:
                  ok = self.balance >= n
                  #    ^^^^^^^^^^^^ check
              if ok:
                  with self.lock:
                      self.balance = 0
                    # ^^^^^^^^^^^^^^^^ act split-critical-section
    `,
    );
  });
});

describe('mutate-while-iterating', () => {
  it('another thread may append', () => {
    check(
      'py',
      `
      import threading
      from collections import deque
      class Feed:
          def __init__(self):
              self.items = deque()
          def show(self):
              for item in self.items:
              #           ^^^^^^^^^^ check
                  print(item)
                # ^^^^^^^^^^^ act mutate-while-iterating
          def add(self, item):
              self.items.append(item)
    `,
    );
  });

  it('a copy is iterated', () => {
    check(
      'py',
      `
      class Feed:
          def __init__(self):
              self.items = []
          def show(self):
              for item in list(self.items):
                  print(item)
          def add(self, item):
              self.items.append(item)
    `,
    );
  });
});

describe('wait-without-loop', () => {
  const body = (word: string): string => `
      import threading
      class Box:
          def __init__(self):
              self.cond = threading.Condition()
              self.items = []
          def take(self):
              with self.cond:
                  ${word} not self.items:
                      self.cond.wait()
                  return self.items.pop()
          def put(self, item):
              with self.cond:
                  self.items.append(item)
                  self.cond.notify()
    `;
  it('guarded by if', () => {
    expect(check('py', body('if'), 'least').map((c) => c.rule)).toContain('wait-without-loop');
  });
  it('guarded by while', () => {
    check('py', body('while'));
  });
});

describe('lock-order', () => {
  it('two locks in opposite orders', () => {
    check(
      'py',
      `
      import threading
      a = threading.Lock()
      b = threading.Lock()
      def one():
          with a:
          #    ^ check 1
              with b:
              #    ^ act 1 lock-order
                  pass
      def two():
          with b:
          #    ^ check 2
              with a:
              #    ^ act 2 lock-order
                  pass
    `,
    );
  });
  it('one order', () => {
    check(
      'py',
      `
      import threading
      a = threading.Lock()
      b = threading.Lock()
      def one():
          with a:
              with b:
                  pass
      def two():
          with a, b:
              pass
    `,
    );
  });
});
