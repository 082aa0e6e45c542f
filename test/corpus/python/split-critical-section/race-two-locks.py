# race: split-critical-section check=13 act=16
import threading


class Inventory:
    def __init__(self):
        self.read_lock = threading.Lock()
        self.write_lock = threading.Lock()
        self.stock = 1

    def buy(self):
        with self.read_lock:
            left = self.stock
        if left > 0:
            with self.write_lock:
                self.stock -= 1
                return True
        return False
