# Three philosophers each take the fork on their left, then the one on their right. Let them starve.
import threading

forks = [threading.Lock(), threading.Lock(), threading.Lock()]


def dine(left, right):
    with forks[left]:
        with forks[right]:
            pass


guests = [threading.Thread(target=dine, args=(i, (i + 1) % 3)) for i in range(3)]
for guest in guests:
    guest.start()
for guest in guests:
    guest.join()
