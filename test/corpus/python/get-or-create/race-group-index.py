# race: get-or-create check=10 act=13
from concurrent.futures import ThreadPoolExecutor

groups = {}
people = [("ann", "red"), ("ben", "red"), ("cyd", "blue")]


def place(person):
    name, colour = person
    members = groups.get(colour)
    if members is None:
        members = []
        groups[colour] = members
    members.append(name)


with ThreadPoolExecutor(max_workers=2) as pool:
    list(pool.map(place, people[:2]))
print(groups)
