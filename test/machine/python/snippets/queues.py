import threading, queue
q = queue.Queue(maxsize=2); results = []; SENTINEL = object()
def producer(n):
    for i in range(n): q.put(i)
    q.put(SENTINEL)
def consumer():
    while True:
        item = q.get()
        try:
            if item is SENTINEL: break
            results.append(item * 2)
        finally: q.task_done()
ts = [threading.Thread(target=producer, args=(5,), name='prod'), threading.Thread(target=consumer, daemon=True)]
for t in ts: t.start()
for t in ts: t.join()
q.join(); print(results, q.empty(), q.qsize(), q.full(), ts[0].name, ts[0].is_alive(), ts[1].daemon)
try: q.get_nowait()
except queue.Empty: print('empty')
try: q.get(timeout=0.01)
except queue.Empty as e: print('empty', repr(e))
q.put(1); q.put(2)
try: q.put_nowait(3)
except queue.Full: print('full')
try: q.put(3, timeout=0.01)
except queue.Full: print('full again')
p = queue.PriorityQueue(); p.put((2, 'b')); p.put((1, 'a')); p.put((3, 'c')); print([p.get()[1] for _ in range(3)])
l = queue.LifoQueue(); l.put(1); l.put(2); print(l.get(), l.get(block=False))
s = queue.SimpleQueue(); s.put('x'); print(s.get(), s.empty())
try: q.task_done(); q.task_done(); q.task_done()
except ValueError as e: print(e)
