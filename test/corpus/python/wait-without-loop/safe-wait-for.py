# safe: wait_for tests again by itself
import threading


class Mailbox:
    def __init__(self):
        self._cond = threading.Condition()
        self._mail = []

    def deliver(self, letter):
        with self._cond:
            self._mail.append(letter)
            self._cond.notify_all()

    def collect(self):
        with self._cond:
            self._cond.wait_for(lambda: self._mail)
            return self._mail.pop(0)
