import threading
l = threading.Lock(); print(l.acquire(), l.locked(), l.acquire(False), l.acquire(timeout=0.01)); l.release(); print(l.locked())
r = threading.RLock()
with r:
    with r: print('re')
try: l.release()
except RuntimeError as e: print(e)
s = threading.Semaphore(2); print(s.acquire(), s.acquire(), s.acquire(blocking=False)); s.release()
b = threading.BoundedSemaphore(1)
try: b.release()
except ValueError as e: print(e)
c = threading.Condition(); items = []
def cons():
    with c:
        while not items: c.wait()
        print('got', items.pop())
t = threading.Thread(target=cons); t.start()
with c: items.append(1); c.notify()
t.join()
bar = threading.Barrier(2); out = []
def bw(): bar.wait(); out.append(1)
ts = [threading.Thread(target=bw) for _ in range(2)]
[t.start() for t in ts]; [t.join() for t in ts]; print(out)
loc = threading.local(); loc.x = 1
def lf(): print(hasattr(loc, 'x'))
t = threading.Thread(target=lf); t.start(); t.join(); print(loc.x)
