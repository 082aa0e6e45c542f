# race: check-then-remove check=12 act=13
import queue
import threading

pages = queue.Queue()
for url in ("/", "/about"):
    pages.put(url)
seen = []


def crawl():
    while not pages.empty():
        seen.append(pages.get_nowait())


crawlers = [threading.Thread(target=crawl), threading.Thread(target=crawl)]
for c in crawlers:
    c.start()
for c in crawlers:
    c.join()
print(len(seen))
