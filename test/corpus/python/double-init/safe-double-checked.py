# safe: the check is made again under the lock
import threading

_instance = None
_lock = threading.Lock()
made = []


def instance():
    global _instance
    if _instance is None:
        with _lock:
            if _instance is None:
                made.append("one")
                _instance = object()
    return _instance


threads = [threading.Thread(target=instance) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert made == ["one"]
