# safe: the increment is under a lock
import threading

hits = 0
hits_lock = threading.Lock()


def visit():
    global hits
    with hits_lock:
        hits += 1


threads = [threading.Thread(target=visit) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert hits == 2
