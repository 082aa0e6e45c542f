# safe: made before the threads start
import threading


class Settings:
    def __init__(self):
        self.values = {}


settings = Settings()


def worker(name):
    settings.values[name] = True


threads = [threading.Thread(target=worker, args=(n,)) for n in ("a", "b")]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(settings.values) == 2
