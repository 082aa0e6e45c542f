# Two threads add 1 three times each. Make the total come out as 2.
import threading

total = 0


def count():
    global total
    for _ in range(3):
        total += 1


first = threading.Thread(target=count)
second = threading.Thread(target=count)
first.start()
second.start()
first.join()
second.join()
assert total != 2, total
