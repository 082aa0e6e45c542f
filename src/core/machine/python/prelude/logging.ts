/** logging: loggers are the same by name and hand records to the program's own handlers; nothing else is written. */
export const loggingPrelude = `
import threading
DEBUG = 10
INFO = 20
WARNING = 30
WARN = 30
ERROR = 40
CRITICAL = 50
FATAL = 50
NOTSET = 0
_disabled = [0]
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
_levels = {'CRITICAL': 50, 'FATAL': 50, 'ERROR': 40, 'WARN': 30, 'WARNING': 30, 'INFO': 20, 'DEBUG': 10, 'NOTSET': 0}
raiseExceptions = True

def getLevelName(level):
    return _names.get(level, _levels.get(level, 'Level %s' % level))

def addLevelName(level, name):
    _names[level] = name
    _levels[name] = level

def _level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError('Level not an integer or a valid string: ' + repr(level))
    if level not in _levels:
        raise ValueError('Unknown level: ' + repr(level))
    return _levels[level]

class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None):
        self.name = name
        self.levelno = level
        self.levelname = getLevelName(level)
        self.msg = msg
        self.args = args
        self.exc_info = exc_info
        self.threadName = threading.current_thread().name
    def getMessage(self):
        return str(self.msg) % self.args if self.args else str(self.msg)

class Filterer:
    def __init__(self):
        self.filters = []
    def addFilter(self, f):
        if f not in self.filters:
            self.filters.append(f)
    def removeFilter(self, f):
        if f in self.filters:
            self.filters.remove(f)
    def filter(self, record):
        for f in self.filters:
            if not (f.filter(record) if hasattr(f, 'filter') else f(record)):
                return False
        return True

class Filter:
    def __init__(self, name=''):
        self.name = name
    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + '.')

class Handler(Filterer):
    def __init__(self, level=NOTSET):
        self.filters = []
        self.level = _level(level)
        self.formatter = None
        self.lock = threading.RLock()
    def setFormatter(self, formatter):
        self.formatter = formatter
    def setLevel(self, level):
        self.level = _level(level)
    def format(self, record):
        return (self.formatter or Formatter()).format(record)
    def handle(self, record):
        if not self.filter(record):
            return False
        with self.lock:
            self.emit(record)
        return True
    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')
    def acquire(self):
        self.lock.acquire()
    def release(self):
        self.lock.release()
    def flush(self): pass
    def close(self): pass

class _SilentHandler(Handler):
    def __init__(self, *args, **kwargs):
        self.filters = []
        self.level = NOTSET
        self.formatter = None
    def handle(self, record): pass
    def emit(self, record): pass
class StreamHandler(_SilentHandler): pass
class FileHandler(_SilentHandler): pass
class NullHandler(_SilentHandler):
    def __repr__(self):
        return '<NullHandler (' + getLevelName(self.level) + ')>'

class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        self._fmt = fmt or '%(message)s'
        self._style = style
    def format(self, record):
        record.message = record.getMessage()
        if self._style == '{':
            return self._fmt.format(**record.__dict__)
        return self._fmt % record.__dict__

class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        self.filters = []
        self.name = name
        self.level = _level(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False
    def setLevel(self, level):
        self.level = _level(level)
    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET
    def isEnabledFor(self, level):
        return not self.disabled and level > _disabled[0] and level >= self.getEffectiveLevel()
    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + '.' + suffix)
    def addHandler(self, handler):
        if not isinstance(handler, _SilentHandler):
            __rr_keep('log handler', True)
        if handler not in self.handlers:
            self.handlers.append(handler)
    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)
    def hasHandlers(self):
        return any([True for h in self._all_handlers()])
    def _all_handlers(self):
        out = []
        logger = self
        while logger is not None:
            out.extend(logger.handlers)
            if not logger.propagate:
                break
            logger = logger.parent
        return out
    def handle(self, record):
        if not self.disabled and self.filter(record):
            for handler in self._all_handlers():
                if record.levelno >= handler.level:
                    handler.handle(record)
    def _log(self, level, msg, args, exc_info=None, **kwargs):
        # Without a handler of the program's own nothing can be seen of a record.
        if __rr_kept('log handler') is None or not self.isEnabledFor(level):
            return
        if len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        record = LogRecord(self.name, level, '', 0, msg, args, exc_info)
        for k, v in (kwargs.get('extra') or {}).items():
            setattr(record, k, v)
        self.handle(record)
    def debug(self, msg, *args, **kwargs): self._log(DEBUG, msg, args, **kwargs)
    def info(self, msg, *args, **kwargs): self._log(INFO, msg, args, **kwargs)
    def warning(self, msg, *args, **kwargs): self._log(WARNING, msg, args, **kwargs)
    def warn(self, msg, *args, **kwargs): self._log(WARNING, msg, args, **kwargs)
    def error(self, msg, *args, **kwargs): self._log(ERROR, msg, args, **kwargs)
    def exception(self, msg, *args, exc_info=True, **kwargs): self._log(ERROR, msg, args, exc_info=exc_info, **kwargs)
    def critical(self, msg, *args, **kwargs): self._log(CRITICAL, msg, args, **kwargs)
    def fatal(self, msg, *args, **kwargs): self._log(CRITICAL, msg, args, **kwargs)
    def log(self, level, msg, *args, **kwargs): self._log(level, msg, args, **kwargs)
    def __repr__(self):
        return '<' + type(self).__name__ + ' ' + self.name + ' (' + getLevelName(self.getEffectiveLevel()) + ')>'

class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra
    def process(self, msg, kwargs):
        kwargs['extra'] = self.extra
        return msg, kwargs
    def log(self, level, msg, *args, **kwargs):
        if self.logger.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)
    def debug(self, msg, *args, **kwargs): self.log(DEBUG, msg, *args, **kwargs)
    def info(self, msg, *args, **kwargs): self.log(INFO, msg, *args, **kwargs)
    def warning(self, msg, *args, **kwargs): self.log(WARNING, msg, *args, **kwargs)
    def error(self, msg, *args, **kwargs): self.log(ERROR, msg, *args, **kwargs)
    def exception(self, msg, *args, exc_info=True, **kwargs): self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)
    def critical(self, msg, *args, **kwargs): self.log(CRITICAL, msg, *args, **kwargs)
    def setLevel(self, level): self.logger.setLevel(level)
    def isEnabledFor(self, level): return self.logger.isEnabledFor(level)

root = Logger('root', WARNING)
def getLogger(name=None):
    if not name or name == 'root':
        return root
    logger = __rr_kept('logger ' + name)
    if logger is None:
        parent = getLogger(name.rpartition('.')[0])
        logger = Logger(name)
        logger.parent = parent
        logger = __rr_keep('logger ' + name, logger)
    return logger
def basicConfig(*, level=None, **kwargs):
    if level is not None:
        root.setLevel(level)
def debug(msg, *args, **kwargs): root.debug(msg, *args, **kwargs)
def info(msg, *args, **kwargs): root.info(msg, *args, **kwargs)
def warning(msg, *args, **kwargs): root.warning(msg, *args, **kwargs)
def error(msg, *args, **kwargs): root.error(msg, *args, **kwargs)
def exception(msg, *args, **kwargs): root.exception(msg, *args, **kwargs)
def critical(msg, *args, **kwargs): root.critical(msg, *args, **kwargs)
def log(level, msg, *args, **kwargs): root.log(level, msg, *args, **kwargs)
def disable(level=CRITICAL):
    _disabled[0] = _level(level)
def captureWarnings(capture): pass
def getLoggerClass():
    return Logger
_nameToLevel = _levels
_levelToName = _names
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'
def shutdown(*args): pass
`;
