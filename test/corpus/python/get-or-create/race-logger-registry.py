# race: get-or-create check=17 act=20
import threading


class Metric:
    def __init__(self, name):
        self.name = name
        self.values = []


class Registry:
    def __init__(self):
        self.lock = threading.Lock()
        self.metrics = {}

    def metric(self, name):
        found = self.metrics.get(name)
        if not found:
            found = Metric(name)
            self.metrics[name] = found
        return found

    def names(self):
        with self.lock:
            return sorted(self.metrics)
