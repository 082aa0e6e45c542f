# Each increment holds the lock, so none is lost on any version.
import threading

total = 0
lock = threading.Lock()


def count():
    global total
    for _ in range(2):
        with lock:
            total += 1


first = threading.Thread(target=count)
second = threading.Thread(target=count)
first.start()
second.start()
first.join()
second.join()
print(total)
