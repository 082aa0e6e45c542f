# safe: the second section only adds
import threading

lock = threading.Lock()
total = 0


def add(values):
    global total
    part = 0
    for v in values:
        part += v
    with lock:
        total += part


threads = [threading.Thread(target=add, args=([1, 2],)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert total == 6
