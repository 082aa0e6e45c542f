# race: db-check-then-act check=10 act=13
import threading

import records

db = records.connect("shop.db")


def register(email):
    row = db.execute("SELECT id FROM users WHERE email = ?", (email,)).fetchone()
    if row is not None:
        return False
    db.execute("INSERT INTO users (email) VALUES (?)", (email,))
    return True


threads = [threading.Thread(target=register, args=("a@b.c",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
