# A deque is thread-safe one operation at a time; iterating over it is many.
import threading
from collections import deque

log = deque(["start"])


def record():
    log.append("event")


def report():
    for line in log:
        print(line)


threads = [threading.Thread(target=record), threading.Thread(target=report)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
