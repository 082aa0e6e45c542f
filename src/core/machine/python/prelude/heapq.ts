/** heapq, in Python: atomic, as C code is. */
export const heapqPrelude = `
def _down(heap, start, pos):
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        if item < heap[parent]:
            heap[pos] = heap[parent]
            pos = parent
            continue
        break
    heap[pos] = item
def _up(heap, pos):
    end = len(heap)
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _down(heap, start, pos)
def heappush(heap, item):
    heap.append(item)
    _down(heap, 0, len(heap) - 1)
def heappop(heap):
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if heap:
        r = heap[0]
        heap[0] = last
        _up(heap, 0)
        return r
    return last
def heapreplace(heap, item):
    if not heap:
        raise IndexError('index out of range')
    r = heap[0]
    heap[0] = item
    _up(heap, 0)
    return r
def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _up(heap, 0)
    return item
def heapify(heap):
    for i in reversed(range(len(heap) // 2)):
        _up(heap, i)
def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]
def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]
`;

export const heapqMergePrelude = `
def _before(a, b, reverse):
    return b < a if reverse else a < b
def merge(*iterables, key=None, reverse=False):
    heads = []
    for it in iterables:
        it = iter(it)
        try:
            value = next(it)
        except StopIteration:
            continue
        heads.append([value if key is None else key(value), value, it])
    while heads:
        first = 0
        for i in range(1, len(heads)):
            if _before(heads[i][0], heads[first][0], reverse):
                first = i
        head = heads[first]
        yield head[1]
        try:
            head[1] = next(head[2])
            head[0] = head[1] if key is None else key(head[1])
        except StopIteration:
            del heads[first]
`;
