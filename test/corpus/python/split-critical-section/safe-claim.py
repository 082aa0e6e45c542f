# safe: the claim is made in the first section
import threading

lock = threading.Lock()
free = [1]
log = []


def take():
    with lock:
        item = free.pop() if free else None
    if item is None:
        return
    with lock:
        log.append(item)


threads = [threading.Thread(target=take) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert log == [1]
