# race: lock-order check=13 act=14
import threading


class Engine:
    def __init__(self):
        self.fuel_lock = threading.Lock()
        self.heat_lock = threading.Lock()
        self.fuel = 10
        self.heat = 0

    def burn(self):
        self.fuel_lock.acquire()
        self.heat_lock.acquire()
        self.fuel -= 1
        self.heat += 1
        self.heat_lock.release()
        self.fuel_lock.release()

    def cool(self):
        self.heat_lock.acquire()
        self.fuel_lock.acquire()
        self.heat = 0
        self.fuel_lock.release()
        self.heat_lock.release()
