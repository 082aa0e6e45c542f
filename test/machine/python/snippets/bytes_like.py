print(b'a,b'.split(b','), b' a b '.split(), b'abc'.find(98), b'abc'.index(b'c'), b'aXbX'.replace(b'X', b'yy', 1), b'a'.join([b'x', bytearray(b'y')]), b'Hello'.swapcase(), b'x'.ljust(3, b'-'), b'5'.zfill(3), b'a b'.title(), b'a=b'.partition(b'='), b'a\r\nb\n'.splitlines(), b'abc'.startswith((b'x', b'a')), b'123'.isdigit(), b' x '.strip(), b'xxaxx'.strip(b'x'), b'abcabc'.count(b'bc'), b'abc'.removeprefix(b'a'))
try: b'abc'.index(b'z')
except ValueError as e: print(e)
try: b'abc'.find('b')
except TypeError as e: print(e)
try: b'\xff'.decode()
except UnicodeDecodeError as e: print(e)
try: b'a\xe9'.decode('ascii')
except UnicodeDecodeError as e: print(e)
print(b'\xe9'.decode('latin-1'), str(b'ab', 'utf-8'), b'ab'.hex(':'), b'%s-%d-%r-%x' % (b'k', 5, 'x', 255), b'%5.1f|' % 2.25, b'%c' % 65)
try: b'%s' % 'x'
except TypeError as e: print(e)
try: b'%d' % 'x'
except TypeError as e: print(e)
print(bytes(bytearray(b'q')), bytes(memoryview(b'mv')), int(b'12'), int(bytearray(b'ff'), 16), int.from_bytes(bytearray([1, 0]), 'big'), b'a' in bytearray(b'abc'), bytearray(b'b') in b'abc')
print(bytearray(b'a') + b'b', b'a' + bytearray(b'b'), bytearray(b'ab') * 2, bytearray(b'a') < b'b', b'a' == bytearray(b'a'), [bytearray(b'a')] == [b'a'], bytearray(b'x') != b'y')
try: {bytearray(): 1}
except TypeError as e: print(e)
try: bytearray(b'a') + 'x'
except TypeError as e: print(e)
try: bytearray([300])
except ValueError as e: print(e)
b = bytearray(b'abcdef'); b[1:3] = b'XYZ'; print(b); b[0:2] = []; print(b, sum(b), list(reversed(b)), max(b), sorted(b)[:2]); b *= 2; print(b); x = b.copy(); x += b"1"; print(len(b), len(x)); print(bytearray(b'abc').translate(bytes.maketrans(b'a', b'z'), b'b'), bytearray.fromhex('6162'), b.decode(), b.hex()[:4])
try: b[100]
except IndexError as e: print(e)
try: b[100] = 1
except IndexError as e: print(e)
m = memoryview(b)[2:4]; print(m.tolist(), m == b[2:4], m[0], m[-1], len(m), m.nbytes)
m.release()
try: m[0]
except ValueError as e: print(e)
try: memoryview(b'a')[0] = 1
except TypeError as e: print(e)
print(isinstance(b, bytearray), isinstance(b, (bytes, bytearray)), type(b), repr(bytearray(b"it's")), '%s' % bytearray(b'x'), f'{b[:1]!r}')
class B(bytearray): pass
s = B(b'xy'); s.append(1); print(len(s), s == b'xy\x01', isinstance(s, bytearray))
def gen(): yield from b'ab'
print(bytes(gen()), any(bytearray(2)), bytearray(b'a\nb').split(b'\n'), bytearray(b'a b').upper(), bytearray(b'ab').endswith(b'b'))
for c in bytearray(b'hi'): print(c, end=' ')
print(b'abc'[::-1], bytearray(b'abc')[::-1], b'x' * 3, bool(bytearray()), bool(b''), hash(b'a') == hash(b'a'))
import hashlib, base64
print(hashlib.sha256(bytearray(b'a')).hexdigest()[:8], base64.b64encode(bytearray(b'a')))
del b
