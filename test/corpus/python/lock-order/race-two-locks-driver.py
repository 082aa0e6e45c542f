# race: lock-order check=10 act=11
import threading

printer = threading.Lock()
scanner = threading.Lock()
done = []


def copy():
    with scanner:
        with printer:
            done.append("copy")


def report():
    with printer:
        with scanner:
            done.append("report")


threads = [threading.Thread(target=copy), threading.Thread(target=report)]
for t in threads:
    t.start()
for t in threads:
    t.join()
