# safe: only one thread ever removes
import threading

jobs = ["a", "b"]
done = []


def consume():
    while jobs:
        done.append(jobs.pop())


def produce():
    jobs.append("c")


threads = [threading.Thread(target=consume), threading.Thread(target=produce)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(done) + len(jobs))
