/** Exception groups (PEP 654): taking them apart, and what `except*` does with the parts. */
export const exceptionGroupsPrelude = `
def _group(message, exceptions):
    if all([isinstance(e, Exception) for e in exceptions]):
        return ExceptionGroup(message, exceptions)
    return BaseExceptionGroup(message, exceptions)

def _like(group, exceptions):
    if not exceptions:
        return None
    made = group.derive(exceptions)
    made.__cause__ = group.__cause__
    made.__context__ = group.__context__
    return made

def _split(e, is_wanted):
    if is_wanted(e):
        return (e, None)
    if not isinstance(e, BaseExceptionGroup):
        return (None, e)
    wanted = []
    others = []
    for part in e.exceptions:
        yes, no = _split(part, is_wanted)
        if yes is not None:
            wanted.append(yes)
        if no is not None:
            others.append(no)
    if not wanted:
        return (None, e)
    return (_like(e, wanted), _like(e, others))

def _is_exception_type(c):
    return isinstance(c, type) and issubclass(c, BaseException)

def _condition(c):
    if _is_exception_type(c) or isinstance(c, tuple) and all([_is_exception_type(x) for x in c]):
        return lambda e: isinstance(e, c)
    if callable(c) and not isinstance(c, type):
        return c
    raise TypeError('expected a function, exception type or tuple of exception types')

def split(group, condition):
    return _split(group, _condition(condition))

def subgroup(group, condition):
    return _split(group, _condition(condition))[0]

def derive(group, exceptions):
    return _group(group.message, exceptions)

def _leaves(e, into):
    if isinstance(e, BaseExceptionGroup):
        for part in e.exceptions:
            _leaves(part, into)
    else:
        into.append(e)

class _ExceptStar:
    def __init__(self, exception):
        self.original = exception
        self.is_naked = not isinstance(exception, BaseExceptionGroup)
        self.rest = exception
        self.part = None
        self.parts = []
        self.raised = []
        self.remains = None
    def matches(self, types):
        for c in types if isinstance(types, tuple) else (types,):
            if not _is_exception_type(c):
                raise TypeError('catching classes that do not inherit from BaseException is not allowed')
            if issubclass(c, BaseExceptionGroup):
                raise TypeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
        if self.rest is None:
            return False
        if not self.is_naked:
            self.part, self.rest = _split(self.rest, lambda e: isinstance(e, types))
        elif isinstance(self.rest, types):
            self.part = _group('', [self.rest])
            self.rest = None
        else:
            self.part = None
        if self.part is None:
            return False
        self.parts.append(self.part)
        return True
    def matched(self):
        return self.part
    def escaped(self, exception):
        self.raised.append(exception)
    def is_left(self):
        self.remains = self._remains()
        return self.remains is not None
    def left(self):
        return self.remains
    def _remains(self):
        if self.is_naked:
            return self.raised[0] if self.raised else self.rest
        again = [e for e in self.raised if any([e is p for p in self.parts])]
        anew = [e for e in self.raised if not any([e is p for p in self.parts])]
        kept = []
        for e in again:
            _leaves(e, kept)
        if self.rest is not None:
            _leaves(self.rest, kept)
        unhandled = None
        if not self.parts:
            unhandled = self.original
        elif kept:
            unhandled = _split(self.original, lambda e: any([e is k for k in kept]))[0]
        if not anew:
            return unhandled
        return _group('', anew if unhandled is None else anew + [unhandled])

def except_star(exception):
    return _ExceptStar(exception)
`;
