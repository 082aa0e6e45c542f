/**
 * The programs of the DPOR papers as ordinary Python threading programs, with the number of
 * inequivalent complete executions each has (Abdulla et al., "Source Sets", JACM 2017; Flanagan and
 * Godefroid, POPL 2005; SV-COMP's fib_bench).
 */

export interface Benchmark {
  name: string;
  source: string;
  executions: number;
}

export function lastzero(n: number): Benchmark {
  return {
    name: `lastzero(${n})`,
    executions: (n + 3) * 2 ** (n - 2),
    source: `
from threading import Thread
a = [0] * ${n + 1}

def reader():
    i = ${n}
    while a[i] != 0:
        i -= 1

def writer(j):
    a[j] = a[j - 1] + 1

Thread(target=reader).start()
for j in range(1, ${n + 1}):
    Thread(target=writer, args=(j,)).start()
`,
  };
}

export function readers(n: number): Benchmark {
  return {
    name: `readers(${n})`,
    executions: 2 ** n,
    source: `
from threading import Thread
x = 0

def writer():
    global x
    x = 1

def reader():
    seen = x

Thread(target=writer).start()
for i in range(${n}):
    Thread(target=reader).start()
`,
  };
}

/** A hash table of 128 slots; `setdefault` is the atomic insert-if-empty. */
export function indexer(n: number): Benchmark {
  return {
    name: `indexer(${n})`,
    executions: n <= 11 ? 1 : 8 ** (n - 11),
    source: `
from threading import Thread
SIZE = 128
table = {}

def insert(tid):
    for m in range(1, 5):
        w = m * 11 + tid
        h = (w * 7) % SIZE
        while table.setdefault(h, w) != w:
            h = (h + 1) % SIZE

for tid in range(${n}):
    Thread(target=insert, args=(tid,)).start()
`,
  };
}

export function filesystem(n: number): Benchmark {
  return {
    name: `filesystem(${n})`,
    executions: n <= 13 ? 1 : 2 ** (n - 13),
    source: `
from threading import Thread, Lock
NUM_INODE = 32
NUM_BLOCKS = 26
inode = [0] * NUM_INODE
busy = [False] * NUM_BLOCKS
lock_inode = [Lock() for _ in range(NUM_INODE)]
lock_busy = [Lock() for _ in range(NUM_BLOCKS)]

def create(tid):
    i = tid % NUM_INODE
    lock_inode[i].acquire()
    if inode[i] == 0:
        b = (i * 2) % NUM_BLOCKS
        while True:
            lock_busy[b].acquire()
            if not busy[b]:
                busy[b] = True
                inode[i] = b + 1
                lock_busy[b].release()
                break
            lock_busy[b].release()
            b = (b + 1) % NUM_BLOCKS
    lock_inode[i].release()

for tid in range(${n}):
    Thread(target=create, args=(tid,)).start()
`,
  };
}

export function poplExample(): Benchmark {
  return {
    name: 'source-set example (POPL 2014)',
    executions: 5,
    source: `
from threading import Thread
x = 0
y = 0
z = 0

def p():
    global x
    x = 1

def q():
    global y
    y = 1

def r():
    global z
    m = y
    if m == 0:
        z = 1

def s():
    global x
    if z == 1:
        if y == 0:
            x = 2

for f in (p, q, r, s):
    Thread(target=f).start()
`,
  };
}

export function oneLock(n: number): Benchmark {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return {
    name: `one lock(${n})`,
    executions: factorial,
    source: `
from threading import Thread, Lock
lock = Lock()

def worker():
    with lock:
        pass

for i in range(${n}):
    Thread(target=worker).start()
`,
  };
}

export function fibBench(n: number, executions: number): Benchmark {
  return {
    name: `fib_bench(${n})`,
    executions,
    source: `
from threading import Thread
i = 1
j = 1

def t1():
    global i
    for _ in range(${n}):
        i += j

def t2():
    global j
    for _ in range(${n}):
        j += i

Thread(target=t1).start()
Thread(target=t2).start()
if i >= 144 or j >= 144:
    raise AssertionError
`,
  };
}
