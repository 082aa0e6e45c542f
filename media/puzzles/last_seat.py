# Two people book the last seat. Make the hall sell it twice.
import threading

free = 1
tickets = []


def book(name):
    global free
    if free > 0:
        free -= 1
        tickets.append(name)


ann = threading.Thread(target=book, args=("Ann",))
bob = threading.Thread(target=book, args=("Bob",))
ann.start()
bob.start()
ann.join()
bob.join()
assert len(tickets) == 1, tickets
