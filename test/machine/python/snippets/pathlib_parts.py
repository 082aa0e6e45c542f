import os
import threading
from pathlib import Path, PurePath

p = Path("work") / "data" / "report.tar.gz"
print(p, p.suffixes, p.with_stem("other"), [str(x) for x in p.parents])
print(p.relative_to("work"), p.is_relative_to("work/data"), p.is_relative_to("work/da"), Path("work").relative_to("work"))
print([str(x) for x in PurePath("/a/b").parents], Path(".hidden").suffixes, Path("a/b").samefile if False else "")
print(str(Path("plain").expanduser()), Path("a") / "/b")
try:
    p.relative_to("elsewhere")
except ValueError:
    print("not inside")


class Lazy:
    def __init__(self):
        self.made = 0

    def get(self):
        if "value" not in self.__dict__:
            self.made += 1
            self.value = self.made
        return self.__dict__["value"], self.__dict__.get("nothing", 0)


lazy = Lazy()
t = threading.Thread(target=lazy.get)
t.start()
t.join()
print(lazy.get(), "made" in lazy.__dict__, "nothing" in vars(lazy))
del lazy.value
print("value" in lazy.__dict__, os.path.basename(str(p)))
