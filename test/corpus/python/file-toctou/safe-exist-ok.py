# safe: makedirs does not mind
import os
import threading


def prepare():
    os.makedirs("out", exist_ok=True)


threads = [threading.Thread(target=prepare) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
