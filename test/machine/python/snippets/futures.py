from concurrent.futures import ThreadPoolExecutor, as_completed, wait
def sq(n): return n * n
with ThreadPoolExecutor(max_workers=2) as ex:
    fs = [ex.submit(sq, i) for i in range(4)]
    print([f.result() for f in fs], list(ex.map(sq, [5, 6])), sorted(f.result() for f in as_completed(fs)))
    e = ex.submit(lambda: 1 / 0)
    print(type(e.exception()).__name__, e.done())
    try: e.result()
    except ZeroDivisionError as x: print(x)
