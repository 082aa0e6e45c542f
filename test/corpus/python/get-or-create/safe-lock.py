# safe: look and put under one lock
import threading


class Cache:
    def __init__(self):
        self._data = {}
        self._lock = threading.RLock()
        self.misses = 0

    def get(self, key):
        with self._lock:
            if key not in self._data:
                self.misses += 1
                self._data[key] = [key]
            return self._data[key]


cache = Cache()
threads = [threading.Thread(target=cache.get, args=("k",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert cache.misses == 1
