# race: check-then-remove check=18 act=20
import threading


class TimerRegistry:
    """Named timers that can be cancelled; used from many threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self.timers = {}

    def start(self, name, seconds, action):
        timer = threading.Timer(seconds, action)
        with self._lock:
            self.timers[name] = timer

    def cancel(self, name):
        if name not in self.timers:
            return False
        timer = self.timers.pop(name)
        timer.cancel()
        return True
