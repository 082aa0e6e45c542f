import operator
class I:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
l = [10, 20, 30, 40]
print(l[I(1)], l[I(0):I(2)], list(range(I(3))), 'x' * I(2), [0] * I(2), hex(I(255)), bin(I(5)), oct(I(8)))
l[I(2)] = 99; del l[I(0)]; print(l)
print((1, 2, 3)[I(-1)], 'abc'[I(1)], 'abcdef'[I(1):I(4)], b'abc'[I(0)])
print(operator.index(I(7)), int(I(8)), float(I(3)), complex(I(2)) if False else '')
l.insert(I(0), 'i'); print(l, l.pop(I(0)))
print(bytes(I(3)), chr(I(65)), round(3.14159, I(2)), 2 ** 5, list(range(I(1), I(9), I(3))))
class B:
    def __index__(self): return 'x'
try: l[B()]
except TypeError as e: print(e)
try: range(B())
except TypeError as e: print(e)
class N: pass
try: l[N()]
except TypeError as e: print(e)
try: [1][1.0]
except TypeError as e: print(e)
print('%d %x' % (I(10) if False else 10, 255), f'{10:x}', format(I(5).n, 'b'))
print(divmod(17, 5), pow(2, 10, 1000), 'abc'.center(I(7), '*'), 'a'.zfill(I(3)), 'abc'.find('c', I(1)))
