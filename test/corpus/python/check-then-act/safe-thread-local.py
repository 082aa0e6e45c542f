# safe: each thread works on its own account
import threading


def work(start, results, index):
    balance = start
    for amount in (30, 50, 40):
        if balance >= amount:
            balance -= amount
    results[index] = balance


results = [None, None]
threads = [threading.Thread(target=work, args=(100, results, i)) for i in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results)
