# race: wait-without-loop check=12 act=14
import threading

lock = threading.Lock()
ready = threading.Condition(lock)
jobs = []
done = []


def worker():
    ready.acquire()
    if len(jobs) == 0:
        ready.wait()
    job = jobs.pop(0)
    ready.release()
    done.append(job)


def boss():
    with ready:
        jobs.append("paint")
        ready.notify_all()


for target in (worker, worker, boss):
    threading.Thread(target=target).start()
