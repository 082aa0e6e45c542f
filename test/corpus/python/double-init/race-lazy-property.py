# race: double-init check=12 act=13
import threading


class Model:
    def __init__(self):
        self._weights = None
        self.loads = []

    @property
    def weights(self):
        if self._weights is None:
            self._weights = self._load()
        return self._weights

    def _load(self):
        self.loads.append("disk")
        return [0.5, 0.25]

    def predict(self, x):
        return self.weights[0] * x


model = Model()
threads = [threading.Thread(target=model.predict, args=(x,)) for x in (1, 2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(model.loads) == 1
