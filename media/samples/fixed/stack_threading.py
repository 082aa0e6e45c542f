# The check and the removal hold one lock, and so does the insert.
import threading
from time import sleep

stack = [2, 3, 4, 5, 6, 7, 8]
lock = threading.Lock()


def take_even():
    while True:
        with lock:
            first = stack[0]
            if first % 2 == 0:
                removed = stack.pop(0)
                print("checked", first, "removed", removed)
        sleep(0.001)


def grow():
    while True:
        with lock:
            stack.insert(0, stack[-1] + 1)
        sleep(0.002)


threading.Thread(target=grow).start()
threading.Thread(target=take_even).start()
