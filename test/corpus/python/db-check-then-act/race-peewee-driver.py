# race: db-check-then-act check=8 act=9
from concurrent.futures import ThreadPoolExecutor

from models import Seat


def book(number, user):
    if Seat.get_or_none(number=number) is None:
        Seat.create(number=number, user=user)
        return True
    return False


with ThreadPoolExecutor(max_workers=2) as pool:
    a = pool.submit(book, 12, "ann")
    b = pool.submit(book, 12, "bob")
print(a.result(), b.result())
