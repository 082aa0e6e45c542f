# race: wait-without-loop check=11 act=13
import threading

cond = threading.Condition()
items = []
taken = []


def consumer():
    with cond:
        if not items:
            cond.wait()
        taken.append(items.pop())


def producer():
    with cond:
        items.append("x")
        cond.notify_all()


threads = [threading.Thread(target=consumer), threading.Thread(target=consumer), threading.Thread(target=producer)]
for t in threads:
    t.start()
