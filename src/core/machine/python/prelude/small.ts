/** Small modules in Python, each far less than the real one: what programs under test tend to use. */
export const smallPreludes: Readonly<Record<string, string>> = {
  operator: `
class itemgetter:
    def __init__(self, *items):
        self._items = items
    def __call__(self, o):
        if len(self._items) == 1:
            return o[self._items[0]]
        return tuple([o[i] for i in self._items])

class attrgetter:
    def __init__(self, *names):
        self._names = names
    def _get(self, o, name):
        for part in name.split('.'):
            o = getattr(o, part)
        return o
    def __call__(self, o):
        if len(self._names) == 1:
            return self._get(o, self._names[0])
        return tuple([self._get(o, n) for n in self._names])

class methodcaller:
    def __init__(self, name, /, *args, **kwargs):
        self._name = name
        self._args = args
        self._kwargs = kwargs
    def __call__(self, o):
        return getattr(o, self._name)(*self._args, **self._kwargs)

def setitem(o, k, v):
    o[k] = v

def delitem(o, k):
    del o[k]
`,
  sys: `
argv = ['main.py']
path = []
modules = {}
def settrace(f):
    pass
def setprofile(f):
    pass
def gettrace():
    return None
`,
  logging: `
DEBUG = 10
INFO = 20
WARNING = 30
WARN = 30
ERROR = 40
CRITICAL = 50
NOTSET = 0
class Logger:
    def __init__(self, name):
        self.name = name
        self.handlers = []
        self.level = 0
    def debug(self, *args, **kwargs): pass
    def info(self, *args, **kwargs): pass
    def warning(self, *args, **kwargs): pass
    def warn(self, *args, **kwargs): pass
    def error(self, *args, **kwargs): pass
    def exception(self, *args, **kwargs): pass
    def critical(self, *args, **kwargs): pass
    def fatal(self, *args, **kwargs): pass
    def log(self, *args, **kwargs): pass
    def setLevel(self, level): pass
    def addHandler(self, h): pass
    def removeHandler(self, h): pass
    def isEnabledFor(self, level): return False
    def getEffectiveLevel(self): return 30
    def getChild(self, name): return self
_loggers = {}
def getLogger(name=None):
    return Logger(name or 'root')
class Handler:
    def __init__(self, *args, **kwargs): pass
    def setFormatter(self, f): pass
    def setLevel(self, level): pass
StreamHandler = Handler
FileHandler = Handler
NullHandler = Handler
class Formatter:
    def __init__(self, *args, **kwargs): pass
def basicConfig(*args, **kwargs): pass
def debug(*args, **kwargs): pass
def info(*args, **kwargs): pass
def warning(*args, **kwargs): pass
def error(*args, **kwargs): pass
def exception(*args, **kwargs): pass
def critical(*args, **kwargs): pass
def log(*args, **kwargs): pass
def disable(*args): pass
`,
  copy: `
class Error(Exception):
    pass
def copy(o):
    if isinstance(o, (int, float, str, bytes, tuple, frozenset, type)) or o is None:
        return o
    f = getattr(type(o), '__copy__', None)
    if f is not None:
        return f(o)
    return __rr_shallow(o)
def deepcopy(o, memo=None):
    if memo is None:
        memo = {}
    if isinstance(o, (int, float, str, bytes, type)) or o is None or callable(o):
        return o
    k = id(o)
    if k in memo:
        return memo[k]
    f = getattr(type(o), '__deepcopy__', None)
    if f is not None:
        r = f(o, memo)
        memo[k] = r
        return r
    if type(o) is list:
        out = []
        memo[k] = out
        for x in o:
            out.append(deepcopy(x, memo))
        return out
    if type(o) is tuple:
        return tuple([deepcopy(x, memo) for x in o])
    if isinstance(o, dict):
        out = o.copy()
        memo[k] = out
        for key, v in list(out.items()):
            out[key] = deepcopy(v, memo)
        return out
    if isinstance(o, (set, frozenset)):
        return type(o)([deepcopy(x, memo) for x in o])
    out = __rr_shallow(o)
    memo[k] = out
    if hasattr(out, '__dict__'):
        for name, v in out.__dict__.items():
            object.__setattr__(out, name, deepcopy(v, memo))
    return out
`,
  heapq: `
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
    last = heap.pop()
    if heap:
        r = heap[0]
        heap[0] = last
        _up(heap, 0)
        return r
    return last
def heapreplace(heap, item):
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
def merge(*iterables, key=None, reverse=False):
    out = []
    for it in iterables:
        out.extend(it)
    return iter(sorted(out, key=key, reverse=reverse))
`,
  bisect: `
def bisect_left(a, x, lo=0, hi=None, *, key=None):
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if (a[mid] if key is None else key(a[mid])) < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
def bisect_right(a, x, lo=0, hi=None, *, key=None):
    hi = len(a) if hi is None else hi
    while lo < hi:
        mid = (lo + hi) // 2
        if x < (a[mid] if key is None else key(a[mid])):
            hi = mid
        else:
            lo = mid + 1
    return lo
bisect = bisect_right
def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)
def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)
insort = insort_right
`,
  string: `
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\\'()*+,-./:;<=>?@[\\\\]^_\`{|}~'
whitespace = ' \\t\\n\\r\\x0b\\x0c'
printable = digits + ascii_letters + punctuation + whitespace
def capwords(s, sep=None):
    return (sep or ' ').join([w.capitalize() for w in s.split(sep)])
`,
  uuid: `
class UUID:
    def __init__(self, hex=None, int=None):
        self.hex = hex.replace('-', '')
        self.int = __rr_int(self.hex, 16)
    def __str__(self):
        h = self.hex
        return h[:8] + '-' + h[8:12] + '-' + h[12:16] + '-' + h[16:20] + '-' + h[20:]
    def __repr__(self):
        return "UUID('" + str(self) + "')"
    def __eq__(self, other):
        if isinstance(other, UUID):
            return self.hex == other.hex
        return NotImplemented
    def __hash__(self):
        return hash(self.hex)
__rr_int = int
def uuid4():
    return UUID(format(__rr_unique(), '032x'))
uuid1 = uuid4
`,
  secrets: `
def token_hex(nbytes=32):
    return format(__rr_unique(), '0' + str(nbytes * 2) + 'x')
token_urlsafe = token_hex
`,
  warnings: `
def warn(*args, **kwargs): pass
def filterwarnings(*args, **kwargs): pass
def simplefilter(*args, **kwargs): pass
`,
  traceback: `
def print_exc(*args, **kwargs): pass
def print_exception(*args, **kwargs): pass
def print_stack(*args, **kwargs): pass
def format_exc(*args, **kwargs): return ''
`,
  signal: `
SIGINT = 2
SIGTERM = 15
SIGKILL = 9
def signal(*args): pass
`,
  atexit: `
def register(fn, *args, **kwargs):
    return fn
def unregister(fn): pass
`,
  gc: `
def collect(*args): return 0
def enable(): pass
def disable(): pass
`,
  weakref: `
class ref:
    def __init__(self, o, callback=None):
        self._o = o
    def __call__(self):
        return self._o
def proxy(o, callback=None):
    return o
class WeakValueDictionary(dict):
    pass
class WeakKeyDictionary(dict):
    pass
class WeakSet(set):
    pass
def finalize(o, fn, *args, **kwargs):
    return fn
`,
  types: `
class SimpleNamespace:
    def __init__(self, /, **kwargs):
        for k, v in kwargs.items():
            setattr(self, k, v)
    def __repr__(self):
        return 'namespace(' + ', '.join([k + '=' + repr(v) for k, v in self.__dict__.items()]) + ')'
    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__
def _f(): pass
def _g(): yield
async def _c(): pass
FunctionType = type(_f)
LambdaType = FunctionType
GeneratorType = type(_g())
BuiltinFunctionType = type(len)
NoneType = type(None)
CoroutineType = type(_c())
class _M:
    def m(self): pass
MethodType = type(_M().m)
def MappingProxyType(d):
    return d
`,
  inspect: `
import asyncio
def iscoroutinefunction(f): return asyncio.iscoroutinefunction(f)
def iscoroutine(f): return asyncio.iscoroutine(f)
def isawaitable(f): return asyncio.iscoroutine(f) or asyncio.isfuture(f) or hasattr(f, '__await__')
def isclass(c): return isinstance(c, type)
def isfunction(f): return type(f).__name__ == 'function'
`,
  statistics: `
def mean(data):
    data = list(data)
    t = sum(data)
    n = len(data)
    return t // n if isinstance(t, int) and t % n == 0 else t / n
fmean = mean
def median(data):
    data = sorted(data)
    n = len(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2
`,
  textwrap: `
def dedent(text):
    lines = text.split('\\n')
    margin = None
    for l in lines:
        if l.strip():
            n = len(l) - len(l.lstrip())
            margin = n if margin is None or n < margin else margin
    return '\\n'.join([l[margin or 0:] if l.strip() else '' for l in lines])
def indent(text, prefix):
    return '\\n'.join([prefix + l if l.strip() else l for l in text.split('\\n')])
`,
  json: `
class JSONDecodeError(ValueError):
    pass
def _escape(s, ascii_only):
    return __rr_quote(s)
def _dump(o, indent, level, default, sort_keys, seps):
    unknown = __rr_unknown_text(o)
    if unknown is not None:
        items = __rr_unknown_items(o)
        if not items:
            return unknown
        return '{**' + unknown + ', ' + ', '.join([__rr_quote(k) + seps[1] + _dump(v, None, level, default, sort_keys, seps) for k, v in items]) + '}'
    if o is None:
        return 'null'
    if o is True:
        return 'true'
    if o is False:
        return 'false'
    if isinstance(o, str):
        return __rr_quote(o)
    if isinstance(o, int):
        return int.__repr__(o)
    if isinstance(o, float):
        if o != o:
            return 'NaN'
        if o in (float('inf'), float('-inf')):
            return 'Infinity' if o > 0 else '-Infinity'
        return float.__repr__(o)
    item_sep, key_sep = seps
    pad = '' if indent is None else '\\n' + indent * (level + 1)
    end = '' if indent is None else '\\n' + indent * level
    if isinstance(o, (list, tuple)):
        if not o:
            return '[]'
        return '[' + pad + (item_sep + pad).join([_dump(x, indent, level + 1, default, sort_keys, seps) for x in o]) + end + ']'
    if isinstance(o, dict):
        if not o:
            return '{}'
        items = sorted(o.items()) if sort_keys else list(o.items())
        parts = []
        for k, v in items:
            if __rr_unknown_text(k) is not None:
                name = __rr_unknown_text(k)
            elif isinstance(k, str):
                name = k
            elif k is None or isinstance(k, (bool, int, float)):
                name = _dump(k, None, 0, None, False, seps)
            else:
                raise TypeError('keys must be str, int, float, bool or None, not ' + type(k).__name__)
            parts.append(__rr_quote(name) + key_sep + _dump(v, indent, level + 1, default, sort_keys, seps))
        return '{' + pad + (item_sep + pad).join(parts) + end + '}'
    if default is not None:
        return _dump(default(o), indent, level, default, sort_keys, seps)
    raise TypeError('Object of type ' + type(o).__name__ + ' is not JSON serializable')
def dumps(obj, *, skipkeys=False, ensure_ascii=True, indent=None, separators=None, default=None, sort_keys=False, cls=None):
    if isinstance(indent, int):
        indent = ' ' * indent
    if separators is None:
        separators = (', ', ': ') if indent is None else (',', ': ')
    return _dump(obj, indent, 0, default, sort_keys, separators)
def loads(s, **kwargs):
    if __rr_unknown_text(s) is None and isinstance(s, bytes):
        s = s.decode()
    r = __rr_json_loads(s)
    if r is None:
        raise JSONDecodeError('Expecting value: line 1 column 1 (char 0)')
    return r[0]
def dump(obj, fp, **kwargs):
    fp.write(dumps(obj, **kwargs))
def load(fp, **kwargs):
    return loads(fp.read(), **kwargs)
`,
};
