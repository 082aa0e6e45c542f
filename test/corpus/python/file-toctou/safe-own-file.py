# safe: each thread has a file of its own
import os
import threading


def dump(name):
    path = name + ".txt"
    if not os.path.exists(path):
        with open(path, "w") as f:
            f.write(name)


threads = [threading.Thread(target=dump, args=(n,)) for n in ("a", "b")]
for t in threads:
    t.start()
for t in threads:
    t.join()
