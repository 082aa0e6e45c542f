# safe: an event that is never cleared
import threading

ready = threading.Event()
seen = []


def waiter():
    if not ready.is_set():
        ready.wait()
    seen.append(1)


threads = [threading.Thread(target=waiter), threading.Thread(target=ready.set)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert seen == [1]
