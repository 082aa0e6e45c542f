# race: get-or-create check=13 act=16
import threading


class Locks:
    """A lock per key, made on demand."""

    def __init__(self):
        self._locks = {}

    def of(self, key):
        try:
            return self._locks[key]
        except KeyError:
            lock = threading.Lock()
            self._locks[key] = lock
            return lock


locks = Locks()
got = []


def use(key):
    got.append(locks.of(key))


threads = [threading.Thread(target=use, args=("file",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert got[0] is got[1]
