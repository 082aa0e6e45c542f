import logging
log = logging.getLogger('a.b'); log.addHandler(logging.NullHandler()); print(log.handlers, logging._nameToLevel['INFO'], logging.getLevelName('INFO'), logging.root.level, log.getEffectiveLevel(), log.hasHandlers(), log.getChild('c').name, logging.getLoggerClass() is logging.Logger, logging.CRITICAL, isinstance(log, logging.Logger))
logging.disable(logging.CRITICAL); logging.captureWarnings(True); print(log.isEnabledFor(50)); logging.disable(logging.NOTSET)
h = logging.StreamHandler(); h.setFormatter(logging.Formatter('%(message)s')); h.setLevel(10); log.removeHandler(h); print(h.level)
class H(logging.Handler):
    def emit(self, r): print('emit', r.getMessage(), r.levelname, r.name)
log.addHandler(H()); log.setLevel(logging.INFO); log.info('x %d', 1); log.debug('no'); log.warning('w', extra={'q': 1}); log.log(40, 'err')
try: 1/0
except ZeroDivisionError: log.exception('boom')
a = logging.LoggerAdapter(log, {'k': 1}); a.info('ad')
