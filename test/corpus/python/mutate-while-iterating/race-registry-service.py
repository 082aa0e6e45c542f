# race: mutate-while-iterating check=19 act=20
import threading


class Registry:
    def __init__(self):
        self._lock = threading.Lock()
        self.handlers = {}

    def register(self, name, handler):
        with self._lock:
            self.handlers[name] = handler

    def unregister(self, name):
        with self._lock:
            self.handlers.pop(name, None)

    def run_all(self, event):
        for name in self.handlers:
            print(name, event)
