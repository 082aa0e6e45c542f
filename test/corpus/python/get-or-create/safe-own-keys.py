# safe: every thread has its own key
import threading

results = {}


def compute(n):
    if n not in results:
        results[n] = n * n


threads = [threading.Thread(target=compute, args=(n,)) for n in (2, 3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert results == {2: 4, 3: 9}
