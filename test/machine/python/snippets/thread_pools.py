from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED, ALL_COMPLETED, Future, TimeoutError
import threading
lock = threading.Lock(); done = []
def work(n):
    with lock:
        done.append(n)
    if n == 3: raise ValueError(f'bad {n}')
    return n * n
with ThreadPoolExecutor(max_workers=2, thread_name_prefix='w') as ex:
    futures = {ex.submit(work, i): i for i in range(5)}
    results = {}
    for f in as_completed(futures):
        i = futures[f]
        try: results[i] = f.result()
        except ValueError as e: results[i] = str(e)
print(sorted(results.items()), sorted(done))
with ThreadPoolExecutor() as ex:
    print(list(ex.map(lambda a, b: a + b, [1, 2, 3], [10, 20, 30])), list(ex.map(str.upper, 'abc')))
    f = ex.submit(pow, 2, 5); print(f.result(), f.done(), f.exception(), f.cancelled(), f.running())
    f.add_done_callback(lambda x: print('callback', x.result()))
    d, nd = wait([ex.submit(len, 'abc'), ex.submit(len, 'z')]); print(sorted(x.result() for x in d), nd)
f = Future(); print(f.cancel(), f.cancelled(), f.done())
f = Future(); f.set_result(3); print(f.result(timeout=1))
f = Future(); f.set_exception(KeyError('k')); print(repr(f.exception()))
try: f.result()
except KeyError as e: print('KeyError', e)
try: Future().result(timeout=0)
except TimeoutError: print('timeout')
ex = ThreadPoolExecutor(1); ex.shutdown(wait=True)
try: ex.submit(work, 1)
except RuntimeError as e: print(e)
