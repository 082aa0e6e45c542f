"""A small file cache shared by the reporter threads."""
import os
import threading
from collections import OrderedDict
from typing import List, NamedTuple, Optional


class CacheEntry(NamedTuple):
    size: int
    mtime: float
    lines: List[str]


class SourceCache:
    """Thread-safe cache of source files, keyed by path."""

    def __init__(self, maxsize: int = 128):
        self.maxsize = maxsize
        self._lock = threading.RLock()
        self._entries: "OrderedDict[str, CacheEntry]" = OrderedDict()
        self.hits = 0
        self.misses = 0

    def getlines(self, filename: str) -> List[str]:
        with self._lock:
            entry = self._entries.get(filename)
            if entry is not None:
                self.hits += 1
                self._entries.move_to_end(filename)
                return entry.lines
            self.misses += 1
        return self._load(filename)

    def _load(self, filename: str) -> List[str]:
        try:
            stat = os.stat(filename)
            with open(filename, encoding="utf-8", errors="replace") as fp:
                lines = fp.readlines()
        except OSError:
            return []
        with self._lock:
            self._entries[filename] = CacheEntry(stat.st_size, stat.st_mtime, lines)
            while len(self._entries) > self.maxsize:
                self._entries.popitem(last=False)
        return lines

    def discard(self, filename: str) -> None:
        with self._lock:
            if filename in self._entries:
                del self._entries[filename]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.hits = self.misses = 0
