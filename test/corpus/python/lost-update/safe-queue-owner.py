# safe: one thread owns the total, the others send to it
import queue
import threading

inbox = queue.Queue()
total = 0


def owner():
    global total
    for _ in range(2):
        total += inbox.get()


def sender(value):
    inbox.put(value)


threads = [threading.Thread(target=owner)]
threads += [threading.Thread(target=sender, args=(v,)) for v in (3, 4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)
