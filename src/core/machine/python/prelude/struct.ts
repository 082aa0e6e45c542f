/** struct in Python: names for what is native (`../modules/struct.ts`). */
export const structPrelude = `
pack = __rr_struct_pack
pack_into = __rr_struct_pack_into
unpack = __rr_struct_unpack
unpack_from = __rr_struct_unpack_from
iter_unpack = __rr_struct_iter_unpack
calcsize = __rr_struct_calcsize

class Struct:
    def __init__(self, format):
        self.size = __rr_struct_calcsize(format)
        self.format = format.decode() if isinstance(format, bytes) else format
    def pack(self, *values):
        return __rr_struct_pack(self.format, *values)
    def pack_into(self, buffer, offset, *values):
        return __rr_struct_pack_into(self.format, buffer, offset, *values)
    def unpack(self, buffer):
        return __rr_struct_unpack(self.format, buffer)
    def unpack_from(self, buffer, offset=0):
        return __rr_struct_unpack_from(self.format, buffer, offset)
    def iter_unpack(self, buffer):
        return __rr_struct_iter_unpack(self.format, buffer)
`;
