# race: db-check-then-act check=11 act=14
from fastapi import FastAPI, HTTPException

import db

app = FastAPI()


@app.post("/slots/{slot}/book")
async def book(slot: int, user: str):
    taken = await db.fetchval("SELECT count(*) FROM bookings WHERE slot = $1", slot)
    if taken:
        raise HTTPException(409)
    await db.execute("INSERT INTO bookings (slot, who) VALUES ($1, $2)", slot, user)
    return {"slot": slot}
