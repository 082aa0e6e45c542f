import base64, zlib, binascii
print(base64.b32encode(b'hi'), base64.b32decode(b'NBUQ===='), base64.b16decode(b'61'), base64.b85encode(b'hello') if False else '', zlib.adler32(b'hello'), base64.encodebytes(b'hi'), base64.decodebytes(b'aGk=\n'), binascii.a2b_base64(b'aGk='), binascii.b2a_hex(b'a'))
try: base64.b64decode(b'a')
except binascii.Error as e: print(type(e).__name__)
