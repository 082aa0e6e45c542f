# race: check-then-remove check=9 act=10
from collections import deque
from concurrent.futures import ThreadPoolExecutor

recent = deque([42])


def take_newest():
    if len(recent) > 0:
        return recent.popleft()
    return None


with ThreadPoolExecutor(max_workers=2) as pool:
    first = pool.submit(take_newest)
    second = pool.submit(take_newest)
print(first.result(), second.result())
