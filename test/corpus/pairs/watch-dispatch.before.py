"""Observer base classes: an emitter thread per watch and one dispatcher thread."""
from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.utils import BaseThread
from watchdog.utils.bricks import SkipRepeatsQueue

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

logger = logging.getLogger(__name__)

DEFAULT_EMITTER_TIMEOUT = 1.0
DEFAULT_OBSERVER_TIMEOUT = 1.0


class EventQueue(SkipRepeatsQueue):
    """Thread-safe event queue based on a special queue that skips adding
    the same event multiple times consecutively."""


class EventDispatcher(threading.Thread):
    """Consumer thread base class subclassed by event observer threads."""

    stop_event = object()

    def __init__(self, *, timeout: float = DEFAULT_OBSERVER_TIMEOUT) -> None:
        super().__init__()
        self.daemon = True
        self._stopped_event = threading.Event()
        self._event_queue = EventQueue()
        self._timeout = timeout

    @property
    def timeout(self) -> float:
        return self._timeout

    @property
    def event_queue(self) -> EventQueue:
        return self._event_queue

    def should_keep_running(self) -> bool:
        return not self._stopped_event.is_set()

    def stop(self) -> None:
        self._stopped_event.set()
        with contextlib.suppress(queue.Full):
            self.event_queue.put_nowait(EventDispatcher.stop_event)

    def dispatch_events(self, event_queue: EventQueue) -> None:
        raise NotImplementedError

    def run(self) -> None:
        while self.should_keep_running():
            try:
                self.dispatch_events(self.event_queue)
            except queue.Empty:
                continue


class BaseObserver(EventDispatcher):
    """Base observer."""

    def __init__(self, emitter_class, *, timeout: float = DEFAULT_OBSERVER_TIMEOUT) -> None:
        super().__init__(timeout=timeout)
        self._emitter_class = emitter_class
        self._lock = threading.RLock()
        self._watches = set()
        self._handlers: dict = defaultdict(set)
        self._emitters = set()
        self._emitter_for_watch: dict = {}

    @property
    def emitters(self):
        return self._emitters

    def _add_emitter(self, emitter) -> None:
        self._emitter_for_watch[emitter.watch] = emitter
        self._emitters.add(emitter)

    def _add_handler_for_watch(self, event_handler, watch) -> None:
        self._handlers[watch].add(event_handler)

    def schedule(self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = False):
        """Schedules watching a path and calls appropriate methods of the handler."""
        with self._lock:
            watch = ObservedWatch(path, recursive=recursive)
            self._add_handler_for_watch(event_handler, watch)

            # If we don't have an emitter for this watch already, create it.
            if watch not in self._emitter_for_watch:
                emitter = self._emitter_class(self.event_queue, watch, timeout=self.timeout)
                if self.is_alive():
                    emitter.start()
                self._add_emitter(emitter)
            self._watches.add(watch)
        return watch

    def add_handler_for_watch(self, event_handler: FileSystemEventHandler, watch) -> None:
        with self._lock:
            self._add_handler_for_watch(event_handler, watch)

    def remove_handler_for_watch(self, event_handler: FileSystemEventHandler, watch) -> None:
        with self._lock:
            self._handlers[watch].remove(event_handler)

    def unschedule_all(self) -> None:
        with self._lock:
            self._handlers.clear()
            self._watches.clear()

    def dispatch_events(self, event_queue: EventQueue) -> None:
        entry = event_queue.get(block=True)
        if entry is EventDispatcher.stop_event:
            return
        event, watch = entry
        for handler in self._handlers.get(watch, ()):
            handler.dispatch(event)
        event_queue.task_done()


class ObservedWatch:
    def __init__(self, path: str | Path, *, recursive: bool) -> None:
        self._path = str(path) if isinstance(path, Path) else path
        self._is_recursive = recursive

    @property
    def key(self):
        return self._path, self._is_recursive

    def __eq__(self, watch: object) -> bool:
        return isinstance(watch, ObservedWatch) and self.key == watch.key

    def __hash__(self) -> int:
        return hash(self.key)
