# race: double-init check=11 act=13
import threading


class Heartbeat:
    def __init__(self):
        self.started = False
        self.beats = []

    def start(self):
        if not self.started:
            self._begin()
            self.started = True

    def _begin(self):
        self.beats.append("first")


heart = Heartbeat()
starters = [threading.Thread(target=heart.start) for _ in range(2)]
for s in starters:
    s.start()
for s in starters:
    s.join()
print(heart.beats)
