"""The Windows Bluetooth driver (Qadeer, Wu, PLDI 2004), with its flaw: stopping is tested before pending_io is raised."""
from threading import Thread, Lock, Event

pending_io = 1
stopping = False
stopped = False
stop_event = Event()
lock = Lock()


def release_io():
    global pending_io
    with lock:
        pending_io -= 1
        last = pending_io == 0
    if last:
        stop_event.set()


def add():
    global pending_io
    if stopping:
        return
    with lock:
        pending_io += 1
    assert not stopped
    release_io()


def stop():
    global stopping, stopped
    stopping = True
    release_io()
    stop_event.wait()
    stopped = True


Thread(target=add).start()
Thread(target=stop).start()
