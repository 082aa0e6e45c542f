# race: lock-order check=12 act=13
import threading


class Index:
    def __init__(self):
        self.words = threading.Lock()
        self.files = threading.Lock()
        self.table = {}

    def add(self, word, file):
        with self.words:
            with self.files:
                self.table[word] = file

    def drop(self, file):
        with self.files:
            with self.words:
                self.table = {w: f for w, f in self.table.items() if f != file}
