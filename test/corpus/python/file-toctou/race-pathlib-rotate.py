# race: file-toctou check=13 act=14
import threading
from pathlib import Path


class RotatingLog:
    def __init__(self, path):
        self.path = Path(path)
        self._lock = threading.Lock()
        self.rotations = 0

    def rotate(self):
        if self.path.exists():
            self.path.rename("log.1")
            with self._lock:
                self.rotations += 1
