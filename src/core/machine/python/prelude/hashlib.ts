/** hashlib, hmac, base64 and binascii: classes and names; the computing is native (`../modules/hashlib.ts`). */
export const hashPreludes: Readonly<Record<string, string>> = {
  hashlib: `
class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self.digest_size, self.block_size = __rr_hash_sizes(name)
        self._chunks = []
        self.update(data)
    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._chunks.append(bytes(data))
    def digest(self):
        return __rr_digest(self.name, self._chunks, False)
    def hexdigest(self):
        return __rr_digest(self.name, self._chunks, True)
    def copy(self):
        made = _Hash(self.name)
        made._chunks = list(self._chunks)
        return made
    def __repr__(self):
        return '<' + self.name + ' _hashlib.HASH object @ ' + hex(id(self)) + '>'

def new(name, data=b'', *, usedforsecurity=True):
    return _Hash(name, data)
def md5(string=b'', *, usedforsecurity=True): return _Hash('md5', string)
def sha1(string=b'', *, usedforsecurity=True): return _Hash('sha1', string)
def sha224(string=b'', *, usedforsecurity=True): return _Hash('sha224', string)
def sha256(string=b'', *, usedforsecurity=True): return _Hash('sha256', string)
def sha384(string=b'', *, usedforsecurity=True): return _Hash('sha384', string)
def sha512(string=b'', *, usedforsecurity=True): return _Hash('sha512', string)
def sha3_224(string=b'', *, usedforsecurity=True): return _Hash('sha3_224', string)
def sha3_256(string=b'', *, usedforsecurity=True): return _Hash('sha3_256', string)
def sha3_384(string=b'', *, usedforsecurity=True): return _Hash('sha3_384', string)
def sha3_512(string=b'', *, usedforsecurity=True): return _Hash('sha3_512', string)
def _plain(kwargs):
    if [k for k in kwargs if k != 'usedforsecurity']:
        __rr_not_simulated('blake2 with parameters')
def blake2b(data=b'', **kwargs):
    _plain(kwargs)
    return _Hash('blake2b', data)
def blake2s(data=b'', **kwargs):
    _plain(kwargs)
    return _Hash('blake2s', data)
`,
  hmac: `
import hashlib
class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._hash = digestmod if isinstance(digestmod, str) else digestmod().name
        self._key = key
        self._chunks = []
        self.name = 'hmac-' + self._hash
        self.digest_size, self.block_size = __rr_hash_sizes(self._hash)
        if msg is not None:
            self.update(msg)
    def update(self, msg):
        self._chunks.append(bytes(msg))
    def digest(self):
        return __rr_hmac(self._hash, self._key, self._chunks, False)
    def hexdigest(self):
        return __rr_hmac(self._hash, self._key, self._chunks, True)
    def copy(self):
        made = HMAC(self._key, None, self._hash)
        made._chunks = list(self._chunks)
        return made
def new(key, msg=None, digestmod=''):
    return HMAC(key, msg, digestmod)
def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()
def compare_digest(a, b):
    return a == b
`,
  base64: `
import binascii
def b64encode(s, altchars=None):
    r = __rr_b64encode(s)
    return r if altchars is None else r.replace(b'+', altchars[:1]).replace(b'/', altchars[1:])
def b64decode(s, altchars=None, validate=False):
    r = __rr_b64decode(s)
    if r is None:
        raise binascii.Error('Incorrect padding')
    return r
standard_b64encode = b64encode
standard_b64decode = b64decode
def urlsafe_b64encode(s):
    return b64encode(s).replace(b'+', b'-').replace(b'/', b'_')
def urlsafe_b64decode(s):
    if isinstance(s, str):
        s = s.encode()
    return b64decode(s.replace(b'-', b'+').replace(b'_', b'/'))
def b16encode(s):
    return s.hex().upper().encode()
def encodebytes(s):
    out = b''
    for i in range(0, len(s), 57):
        out += __rr_b64encode(s[i:i + 57]) + b'\\n'
    return out
def decodebytes(s):
    return b64decode(s)
def b16decode(s, casefold=False):
    return binascii.unhexlify(s)
_b32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
def b32encode(s):
    out = ''
    for i in range(0, len(s), 5):
        part = s[i:i + 5]
        n = int.from_bytes(part + bytes(5 - len(part)), 'big')
        text = ''.join([_b32[(n >> shift) & 31] for shift in range(35, -1, -5)])
        keep = (len(part) * 8 + 4) // 5
        out += text[:keep] + '=' * (8 - keep)
    return out.encode()
def b32decode(s, casefold=False, map01=None):
    text = s if isinstance(s, str) else s.decode()
    if casefold:
        text = text.upper()
    if len(text) % 8:
        raise binascii.Error('Incorrect padding')
    out = b''
    for i in range(0, len(text), 8):
        part = text[i:i + 8].rstrip('=')
        n = 0
        for c in part.ljust(8, 'A'):
            if c not in _b32:
                raise binascii.Error('Non-base32 digit found')
            n = n * 32 + _b32.index(c)
        out += n.to_bytes(5, 'big')[:len(part) * 5 // 8]
    return out
`,
  binascii: `
class Error(ValueError):
    pass
def hexlify(data):
    return data.hex().encode()
b2a_hex = hexlify
def unhexlify(s):
    text = s.decode() if isinstance(s, bytes) else s
    if len(text) % 2:
        raise Error('Odd-length string')
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Error('Non-hexadecimal digit found') from None
a2b_hex = unhexlify
def crc32(data, value=0):
    return __rr_crc32(data, value)
def a2b_base64(s, *, strict_mode=False):
    r = __rr_b64decode(s)
    if r is None:
        raise Error('Incorrect padding')
    return r
def b2a_base64(data, *, newline=True):
    return __rr_b64encode(data) + (b'\\n' if newline else b'')
`,
  zlib: `
class error(Exception):
    pass
def adler32(data, value=1):
    a, b = value & 65535, value >> 16
    for byte in bytes(data):
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b * 65536 + a
def crc32(data, value=0):
    return __rr_crc32(data, value)
`,
};
