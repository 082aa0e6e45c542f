# safe: filled before the threads start, then only read
import threading

table = {}


def fill():
    for n in range(3):
        if n not in table:
            table[n] = n * n


def look(out, n):
    if n in table:
        out.append(table[n])


fill()
out = []
threads = [threading.Thread(target=look, args=(out, n)) for n in (1, 1)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert out == [1, 1]
