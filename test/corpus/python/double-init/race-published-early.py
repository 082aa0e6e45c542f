# race: double-init check=15 act=16
"""Feature flags of a web application, read from disk when they are first asked for."""
import json
import threading


class Flags:
    def __init__(self, path):
        self._path = path
        self._lock = threading.Lock()
        self._flags = None
        self.overridden = set()

    def _ensure(self):
        if self._flags is None:
            self._flags = {}
            self._flags["source"] = self._path
            with open(self._path) as file:
                self._flags.update(json.load(file))

    def source(self):
        self._ensure()
        return self._flags["source"]

    def override(self, name, value):
        self._ensure()
        with self._lock:
            self._flags[name] = value
            self.overridden.add(name)
