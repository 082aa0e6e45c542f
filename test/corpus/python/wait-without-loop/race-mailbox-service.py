# race: wait-without-loop check=17 act=19
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
            if not self._mail:
                self._cond.wait()
            return self._mail.pop(0)
