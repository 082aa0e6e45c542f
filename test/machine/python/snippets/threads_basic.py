import threading, queue, time
res = []
def w(n): res.append(n * 2)
ts = [threading.Thread(target=w, args=(i,)) for i in range(3)]
for t in ts: t.start(); t.join()
print(sorted(res), threading.current_thread().name, ts[0].is_alive())
class My(threading.Thread):
    def __init__(self, n): super().__init__(daemon=True); self.n = n; self.out = None
    def run(self): self.out = self.n + 1
m = My(4); m.start(); m.join(); print(m.out, m.daemon, threading.main_thread().name)
q = queue.Queue()
def prod():
    for i in range(3): q.put(i)
    q.put(None)
t = threading.Thread(target=prod); t.start()
while True:
    v = q.get()
    if v is None: break
    print(v)
t.join(); print(q.empty(), q.qsize())
ev = threading.Event()
t = threading.Thread(target=lambda: (ev.wait(), print('woke'))); t.start(); ev.set(); t.join()
try: q.get_nowait()
except queue.Empty: print('Empty')
pq = queue.PriorityQueue(); pq.put(3); pq.put(1); print(pq.get(), pq.get())
lq = queue.LifoQueue(); lq.put(1); lq.put(2); print(lq.get())
