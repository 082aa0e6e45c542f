import asyncio
import threading


async def plus_one(x):
    await asyncio.sleep(0)
    if x < 0:
        raise ValueError('negative')
    return x + 1


async def main():
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def work():
        future = asyncio.run_coroutine_threadsafe(plus_one(3), loop)
        print('got', future.result())
        failing = asyncio.run_coroutine_threadsafe(plus_one(-1), loop)
        try:
            failing.result()
        except ValueError as e:
            print('failed', e)
        try:
            asyncio.run_coroutine_threadsafe(3, loop)
        except TypeError as e:
            print(e)
        loop.call_soon_threadsafe(print, 'called', 'back')
        loop.call_soon_threadsafe(ended.set)

    thread = threading.Thread(target=work)
    thread.start()
    await ended.wait()
    thread.join()
    print('done')


asyncio.run(main())

# A loop in a thread of its own.
loop = asyncio.new_event_loop()
runner = threading.Thread(target=loop.run_forever)
runner.start()
print(asyncio.run_coroutine_threadsafe(plus_one(10), loop).result())
loop.call_soon_threadsafe(loop.stop)
runner.join()
print('stopped')
