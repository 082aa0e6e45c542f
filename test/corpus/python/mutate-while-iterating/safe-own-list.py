# safe: every thread iterates a list of its own
import threading

out = []


def work(n):
    items = list(range(n))
    for i in items:
        out.append(i)


threads = [threading.Thread(target=work, args=(2,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(out) == 4
