/** threading in Python, over the native locks. */
export const threadingPrelude = `
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self._target = target
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._given = name
        self.name = name if name is not None else __rr_thread_name()
        self.daemon = bool(daemon)
        self._m_started = False
    def start(self):
        if self._m_started:
            raise RuntimeError('threads can only be started once')
        self._m_started = True
        __rr_start_thread(self, __rr_lane_name(self), self.run)
    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)
    def join(self, timeout=None):
        if not self._m_started:
            raise RuntimeError('cannot join thread before it is started')
        __rr_join_thread(self, timeout)
    def is_alive(self):
        return self._m_started and __rr_thread_alive(self)
    def getName(self):
        return self.name
    def setName(self, name):
        self.name = name
    def setDaemon(self, daemon):
        self.daemon = daemon
    def isDaemon(self):
        return self.daemon
    @property
    def ident(self):
        if not self._m_started:
            return None
        return __rr_thread_ident(self)
    @property
    def native_id(self):
        return self.ident
    def __repr__(self):
        return '<' + type(self).__name__ + '(' + self.name + ')>'

class ExceptHookArgs:
    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args

# What a thread runs when the program has set \`threading.excepthook\`.
def _hooked(thread, run, hook):
    try:
        run()
    except SystemExit:
        pass
    except BaseException as e:
        hook(ExceptHookArgs((type(e), e, e.__traceback__, thread)))

class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = __rr_Event()
    def cancel(self):
        self.finished.set()
    def run(self):
        __rr_sleep(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()

class _MainThread(Thread):
    def __init__(self):
        Thread.__init__(self, name='MainThread')
        self._m_started = True
    def is_alive(self):
        return True

_main_thread = _MainThread()

def current_thread():
    t = __rr_current_thread()
    if t is None:
        return _main_thread
    return t

currentThread = current_thread

def main_thread():
    return _main_thread

def get_ident():
    return 1000 + __rr_process()

get_native_id = get_ident

def enumerate():
    return [_main_thread] + __rr_threads()

def active_count():
    return 1 + len(__rr_threads())

activeCount = active_count

class Condition:
    def __init__(self, lock=None):
        if lock is None:
            lock = __rr_RLock()
        self._lock = lock
        self._waiters = __rr_deque()
        self.acquire = lock.acquire
        self.release = lock.release
    def __enter__(self):
        return self._lock.__enter__()
    def __exit__(self, *args):
        return self._lock.__exit__(*args)
    def wait(self, timeout=None):
        lock = self._lock
        if not lock._is_owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        waiter = __rr_waiter()
        self._waiters.append(waiter)
        saved = None
        if __rr_is_rlock(lock):
            saved = lock._release_save()
        else:
            lock.release()
        try:
            got = waiter.wait(timeout)
        finally:
            if saved is not None:
                lock._acquire_restore(saved)
            else:
                lock.acquire()
        if not got:
            try:
                self._waiters.remove(waiter)
            except ValueError:
                pass
        return got
    def wait_for(self, predicate, timeout=None):
        result = predicate()
        while not result:
            if not self.wait(timeout) and timeout is not None:
                return predicate()
            result = predicate()
        return result
    def notify(self, n=1):
        if not self._lock._is_owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        while n > 0 and self._waiters:
            w = self._waiters.popleft()
            w.notify()
            n -= 1
    def notify_all(self):
        self.notify(len(self._waiters))
    notifyAll = notify_all

class BrokenBarrierError(RuntimeError):
    pass

class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError('parties must be > 0')
        self._cond = Condition(__rr_Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._m_count = 0
        self._m_generation = 0
        self._m_broken = False
    @property
    def parties(self):
        return self._parties
    @property
    def n_waiting(self):
        return self._m_count
    @property
    def broken(self):
        return self._m_broken
    def wait(self, timeout=None):
        with self._cond:
            if self._m_broken:
                raise BrokenBarrierError
            generation = self._m_generation
            index = self._m_count
            self._m_count += 1
            if self._m_count == self._parties:
                if self._action is not None:
                    self._action()
                self._m_count = 0
                self._m_generation += 1
                self._cond.notify_all()
            else:
                while generation == self._m_generation and not self._m_broken:
                    self._cond.wait()
                if self._m_broken:
                    raise BrokenBarrierError
            return index
    def abort(self):
        with self._cond:
            self._m_broken = True
            self._cond.notify_all()
    def reset(self):
        with self._cond:
            self._m_broken = False
            self._m_count = 0

class local:
    def __getattribute__(self, name):
        d = __rr_local_values(self)
        if name == '__dict__':
            return d
        if name in d:
            return d[name]
        if name.startswith('__') or hasattr(type(self), name):
            return object.__getattribute__(self, name)
        raise AttributeError("'" + type(self).__name__ + "' object has no attribute '" + name + "'")
    def __setattr__(self, name, value):
        __rr_local_values(self)[name] = value
    def __delattr__(self, name):
        d = __rr_local_values(self)
        if name not in d:
            raise AttributeError(name)
        del d[name]

def _register_atexit(fn, *args, **kwargs):
    pass

def settrace(f):
    pass

def setprofile(f):
    pass

def stack_size(size=0):
    return 0

TIMEOUT_MAX = 9223372036.0
`;
