/** uuid, secrets and the classes of random, in Python over a few natives: what is random is chosen between few values. */
export const randomPreludes: Readonly<Record<string, string>> = {
  random: `
import random as _module

def choices(population, weights=None, *, cum_weights=None, k=1):
    return [_module.choice(population) for _ in range(k)]

def randbytes(n):
    return bytes([_module.getrandbits(8) for _ in range(n)])

class Random:
    def __init__(self, x=None):
        pass
    def seed(self, a=None, version=2):
        pass
    def random(self):
        return _module.random()
    def uniform(self, a, b):
        return _module.uniform(a, b)
    def randint(self, a, b):
        return _module.randint(a, b)
    def randrange(self, *args):
        return _module.randrange(*args)
    def choice(self, seq):
        return _module.choice(seq)
    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return choices(population, k=k)
    def shuffle(self, x):
        _module.shuffle(x)
    def sample(self, population, k):
        return _module.sample(population, k)
    def getrandbits(self, k):
        return _module.getrandbits(k)
    def randbytes(self, n):
        return randbytes(n)

class SystemRandom(Random):
    pass
`,
  secrets: `
import random
from random import SystemRandom

def _digits(n):
    return format(__rr_unique(), '0' + str(n * 2) + 'x')[-n * 2:] if n else ''

def token_hex(nbytes=None):
    return _digits(32 if nbytes is None else nbytes)

def token_bytes(nbytes=None):
    return bytes.fromhex(token_hex(nbytes))

def token_urlsafe(nbytes=None):
    import base64
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b'=').decode()

def choice(seq):
    return random.choice(seq)

def randbelow(n):
    if n <= 0:
        raise ValueError('Upper bound must be positive.')
    return random.randrange(n)

def randbits(k):
    return random.getrandbits(k)

def compare_digest(a, b):
    return a == b
`,
  uuid: `
_int = int
_bytes = bytes
RESERVED_NCS, RFC_4122 = 'reserved for NCS compatibility', 'specified in RFC 4122'

class UUID:
    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=None):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError('one of the hex, bytes, bytes_le, fields, or int arguments must be given')
        if bytes_le is not None or fields is not None:
            __rr_not_simulated('a UUID of fields')
        if hex is not None:
            hex = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(hex) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            _int(hex, 16)
            hex = hex.lower()
        elif bytes is not None:
            if len(bytes) != 16:
                raise ValueError('bytes is not a 16-char string')
            hex = bytes.hex()
        else:
            if not 0 <= int < 1 << 128:
                raise ValueError('int is out of range (need a 128-bit value)')
            hex = format(int, '032x')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            hex = hex[:12] + str(version) + hex[13:16] + '89ab'[_int(hex[16], 16) % 4] + hex[17:]
        object.__setattr__(self, 'hex', hex)
    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')
    @property
    def int(self):
        return _int(self.hex, 16)
    @property
    def bytes(self):
        return _bytes.fromhex(self.hex)
    @property
    def urn(self):
        return 'urn:uuid:' + str(self)
    @property
    def version(self):
        return _int(self.hex[12], 16) if self.hex[16] in '89ab' else None
    @property
    def node(self):
        return _int(self.hex[20:], 16)
    @property
    def time_low(self):
        return _int(self.hex[:8], 16)
    def __int__(self):
        return self.int
    def __str__(self):
        h = self.hex
        return h[:8] + '-' + h[8:12] + '-' + h[12:16] + '-' + h[16:20] + '-' + h[20:]
    def __repr__(self):
        return "UUID('" + str(self) + "')"
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, UUID):
            return NotImplemented
        return self.hex == other.hex
    def __lt__(self, other):
        if __rr_unknown(other) or not isinstance(other, UUID):
            return NotImplemented
        return self.hex < other.hex
    def __gt__(self, other):
        if __rr_unknown(other) or not isinstance(other, UUID):
            return NotImplemented
        return self.hex > other.hex
    def __le__(self, other):
        if __rr_unknown(other) or not isinstance(other, UUID):
            return NotImplemented
        return self.hex <= other.hex
    def __ge__(self, other):
        if __rr_unknown(other) or not isinstance(other, UUID):
            return NotImplemented
        return self.hex >= other.hex
    def __hash__(self):
        return hash(self.hex)

def uuid4():
    return UUID(format(__rr_unique(), '032x'), version=4)

def uuid1(node=None, clock_seq=None):
    return UUID(format(__rr_unique(), '032x'), version=1)

def uuid3(namespace, name):
    import hashlib
    return UUID(bytes=hashlib.md5(namespace.bytes + name.encode()).digest(), version=3)

def uuid5(namespace, name):
    import hashlib
    return UUID(bytes=hashlib.sha1(namespace.bytes + name.encode()).digest()[:16], version=5)

def getnode():
    return 2

NAMESPACE_DNS = UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_URL = UUID('6ba7b811-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_OID = UUID('6ba7b812-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_X500 = UUID('6ba7b814-9dad-11d1-80b4-00c04fd430c8')
`,
};
