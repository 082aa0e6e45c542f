import hashlib
print(hashlib.md5(b'abc').hexdigest(), hashlib.sha1(b'abc').hexdigest(), hashlib.sha256(b'').hexdigest())
h = hashlib.sha256(); h.update(b'ab'); h.update('c'.encode()); print(h.hexdigest() == hashlib.sha256(b'abc').hexdigest(), h.name, h.digest_size, len(h.digest()))
print(hashlib.sha512(b'x').hexdigest()[:20], hashlib.new('md5', b'q').hexdigest(), hashlib.sha256(b'a').digest()[:4])
g = h.copy(); g.update(b'd'); print(g.hexdigest() != h.hexdigest())
try: hashlib.md5('abc')
except TypeError as e: print(e)
print(int(hashlib.md5(b'key').hexdigest(), 16) % 7)
print(hashlib.sha224(b'abc').hexdigest(), hashlib.sha384(b'abc').hexdigest(), hashlib.blake2b(b'abc').hexdigest()[:16])
import hmac
print(hmac.new(b'k', b'm', hashlib.sha256).hexdigest(), hmac.compare_digest('a', 'a'))
import base64
print(base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\xff\xfe'), base64.b64encode(b'a').decode())
import zlib, binascii
print(zlib.crc32(b'hello'), binascii.hexlify(b'ab'), binascii.unhexlify('6162'))
