import logging
a = logging.getLogger('x.y'); b = logging.getLogger('x.y')
print(a is b, a.name, logging.getLogger().name, logging.getLogger('root') is logging.getLogger(), a is logging.getLogger('x').getChild('y'))
print(a.getEffectiveLevel(), a.level, a.isEnabledFor(logging.WARNING), a.isEnabledFor(logging.DEBUG))
a.setLevel(logging.DEBUG); print(a.level, a.getEffectiveLevel(), a.isEnabledFor(10))
a.setLevel('INFO'); print(a.level)
class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []
    def emit(self, record):
        self.records.append((record.levelname, record.name, record.getMessage()))
h = ListHandler()
a.addHandler(h); a.propagate = False
a.debug('no'); a.info('hello %s %d', 'w', 3); a.warning('w'); a.error('e %r', 'x')
try: 1 / 0
except ZeroDivisionError: a.exception('boom')
print(h.records, a.handlers == [h], a.hasHandlers())
a.removeHandler(h); print(a.handlers)
print(logging.getLevelName(30), logging.getLevelName('ERROR'), logging.WARNING < logging.ERROR)
print(logging.getLogger('x.y.z').getEffectiveLevel(), logging.getLogger('x.y.z').parent is a)
