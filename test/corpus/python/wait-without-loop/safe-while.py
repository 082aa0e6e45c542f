# safe: the condition is tested again
import threading

cond = threading.Condition()
items = []
taken = []


def consumer():
    with cond:
        while not items:
            cond.wait()
        taken.append(items.pop())


def producer():
    with cond:
        items.append("x")
        items.append("y")
        cond.notify_all()


threads = [threading.Thread(target=consumer), threading.Thread(target=consumer), threading.Thread(target=producer)]
for t in threads:
    t.start()
for t in threads:
    t.join()
