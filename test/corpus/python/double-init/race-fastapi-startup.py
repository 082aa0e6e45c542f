# race: double-init check=12 act=13
from fastapi import FastAPI

import database

app = FastAPI()
pool = None


async def get_pool():
    global pool
    if pool is None:
        pool = await database.create_pool(size=5)
    return pool


@app.get("/users")
async def users():
    db = await get_pool()
    return await db.fetch("users")
