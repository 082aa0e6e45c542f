/** queue, concurrent.futures and the like, in Python over the native locks. */

export const queuePrelude = `
class Empty(Exception):
    pass

class Full(Exception):
    pass

class ShutDown(Exception):
    pass

class Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._state = __rr_queue(maxsize)
        self._init(maxsize)
    def _init(self, maxsize):
        self.queue = __rr_deque()
    def _put(self, item):
        self.queue.append(item)
    def _get(self):
        return self.queue.popleft()
    def qsize(self):
        return __rr_queue_size(self._state)
    def empty(self):
        return __rr_queue_size(self._state) == 0
    def full(self):
        return 0 < self.maxsize <= __rr_queue_size(self._state)
    def put(self, item, block=True, timeout=None):
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not __rr_queue_put(self._state, item, block, timeout, self._rr_kind()):
            raise Full
    def _rr_kind(self):
        return 0
    def get(self, block=True, timeout=None):
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        got = __rr_queue_get(self._state, block, timeout, self._rr_kind())
        if got is None:
            raise Empty
        return got[0]
    def put_nowait(self, item):
        return self.put(item, False)
    def get_nowait(self):
        return self.get(False)
    def task_done(self):
        if not __rr_queue_task_done(self._state):
            raise ValueError('task_done() called too many times')
    def join(self):
        __rr_queue_join(self._state)

class LifoQueue(Queue):
    def _rr_kind(self):
        return 1

class PriorityQueue(Queue):
    def _rr_kind(self):
        return 2

class SimpleQueue(Queue):
    def __init__(self):
        Queue.__init__(self, 0)
`;

/** What CPython's futures do under their lock. */
export const futureStatesPrelude = `
def move(future, allowed, state):
    before = future._m_state
    if before in allowed:
        future._m_state = state
    return before

def settle(future, result, exception):
    before = future._m_state
    if before in ('PENDING', 'RUNNING'):
        future._m_result = result
        future._m_exception = exception
        future._m_state = 'FINISHED'
    return before

def added(future, fn):
    if future._m_state not in ('PENDING', 'RUNNING'):
        return False
    future._callbacks.append(fn)
    return True
`;

export const futuresPrelude = `
import _rr_futures as states

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

class CancelledError(Exception):
    pass

TimeoutError = TimeoutError

class InvalidStateError(Exception):
    pass

class BrokenExecutor(RuntimeError):
    pass

class Future:
    def __init__(self):
        self._event = __rr_Event()
        self._m_state = 'PENDING'
        self._m_result = None
        self._m_exception = None
        self._callbacks = []
    def done(self):
        return self._m_state not in ('PENDING', 'RUNNING')
    def running(self):
        return self._m_state == 'RUNNING'
    def cancelled(self):
        return self._m_state in ('CANCELLED', 'CANCELLED_AND_NOTIFIED')
    def cancel(self):
        before = states.move(self, ('PENDING',), 'CANCELLED')
        if before in ('RUNNING', 'FINISHED'):
            return False
        if before == 'PENDING':
            self._event.set()
            self._invoke()
        return True
    def set_running_or_notify_cancel(self):
        if states.move(self, ('PENDING',), 'RUNNING') == 'PENDING':
            return True
        if states.move(self, ('CANCELLED',), 'CANCELLED_AND_NOTIFIED') == 'CANCELLED':
            return False
        raise RuntimeError('Future in unexpected state')
    def result(self, timeout=None):
        if not self._event.wait(timeout):
            raise TimeoutError()
        if self.cancelled():
            raise CancelledError()
        if self._m_exception is not None:
            raise self._m_exception
        return self._m_result
    def exception(self, timeout=None):
        if not self._event.wait(timeout):
            raise TimeoutError()
        if self.cancelled():
            raise CancelledError()
        return self._m_exception
    def set_result(self, result):
        self._settle(result, None)
    def set_exception(self, exception):
        self._settle(None, exception)
    def _settle(self, result, exception):
        before = states.settle(self, result, exception)
        if before not in ('PENDING', 'RUNNING'):
            raise InvalidStateError(f'{before}: {self!r}')
        self._event.set()
        self._invoke()
    def _invoke(self):
        for fn in self._callbacks:
            self._call(fn)
    # What a callback raises is logged; whoever settled the future goes on.
    def _call(self, fn):
        try:
            fn(self)
        except Exception as e:
            __rr_request_failed(e)
    def add_done_callback(self, fn):
        if not states.added(self, fn):
            self._call(fn)

def _worker(jobs):
    while True:
        got = __rr_queue_get(jobs, True, None, 0)
        job = got[0]
        if job is None:
            __rr_queue_put(jobs, None, True, None, 0)
            return
        future, fn, args, kwargs = job
        if not future.set_running_or_notify_cancel():
            continue
        try:
            r = fn(*args, **kwargs)
        except BaseException as e:
            future.set_exception(e)
        else:
            future.set_result(r)

class Executor:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.shutdown(wait=True)
        return False

class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        # A number from the settings is taken to be one that pools accept.
        if __rr_unknown(max_workers):
            max_workers = None
        if max_workers is not None and max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._max = 4 if max_workers is None else max_workers
        self._prefix = thread_name_prefix or 'worker'
        self._jobs = __rr_queue(0)
        self._threads = []
        self._m_shutdown = False
        self._pending = 0
    def submit(self, fn, /, *args, **kwargs):
        if self._m_shutdown:
            raise RuntimeError('cannot schedule new futures after shutdown')
        future = Future()
        __rr_queue_put(self._jobs, (future, fn, args, kwargs), True, None, 0)
        if len(self._threads) < self._max:
            self._threads.append(__rr_start_worker(self._prefix, _worker, (self._jobs,)))
        return future
    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        return _results(futures)
    def shutdown(self, wait=True, *, cancel_futures=False):
        if not self._m_shutdown:
            self._m_shutdown = True
            __rr_queue_put(self._jobs, None, True, None, 0)
        if wait:
            for t in self._threads:
                __rr_join_worker(t)

ProcessPoolExecutor = ThreadPoolExecutor

def _results(futures):
    for f in futures:
        yield f.result()

def as_completed(fs, timeout=None):
    fs = list(fs)
    done = __rr_queue(0)
    for f in fs:
        f.add_done_callback(lambda x: __rr_queue_put(done, x, True, None, 0))
    for _ in fs:
        yield __rr_queue_get(done, True, None, 0)[0]

class _DoneAndNotDone:
    def __init__(self, done, not_done):
        self.done = done
        self.not_done = not_done
    def __iter__(self):
        return iter((self.done, self.not_done))

def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = list(fs)
    if return_when == ALL_COMPLETED:
        for f in fs:
            f._event.wait(timeout)
    elif fs:
        done = __rr_queue(0)
        for f in fs:
            f.add_done_callback(lambda x: __rr_queue_put(done, x, True, None, 0))
        __rr_queue_get(done, True, None, 0)
    a = set()
    b = set()
    for f in fs:
        if f.done():
            a.add(f)
        else:
            b.add(f)
    return _DoneAndNotDone(a, b)
`;
