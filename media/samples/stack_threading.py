# Two threads share a list; pop(0) closes one gap, and another stays open.
import threading
from time import sleep

stack = [2, 3, 4, 5, 6, 7, 8]


def take_even():
    while True:
        first = stack[0]
        if first % 2 == 0:
            removed = stack.pop(0)
            print("checked", first, "removed", removed)
        sleep(0.001)


def grow():
    while True:
        stack.insert(0, stack[-1] + 1)
        sleep(0.002)


threading.Thread(target=grow).start()
threading.Thread(target=take_even).start()
