# race: lock-order check=16 act=18
import threading

state_lock = threading.Lock()
log_lock = threading.Lock()
lines = []
state = {"n": 0}


def log(text):
    with log_lock:
        lines.append(text)


def step():
    with state_lock:
        state["n"] += 1
        log("step")


def flush():
    with log_lock:
        with state_lock:
            lines.append(str(state["n"]))


threads = [threading.Thread(target=step), threading.Thread(target=flush)]
for t in threads:
    t.start()
for t in threads:
    t.join()
