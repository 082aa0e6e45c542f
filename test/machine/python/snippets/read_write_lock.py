import threading
from contextlib import contextmanager
class RWLock:
    def __init__(self):
        self._cond = threading.Condition(); self._readers = 0; self._writer = False
    @contextmanager
    def read(self):
        with self._cond:
            self._cond.wait_for(lambda: not self._writer)
            self._readers += 1
        try: yield
        finally:
            with self._cond:
                self._readers -= 1
                if not self._readers: self._cond.notify_all()
    @contextmanager
    def write(self):
        with self._cond:
            while self._writer or self._readers: self._cond.wait()
            self._writer = True
        try: yield
        finally:
            with self._cond:
                self._writer = False; self._cond.notify_all()
class Store:
    def __init__(self): self.l = RWLock(); self.d = {}
    def set(self, k, v):
        with self.l.write(): self.d[k] = v
    def get(self, k, default=None):
        with self.l.read(): return self.d.get(k, default)
s = Store()
ts = [threading.Thread(target=s.set, args=(f'k{i}', i)) for i in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]
print(sorted(s.d.items()), s.get('k1'), s.get('zz', 'none'))
r = threading.RLock()
with r:
    with r: print('re-entered')
b = threading.BoundedSemaphore(1); b.acquire(); b.release()
try: b.release()
except ValueError as e: print(e)
try: threading.Lock().release()
except RuntimeError as e: print(e)
e = threading.Event(); print(e.wait(0.01), e.is_set()); e.set(); print(e.wait(), e.is_set())
lk = threading.Lock(); print(lk.acquire(False), lk.acquire(blocking=False), lk.acquire(timeout=0.01), lk.locked())
local = threading.local(); local.x = 1
def t(): print(hasattr(local, 'x')); local.x = 2
th = threading.Thread(target=t); th.start(); th.join(); print(local.x, threading.current_thread().name, threading.main_thread() is threading.current_thread())
bar = threading.Barrier(2); out = []
def p(): out.append(bar.wait() in (0, 1))
ts = [threading.Thread(target=p) for _ in range(2)]
[x.start() for x in ts]; [x.join() for x in ts]; print(out)
tm = threading.Timer(0.01, lambda: print('timer')); tm.start(); tm.join()
tm = threading.Timer(10, lambda: print('never')); tm.start(); tm.cancel(); tm.join(); print('cancelled')
