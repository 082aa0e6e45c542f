# race: check-then-remove check=9 act=10
import threading

jobs = ["render"]
done = []


def worker():
    while jobs:
        job = jobs.pop()
        done.append(job)


threads = [threading.Thread(target=worker) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(done)
