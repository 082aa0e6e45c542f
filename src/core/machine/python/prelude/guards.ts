/** Locks of libraries nobody can see into, by name; and functions that call back. */
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
async def call_in_thread(unknown, fn, args):
    return await asyncio.to_thread(fn, *args)
`;
