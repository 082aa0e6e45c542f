# safe: the threads run one after the other
import threading

stock = {"lamp": 1}
sold = []


def buy(who):
    if stock["lamp"] > 0:
        stock["lamp"] -= 1
        sold.append(who)


first = threading.Thread(target=buy, args=("ann",))
first.start()
first.join()
second = threading.Thread(target=buy, args=("ben",))
second.start()
second.join()
assert stock["lamp"] == 0
