# safe: never both at once
import threading

a = threading.Lock()
b = threading.Lock()
log = []


def one():
    with a:
        log.append("a")
    with b:
        log.append("b")


def two():
    with b:
        log.append("b")
    with a:
        log.append("a")


threads = [threading.Thread(target=one), threading.Thread(target=two)]
for t in threads:
    t.start()
for t in threads:
    t.join()
