# safe: checked again under the second acquisition
import threading

cache = {}
cache_lock = threading.Lock()


def get(key):
    with cache_lock:
        if key in cache:
            return cache[key]
    value = [key]
    with cache_lock:
        if key in cache:
            return cache[key]
        cache[key] = value
    return value


threads = [threading.Thread(target=get, args=("k",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
