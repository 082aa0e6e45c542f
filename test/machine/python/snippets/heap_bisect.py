import heapq, bisect, operator
h = []
for x in [5, 1, 4, 2]: heapq.heappush(h, x)
print(h, heapq.heappop(h), h, heapq.nlargest(2, [1, 5, 3]), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3)); l = [1, 3]; bisect.insort(l, 2); print(l); q = [3, 1, 2]; heapq.heapify(q); print(q)
print(operator.itemgetter(1)([5, 6]), operator.attrgetter('real')(5), sorted([(1, 'b'), (0, 'a')], key=operator.itemgetter(0)), operator.add(1, 2), operator.itemgetter('a', 'b')({'a': 1, 'b': 2}))
