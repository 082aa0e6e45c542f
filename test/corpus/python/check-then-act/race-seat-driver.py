# race: check-then-act check=9 act=13
import threading
import time

seats = {"12A": None, "12B": None}


def reserve(passenger, seat):
    holder = seats[seat]
    if holder is not None:
        return False
    time.sleep(0.01)  # the payment
    seats[seat] = passenger
    return True


def checkout(passenger):
    if not reserve(passenger, "12A"):
        reserve(passenger, "12B")


threads = []
for name in ("ada", "grace"):
    t = threading.Thread(target=checkout, args=(name,))
    threads.append(t)
    t.start()
for t in threads:
    t.join()
assert len(set(seats.values())) == 2, seats
