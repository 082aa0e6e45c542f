# safe: initialised by one thread that is joined before the others start
import threading

config = None


def load():
    global config
    if config is None:
        config = {"debug": False}


def use(out):
    out.append(config["debug"])


loader = threading.Thread(target=load)
loader.start()
loader.join()
seen = []
users = [threading.Thread(target=use, args=(seen,)) for _ in range(2)]
for u in users:
    u.start()
for u in users:
    u.join()
assert seen == [False, False]
