# safe: the queue waits by itself
import queue
import threading

box = queue.Queue()
got = []


def consumer():
    got.append(box.get())


threads = [threading.Thread(target=consumer), threading.Thread(target=box.put, args=(1,))]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert got == [1]
