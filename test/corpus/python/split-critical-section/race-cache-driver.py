# race: split-critical-section check=16 act=20
import threading

cache = {}
cache_lock = threading.Lock()
loads = []


def load(key):
    loads.append(key)
    return key.upper()


def get(key):
    with cache_lock:
        if key in cache:
            return cache[key]
    value = load(key)
    with cache_lock:
        cache[key] = value
    return value


threads = [threading.Thread(target=get, args=("k",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(loads)
