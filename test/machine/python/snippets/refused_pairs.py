def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d = {}
def ior(x):
    global d
    d |= x
    return d
t(lambda: dict([1]))
t(lambda: d.update([1]))
t(lambda: ior([2]))
t(lambda: ior(3))
t(lambda: dict([(1, 2, 3)]))
t(lambda: ior(["ab", 4]))
t(lambda: dict(5))
t(lambda: ior([None]))
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t(lambda: b"ab" % (1, 2))
t(lambda: b"%d" % (1, 2))
t(lambda: "ab" % (1,))
t(lambda: bytearray(b"ab") % (1,))
