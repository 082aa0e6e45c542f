# race: lost-update check=12 act=14
import threading
import time


class Statistics:
    def __init__(self):
        self.total = 0
        self.samples = []

    def record(self, value):
        current = self.total
        time.sleep(0)
        self.total = current + value


stats = Statistics()


class Sensor(threading.Thread):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def run(self):
        stats.record(self.value)


sensors = [Sensor(5), Sensor(7)]
for s in sensors:
    s.start()
for s in sensors:
    s.join()
print(stats.total)
