import contextlib
import os
import threading
from queue import Empty, LifoQueue

from .connection import Connection
from .exceptions import ConnectionError, MaxConnectionsError


class ConnectionPool:
    """A pool of connections that threads may share."""

    def __init__(self, connection_class=Connection, max_connections=None, **connection_kwargs):
        max_connections = max_connections or 2**31
        self.connection_class = connection_class
        self.connection_kwargs = connection_kwargs
        self.max_connections = max_connections
        self._fork_lock = threading.Lock()
        self.reset()

    def reset(self):
        self._lock = threading.Lock()
        self._created_connections = 0
        self._available_connections = []
        self._in_use_connections = set()
        self.pid = os.getpid()

    def get_connection(self, command_name, *keys, **options):
        with self._lock:
            try:
                connection = self._available_connections.pop()
            except IndexError:
                connection = self.make_connection()
            self._in_use_connections.add(connection)
        try:
            connection.connect()
        except ConnectionError:
            self.release(connection)
            raise
        return connection

    def make_connection(self):
        if self._created_connections >= self.max_connections:
            raise MaxConnectionsError("Too many connections")
        self._created_connections += 1
        return self.connection_class(**self.connection_kwargs)

    def release(self, connection):
        with self._lock:
            self._in_use_connections.discard(connection)
            self._available_connections.append(connection)

    def disconnect(self):
        with self._lock:
            for connection in self._available_connections + list(self._in_use_connections):
                connection.disconnect()
