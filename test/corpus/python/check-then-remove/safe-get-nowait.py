# safe: no test beforehand; the exception tells that the queue was empty
import queue
import threading

pages = queue.Queue()
pages.put("/")
seen = []


def crawl():
    while True:
        try:
            page = pages.get_nowait()
        except queue.Empty:
            return
        seen.append(page)


crawlers = [threading.Thread(target=crawl), threading.Thread(target=crawl)]
for c in crawlers:
    c.start()
for c in crawlers:
    c.join()
assert seen == ["/"]
