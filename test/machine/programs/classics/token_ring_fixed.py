"""Token ring: each thread waits for the token of the one before it."""
from threading import Thread, Event

x1 = 1
x2 = 2
x3 = 1
tokens = [Event(), Event()]


def first():
    global x1
    x1 = (x3 + 1) % 4
    tokens[0].set()


def second():
    global x2
    tokens[0].wait()
    x2 = x1
    tokens[1].set()


def third():
    global x3
    tokens[1].wait()
    x3 = x2


threads = [Thread(target=first), Thread(target=second), Thread(target=third)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert x1 == x2 and x2 == x3
