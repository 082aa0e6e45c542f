/** asyncio above futures, after CPython's Lib/asyncio in structure and order of callbacks. */
export const asyncioPrelude = `
TimeoutError = TimeoutError
CancelledError = __rr_CancelledError
Future = __rr_Future
Task = __rr_Task
FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

# ---- awaiting --------------------------------------------------------------------------------

def __rr_future_iter(fut):
    if not fut.done():
        yield fut
    return fut.result()

async def __rr_await_object(o):
    it = __rr_unwrapped(type(o).__await__(o))
    if __rr_awaitable_now(it):
        return await it
    return await __rr_drive(it)

async def __rr_drive(it):
    sent = None
    while True:
        try:
            y = __rr_drive_send(it, sent)
        except StopIteration as e:
            return e.value
        sent = None
        if y is None:
            await sleep(0)
        else:
            try:
                await y
            except BaseException as e:
                pass

async def __rr_aclose(g):
    if not __rr_generator_started(g):
        return None
    try:
        await g.athrow(GeneratorExit())
    except (GeneratorExit, StopAsyncIteration):
        return None
    raise RuntimeError('async generator ignored GeneratorExit')

async def __rr_anext(it, default):
    try:
        return await it.__anext__()
    except StopAsyncIteration:
        return default

def __rr_task_cancel(task, msg):
    if task.done():
        return False
    waiter = __rr_task_request(task, msg)
    if waiter is not None:
        if waiter.cancel():
            return True
    __rr_task_must_cancel(task)
    return True

# ---- running ---------------------------------------------------------------------------------

def run(main, *, debug=None, loop_factory=None):
    if __rr_running_loop() is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    if not __rr_is_coroutine(main):
        raise ValueError('a coroutine was expected, got ' + repr(main))
    __rr_loop_start()
    task = __rr_create_task(main, 'main')
    # A server that would run for ever is stopped once it is up: others are to call what it has set up.
    is_stopped = __rr_is_loading() and not __rr_wait_idle(task)
    if is_stopped:
        task.cancel()
    __rr_wait_future(task)
    __rr_mark_read(task)
    __rr_finish()
    return None if is_stopped else task.result()

def __rr_finish():
    left = __rr_all_tasks()
    if left:
        for t in left:
            t.cancel()
        # All of them together: another may have ended while the loop ran for one.
        for t in left:
            if not t.done():
                __rr_wait_future(t)
    __rr_loop_finish()

class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        pass
    def __enter__(self):
        __rr_loop_start()
        return self
    def __exit__(self, *args):
        __rr_loop_finish()
    def run(self, coro, *, context=None):
        __rr_loop_start()
        task = __rr_create_task(coro, None, context)
        __rr_wait_future(task)
        __rr_mark_read(task)
        return task.result()
    def close(self):
        __rr_loop_finish()
    def get_loop(self):
        return __rr_loop_start()

def __rr_run_until_complete(loop, future):
    __rr_loop_start()
    task = ensure_future(future)
    if __rr_is_loading():
        __rr_wait_idle(task)
        __rr_mark_read(task)
        __rr_loop_finish()
        return task.result() if task.done() else None
    __rr_wait_future(task)
    __rr_mark_read(task)
    return task.result()

def __rr_run_forever(loop):
    __rr_loop_start()
    loop._rr_until = __rr_future()
    if __rr_is_loading():
        __rr_wait_idle(loop._rr_until)
        return __rr_loop_finish()
    __rr_wait_future(loop._rr_until)

def __rr_loop_stop(loop):
    until = getattr(loop, '_rr_until', None)
    if until is not None and not until.done():
        until.set_result(None)

def __rr_loop_create_task(loop, coro, *, name=None, context=None):
    return __rr_create_task(__rr_coroutine(coro), name, context)

# What is called later is called in the context that was given, or in a copy of the present one.
def __rr_called_in(context, fn, args):
    if context is None:
        context = __rr_copied_context()
    return (fn, args) if context is None else (context.run, (fn, *args))

def __rr_loop_call_soon(loop, fn, *args, context=None):
    return Handle(__rr_call_soon(*__rr_called_in(context, fn, args)), False)

def __rr_loop_threadsafe(loop, fn, *args, context=None):
    return Handle(__rr_call_threadsafe(*__rr_called_in(context, fn, args)), False)

def __rr_loop_call_later(loop, delay, fn, *args, context=None):
    return Handle(__rr_timer(delay, *__rr_called_in(context, fn, args)), True)

def __rr_loop_call_at(loop, when, fn, *args, context=None):
    return Handle(__rr_timer(when - __rr_loop_time(loop), *__rr_called_in(context, fn, args)), True)

def __rr_loop_create_future(loop):
    return __rr_future()

def __rr_loop_get_debug(loop):
    return False

def __rr_loop_close(loop, *args):
    pass

async def __rr_shutdown(loop):
    pass

def __rr_loop_is_running(loop):
    return __rr_running_loop() is not None

def __rr_loop_is_closed(loop):
    return False

def __rr_loop_time(loop):
    import time
    return time.monotonic()

def get_running_loop():
    loop = __rr_running_loop()
    if loop is None:
        raise RuntimeError('no running event loop')
    return loop

def get_event_loop():
    return __rr_loop_start()

def new_event_loop():
    return __rr_loop_start()

def set_event_loop(loop):
    pass

class Handle:
    def __init__(self, inner, timed):
        self._inner = inner
        self._timed = timed
        self._m_cancelled = False
    def cancel(self):
        self._m_cancelled = True
        if self._timed:
            __rr_cancel_timer(self._inner)
        else:
            __rr_cancel_handle(self._inner)
    def cancelled(self):
        return self._m_cancelled

TimerHandle = Handle

# ---- tasks -----------------------------------------------------------------------------------

def create_task(coro, *, name=None, context=None):
    get_running_loop()
    return __rr_create_task(__rr_coroutine(coro), name, context)

def ensure_future(aw, *, loop=None):
    if __rr_is_future(aw):
        return aw
    if __rr_is_coroutine(aw):
        return __rr_create_task(aw, None)
    if __rr_is_opaque(aw) or hasattr(aw, '__await__'):
        return __rr_create_task(__rr_wrap(aw), None)
    raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')

# A coroutine nobody can see into is waited for by one of ours.
def __rr_coroutine(aw):
    return __rr_wrap(aw) if __rr_is_opaque(aw) else aw

async def __rr_wrap(aw):
    return await aw

def current_task(loop=None):
    return __rr_current_task()

def all_tasks(loop=None):
    return set(__rr_all_tasks())

def iscoroutine(v):
    return __rr_is_coroutine(v)

def iscoroutinefunction(v):
    return __rr_is_coroutine_function(v)

def isfuture(v):
    return __rr_is_future(v)

async def sleep(delay, result=None, *, loop=None):
    if isinstance(delay, (int, float)) and delay <= 0:
        await __rr_yield_once()
        return result
    return await __rr_sleep_future(delay, result)

class _GatheringFuture(Future):
    def cancel(self, msg=None):
        if self.done():
            return False
        ret = False
        for child in self._rr_children:
            if child.cancel():
                ret = True
        if ret:
            self._m_cancel_requested = True
        return ret

def gather(*aws, return_exceptions=False, loop=None):
    if not aws:
        outer = __rr_future()
        outer.set_result([])
        return outer
    children = []
    seen = []
    for aw in aws:
        fut = None
        for a, f in seen:
            if a is aw:
                fut = f
        if fut is None:
            fut = ensure_future(aw)
            seen.append((aw, fut))
        children.append(fut)
    outer = _GatheringFuture()
    outer._rr_children = children
    outer._m_cancel_requested = False
    counts = [0]
    total = len(seen)
    def done(fut):
        counts[0] += 1
        if outer.done():
            if not fut.cancelled():
                fut.exception()
            return
        if not return_exceptions:
            if fut.cancelled():
                outer.set_exception(__rr_CancelledError())
                return
            exc = fut.exception()
            if exc is not None:
                outer.set_exception(exc)
                return
        if counts[0] == total:
            results = []
            for f in children:
                if f.cancelled():
                    try:
                        f.result()
                    except __rr_CancelledError as e:
                        results.append(__rr_CancelledError(*(e.args or ('',))))
                else:
                    e = f.exception()
                    results.append(f.result() if e is None else e)
            if outer._m_cancel_requested:
                outer.set_exception(__rr_CancelledError())
            else:
                outer.set_result(results)
    for a, fut in seen:
        fut.add_done_callback(done)
    return outer

def shield(aw):
    inner = ensure_future(aw)
    if inner.done():
        return inner
    outer = __rr_future()
    def inner_done(fut):
        if outer.cancelled():
            if not fut.cancelled():
                fut.exception()
            return
        if fut.cancelled():
            outer.cancel()
        else:
            e = fut.exception()
            if e is not None:
                outer.set_exception(e)
            else:
                outer.set_result(fut.result())
    def outer_done(fut):
        if not inner.done():
            inner.remove_done_callback(inner_done)
    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer

async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED, loop=None):
    fs = list(fs)
    if not fs:
        raise ValueError('Set of Tasks/Futures is empty.')
    for f in fs:
        if __rr_is_coroutine(f):
            raise TypeError('Passing coroutines is forbidden, use tasks explicitly.')
    waiter = __rr_future()
    handle = None
    if timeout is not None:
        def release():
            if not waiter.done():
                waiter.set_result(None)
        handle = __rr_timer(timeout, release, ())
    state = [len([f for f in fs if not f.done()])]
    def finished():
        if state[0] <= 0:
            return True
        for f in fs:
            if f.done():
                if return_when == FIRST_COMPLETED:
                    return True
                if return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None:
                    return True
        return False
    def on_done(f):
        state[0] -= 1
        if finished():
            if handle is not None:
                __rr_cancel_timer(handle)
            if not waiter.done():
                waiter.set_result(None)
    if not finished():
        pending = [f for f in fs if not f.done()]
        for f in pending:
            f.add_done_callback(on_done)
        try:
            await waiter
        finally:
            if handle is not None:
                __rr_cancel_timer(handle)
            for f in pending:
                f.remove_done_callback(on_done)
    elif handle is not None:
        __rr_cancel_timer(handle)
    done = set()
    left = set()
    for f in fs:
        if f.done():
            done.add(f)
        else:
            left.add(f)
    return done, left

class _AsCompleted:
    def __init__(self, fs, timeout):
        self._done = Queue()
        todo = []
        for f in fs:
            f = ensure_future(f)
            if f not in todo:
                todo.append(f)
        self._m_left = len(todo)
        self._m_given = len(todo)
        self._deadline = None
        for f in todo:
            f.add_done_callback(self._on_done)
        if todo and timeout is not None:
            self._deadline = __rr_timer(timeout, self._on_timeout, ())
    def _on_timeout(self):
        while self._m_left > 0:
            self._m_left -= 1
            self._done.put_nowait(None)
    def _on_done(self, f):
        if self._m_left <= 0:
            return
        self._m_left -= 1
        self._done.put_nowait(f)
        if self._m_left == 0 and self._deadline is not None:
            __rr_cancel_timer(self._deadline)
    async def _wait_one(self):
        f = await self._done.get()
        if f is None:
            raise TimeoutError
        return f.result()
    def __iter__(self):
        return self
    def __next__(self):
        if self._m_given <= 0:
            raise StopIteration
        self._m_given -= 1
        return self._wait_one()
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self._m_given <= 0:
            raise StopAsyncIteration
        self._m_given -= 1
        f = await self._done.get()
        if f is None:
            raise TimeoutError
        return f

def as_completed(fs, *, timeout=None):
    return _AsCompleted(fs, timeout)

class Timeout:
    def __init__(self, when):
        self._delay = when
        self._m_state = 'created'
        self._m_task = None
        self._m_handle = None
        self._m_cancelling = 0
    def when(self):
        return self._delay
    def expired(self):
        return self._m_state in ('expiring', 'expired')
    def reschedule(self, when):
        if self._m_handle is not None:
            __rr_cancel_timer(self._m_handle)
            self._m_handle = None
        if when is not None:
            import time
            self._m_handle = __rr_timer(when - time.monotonic(), self._on_timeout, ())
    async def __aenter__(self):
        task = __rr_current_task()
        if task is None:
            raise RuntimeError('Timeout should be used inside a task')
        self._m_state = 'active'
        self._m_task = task
        self._m_cancelling = task.cancelling()
        if self._delay is not None:
            self._m_handle = __rr_timer(self._delay, self._on_timeout, ())
        return self
    async def __aexit__(self, exc_type, exc, tb):
        if self._m_handle is not None:
            __rr_cancel_timer(self._m_handle)
            self._m_handle = None
        if self._m_state == 'expiring':
            self._m_state = 'expired'
            if self._m_task.uncancel() <= self._m_cancelling and exc_type is not None and issubclass(exc_type, __rr_CancelledError):
                raise TimeoutError from exc
        elif self._m_state == 'active':
            self._m_state = 'exited'
        return None
    def _on_timeout(self):
        if self._m_state == 'active':
            self._m_task.cancel()
            self._m_state = 'expiring'
            self._m_handle = None

def timeout(delay):
    return Timeout(delay)

def timeout_at(when):
    import time
    return Timeout(None if when is None else when - time.monotonic())

async def wait_for(fut, timeout, *, loop=None):
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        fut.cancel()
        try:
            await fut
        except __rr_CancelledError as exc:
            raise TimeoutError from exc
        return fut.result()
    async with Timeout(timeout):
        return await fut

class TaskGroup:
    def __init__(self):
        self._m_entered = False
        self._m_exiting = False
        self._m_aborting = False
        self._m_parent = None
        self._m_parent_cancel = False
        self._tasks = set()
        self._errors = []
        self._m_base_error = None
        self._m_done = None
    async def __aenter__(self):
        self._m_entered = True
        self._m_parent = __rr_current_task()
        return self
    async def __aexit__(self, et, exc, tb):
        self._m_exiting = True
        if et is not None and issubclass(et, (SystemExit, KeyboardInterrupt)):
            self._m_base_error = exc
        cancelled = exc if et is not None and issubclass(et, __rr_CancelledError) else None
        if self._m_parent_cancel:
            if self._m_parent.uncancel() == 0:
                cancelled = None
        if et is not None:
            if not self._m_aborting:
                self._abort()
        while self._tasks:
            if self._m_done is None:
                self._m_done = __rr_future()
            try:
                await self._m_done
            except __rr_CancelledError as ex:
                if not self._m_aborting:
                    cancelled = ex
                    self._abort()
            self._m_done = None
        if self._m_base_error is not None:
            raise self._m_base_error
        if cancelled is not None and not self._errors:
            raise cancelled
        if et is not None and not issubclass(et, __rr_CancelledError):
            self._errors.append(exc)
        if self._errors:
            raise BaseExceptionGroup('unhandled errors in a TaskGroup', self._errors) if any([not isinstance(e, Exception) for e in self._errors]) else ExceptionGroup('unhandled errors in a TaskGroup', self._errors)
    def create_task(self, coro, *, name=None, context=None):
        if not self._m_entered:
            raise RuntimeError('TaskGroup has not been entered')
        if self._m_exiting and not self._tasks:
            raise RuntimeError('TaskGroup is finished')
        if self._m_aborting:
            raise RuntimeError('TaskGroup is shutting down')
        task = __rr_create_task(coro, name, context)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task
    def _abort(self):
        self._m_aborting = True
        for t in self._tasks:
            if not t.done():
                t.cancel()
    def _on_done(self, task):
        self._tasks.discard(task)
        if self._m_done is not None and not self._tasks:
            if not self._m_done.done():
                self._m_done.set_result(True)
        if task.cancelled():
            return
        exc = task.exception()
        if exc is None:
            return
        self._errors.append(exc)
        if isinstance(exc, (SystemExit, KeyboardInterrupt)) and self._m_base_error is None:
            self._m_base_error = exc
        if self._m_parent.done():
            return
        if not self._m_aborting and not self._m_parent_cancel:
            self._abort()
            self._m_parent_cancel = True
            self._m_parent.cancel()

async def to_thread(fn, /, *args, **kwargs):
    context = __rr_copied_context()
    return await (__rr_in_thread(fn, args, kwargs) if context is None else __rr_in_thread(context.run, (fn, *args), kwargs))

def __rr_in_thread(fn, args, kwargs):
    fut = __rr_future()
    __rr_start_plain_thread(getattr(fn, '__name__', 'worker'), __rr_thread_job, (fut, fn, args, kwargs))
    return fut

def __rr_thread_job(fut, fn, args, kwargs):
    try:
        r = fn(*args, **kwargs)
    except BaseException as e:
        __rr_settle_later(fut, e, True)
    else:
        __rr_settle_later(fut, r, False)

def __rr_run_in_executor(loop, executor, fn, *args):
    return __rr_in_thread(fn, args, {})

def run_coroutine_threadsafe(coro, loop):
    if not iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    from concurrent.futures import Future as ConcurrentFuture
    outer = ConcurrentFuture()
    def begin():
        task = ensure_future(coro)
        def ended(task):
            if outer.cancelled():
                return
            if task.cancelled():
                outer.cancel()
            elif outer.set_running_or_notify_cancel():
                exception = task.exception()
                if exception is not None:
                    outer.set_exception(exception)
                else:
                    outer.set_result(task.result())
        task.add_done_callback(ended)
        def stopped(outer):
            if outer.cancelled():
                loop.call_soon_threadsafe(task.cancel)
        outer.add_done_callback(stopped)
    loop.call_soon_threadsafe(begin)
    return outer

# A future of a thread pool, to be awaited: its result is handed over to the loop.
def wrap_future(fut, *, loop=None):
    if isfuture(fut):
        return fut
    inner = __rr_future()
    def ended(fut):
        if fut.cancelled():
            __rr_call_threadsafe(inner.cancel, ())
        elif fut._m_exception is not None:
            __rr_settle_later(inner, fut._m_exception, True)
        else:
            __rr_settle_later(inner, fut._m_result, False)
    fut.add_done_callback(ended)
    return inner

# ---- synchronisation -------------------------------------------------------------------------

class Lock:
    def __init__(self, *, loop=None):
        self._waiters = None
        self._m_locked = False
    def locked(self):
        return self._m_locked
    async def acquire(self):
        if not self._m_locked and (self._waiters is None or all([w.cancelled() for w in self._waiters])):
            self._m_locked = True
            return True
        if self._waiters is None:
            self._waiters = __rr_deque()
        fut = __rr_future()
        self._waiters.append(fut)
        try:
            try:
                await fut
            finally:
                self._waiters.remove(fut)
        except __rr_CancelledError:
            if not self._m_locked:
                self._wake_up_first()
            raise
        self._m_locked = True
        return True
    def release(self):
        if self._m_locked:
            self._m_locked = False
            self._wake_up_first()
        else:
            raise RuntimeError('Lock is not acquired.')
    def _wake_up_first(self):
        if not self._waiters:
            return
        fut = self._waiters[0]
        if not fut.done():
            fut.set_result(True)
    async def __aenter__(self):
        await self.acquire()
        return None
    async def __aexit__(self, *args):
        self.release()

class Event:
    def __init__(self, *, loop=None):
        self._waiters = __rr_deque()
        self._m_value = False
    def is_set(self):
        return self._m_value
    def set(self):
        if not self._m_value:
            self._m_value = True
            for fut in self._waiters:
                if not fut.done():
                    fut.set_result(True)
    def clear(self):
        self._m_value = False
    async def wait(self):
        if self._m_value:
            return True
        fut = __rr_future()
        self._waiters.append(fut)
        try:
            await fut
            return True
        finally:
            self._waiters.remove(fut)

class Condition:
    def __init__(self, lock=None, *, loop=None):
        if lock is None:
            lock = Lock()
        self._lock = lock
        self.locked = lock.locked
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = __rr_deque()
    async def __aenter__(self):
        await self._lock.acquire()
        return None
    async def __aexit__(self, *args):
        self._lock.release()
    async def wait(self):
        if not self._lock.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
        self._lock.release()
        try:
            fut = __rr_future()
            self._waiters.append(fut)
            try:
                await fut
                return True
            finally:
                self._waiters.remove(fut)
        finally:
            cancelled = None
            while True:
                try:
                    await self._lock.acquire()
                    break
                except __rr_CancelledError as e:
                    cancelled = e
            if cancelled is not None:
                raise cancelled
    async def wait_for(self, predicate):
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result
    def notify(self, n=1):
        if not self._lock.locked():
            raise RuntimeError('cannot notify on un-acquired lock')
        count = 0
        for fut in self._waiters:
            if count >= n:
                break
            if not fut.done():
                count += 1
                fut.set_result(False)
    def notify_all(self):
        self.notify(len(self._waiters))

class Semaphore:
    def __init__(self, value=1, *, loop=None):
        if value < 0:
            raise ValueError('Semaphore initial value must be >= 0')
        self._waiters = None
        self._m_value = value
    def locked(self):
        return self._m_value == 0 or any([not w.cancelled() for w in (self._waiters or ())])
    async def acquire(self):
        if not self.locked():
            self._m_value -= 1
            return True
        if self._waiters is None:
            self._waiters = __rr_deque()
        fut = __rr_future()
        self._waiters.append(fut)
        try:
            try:
                await fut
            finally:
                self._waiters.remove(fut)
        except __rr_CancelledError:
            if not fut.cancelled():
                self._m_value += 1
                self._wake_up_next()
            raise
        if self._m_value > 0:
            self._wake_up_next()
        return True
    def release(self):
        self._m_value += 1
        self._wake_up_next()
    def _wake_up_next(self):
        if not self._waiters:
            return False
        for fut in self._waiters:
            if not fut.done():
                self._m_value -= 1
                fut.set_result(True)
                return True
        return False
    async def __aenter__(self):
        await self.acquire()
        return None
    async def __aexit__(self, *args):
        self.release()

class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, loop=None):
        self._bound = value
        Semaphore.__init__(self, value)
    def release(self):
        if self._m_value >= self._bound:
            raise ValueError('BoundedSemaphore released too many times')
        Semaphore.release(self)

class BrokenBarrierError(RuntimeError):
    pass

class Barrier:
    def __init__(self, parties):
        self._parties = parties
        self._cond = Condition()
        self._m_count = 0
        self._m_generation = 0
    @property
    def parties(self):
        return self._parties
    @property
    def n_waiting(self):
        return self._m_count
    async def wait(self):
        async with self._cond:
            generation = self._m_generation
            index = self._m_count
            self._m_count += 1
            if self._m_count == self._parties:
                self._m_count = 0
                self._m_generation += 1
                self._cond.notify_all()
            else:
                while generation == self._m_generation:
                    await self._cond.wait()
            return index
    async def __aenter__(self):
        return await self.wait()
    async def __aexit__(self, *args):
        pass

class QueueEmpty(Exception):
    pass

class QueueFull(Exception):
    pass

class QueueShutDown(Exception):
    pass

class Queue:
    def __init__(self, maxsize=0, *, loop=None):
        self._maxsize = maxsize
        self._getters = __rr_deque()
        self._putters = __rr_deque()
        self._m_unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._init(maxsize)
    def _init(self, maxsize):
        self._queue = __rr_deque()
    def _get(self):
        return self._queue.popleft()
    def _put(self, item):
        self._queue.append(item)
    def _wakeup_next(self, waiters):
        while waiters:
            w = waiters.popleft()
            if not w.done():
                w.set_result(None)
                break
    @property
    def maxsize(self):
        return self._maxsize
    def qsize(self):
        return len(self._queue)
    def empty(self):
        return not self._queue
    def full(self):
        if self._maxsize <= 0:
            return False
        return self.qsize() >= self._maxsize
    async def put(self, item):
        while self.full():
            putter = __rr_future()
            self._putters.append(putter)
            try:
                await putter
            except:
                putter.cancel()
                try:
                    self._putters.remove(putter)
                except ValueError:
                    pass
                if not self.full() and not putter.cancelled():
                    self._wakeup_next(self._putters)
                raise
        return self.put_nowait(item)
    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._m_unfinished += 1
        self._finished.clear()
        self._wakeup_next(self._getters)
    async def get(self):
        while self.empty():
            getter = __rr_future()
            self._getters.append(getter)
            try:
                await getter
            except:
                getter.cancel()
                try:
                    self._getters.remove(getter)
                except ValueError:
                    pass
                if not self.empty() and not getter.cancelled():
                    self._wakeup_next(self._getters)
                raise
        return self.get_nowait()
    def get_nowait(self):
        if self.empty():
            raise QueueEmpty
        item = self._get()
        self._wakeup_next(self._putters)
        return item
    def task_done(self):
        if self._m_unfinished <= 0:
            raise ValueError('task_done() called too many times')
        self._m_unfinished -= 1
        if self._m_unfinished == 0:
            self._finished.set()
    async def join(self):
        if self._m_unfinished > 0:
            await self._finished.wait()

class PriorityQueue(Queue):
    def _init(self, maxsize):
        self._queue = []
    def _put(self, item):
        i = len(self._queue)
        while i > 0 and item < self._queue[i - 1]:
            i -= 1
        self._queue.insert(i, item)
    def _get(self):
        return self._queue.pop(0)

class LifoQueue(Queue):
    def _init(self, maxsize):
        self._queue = []
    def _put(self, item):
        self._queue.append(item)
    def _get(self):
        return self._queue.pop()
`;
