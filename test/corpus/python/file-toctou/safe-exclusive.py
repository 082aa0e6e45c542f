# safe: mode x creates or fails in one step
import threading

owners = []


def acquire(name):
    try:
        with open("spool.lock", "x") as f:
            f.write(name)
    except FileExistsError:
        return
    owners.append(name)


threads = [threading.Thread(target=acquire, args=(n,)) for n in ("a", "b")]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(owners) == 1
