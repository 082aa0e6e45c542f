# race: lost-update check=9 act=10
from concurrent.futures import ThreadPoolExecutor

counts = {}


def count(text):
    for word in text.split():
        seen = counts.get(word, 0)
        counts[word] = seen + 1


def main():
    texts = ["to be", "be"]
    with ThreadPoolExecutor() as pool:
        list(pool.map(count, texts))
    print(counts)


main()
