# race: file-toctou check=10 act=11
import os
from concurrent.futures import ThreadPoolExecutor

with open("old.log", "w") as f:
    f.write("bye")


def clean(path):
    if os.path.isfile(path):
        os.remove(path)
        return 1
    return 0


with ThreadPoolExecutor(max_workers=2) as pool:
    removed = list(pool.map(clean, ["old.log", "old.log"]))
print(sum(removed))
