# race: check-then-act check=9 act=10
from concurrent.futures import ThreadPoolExecutor

stock = {"lamp": 1, "desk": 4}
orders = []


def place_order(customer, item):
    if stock[item] > 0:
        stock[item] = stock[item] - 1
        orders.append((customer, item))
        return "confirmed"
    return "sold out"


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = [pool.submit(place_order, who, "lamp") for who in ("ann", "ben")]
        print([r.result() for r in results])
    print(stock["lamp"])
