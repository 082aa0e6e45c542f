# The iteration holds the lock that the append takes.
import threading
from collections import deque

log = deque(["start"])
lock = threading.Lock()


def record():
    with lock:
        log.append("event")


def report():
    with lock:
        for line in log:
            print(line)


threads = [threading.Thread(target=record), threading.Thread(target=report)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
