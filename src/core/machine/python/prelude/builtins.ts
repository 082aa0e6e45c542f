/**
 * What built-in functions do when the program's own code takes part: iterators, comparisons, hashes,
 * keys of sorting. Names beginning with `__rr_` are asked for by the runtime.
 */
export const builtinsPrelude = `
def __rr_concurrent_threads(*functions):
    import threading
    threads = []
    def call(f):
        __rr_gave(f())
    for i, f in enumerate(functions):
        threads.append(threading.Thread(target=call, args=(f,), name='call #' + str(i + 1)))
    for t in threads:
        t.start()
    for t in threads:
        t.join()

async def __rr_unknown_stream(items):
    for item in items:
        yield await item

def __rr_concurrent_tasks(*functions):
    import asyncio
    async def request(f):
        await __rr_arrival()
        try:
            r = f()
            if __rr_is_coroutine(r):
                r = await r
            __rr_gave(r)
        except Exception as e:
            __rr_request_failed(e)
    async def main():
        tasks = []
        for i, f in enumerate(functions):
            tasks.append(asyncio.create_task(request(f), name='call #' + str(i + 1)))
        for t in tasks:
            await t
    if __rr_running_loop() is not None:
        return main()
    return asyncio.run(main())

class __rr_UnknownBase:
    def __init__(self, *args, **kwargs):
        pass

def __rr_thread_main(target, args, kwargs):
    target(*args, **kwargs)

def __rr_call(fn, args, kwargs):
    return fn(*args, **kwargs)

def __rr_print(args, kwargs):
    parts = []
    for a in args:
        parts.append(str(a))
    print(*parts, **kwargs)

def __rr_str(v):
    t = type(v)
    s = t.__str__(v)
    if not isinstance(s, str):
        raise TypeError('__str__ returned non-string (type ' + type(s).__name__ + ')')
    return s

def __rr_repr(v):
    r = getattr(type(v), '__repr__', None)
    if r is not None and not __rr_is_native(r):
        s = r(v)
        if not isinstance(s, str):
            raise TypeError('__repr__ returned non-string (type ' + type(s).__name__ + ')')
        return s
    return __rr_repr_contents(v)

def __rr_repr_contents(v):
    if isinstance(v, tuple) and not isinstance(v, (str, int)):
        parts = [repr(x) for x in v]
        if len(parts) == 1:
            return '(' + parts[0] + ',)'
        return '(' + ', '.join(parts) + ')'
    if isinstance(v, list):
        return '[' + ', '.join([repr(x) for x in v]) + ']'
    if isinstance(v, dict):
        s = '{' + ', '.join([repr(k) + ': ' + repr(x) for k, x in v.items()]) + '}'
        if __rr_base_name(v) == 'defaultdict':
            return type(v).__name__ + '(' + repr(v.default_factory) + ', ' + s + ')'
        if __rr_base_name(v) == 'OrderedDict':
            return type(v).__name__ + '(' + (repr(list(v.items())) if v else '') + ')'
        return s
    if isinstance(v, set):
        if not v:
            return 'set()'
        s = '{' + ', '.join([repr(x) for x in v]) + '}'
        return s if type(v) is set else type(v).__name__ + '(' + s + ')'
    if isinstance(v, frozenset):
        if not v:
            return 'frozenset()'
        return 'frozenset({' + ', '.join([repr(x) for x in v]) + '})'
    if isinstance(v, BaseException):
        a = v.args
        if len(a) == 1:
            return type(v).__name__ + '(' + repr(a[0]) + ')'
        return type(v).__name__ + '(' + ', '.join([repr(x) for x in a]) + ')'
    name = __rr_base_name(v)
    if name == 'deque':
        s = 'deque([' + ', '.join([repr(x) for x in v]) + ']'
        if v.maxlen is not None:
            s += ', maxlen=' + str(v.maxlen)
        return s + ')'
    if name == 'method':
        return '<bound method ' + v.__qualname__ + ' of ' + repr(v.__self__) + '>'
    if name in ('dict_keys', 'dict_values', 'dict_items'):
        return name + '([' + ', '.join([repr(x) for x in v]) + '])'
    return object.__repr__(v)

def __rr_ascii(v):
    return __rr_ascii_text(repr(v))

def __rr_format(v, spec):
    f = getattr(type(v), '__format__', None)
    if f is not None and not __rr_is_native(f):
        return f(v, spec)
    return format(str(v), spec)

def __rr_template(parts):
    out = []
    for p in parts:
        if isinstance(p, str):
            out.append(p)
            continue
        v, conversion, spec = p
        if conversion == 'r':
            v = repr(v)
        elif conversion == 's':
            v = str(v)
        elif conversion == 'a':
            v = ascii(v)
        out.append(format(v, spec))
    return ''.join(out)

def __rr_percent(text, values):
    if isinstance(values, tuple):
        return text % tuple([x if isinstance(x, (int, float, str)) else __rr_shown(str(x), repr(x)) for x in values])
    return text % (__rr_shown(str(values), repr(values)),)

def __rr_join(sep, items):
    return sep.join(list(items))

def __rr_format_map(text, mapping):
    return text.format(**dict(mapping))

def __rr_as_index(v):
    if isinstance(v, slice):
        return slice(__rr_as_index(v.start), __rr_as_index(v.stop), __rr_as_index(v.step))
    f = getattr(type(v), '__index__', None)
    if f is None or isinstance(v, int):
        return v
    n = f(v)
    if not isinstance(n, int):
        raise TypeError('__index__ returned non-int (type ' + type(n).__name__ + ')')
    return n

def __rr_to_int(v, name):
    n = getattr(type(v), name)(v)
    if not isinstance(n, int):
        raise TypeError(name + ' returned non-int (type ' + type(n).__name__ + ')')
    return n

def __rr_to_float(v, name):
    n = getattr(type(v), name)(v)
    if name == '__float__' and not isinstance(n, float):
        raise TypeError(type(v).__name__ + '.__float__ returned non-float (type ' + type(n).__name__ + ')')
    return float(n)

def __rr_indexed_get(o, key):
    return o[__rr_as_index(key)]

def __rr_indexed_set(o, key, v):
    o[__rr_as_index(key)] = v

def __rr_indexed_delete(o, key):
    del o[__rr_as_index(key)]

def __rr_indexed_call(fn, args, kwargs):
    return fn(*[__rr_as_index(a) for a in args], **kwargs)

def __rr_indexed_repeat(o, n):
    return o * __rr_as_index(n)

# ---- operators -------------------------------------------------------------------------------

def __rr_binary(a, b, direct, reverse, reverse_first, op):
    if reverse_first:
        r = reverse(b, a)
        if r is not NotImplemented:
            return r
        reverse = None
    if direct is not None:
        r = direct(a, b)
        if r is not NotImplemented:
            return r
    else:
        r = __rr_native_binary(op, a, b)
        if r is not NotImplemented:
            return r
    if reverse is not None:
        r = reverse(b, a)
        if r is not NotImplemented:
            return r
    return __rr_unsupported(op, a, b)

def __rr_inplace(a, b, method, op):
    r = method(a, b)
    if r is not NotImplemented:
        return r
    return __rr_binary_operator(op, a, b)

def __rr_eq(a, b):
    ta = type(a)
    tb = type(b)
    if ta is not tb and issubclass(tb, ta) and __rr_user(tb, '__eq__'):
        r = tb.__eq__(b, a)
        if r is not NotImplemented:
            return r
        r = ta.__eq__(a, b)
        if r is not NotImplemented:
            return r
        return a is b
    r = ta.__eq__(a, b)
    if r is not NotImplemented:
        return r
    r = tb.__eq__(b, a)
    if r is not NotImplemented:
        return r
    return a is b

def __rr_ne(a, b):
    ta = type(a)
    tb = type(b)
    if __rr_user(ta, '__ne__'):
        r = ta.__ne__(a, b)
        if r is not NotImplemented:
            return r
    else:
        r = ta.__eq__(a, b)
        if r is not NotImplemented:
            return not r
    if __rr_user(tb, '__ne__'):
        r = tb.__ne__(b, a)
        if r is not NotImplemented:
            return r
    else:
        r = tb.__eq__(b, a)
        if r is not NotImplemented:
            return not r
    return a is not b

def __rr_deep_eq(a, b):
    if a is b:
        return True
    if isinstance(a, (list, tuple)) or __rr_base_name(a) == 'deque':
        if len(a) != len(b):
            return False
        for x, y in zip(list(a), list(b)):
            if x is not y and not (x == y):
                return False
        return True
    if isinstance(a, dict):
        if len(a) != len(b):
            return False
        for k in a:
            if k not in b:
                return False
            x = a[k]
            y = b[k]
            if x is not y and not (x == y):
                return False
        return True
    return a is b

def __rr_deep_ne(a, b):
    return not __rr_deep_eq(a, b)

def __rr_order(a, b, name, mirror, op):
    ta = type(a)
    tb = type(b)
    f = getattr(ta, name)
    g = getattr(tb, mirror)
    if ta is not tb and issubclass(tb, ta) and __rr_user(tb, mirror):
        r = g(b, a)
        if r is not NotImplemented:
            return r
        r = f(a, b)
    else:
        r = f(a, b)
        if r is not NotImplemented:
            return r
        r = g(b, a)
    if r is not NotImplemented:
        return r
    raise TypeError("'" + op + "' not supported between instances of '" + ta.__name__ + "' and '" + tb.__name__ + "'")

def __rr_deep_order(a, b, op):
    for x, y in zip(list(a), list(b)):
        if x is y or x == y:
            continue
        if op == '<':
            return x < y
        if op == '<=':
            return x <= y
        if op == '>':
            return x > y
        return x >= y
    if op == '<':
        return len(a) < len(b)
    if op == '<=':
        return len(a) <= len(b)
    if op == '>':
        return len(a) > len(b)
    return len(a) >= len(b)

def __rr_in(item, container):
    for x in container:
        if x is item or x == item:
            return True
    return False

# ---- hash tables -----------------------------------------------------------------------------

def __rr_resolve(container, key):
    h = hash(key)
    for k in __rr_candidates(container, h):
        if k is key or k == key:
            return __rr_hashed(container, k, h, True)
    return __rr_hashed(container, key, h, False)

def __rr_keyed(fn, container, key, rest):
    return fn(container, __rr_resolve(container, key), *rest)

def __rr_keyed_getitem(d, key):
    return dict.__getitem__(d, __rr_resolve(d, key))

def __rr_keyed_setitem(d, key, value):
    dict.__setitem__(d, __rr_resolve(d, key), value)

def __rr_keyed_delitem(d, key):
    dict.__delitem__(d, __rr_resolve(d, key))

def __rr_keyed_in(key, container):
    if isinstance(container, (dict, set, frozenset)):
        return __rr_has(container, __rr_resolve(container, key))
    for k in container:
        if k is key or k == key:
            return True
    return False

def __rr_hash_tuple(t):
    h = 5381
    for x in t:
        h = (h * 33 + hash(x)) % 4503599627370496
    return h

def __rr_fromkeys(keys, value):
    d = {}
    for k in keys:
        d[k] = value
    return d

def __rr_dict_update(d, other):
    if hasattr(other, 'keys'):
        for k in other.keys():
            d[k] = other[k]
        return None
    n = 0
    for pair in other:
        refused = False
        try:
            pair = list(pair)
        except TypeError:
            refused = True
        if refused:
            raise TypeError('cannot convert dictionary update sequence element #' + str(n) + ' to a sequence')
        if len(pair) != 2:
            raise ValueError('dictionary update sequence element #' + str(n) + ' has length ' + str(len(pair)) + '; 2 is required')
        d[pair[0]] = pair[1]
        n += 1
    return None

def __rr_isdisjoint(a, b):
    for x in b:
        if x in a:
            return False
    return True

def __rr_frozenset(cls, items):
    s = set()
    for x in items:
        s.add(x)
    return __rr_freeze(cls, s)

def __rr_set_update(s, other):
    for x in other:
        s.add(x)

def __rr_as_set(v):
    if isinstance(v, (set, frozenset)):
        return v
    s = set()
    for x in v:
        s.add(x)
    return s

def __rr_set_operation(op, a, b):
    out = set()
    b = __rr_as_set(b)
    a = __rr_as_set(a)
    if op == '|':
        for x in a:
            out.add(x)
        for x in b:
            out.add(x)
    elif op == '&':
        for x in a:
            if x in b:
                out.add(x)
    elif op == '-':
        for x in a:
            if x not in b:
                out.add(x)
    else:
        for x in a:
            if x not in b:
                out.add(x)
        for x in b:
            if x not in a:
                out.add(x)
    return out

def __rr_set_test(name, s, other):
    other = __rr_as_set(other)
    if name == 'issubset':
        for x in s:
            if x not in other:
                return False
        return True
    if name == 'issuperset':
        for x in other:
            if x not in s:
                return False
        return True
    for x in s:
        if x in other:
            return False
    return True

def __rr_set_update_with(op, s, other):
    r = __rr_set_operation(op, s, other)
    s.clear()
    for x in r:
        s.add(x)

# ---- sequences and iteration -----------------------------------------------------------------

def __rr_extend(target, items):
    for x in items:
        target.append(x)

def __rr_extendleft(target, items):
    for x in items:
        target.appendleft(x)

def __rr_iadd_deque(d, items):
    d.extend(items)
    return d

def __rr_set_slice(target, key, items):
    target[key] = list(items)

def __rr_collect(items, limit):
    out = []
    if limit < 0:
        for x in items:
            out.append(x)
        return out
    for x in items:
        out.append(x)
        if len(out) >= limit:
            break
    return out

def __rr_tuple(items):
    return tuple(__rr_collect(items, -1))

def __rr_bytes(items):
    return bytes(__rr_collect(items, -1))

def __rr_list_remove(l, item):
    for i in range(len(l)):
        x = l[i]
        if x is item or x == item:
            del l[i]
            return
    raise ValueError('list.remove(x): x not in list')

def __rr_index(l, item):
    i = 0
    for x in l:
        if x is item or x == item:
            return i
        i += 1
    if isinstance(l, tuple):
        raise ValueError('tuple.index(x): x not in tuple')
    raise ValueError(repr(item) + ' is not in ' + ('list' if isinstance(l, list) else 'deque'))

def __rr_count(l, item):
    n = 0
    for x in l:
        if x is item or x == item:
            n += 1
    return n

def __rr_merge_sort(pairs):
    n = len(pairs)
    if n < 2:
        return pairs
    mid = n // 2
    left = __rr_merge_sort(pairs[:mid])
    right = __rr_merge_sort(pairs[mid:])
    out = []
    i = 0
    j = 0
    while i < len(left) and j < len(right):
        if right[j][0] < left[i][0]:
            out.append(right[j])
            j += 1
        else:
            out.append(left[i])
            i += 1
    return out + left[i:] + right[j:]

def __rr_sorted(items, key, reverse):
    items = list(items)
    if key is None:
        keys = items
    else:
        keys = [key(x) for x in items]
    r = __rr_sort_by(items, keys, reverse)
    if r is not None:
        return r
    pairs = [(k, x) for k, x in zip(keys, items)]
    if reverse:
        pairs.reverse()
    pairs = __rr_merge_sort(pairs)
    if reverse:
        pairs.reverse()
    return [x for k, x in pairs]

def __rr_list_sort(l, key, reverse):
    l[:] = __rr_sorted(l, key, reverse)

def __rr_extreme(name, items, key, has_default, default):
    first = True
    best = None
    best_key = None
    for x in items:
        k = x if key is None else key(x)
        if first:
            best = x
            best_key = k
            first = False
        elif (k < best_key) if name == 'min' else (k > best_key):
            best = x
            best_key = k
    if first:
        if has_default:
            return default
        raise ValueError(name + '() arg is an empty sequence')
    return best

def __rr_sum(items, start=0):
    total = start
    for x in items:
        total = total + x
    return total

def __rr_any(items):
    for x in items:
        if x:
            return True
    return False

def __rr_all(items):
    for x in items:
        if not x:
            return False
    return True

def __rr_reversed(v):
    i = len(v) - 1
    while i >= 0:
        yield v[i]
        i -= 1

def __rr_enumerate(items, start):
    for x in items:
        yield (start, x)
        start += 1

def __rr_zip(iterables, strict):
    if not iterables:
        return
    its = [iter(x) for x in iterables]
    while True:
        row = []
        n = 0
        for it in its:
            try:
                row.append(next(it))
            except StopIteration:
                if strict:
                    if n > 0:
                        raise ValueError('zip() argument ' + str(n + 1) + ' is shorter than argument' + (' 1' if n == 1 else 's 1-' + str(n))) from None
                    m = 0
                    for other in its[1:]:
                        m += 1
                        try:
                            next(other)
                        except StopIteration:
                            continue
                        raise ValueError('zip() argument ' + str(m + 1) + ' is longer than argument' + (' 1' if m == 1 else 's 1-' + str(m))) from None
                return
            n += 1
        yield tuple(row)

def __rr_map(fn, iterables):
    if len(iterables) == 1:
        return __rr_map1(fn, iter(iterables[0]))
    return __rr_map_many(fn, [iter(x) for x in iterables])

def __rr_map1(fn, items):
    for x in items:
        yield fn(x)

def __rr_map_many(fn, its):
    for row in zip(*its):
        yield fn(*row)

def __rr_filter(fn, items):
    return __rr_filter1(fn, iter(items))

def __rr_filter1(fn, items):
    for x in items:
        if x if fn is None else fn(x):
            yield x

def __rr_iter_call(fn, sentinel):
    while True:
        v = fn()
        if v == sentinel:
            return
        yield v

def __rr_getitem_iterator(v):
    i = 0
    while True:
        try:
            x = v[i]
        except (IndexError, StopIteration):
            return
        yield x
        i += 1

def __rr_next(it, default):
    try:
        return next(it)
    except StopIteration:
        return default

def __rr_close(g):
    try:
        g.throw(GeneratorExit())
    except (GeneratorExit, StopIteration):
        return None
    raise RuntimeError('generator ignored GeneratorExit')

# What goes wrong in a finalizer is written to the standard error and ignored.
def __rr_drop(g):
    try:
        __rr_close(g)
    except BaseException:
        pass

def __rr_divmod(a, b):
    f = getattr(type(a), '__divmod__', None)
    r = NotImplemented if f is None else f(a, b)
    if r is NotImplemented:
        f = getattr(type(b), '__rdivmod__', None)
        r = NotImplemented if f is None else f(b, a)
    if r is NotImplemented:
        if isinstance(a, (int, float)) and isinstance(b, (int, float)):
            return (a // b, a % b)
        raise TypeError('unsupported operand type(s) for divmod(): ' + repr(type(a).__name__) + ' and ' + repr(type(b).__name__))
    return r

# ---- attributes and classes ------------------------------------------------------------------

def __rr_getattr(o, name, default):
    try:
        return __rr_find(o, name)
    except AttributeError:
        return default

def __rr_find(o, name):
    return getattr(o, name)

def __rr_hasattr(o, name):
    try:
        getattr(o, name)
    except AttributeError:
        return False
    return True

def __rr_isinstance_any(v, classes):
    for c in classes:
        if isinstance(v, c):
            return True
    return False

def __rr_union(a, b):
    return __rr_make_union(a, b)

def __rr_finish_class(cls, named, hook, keywords, on_made):
    for v, name in named:
        type(v).__set_name__(v, cls, name)
    if on_made is not None:
        on_made(cls)
    if hook is not None:
        hook(cls, **keywords)
    return cls

def __rr_make_class(meta, name, bases, space, keywords, frame, new, init):
    if new is not None:
        cls = new(meta, name, bases, space, **keywords)
    else:
        cls = __rr_build_class(meta, name, bases, space)
    if isinstance(cls, meta):
        __rr_set_class_cell(frame, cls)
        if init is not None:
            init(cls, name, bases, space, **keywords)
    return cls

def __rr_match_key(subject, key):
    marker = object()
    v = subject.get(key, marker)
    if v is marker:
        return ()
    return (v,)

def __rr_match_rest(subject, keys):
    out = {}
    for k in subject.keys():
        if k not in keys:
            out[k] = subject[k]
    return out
`;
