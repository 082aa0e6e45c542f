# race: split-critical-section check=23 act=24
import threading


class Counter:
    def __init__(self):
        self._lock = threading.Lock()
        self._value = 0

    def get(self):
        with self._lock:
            return self._value

    def set(self, value):
        with self._lock:
            self._value = value


counter = Counter()


def increment():
    value = counter.get()
    counter.set(value + 1)


threads = [threading.Thread(target=increment) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter.get())
