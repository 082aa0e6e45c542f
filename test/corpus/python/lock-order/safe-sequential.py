# safe: the two orders never run at the same time
import threading

a = threading.Lock()
b = threading.Lock()
log = []


def one():
    with a:
        with b:
            log.append(1)


def two():
    with b:
        with a:
            log.append(2)


t = threading.Thread(target=one)
t.start()
t.join()
u = threading.Thread(target=two)
u.start()
u.join()
