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

    def __repr__(self):
        parts = [repr(self._name)] + [repr(a) for a in self._args] + [k + '=' + repr(v) for k, v in self._kwargs.items()]
        return 'operator.methodcaller(' + ', '.join(parts) + ')'

def setitem(o, k, v):
    o[k] = v

def delitem(o, k):
    del o[k]

def truth(o):
    return bool(o)

def pos(o):
    return +o

def invert(o):
    return ~o

inv = invert

def concat(a, b):
    if not hasattr(a, '__getitem__'):
        raise TypeError("'" + type(a).__name__ + "' object can't be concatenated")
    return a + b

def countOf(a, b):
    n = 0
    for x in a:
        if x is b or x == b:
            n += 1
    return n

def indexOf(a, b):
    i = 0
    for x in a:
        if x is b or x == b:
            return i
        i += 1
    raise ValueError('sequence.index(x): x not in sequence')

def length_hint(o, default=0):
    return len(o) if hasattr(o, '__len__') else default

def call(f, /, *args, **kwargs):
    return f(*args, **kwargs)

def iadd(a, b):
    a += b
    return a
def isub(a, b):
    a -= b
    return a
def imul(a, b):
    a *= b
    return a
def ior(a, b):
    a |= b
    return a
def iand(a, b):
    a &= b
    return a
def ixor(a, b):
    a ^= b
    return a
iconcat = iadd
`,
  sys: `
argv = ['main.py']
path = []
class _Modules(dict):
    def __missing__(self, name):
        found = __rr_loaded_module(name)
        if found is None:
            raise KeyError(name)
        return found
    def get(self, name, default=None):
        if name in self:
            return self[name]
        found = __rr_loaded_module(name)
        return default if found is None else found
modules = _Modules()
class _Flags:
    def __init__(self):
        self.debug = self.inspect = self.interactive = self.optimize = self.dont_write_bytecode = self.no_user_site = 0
        self.no_site = self.ignore_environment = self.verbose = self.bytes_warning = self.quiet = self.isolated = self.utf8_mode = 0
        self.dev_mode = self.safe_path = False
        self.hash_randomization = 1
flags = _Flags()
maxunicode = 1114111
prefix = base_prefix = exec_prefix = '/usr'
def getdefaultencoding():
    return 'utf-8'
def getfilesystemencoding():
    return 'utf-8'
def getrefcount(o):
    return __rr_not_simulated('sys.getrefcount')
def is_finalizing():
    return False
def settrace(f):
    pass
def setprofile(f):
    pass
def gettrace():
    return None
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
    if isinstance(o, (int, float, str, bytes, type)) or o is None or type(o).__name__ in ('function', 'method', 'builtin_function_or_method', 'module'):
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
    for name, v in __rr_attributes(out).items():
        object.__setattr__(out, name, deepcopy(v, memo))
    return out
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
  warnings: `
def warn(*args, **kwargs): pass
def filterwarnings(*args, **kwargs): pass
def simplefilter(*args, **kwargs): pass
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
def _f(): yield
_generator = _f()
class _M:
    def m(self): pass
def isfunction(f): return isinstance(f, type(_f))
def ismethod(f): return isinstance(f, type(_M().m))
def isgenerator(f): return isinstance(f, type(_generator))
def isbuiltin(f): return isinstance(f, type(len))
def isroutine(f): return isbuiltin(f) or isfunction(f) or ismethod(f)
def ismodule(f): return isinstance(f, type(asyncio))
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
};
