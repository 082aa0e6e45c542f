# race: mutate-while-iterating check=10 act=11
import threading
from collections import deque

readings = deque([1, 2, 3])
seen = []


def show():
    for r in readings:
        seen.append(r)


def sensor():
    readings.append(4)


threads = [threading.Thread(target=show), threading.Thread(target=sensor)]
for t in threads:
    t.start()
for t in threads:
    t.join()
