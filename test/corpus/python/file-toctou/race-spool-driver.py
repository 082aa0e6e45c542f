# race: file-toctou check=10 act=11
import os
import threading

LOCK_FILE = "spool.lock"
owners = []


def acquire(name):
    if not os.path.exists(LOCK_FILE):
        with open(LOCK_FILE, "w") as f:
            f.write(name)
        owners.append(name)


threads = [threading.Thread(target=acquire, args=(n,)) for n in ("a", "b")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(owners)
