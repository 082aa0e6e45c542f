# race: db-check-then-act check=8 act=11
import asyncio

from database import users_collection


async def sign_up(name):
    known = await users_collection.find_one({"name": name})
    if known:
        return "taken"
    await users_collection.insert_one({"name": name})
    return "welcome"


async def main():
    print(await asyncio.gather(sign_up("kim"), sign_up("kim")))


asyncio.run(main())
