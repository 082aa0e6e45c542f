import uuid
print(uuid.UUID('12345678123456781234567812345678'), uuid.UUID(int=5), uuid.UUID('{12345678-1234-5678-1234-567812345678}').hex, uuid.UUID(int=5).int, uuid.UUID(int=1) < uuid.UUID(int=2), uuid.UUID(bytes=b'\0'*15 + b'\1'), uuid.UUID(int=7).bytes, len({uuid.UUID(int=1), uuid.UUID(int=1)}), repr(uuid.UUID(int=1)), uuid.UUID(int=1).urn)
a = uuid.uuid4(); print(a != uuid.uuid4(), len(str(a)), len(a.hex), isinstance(a, uuid.UUID), len(a.bytes), a == uuid.UUID(str(a)), uuid.uuid5(uuid.NAMESPACE_DNS, 'x.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'), uuid.UUID(str(uuid.NAMESPACE_DNS)) == uuid.NAMESPACE_DNS)
try: uuid.UUID('x')
except ValueError as e: print(e)
