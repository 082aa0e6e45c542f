/** functools.singledispatch and singledispatchmethod, in Python. */
export const singledispatchPrelude = `
def _dispatch(registry, cls):
    for c in cls.__mro__:
        if c in registry:
            return registry[c]
    best = object
    for c in registry:
        if issubclass(cls, c) and issubclass(c, best):
            best = c
    return registry[best]

def _classes(t):
    if isinstance(t, type):
        return (t,)
    return getattr(t, '__union__', None)

def singledispatch(func):
    registry = {object: func}
    name = getattr(func, '__name__', 'singledispatch function')
    def dispatch(cls):
        return _dispatch(registry, cls)
    def register(cls, func=None):
        classes = _classes(cls)
        if classes is not None:
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError('Invalid first argument to \`register()\`. ' + repr(cls) + ' is not a class or union type.')
            func = cls
            classes = __rr_first_annotation(func)
            if classes is None:
                raise TypeError('Invalid first argument to \`register()\`: ' + repr(cls) + '. Use either \`@register(some_class)\` or plain \`@register\` on an annotated function.')
        for c in classes:
            registry[c] = func
        return func
    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(name + ' requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kwargs)
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)

class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func
    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)
    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        method.register = self.register
        return update_wrapper(method, self.func)
`;
