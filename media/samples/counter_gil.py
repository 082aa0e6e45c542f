# One lock guards the interpreter, yet an increment can still be lost. On which versions?
import threading

total = 0


def count():
    global total
    for _ in range(2):
        total += 1


first = threading.Thread(target=count)
second = threading.Thread(target=count)
first.start()
second.start()
first.join()
second.join()
print(total)
