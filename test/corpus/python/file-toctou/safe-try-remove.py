# safe: no look beforehand
import os
import threading

with open("old.log", "w") as f:
    f.write("bye")
removed = []


def clean():
    try:
        os.remove("old.log")
    except FileNotFoundError:
        return
    removed.append(1)


threads = [threading.Thread(target=clean) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert removed == [1]
