"""Token ring (SV-COMP): each thread copies its neighbour's value; nothing orders them."""
from threading import Thread

x1 = 1
x2 = 2
x3 = 1
flags = [False, False, False]


def first():
    global x1
    x1 = (x3 + 1) % 4
    flags[0] = True


def second():
    global x2
    x2 = x1
    flags[1] = True


def third():
    global x3
    x3 = x2
    flags[2] = True


threads = [Thread(target=first), Thread(target=second), Thread(target=third)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert x1 == x2 and x2 == x3
