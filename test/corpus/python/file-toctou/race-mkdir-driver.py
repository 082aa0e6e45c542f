# race: file-toctou check=11 act=12
import os
import threading


class Cache:
    def __init__(self, root):
        self.root = root

    def store(self, name, text):
        if not os.path.isdir(self.root):
            os.mkdir(self.root)
        with open(os.path.join(self.root, name), "w") as f:
            f.write(text)


cache = Cache("cache")
threads = [threading.Thread(target=cache.store, args=(n, n)) for n in ("x", "y")]
for t in threads:
    t.start()
for t in threads:
    t.join()
