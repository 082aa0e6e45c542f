/** contextvars (PEP 567): a context keeps what its variables hold; every fiber runs in one. */
export const contextvarsPrelude = `
class _Missing:
    def __repr__(self):
        return '<Token.MISSING>'
_missing = _Missing()

class Token:
    MISSING = _missing
    def __init__(self, var, old_value, context):
        self.var = var
        self.old_value = old_value
        self._context = context
        self._used = False

class Context:
    def __init__(self):
        self._vars = {}
        self._entered = False
    def run(self, callable, *args, **kwargs):
        if self._entered:
            raise RuntimeError('cannot enter context: ' + repr(self) + ' is already entered')
        before = __rr_context()
        self._entered = True
        __rr_set_context(self)
        try:
            return callable(*args, **kwargs)
        finally:
            __rr_set_context(before)
            self._entered = False
    def copy(self):
        made = Context()
        made._vars = self._vars
        return made
    def __getitem__(self, var):
        return self._vars[var]
    def __contains__(self, var):
        return var in self._vars
    def get(self, var, default=None):
        return self._vars.get(var, default)
    def __iter__(self):
        return iter(self._vars)
    def __len__(self):
        return len(self._vars)
    def keys(self):
        return self._vars.keys()
    def values(self):
        return self._vars.values()
    def items(self):
        return self._vars.items()

def _current():
    context = __rr_context()
    if context is None:
        context = Context()
        __rr_set_context(context)
    return context

def copy_context():
    return _current().copy()

class ContextVar:
    def __init__(self, name, *, default=_missing):
        self.name = name
        self._default = default
    def get(self, default=_missing):
        context = __rr_context()
        if context is not None and self in context._vars:
            return context._vars[self]
        if default is not _missing:
            return default
        if self._default is not _missing:
            return self._default
        raise LookupError(self)
    def set(self, value):
        context = _current()
        token = Token(self, context._vars.get(self, _missing), context)
        context._vars = {**context._vars, self: value}
        return token
    def reset(self, token):
        if token._used:
            raise RuntimeError(repr(token) + ' has already been used once')
        if token.var is not self:
            raise ValueError(repr(token) + ' was created by a different ContextVar')
        context = _current()
        if token._context is not context:
            raise ValueError(repr(token) + ' was created in a different Context')
        token._used = True
        if token.old_value is _missing:
            context._vars = {k: v for k, v in context._vars.items() if k is not self}
        else:
            context._vars = {**context._vars, self: token.old_value}
    def __class_getitem__(cls, item):
        return cls
`;
