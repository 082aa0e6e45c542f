# safe: pop with a default tests and removes in one step
import threading

sessions = {"kim": 1}
closed = []


def logout(user):
    session = sessions.pop(user, None)
    if session is not None:
        closed.append(session)


threads = [threading.Thread(target=logout, args=("kim",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert closed == [1]
