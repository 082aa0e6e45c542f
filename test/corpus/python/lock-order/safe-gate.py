# safe: a third lock is taken before either
import threading

gate = threading.Lock()
a = threading.Lock()
b = threading.Lock()
log = []


def one():
    with gate:
        with a:
            with b:
                log.append(1)


def two():
    with gate:
        with b:
            with a:
                log.append(2)


threads = [threading.Thread(target=one), threading.Thread(target=two)]
for t in threads:
    t.start()
for t in threads:
    t.join()
