/** contextlib, in Python. */
export const contextlibPrelude = `
from functools import wraps

class ContextDecorator:
    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner
    def _recreate_cm(self):
        return self

class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func = func
        self.args = args
        self.kwds = kwds
    def _recreate_cm(self):
        return _GeneratorContextManager(self.func, self.args, self.kwds)
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except RuntimeError as exc:
            if exc is value:
                return False
            if isinstance(value, StopIteration) and exc.__cause__ is value:
                return False
            raise
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper

class AsyncContextDecorator:
    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return inner
    def _recreate_cm(self):
        return self

class _AsyncGeneratorContextManager(AsyncContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func = func
        self.args = args
        self.kwds = kwds
    def _recreate_cm(self):
        return _AsyncGeneratorContextManager(self.func, self.args, self.kwds)
    async def __aenter__(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None
    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as exc:
            return exc is not value
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after athrow()")

def asynccontextmanager(func):
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper

class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions
    def __enter__(self):
        pass
    def __exit__(self, typ, value, tb):
        return typ is not None and issubclass(typ, self._exceptions)

class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *exc):
        self.thing.close()

class aclosing:
    def __init__(self, thing):
        self.thing = thing
    async def __aenter__(self):
        return self.thing
    async def __aexit__(self, *exc_info):
        await self.thing.aclose()

class chdir:
    def __init__(self, path):
        self.path = path
        self._old_cwd = []
    def __enter__(self):
        import os
        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)
    def __exit__(self, *excinfo):
        import os
        os.chdir(self._old_cwd.pop())

class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *excinfo):
        pass
    async def __aenter__(self):
        return self.enter_result
    async def __aexit__(self, *excinfo):
        pass

class redirect_stdout:
    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []
    def __enter__(self):
        self._old_targets.append(__rr_stdout())
        __rr_set_stdout(self._new_target)
        return self._new_target
    def __exit__(self, typ, value, tb):
        __rr_set_stdout(self._old_targets.pop())

class redirect_stderr:
    def __init__(self, new_target):
        self._new_target = new_target
    def __enter__(self):
        return self._new_target
    def __exit__(self, typ, value, tb):
        pass

class AbstractContextManager:
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        return None

class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *exc):
        return None

class ExitStack:
    def __init__(self):
        self._callbacks = []
    def enter_context(self, cm):
        cls = type(cm)
        result = cls.__enter__(cm)
        def leave(typ, value, tb):
            return cls.__exit__(cm, typ, value, tb)
        self._callbacks.append(leave)
        return result
    def push(self, exit):
        if hasattr(type(exit), '__exit__'):
            def leave(typ, value, tb):
                return type(exit).__exit__(exit, typ, value, tb)
            self._callbacks.append(leave)
        else:
            self._callbacks.append(exit)
        return exit
    def callback(self, callback, /, *args, **kwds):
        def leave(typ, value, tb):
            callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    def pop_all(self):
        other = ExitStack()
        other._callbacks = self._callbacks
        self._callbacks = []
        return other
    def close(self):
        self.__exit__(None, None, None)
    def __enter__(self):
        return self
    def __exit__(self, typ, value, tb):
        pending = value
        while self._callbacks:
            leave = self._callbacks.pop()
            try:
                if leave(None if pending is None else type(pending), pending, None):
                    pending = None
            except BaseException as e:
                pending = e
        if pending is not None and pending is not value:
            raise pending
        return value is not None and pending is None

class AsyncExitStack:
    def __init__(self):
        self._callbacks = []
    def _sync(self, leave):
        async def call(typ, value, tb):
            return leave(typ, value, tb)
        self._callbacks.append(call)
    def enter_context(self, cm):
        result = type(cm).__enter__(cm)
        self._sync(lambda typ, value, tb: type(cm).__exit__(cm, typ, value, tb))
        return result
    async def enter_async_context(self, cm):
        result = await type(cm).__aenter__(cm)
        self.push_async_exit(cm)
        return result
    def push(self, exit):
        self._sync((lambda typ, value, tb: type(exit).__exit__(exit, typ, value, tb)) if hasattr(type(exit), '__exit__') else exit)
        return exit
    def push_async_exit(self, exit):
        if hasattr(type(exit), '__aexit__'):
            async def leave(typ, value, tb):
                return await type(exit).__aexit__(exit, typ, value, tb)
            self._callbacks.append(leave)
        else:
            self._callbacks.append(exit)
        return exit
    def callback(self, callback, /, *args, **kwds):
        async def leave(typ, value, tb):
            callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    def push_async_callback(self, callback, /, *args, **kwds):
        async def leave(typ, value, tb):
            await callback(*args, **kwds)
        self._callbacks.append(leave)
        return callback
    def pop_all(self):
        other = AsyncExitStack()
        other._callbacks = self._callbacks
        self._callbacks = []
        return other
    async def aclose(self):
        await self.__aexit__(None, None, None)
    async def __aenter__(self):
        return self
    async def __aexit__(self, typ, value, tb):
        pending = value
        while self._callbacks:
            leave = self._callbacks.pop()
            try:
                if await leave(None if pending is None else type(pending), pending, None):
                    pending = None
            except BaseException as e:
                pending = e
        if pending is not None and pending is not value:
            raise pending
        return value is not None and pending is None
`;
