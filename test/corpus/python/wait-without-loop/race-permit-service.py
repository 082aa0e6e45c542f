# race: wait-without-loop check=12 act=14
import threading


class Permits:
    def __init__(self, count):
        self.count = count
        self.cond = threading.Condition()

    def acquire(self, timeout):
        with self.cond:
            if self.count <= 0:
                self.cond.wait(timeout)
            self.count -= 1

    def release(self):
        with self.cond:
            self.count += 1
            self.cond.notify()
