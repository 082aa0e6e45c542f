# race: split-critical-section check=20 act=22
import threading


class Pool:
    def __init__(self, limit):
        self.limit = limit
        self.lock = threading.Lock()
        self.used = 0

    def full(self):
        with self.lock:
            return self.used >= self.limit

    def _take(self):
        with self.lock:
            self.used += 1

    def acquire(self):
        if self.full():
            return False
        self._take()
        return True

    def release(self):
        with self.lock:
            self.used -= 1
