# safe: one lock around look and act
import os
import threading

lock = threading.Lock()


def prepare():
    with lock:
        if not os.path.exists("out"):
            os.mkdir("out")


threads = [threading.Thread(target=prepare) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
