# safe: each thread has a slot of its own, added up after the join
import threading

numbers = [1, 2, 3, 4]
sums = [0, 0]


def add_up(slot, part):
    for n in part:
        sums[slot] = sums[slot] + n


threads = [
    threading.Thread(target=add_up, args=(0, numbers[:2])),
    threading.Thread(target=add_up, args=(1, numbers[2:])),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(sums))
