/** Locks of libraries nobody can see into, by name; functions that call back; generators that are coroutines. */
export const guardsPrelude = `
import asyncio
import threading
_locks = {}
def _lock(key):
    lock = _locks.get(key)
    if lock is None:
        lock = _locks[key] = asyncio.Lock()
    return lock
async def enter(key):
    return await _lock(key).acquire()
async def leave(key):
    if _lock(key).locked():
        _lock(key).release()
async def _done():
    return None
def leave_soon(key):
    if _lock(key).locked():
        _lock(key).release()
    return _done()
def guarded(key, fn):
    lock = threading.RLock()
    def call(*args, **kwargs):
        with lock:
            return fn(*args, **kwargs)
    return call
def guarded_async(key, fn):
    async def call(*args, **kwargs):
        async with _lock(key):
            return await fn(*args, **kwargs)
    return call
async def call_back(unknown, fn, args):
    await unknown
    result = fn(*args)
    if hasattr(result, '__await__'):
        result = await result
    return result
def as_coroutine(fn):
    def call(*args, **kwargs):
        is_waited_for = __rr_is_waited_for()
        made = fn(*args, **kwargs)
        done = asyncio.Future()
        try:
            waited = made.send(None)
        except StopIteration as e:
            done.set_result(e.value)
            return done
        except Exception as e:
            given = __rr_returned(e)
            if given is None:
                done.set_exception(e)
            else:
                done.set_result(given[0])
            return done
        rest = _go_on(made, waited)
        return rest if is_waited_for else asyncio.ensure_future(rest)
    return call
async def _go_on(made, waited):
    try:
        while True:
            try:
                value = await _settled(waited)
            except Exception as e:
                waited = made.throw(e)
            else:
                waited = made.send(value)
    except StopIteration as e:
        return e.value
    except Exception as e:
        given = __rr_returned(e)
        if given is None:
            raise
        return given[0]
async def _settled(waited):
    if __rr_is_opaque(waited) or hasattr(waited, '__await__'):
        return await waited
    if isinstance(waited, list):
        return [await _settled(w) for w in waited]
    if isinstance(waited, dict):
        return {k: await _settled(w) for k, w in waited.items()}
    return waited
async def call_in_thread(unknown, fn, args):
    return await asyncio.to_thread(fn, *args)
`;
