/** json, in Python; texts are taken apart natively (`../json.ts`). */
export const jsonPrelude = `
class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        self.lineno = doc.count('\\n', 0, pos) + 1
        self.colno = pos - doc.rfind('\\n', 0, pos)
        ValueError.__init__(self, msg + ': line ' + str(self.lineno) + ' column ' + str(self.colno) + ' (char ' + str(pos) + ')')
        self.msg = msg
        self.doc = doc
        self.pos = pos

class JSONEncoder:
    item_separator = ', '
    key_separator = ': '
    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default
    def default(self, o):
        raise TypeError('Object of type ' + o.__class__.__name__ + ' is not JSON serializable')
    def encode(self, o):
        return _dump(self, o, self.indent, 0, [])
    def iterencode(self, o):
        yield self.encode(o)

def _float(encoder, o):
    if o == o and o not in (float('inf'), float('-inf')):
        return float.__repr__(o)
    if not encoder.allow_nan:
        raise ValueError('Out of range float values are not JSON compliant')
    return 'NaN' if o != o else 'Infinity' if o > 0 else '-Infinity'

def _key(encoder, k):
    name = __rr_unknown_text(k)
    if name is not None:
        return name
    if isinstance(k, str):
        return k
    if k is True:
        return 'true'
    if k is False:
        return 'false'
    if k is None:
        return 'null'
    if isinstance(k, int):
        return int.__repr__(k)
    if isinstance(k, float):
        return _float(encoder, k)
    if encoder.skipkeys:
        return None
    raise TypeError('keys must be str, int, float, bool or None, not ' + k.__class__.__name__)

def _dump(encoder, o, indent, level, within):
    unknown = __rr_unknown_text(o)
    if unknown is not None:
        items = __rr_unknown_items(o)
        if not items:
            return unknown
        return '{**' + unknown + ', ' + ', '.join([__rr_quote(k, True) + encoder.key_separator + _dump(encoder, v, None, level, within) for k, v in items]) + '}'
    if isinstance(o, str):
        return __rr_quote(o, encoder.ensure_ascii)
    if o is None:
        return 'null'
    if o is True:
        return 'true'
    if o is False:
        return 'false'
    if isinstance(o, int):
        return int.__repr__(o)
    if isinstance(o, float):
        return _float(encoder, o)
    pad = '' if indent is None else '\\n' + indent * (level + 1)
    end = '' if indent is None else '\\n' + indent * level
    if encoder.check_circular and any([o is x for x in within]):
        raise ValueError('Circular reference detected')
    within.append(o)
    if isinstance(o, (list, tuple)):
        text = '[]'
        if o:
            text = '[' + pad + (encoder.item_separator + pad).join([_dump(encoder, x, indent, level + 1, within) for x in o]) + end + ']'
    elif isinstance(o, dict):
        text = '{}'
        if o:
            parts = []
            for k, v in sorted(o.items()) if encoder.sort_keys else list(o.items()):
                name = _key(encoder, k)
                if name is not None:
                    parts.append(__rr_quote(name, encoder.ensure_ascii) + encoder.key_separator + _dump(encoder, v, indent, level + 1, within))
            text = '{' + pad + (encoder.item_separator + pad).join(parts) + end + '}'
    else:
        text = _dump(encoder, encoder.default(o), indent, level, within)
    within.pop()
    return text

def dumps(obj, *, cls=None, **kw):
    return (JSONEncoder if cls is None else cls)(**kw).encode(obj)

_constants = {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': float('-inf')}

class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _constants.__getitem__
        self.object_pairs_hook = object_pairs_hook
        self.is_plain = not (object_hook or parse_float or parse_int or parse_constant or object_pairs_hook)
    def decode(self, s):
        kind, value, pos = __rr_json_parse(s, self.is_plain)
        if kind == 'error':
            raise JSONDecodeError(value, s, pos)
        return value if self.is_plain else self._build(value)
    def _build(self, node):
        kind, v = node
        if kind == 'list':
            return [self._build(x) for x in v]
        if kind == 'dict':
            pairs = [(k, self._build(x)) for k, x in v]
            if self.object_pairs_hook is not None:
                return self.object_pairs_hook(pairs)
            return dict(pairs) if self.object_hook is None else self.object_hook(dict(pairs))
        if kind == 'int':
            return self.parse_int(v)
        if kind == 'float':
            return self.parse_float(v)
        if kind == 'constant':
            return self.parse_constant(v)
        return v

def loads(s, *, cls=None, **kw):
    if __rr_unknown_text(s) is not None:
        r = __rr_json_loads(s)
        if r is None:
            raise JSONDecodeError('Expecting value', '', 0)
        return r[0]
    if isinstance(s, (bytes, bytearray)):
        s = s.decode()
    elif not isinstance(s, str):
        raise TypeError('the JSON object must be str, bytes or bytearray, not ' + s.__class__.__name__)
    elif s.startswith('\\ufeff'):
        raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    return (JSONDecoder if cls is None else cls)(**kw).decode(s)

def dump(obj, fp, **kwargs):
    fp.write(dumps(obj, **kwargs))
def load(fp, **kwargs):
    return loads(fp.read(), **kwargs)
`;
