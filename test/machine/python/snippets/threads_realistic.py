import threading, time
from concurrent.futures import ThreadPoolExecutor
class RateLimiter:
    def __init__(self, n): self.tokens = n; self.lock = threading.Lock(); self.cond = threading.Condition(self.lock)
    def __enter__(self):
        with self.cond:
            while self.tokens <= 0: self.cond.wait()
            self.tokens -= 1
        return self
    def __exit__(self, *exc):
        with self.cond: self.tokens += 1; self.cond.notify()
lim = RateLimiter(2); results = {}
def task(i):
    with lim: time.sleep(0); results[i] = i * i; return i
with ThreadPoolExecutor(4) as ex: print(sorted(ex.map(task, range(6))), sorted(results.items()), lim.tokens)
class Memo:
    def __init__(self, fn): self.fn = fn; self.cache = {}; self.lock = threading.RLock(); self.__name__ = fn.__name__
    def __call__(self, *a):
        with self.lock:
            try: return self.cache[a]
            except KeyError: v = self.cache[a] = self.fn(*a); return v
    def __get__(self, obj, cls=None): return self if obj is None else lambda *a: self(obj, *a)
@Memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(40), len(fib.cache), fib.__name__)
class S:
    @Memo
    def sq(self, n): return n * n
print(S().sq(4), type(S.sq).__name__)
class Singleton(type):
    _instances = {}; _lock = threading.Lock()
    def __call__(cls, *a, **k):
        with cls._lock:
            if cls not in cls._instances: cls._instances[cls] = super().__call__(*a, **k)
        return cls._instances[cls]
class Conf(metaclass=Singleton):
    def __init__(self, v=1): self.v = v
print(Conf(5) is Conf(6), Conf().v, Conf.__class__.__name__, isinstance(Conf(), Conf))


class Worker(threading.Thread):
    def __init__(self, n): super().__init__(name=f'W-{n}', daemon=True); self.n = n; self.result = None
    def run(self): self.result = self.n * 2
ws = [Worker(i) for i in range(3)]; [w.start() for w in ws]; [w.join() for w in ws]; print([w.result for w in ws], [w.name for w in ws], ws[0].is_alive(), ws[0].ident is not None)
try: ws[0].start()
except RuntimeError as e: print(e)
try: threading.Thread(target=print).join()
except RuntimeError as e: print(e)
stop = threading.Event(); n = 0
def loop():
    global n
    while not stop.wait(0): n += 1; stop.set() if n >= 3 else None
t = threading.Thread(target=loop); t.start(); t.join(); print(n)
print(threading.active_count(), threading.current_thread() is threading.main_thread(), [x.name for x in threading.enumerate()])
