# race: double-init check=18 act=19
import threading


class Settings:
    created = 0

    def __init__(self):
        Settings.created += 1
        self.values = {}


_settings = None


def get_settings():
    global _settings
    if _settings is None:
        _settings = Settings()
    return _settings


def worker(name):
    get_settings().values[name] = True


threads = [threading.Thread(target=worker, args=(n,)) for n in ("a", "b")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(get_settings().values))
