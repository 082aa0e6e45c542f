/** itertools, in Python. */
export const itertoolsPrelude = `
class count:
    def __init__(self, start=0, step=1):
        self._m_n = start
        self._step = step
    def __iter__(self):
        return self
    def __next__(self):
        return __rr_count_next(self, self._step)
    def __repr__(self):
        return 'count(' + repr(self._m_n) + ')' if self._step == 1 else 'count(' + repr(self._m_n) + ', ' + repr(self._step) + ')'

def cycle(iterable):
    saved = []
    for x in iterable:
        yield x
        saved.append(x)
    while saved:
        for x in saved:
            yield x

class repeat:
    def __init__(self, object, times=None):
        self._object = object
        self._m_times = None if times is None else max(times, 0)
    def __iter__(self):
        return self
    def __next__(self):
        if self._m_times is not None:
            if self._m_times == 0:
                raise StopIteration
            self._m_times -= 1
        return self._object
    def __repr__(self):
        return 'repeat(' + repr(self._object) + ('' if self._m_times is None else ', ' + repr(self._m_times)) + ')'

class chain:
    def __init__(self, *iterables):
        self._it = _chain(iterables)
    @classmethod
    def from_iterable(cls, iterables):
        c = cls()
        c._it = _chain(iterables)
        return c
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._it)

def _chain(iterables):
    for it in iterables:
        for x in it:
            yield x

def islice(iterable, *args):
    s = slice(*args)
    start = s.start or 0
    stop = s.stop
    step = s.step or 1
    if stop is not None and stop <= start:
        it = iter(iterable)
        for _ in range(stop):
            next(it, None)
        return
    i = 0
    wanted = start
    it = iter(iterable)
    while stop is None or i < stop:
        try:
            x = next(it)
        except StopIteration:
            return
        if i == wanted:
            yield x
            wanted += step
        i += 1

def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            return
        yield x

def dropwhile(predicate, iterable):
    dropping = True
    for x in iterable:
        if dropping and predicate(x):
            continue
        dropping = False
        yield x

def filterfalse(predicate, iterable):
    for x in iterable:
        if not (x if predicate is None else predicate(x)):
            yield x

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

_none = object()

def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(it)
        except StopIteration:
            return
    yield total
    for x in it:
        total = total + x if func is None else func(total, x)
        yield total

def compress(data, selectors):
    for d, s in zip(data, selectors):
        if s:
            yield d

def pairwise(iterable):
    it = iter(iterable)
    try:
        a = next(it)
    except StopIteration:
        return
    for b in it:
        yield a, b
        a = b

def batched(iterable, n):
    batch = []
    for x in iterable:
        batch.append(x)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)

def tee(iterable, n=2):
    it = iter(iterable)
    queues = [[] for _ in range(n)]
    def gen(mine):
        while True:
            if not mine:
                try:
                    v = next(it)
                except StopIteration:
                    return
                for q in queues:
                    q.append(v)
            yield mine.pop(0)
    return tuple([gen(q) for q in queues])

def zip_longest(*iterables, fillvalue=None):
    its = [iter(x) for x in iterables]
    active = len(its)
    if not active:
        return
    ended = [False] * len(its)
    while True:
        row = []
        for i in range(len(its)):
            v = fillvalue
            if not ended[i]:
                try:
                    v = next(its[i])
                except StopIteration:
                    ended[i] = True
                    active -= 1
                    if not active:
                        return
            row.append(v)
        yield tuple(row)

def product(*iterables, repeat=1):
    pools = [tuple(p) for p in iterables] * repeat
    result = [[]]
    for pool in pools:
        result = [x + [y] for x in result for y in pool]
    for p in result:
        yield tuple(p)

def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r > n:
        return
    indices = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[i] for i in indices[:r]])
    while n:
        for i in reversed(range(r)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple([pool[i] for i in indices[:r]])
                break
        else:
            return

def combinations(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if r > n:
        return
    indices = list(range(r))
    yield tuple([pool[i] for i in indices])
    while True:
        for i in reversed(range(r)):
            if indices[i] != i + n - r:
                break
        else:
            return
        indices[i] += 1
        for j in range(i + 1, r):
            indices[j] = indices[j - 1] + 1
        yield tuple([pool[i] for i in indices])

def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if not n and r:
        return
    indices = [0] * r
    yield tuple([pool[i] for i in indices])
    while True:
        for i in reversed(range(r)):
            if indices[i] != n - 1:
                break
        else:
            return
        indices[i:] = [indices[i] + 1] * (r - i)
        yield tuple([pool[i] for i in indices])

class groupby:
    def __init__(self, iterable, key=None):
        self._it = iter(iterable)
        self._key = key
        self._target = self._current = self._value = _none
        self._group = None
    def __iter__(self):
        return self
    def _advance(self):
        self._value = next(self._it)
        self._current = self._value if self._key is None else self._key(self._value)
    def __next__(self):
        self._group = None
        while self._current is _none or self._target is not _none and self._current == self._target:
            self._value = _none
            self._advance()
        self._target = self._current
        self._group = made = _grouper(self, self._target)
        return (self._current, made)

class _grouper:
    def __init__(self, parent, target):
        self._parent = parent
        self._target = target
    def __iter__(self):
        return self
    def __next__(self):
        parent = self._parent
        if parent._group is not self:
            raise StopIteration
        if parent._value is _none:
            parent._advance()
        if parent._current != self._target:
            raise StopIteration
        value = parent._value
        parent._value = _none
        return value
`;
