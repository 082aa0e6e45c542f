# safe: popped one by one, not iterated
import threading
from collections import deque

inbox = deque([1, 2])
done = []


def drain():
    while True:
        try:
            done.append(inbox.popleft())
        except IndexError:
            return


def feed():
    inbox.append(3)


threads = [threading.Thread(target=drain), threading.Thread(target=feed)]
for t in threads:
    t.start()
for t in threads:
    t.join()
