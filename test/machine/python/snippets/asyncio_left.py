import asyncio


async def wait(name):
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    first = asyncio.create_task(wait("first"))
    second = asyncio.create_task(wait("second"))
    await asyncio.sleep(0)
    print("leaves two tasks")


asyncio.run(main())


async def replace(task):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("replaced")
    asyncio.create_task(wait("late"))


async def again():
    task = asyncio.create_task(wait("task"))
    await asyncio.sleep(0)
    await asyncio.gather(replace(task), replace(task))


asyncio.run(again())
print("done")
