# safe: test and pop under the lock
import threading


class Pool:
    def __init__(self):
        self._idle = []
        self._lock = threading.Lock()

    def put(self, item):
        with self._lock:
            self._idle.append(item)

    def take(self):
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return None
