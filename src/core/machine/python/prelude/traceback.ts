/** traceback: the frames of a stack are not recorded; a text that has them is partly unknown. */
export const tracebackPrelude = `
import sys
def _text(exception):
    return __rr_traceback_text(exception)
def format_exc(limit=None, chain=True):
    exception = sys.exc_info()[1]
    return 'NoneType: None\\n' if exception is None else _text(exception)
def format_exception_only(exc, /, value=None):
    exception = exc if value is None else value
    text = str(exception)
    name = type(exception).__qualname__
    if type(exception).__module__ not in ('builtins', '__main__'):
        name = type(exception).__module__ + '.' + name
    return [name + (': ' + text if text else '') + '\\n']
def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    exception = exc if value is None else value
    return [_text(exception)] if exception.__traceback__ is None else __rr_traceback_lines(exception)
def print_exc(*args, **kwargs): pass
def print_exception(*args, **kwargs): pass
def print_stack(*args, **kwargs): pass
def print_tb(*args, **kwargs): pass
`;
