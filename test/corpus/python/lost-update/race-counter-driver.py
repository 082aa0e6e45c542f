# race: lost-update check=9 act=9
import threading

hits = 0


def visit():
    global hits
    hits += 1


threads = [threading.Thread(target=visit) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hits)
