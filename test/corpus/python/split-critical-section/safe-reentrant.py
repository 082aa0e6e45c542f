# safe: the outer acquisition spans both helpers
import threading


class Pool:
    def __init__(self):
        self.lock = threading.RLock()
        self.free = 1

    def empty(self):
        with self.lock:
            return self.free == 0

    def _take(self):
        with self.lock:
            self.free -= 1

    def acquire(self):
        with self.lock:
            if self.empty():
                return False
            self._take()
            return True
