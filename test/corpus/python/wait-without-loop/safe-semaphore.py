# safe: a semaphore counts
import threading

slots = threading.Semaphore(1)
log = []


def work(n):
    with slots:
        log.append(n)


threads = [threading.Thread(target=work, args=(n,)) for n in (1, 2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert sorted(log) == [1, 2]
