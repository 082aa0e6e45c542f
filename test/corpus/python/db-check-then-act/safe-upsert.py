# safe: an upsert
from database import users_collection


async def touch(name):
    await users_collection.find_one_and_update({"name": name}, {"$inc": {"visits": 1}}, upsert=True)
