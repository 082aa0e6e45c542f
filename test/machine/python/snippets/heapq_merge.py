import heapq, itertools
def src(name, xs):
    for x in xs:
        print(name, x)
        yield x
m = heapq.merge(src('a', [1, 4, 7]), src('b', [2, 3, 9]))
print(next(m)); print(next(m)); print(next(m))
print(list(m))
print(list(heapq.merge([3, 1], [2, 0])), list(heapq.merge([5, 3], [4], reverse=True)), list(heapq.merge(['aa', 'b'], ['c', 'ddd'], key=len)))
print(list(itertools.islice(heapq.merge(itertools.count(0, 2), itertools.count(1, 2)), 6)))
h = []
for x in [5, 2, 8, 1]: heapq.heappush(h, x)
print(h, heapq.heappop(h), h, heapq.heappushpop(h, 0), heapq.heapreplace(h, 9), h)
l = [9, 4, 7, 1]; heapq.heapify(l); print(l, heapq.nlargest(2, l), heapq.nsmallest(2, l), heapq.nlargest(1, ['a', 'ccc', 'bb'], key=len))
try: heapq.heappop([])
except IndexError as e: print(e)
