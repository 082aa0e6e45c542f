# safe: the data base decides
import db


async def register(email):
    row = await db.fetchrow("INSERT INTO users (email) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id", email)
    return row is not None
