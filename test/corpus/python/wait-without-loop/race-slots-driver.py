# race: wait-without-loop check=12 act=14
import threading


class Slots:
    def __init__(self, n):
        self.free = n
        self.changed = threading.Condition()

    def take(self):
        with self.changed:
            if self.free == 0:
                self.changed.wait()
            self.free -= 1
            assert self.free >= 0

    def give(self):
        with self.changed:
            self.free += 1
            self.changed.notify_all()


slots = Slots(0)
threads = [threading.Thread(target=slots.take) for _ in range(2)]
threads.append(threading.Thread(target=slots.give))
for t in threads:
    t.start()
