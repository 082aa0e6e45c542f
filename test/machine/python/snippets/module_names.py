import importlib
import sys
import threading


def handled(args):
    print('hook', args.exc_type.__name__, args.exc_value, args.thread.name)


before = threading.excepthook
threading.excepthook = handled
t = threading.Thread(target=lambda: 1 / 0, name='w')
t.start()
t.join()
threading.excepthook = before
print(sys.version_info >= (3, 8), sys.version_info.major, sys.version_info[0], len(sys.version_info), sys.version_info[:1])
print(__import__('os').sep, __import__('os.path').sep, importlib.import_module('os.path').join('a', 'b'))
print(sys.modules['os'] is __import__('os'), 'no such' in sys.modules, sys.modules.get('no such'))
print(hasattr(sys, 'frozen'), getattr(sys, '_MEIPASS', None), hasattr(threading, '_MEIPASS'))


class Sink:
    def __init__(self): self.parts = []
    def write(self, text): self.parts.append(text)
    def flush(self): pass


old = sys.stdout
sys.stdout = sink = Sink()
print('hidden')
print(sys.stdout is sink)
sys.stdout = old
print(''.join(sink.parts))


def f(a, /, b=1, *c, d, e=2, **k):
    x = 1
    return sorted(locals())


code = f.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_varnames[:6], bool(code.co_flags & 4))
print(f.__defaults__, f.__kwdefaults__, f(1, d=3))


class Names:
    a = 1
    b = 2
    both = sorted(n for n in locals() if not n.startswith('_'))


print(Names.both, 'f' in locals(), locals()['f'] is f)
