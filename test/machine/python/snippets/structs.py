import struct
print(struct.pack('>IH', 1, 2), struct.unpack('<Ih', b'\x01\0\0\0\xff\xff'), struct.calcsize('!IHB'), struct.calcsize('BI'), struct.calcsize('@BQB'), struct.calcsize('=BQB'), struct.calcsize('l'), struct.calcsize('<l'))
s = struct.Struct('>Q'); print(s.size, s.format, s.pack(5), s.unpack(b'\0'*8)); print(struct.unpack_from('>H', b'\0\0\1\2', 2))
print(struct.pack('<f', 1.5), struct.pack('>d', -2.5), struct.pack('5s', b'ab'), struct.pack('?', True), struct.pack('3sxB', b'abcd', 7), struct.pack('BI', 1, 2), struct.pack('2H', 1, 2))
print(struct.unpack('3sx2B', b'abc\0\1\2'), struct.unpack('>d', struct.pack('>d', 3.25)), list(struct.iter_unpack('>H', b'\0\1\0\2')), struct.unpack('<q', b'\xff' * 8), struct.unpack('c?', b'a\1'))
b = bytearray(6); struct.pack_into('>HH', b, 1, 258, 3); print(b)
m = memoryview(b); struct.pack_into('B', m, 0, 9); print(b, struct.unpack_from('>H', m, 1), struct.unpack('>H', m[1:3]))
for f in (lambda: struct.pack('>H', 70000), lambda: struct.pack('B', -1), lambda: struct.pack('<I', -1), lambda: struct.pack('>H'), lambda: struct.unpack('>I', b'abc'), lambda: struct.unpack_from('>I', b'abc', 1), lambda: struct.pack('>H', 'a'), lambda: struct.pack('z'), lambda: struct.pack_into('>I', bytearray(2), 0, 1), lambda: struct.pack('b', 200), lambda: struct.pack('>h', 40000), lambda: struct.pack('f', 'x'), lambda: struct.pack('s', 'x')):
    try: f()
    except struct.error as e: print('error', e)
