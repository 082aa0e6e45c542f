"""Circular buffer (SV-COMP): the sender announces an item before it has written it."""
from threading import Thread

SIZE = 3
buffer = [0, 0, 0]
sent = 0
received = 0


def send():
    global sent
    for value in range(1, 3):
        slot = sent % SIZE
        sent += 1
        buffer[slot] = value


def receive():
    global received
    for expected in range(1, 3):
        if received < sent:
            assert buffer[received % SIZE] == expected
            received += 1
        else:
            return


Thread(target=send).start()
Thread(target=receive).start()
