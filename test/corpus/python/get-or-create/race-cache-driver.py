# race: get-or-create check=14 act=15
import threading

cache = {}
computed = []


def slow_square(n):
    computed.append(n)
    return n * n


def square(n):
    if n not in cache:
        cache[n] = slow_square(n)
    return cache[n]


threads = [threading.Thread(target=square, args=(4,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(computed))
