# safe: the stack belongs to the call
import threading

order = {"a": ["b", "c"], "b": [], "c": []}
reports = []


def walk(root):
    stack = [root]
    visited = []
    while stack:
        node = stack.pop()
        visited.append(node)
        stack.extend(order[node])
    reports.append(len(visited))


threads = [threading.Thread(target=walk, args=("a",)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert reports == [3, 3]
