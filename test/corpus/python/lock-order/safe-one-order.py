# safe: both take the locks in one order
import threading

printer = threading.Lock()
scanner = threading.Lock()
done = []


def copy():
    with scanner:
        with printer:
            done.append("copy")


def report():
    with scanner:
        with printer:
            done.append("report")


threads = [threading.Thread(target=copy), threading.Thread(target=report)]
for t in threads:
    t.start()
for t in threads:
    t.join()
