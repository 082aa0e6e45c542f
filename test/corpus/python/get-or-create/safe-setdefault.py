# safe: setdefault looks and puts in one step
import threading

groups = {}


def place(name, colour):
    groups.setdefault(colour, []).append(name)


threads = [threading.Thread(target=place, args=(n, "red")) for n in ("ann", "ben")]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(groups["red"]) == 2
