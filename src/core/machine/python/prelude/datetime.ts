/**
 * datetime in Python. Dates that are known are computed with. What the clock says, and what is made of
 * something unknown, is asked for as any unknown value. Local time is UTC.
 */
export const datetimePrelude = `
from collections import namedtuple

MINYEAR = 1
MAXYEAR = 9999
_IsoCalendarDate = namedtuple('IsoCalendarDate', ['year', 'week', 'weekday'])
_int = int

def _divide(a, b):
    # a / b to the nearest whole number, halves to the even one.
    q, r = divmod(a, b)
    twice = 2 * r
    if twice > b or (twice == b and q % 2 == 1):
        q += 1
    return q

def _ratio(x):
    return (x, 1) if isinstance(x, _int) else x.as_integer_ratio()

def _pad(n, width=2):
    return str(n).rjust(width, '0')

def _ordering(kind):
    """The four comparisons of a class, by what _order gives: below, at or above zero."""
    def __lt__(self, other):
        if __rr_unknown(other) or not isinstance(other, kind()):
            return NotImplemented
        return self._order(other) < 0
    def __le__(self, other):
        if __rr_unknown(other) or not isinstance(other, kind()):
            return NotImplemented
        return self._order(other) <= 0
    def __gt__(self, other):
        if __rr_unknown(other) or not isinstance(other, kind()):
            return NotImplemented
        return self._order(other) > 0
    def __ge__(self, other):
        if __rr_unknown(other) or not isinstance(other, kind()):
            return NotImplemented
        return self._order(other) >= 0
    return __lt__, __le__, __gt__, __ge__

class timedelta:
    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        given = (days, seconds, microseconds, milliseconds, minutes, hours, weeks)
        if __rr_any_unknown(given):
            names = ('days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks')
            return __rr_ask('datetime', 'timedelta', (), {n: v for n, v in zip(names, given) if v is not 0})
        top = 0
        bottom = 1
        for value, factor in zip(given, (86400000000, 1000000, 1, 1000, 60000000, 3600000000, 604800000000)):
            if not isinstance(value, (_int, float)):
                raise TypeError('unsupported type for timedelta ' + names_of[factor] + ' component: ' + type(value).__name__)
            if value:
                n, d = _ratio(value)
                top, bottom = top * d + n * factor * bottom, bottom * d
        return _delta(cls, _divide(top, bottom))
    def _all(self):
        return (self.days * 86400 + self.seconds) * 1000000 + self.microseconds
    def total_seconds(self):
        return self._all() / 1000000
    def __add__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return _delta(timedelta, self._all() + other._all())
    __radd__ = __add__
    def __sub__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return _delta(timedelta, self._all() - other._all())
    def __mul__(self, other):
        if __rr_unknown(other) or not isinstance(other, (_int, float)):
            return NotImplemented
        n, d = _ratio(other)
        return _delta(timedelta, _divide(self._all() * n, d))
    __rmul__ = __mul__
    def __truediv__(self, other):
        if __rr_unknown(other):
            return NotImplemented
        if isinstance(other, timedelta):
            return self._all() / other._all()
        if not isinstance(other, (_int, float)):
            return NotImplemented
        n, d = _ratio(other)
        if n == 0:
            raise ZeroDivisionError('integer division or modulo by zero')
        if n < 0:
            n, d = -n, -d
        return _delta(timedelta, _divide(self._all() * d, n))
    def __floordiv__(self, other):
        if __rr_unknown(other):
            return NotImplemented
        if isinstance(other, timedelta):
            return self._all() // other._all()
        if not isinstance(other, _int):
            return NotImplemented
        return _delta(timedelta, self._all() // other)
    def __mod__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return _delta(timedelta, self._all() % other._all())
    def __divmod__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        q, r = divmod(self._all(), other._all())
        return q, _delta(timedelta, r)
    def __neg__(self):
        return _delta(timedelta, -self._all())
    def __pos__(self):
        return self
    def __abs__(self):
        return -self if self.days < 0 else self
    def __bool__(self):
        return self._all() != 0
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return self._all() == other._all()
    def _order(self, other):
        return self._all() - other._all()
    __lt__, __le__, __gt__, __ge__ = _ordering(lambda: timedelta)
    def __hash__(self):
        return hash(self._all())
    def __repr__(self):
        parts = []
        for name in ('days', 'seconds', 'microseconds'):
            if getattr(self, name):
                parts.append(name + '=' + str(getattr(self, name)))
        return 'datetime.timedelta(' + (', '.join(parts) or '0') + ')'
    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = str(hours) + ':' + _pad(minutes) + ':' + _pad(seconds)
        if self.days:
            text = str(self.days) + ' day' + ('' if abs(self.days) == 1 else 's') + ', ' + text
        if self.microseconds:
            text += '.' + _pad(self.microseconds, 6)
        return text

names_of = {86400000000: 'days', 1000000: 'seconds', 1: 'microseconds', 1000: 'milliseconds', 60000000: 'minutes', 3600000000: 'hours', 604800000000: 'weeks'}

def _delta(cls, all):
    self = object.__new__(cls)
    seconds, microseconds = divmod(all, 1000000)
    days, seconds = divmod(seconds, 86400)
    if abs(days) > 999999999:
        raise OverflowError('days=' + str(days) + '; must have magnitude <= 999999999')
    object.__setattr__(self, 'days', days)
    object.__setattr__(self, 'seconds', seconds)
    object.__setattr__(self, 'microseconds', microseconds)
    return self

timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
_zero = timedelta(0)

class tzinfo:
    def tzname(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement tzname()')
    def utcoffset(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')
    def dst(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement dst()')

def _offset_text(offset):
    seconds = offset.days * 86400 + offset.seconds
    sign = '-' if seconds < 0 else '+'
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return sign + _pad(hours) + ':' + _pad(minutes) + (':' + _pad(seconds) if seconds else '')

class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError('timezone() argument 1 must be datetime.timedelta, not ' + type(offset).__name__)
        if not -timedelta(days=1) < offset < timedelta(days=1):
            raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ' + repr(offset) + '.')
        self._offset = offset
        self._name = name
    def utcoffset(self, dt):
        return self._offset
    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return 'UTC' + (_offset_text(self._offset) if self._offset else '')
    def dst(self, dt):
        return None
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, timezone):
            return NotImplemented
        return self._offset == other._offset
    def __hash__(self):
        return hash(self._offset)
    def __str__(self):
        return self.tzname(None)
    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        return 'datetime.timezone(' + repr(self._offset) + (', ' + repr(self._name) if self._name is not None else '') + ')'

timezone.utc = timezone(_zero)
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
UTC = timezone.utc

def _check_date(year, month, day):
    for v in (year, month, day):
        if not isinstance(v, _int):
            raise TypeError("'" + type(v).__name__ + "' object cannot be interpreted as an integer")
    if not 1 <= year <= 9999:
        raise ValueError('year ' + str(year) + ' is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    following = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    if not 1 <= day <= __rr_to_ordinal(*following) - __rr_to_ordinal(year, month, 1):
        raise ValueError('day is out of range for month')

def _check_time(hour, minute, second, microsecond):
    for v in (hour, minute, second, microsecond):
        if not isinstance(v, _int):
            raise TypeError("'" + type(v).__name__ + "' object cannot be interpreted as an integer")
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')

def _from_day(day):
    if not 1 <= day <= 3652059:
        raise OverflowError('date value out of range')
    return __rr_from_ordinal(day)

def _cannot_compare(a, b):
    raise TypeError("can't compare " + type(a).__module__ + '.' + type(a).__name__ + ' to ' + ('' if type(b).__module__ == 'builtins' else type(b).__module__ + '.') + type(b).__name__)

class date:
    def __new__(cls, year, month=None, day=None):
        if __rr_any_unknown((year, month, day)):
            return __rr_ask('datetime', 'date', (year, month, day), None)
        for name, v in (('month', month), ('day', day)):
            if v is None:
                raise TypeError("function missing required argument '" + name + "' (pos " + ('2' if name == 'month' else '3') + ')')
        _check_date(year, month, day)
        self = object.__new__(cls)
        self._place(year, month, day)
        return self
    def _place(self, year, month, day):
        object.__setattr__(self, 'year', year)
        object.__setattr__(self, 'month', month)
        object.__setattr__(self, 'day', day)
    @classmethod
    def today(cls):
        return __rr_ask('datetime', 'date.today', (), None)
    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_day(n))
    @classmethod
    def fromtimestamp(cls, t):
        if __rr_unknown(t):
            return __rr_ask('datetime', 'date.fromtimestamp', (t,), None)
        return cls(*_from_day(719163 + _int(t // 86400)))
    @classmethod
    def fromisoformat(cls, text):
        if __rr_unknown(text):
            return __rr_ask('datetime', 'date.fromisoformat', (text,), None)
        return cls(*_iso_date(text, text))
    def _fields(self):
        return (self.year, self.month, self.day, 0, 0, 0, 0)
    def toordinal(self):
        return __rr_to_ordinal(self.year, self.month, self.day)
    def weekday(self):
        return (self.toordinal() + 6) % 7
    def isoweekday(self):
        return self.toordinal() % 7 or 7
    def isocalendar(self):
        return _IsoCalendarDate(*__rr_iso_week(self._fields()))
    def isoformat(self):
        return _pad(self.year, 4) + '-' + _pad(self.month) + '-' + _pad(self.day)
    def strftime(self, format):
        return __rr_strftime(format, self._fields(), None, None)
    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')
    def timetuple(self):
        return __rr_struct_time(self._fields(), -1)
    def replace(self, year=None, month=None, day=None):
        if __rr_any_unknown((year, month, day)):
            return __rr_ask('datetime', 'date.replace', (repr(self), year, month, day), None)
        return type(self)(self.year if year is None else year, self.month if month is None else month, self.day if day is None else day)
    def __format__(self, format):
        return self.strftime(format) if format else str(self)
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return 'datetime.date(' + ', '.join([str(self.year), str(self.month), str(self.day)]) + ')'
    def __hash__(self):
        return hash(self.toordinal())
    def __add__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return type(self)(*_from_day(self.toordinal() + other.days))
    __radd__ = __add__
    def __sub__(self, other):
        if __rr_unknown(other):
            return NotImplemented
        if isinstance(other, timedelta):
            return type(self)(*_from_day(self.toordinal() - other.days))
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, date) or isinstance(other, datetime):
            return NotImplemented
        return self.toordinal() == other.toordinal()
    def _order(self, other):
        if isinstance(other, datetime):
            _cannot_compare(self, other)
        return self.toordinal() - other.toordinal()
    __lt__, __le__, __gt__, __ge__ = _ordering(lambda: date)

def _iso_date(text, whole):
    if len(text) == 8 and text.isdigit():
        text = text[:4] + '-' + text[4:6] + '-' + text[6:]
    parts = text.split('-')
    if [len(p) for p in parts] != [4, 2, 2] or not ''.join(parts).isdigit():
        if 'W' in text:
            __rr_not_simulated('dates of weeks')
        raise ValueError('Invalid isoformat string: ' + repr(whole))
    return [_int(p) for p in parts]

def _iso_time(text, whole):
    zone = None
    if text.endswith('Z'):
        text, zone = text[:-1], timezone.utc
    for sign in ('+', '-'):
        at = text.find(sign)
        if at >= 0:
            rest = text[at + 1:].replace(':', '')
            if len(rest) not in (2, 4, 6) or not rest.isdigit():
                raise ValueError('Invalid isoformat string: ' + repr(whole))
            offset = timedelta(hours=_int(rest[:2]), minutes=_int(rest[2:4] or '0'), seconds=_int(rest[4:6] or '0'))
            if sign == '-':
                offset = -offset
            zone = timezone(offset) if offset else timezone.utc
            text = text[:at]
    text, _, fraction = text.replace(',', '.').partition('.')
    parts = text.split(':') if ':' in text else [text[i:i + 2] for i in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or [p for p in parts if len(p) != 2 or not p.isdigit()] or (fraction and not fraction.isdigit()):
        raise ValueError('Invalid isoformat string: ' + repr(whole))
    numbers = [_int(p) for p in parts] + [0, 0]
    return numbers[:3] + [_int(fraction[:6].ljust(6, '0')) if fraction else 0, zone]

def _time_text(o, timespec):
    text = _pad(o.hour)
    if timespec == 'auto':
        timespec = 'microseconds' if o.microsecond else 'seconds'
    if timespec == 'hours':
        return text
    text += ':' + _pad(o.minute)
    if timespec == 'minutes':
        return text
    text += ':' + _pad(o.second)
    if timespec == 'seconds':
        return text
    if timespec == 'milliseconds':
        return text + '.' + _pad(o.microsecond // 1000, 3)
    if timespec == 'microseconds':
        return text + '.' + _pad(o.microsecond, 6)
    raise ValueError('Unknown timespec value')

class time:
    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if __rr_any_unknown((hour, minute, second, microsecond, tzinfo)):
            return __rr_ask('datetime', 'time', (hour, minute, second, microsecond), None)
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        object.__setattr__(self, 'hour', hour)
        object.__setattr__(self, 'minute', minute)
        object.__setattr__(self, 'second', second)
        object.__setattr__(self, 'microsecond', microsecond)
        object.__setattr__(self, 'tzinfo', tzinfo)
        object.__setattr__(self, 'fold', fold)
        return self
    @classmethod
    def fromisoformat(cls, text):
        return cls(*_iso_time(text.lstrip('T'), text))
    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)
    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(None)
    def _all(self):
        n = ((self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond
        offset = self.utcoffset()
        return n if offset is None else n - offset._all()
    def isoformat(self, timespec='auto'):
        offset = self.utcoffset()
        return _time_text(self, timespec) + ('' if offset is None else _offset_text(offset))
    def strftime(self, format):
        return __rr_strftime(format, (1900, 1, 1, self.hour, self.minute, self.second, self.microsecond), None, None)
    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        if __rr_any_unknown((hour, minute, second, microsecond, tzinfo)):
            return __rr_ask('datetime', 'time.replace', (repr(self), hour, minute, second, microsecond), None)
        return type(self)(self.hour if hour is None else hour, self.minute if minute is None else minute, self.second if second is None else second, self.microsecond if microsecond is None else microsecond, self.tzinfo if tzinfo is True else tzinfo)
    def __format__(self, format):
        return self.strftime(format) if format else str(self)
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        parts = [self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        return 'datetime.time(' + ', '.join([str(p) for p in parts]) + (', tzinfo=' + repr(self.tzinfo) if self.tzinfo is not None else '') + ')'
    def __hash__(self):
        return hash(self._all())
    def _order(self, other):
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._all() - other._all()
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, time):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._all() == other._all()
    __lt__, __le__, __gt__, __ge__ = _ordering(lambda: time)

_time = time
_date = date
_tzinfo = tzinfo

def _at(cls, all, zone):
    days, rest = divmod(all, 86400000000)
    seconds, microsecond = divmod(rest, 1000000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    year, month, day = _from_day(days)
    return cls(year, month, day, hour, minute, second, microsecond, zone)

class datetime(date):
    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        given = (year, month, day, hour, minute, second, microsecond)
        if __rr_any_unknown(given) or __rr_unknown(tzinfo):
            keep = 7
            while keep > 3 and given[keep - 1] is 0:
                keep -= 1
            return __rr_ask('datetime', 'datetime', given[:keep], {} if tzinfo is None else {'tzinfo': tzinfo})
        for name, v in (('month', month), ('day', day)):
            if v is None:
                raise TypeError("function missing required argument '" + name + "' (pos " + ('2' if name == 'month' else '3') + ')')
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        if tzinfo is not None and not isinstance(tzinfo, _tzinfo):
            raise TypeError("tzinfo argument must be None or of a tzinfo subclass, not type '" + type(tzinfo).__name__ + "'")
        self = object.__new__(cls)
        self._place(year, month, day)
        object.__setattr__(self, 'hour', hour)
        object.__setattr__(self, 'minute', minute)
        object.__setattr__(self, 'second', second)
        object.__setattr__(self, 'microsecond', microsecond)
        object.__setattr__(self, 'tzinfo', tzinfo)
        object.__setattr__(self, 'fold', fold)
        return self
    @classmethod
    def now(cls, tz=None):
        return __rr_ask('datetime', 'datetime.now', () if tz is None else (tz,), None)
    @classmethod
    def utcnow(cls):
        return __rr_ask('datetime', 'datetime.utcnow', (), None)
    @classmethod
    def today(cls):
        return __rr_ask('datetime', 'datetime.today', (), None)
    @classmethod
    def fromtimestamp(cls, t, tz=None):
        if __rr_any_unknown((t, tz)):
            return __rr_ask('datetime', 'datetime.fromtimestamp', (t,) if tz is None else (t, tz), None)
        n, d = _ratio(t)
        made = _at(cls, 719163 * 86400000000 + _divide(n * 1000000, d), None)
        return made if tz is None else made.replace(tzinfo=timezone.utc).astimezone(tz)
    @classmethod
    def utcfromtimestamp(cls, t):
        if __rr_unknown(t):
            return __rr_ask('datetime', 'datetime.utcfromtimestamp', (t,), None)
        n, d = _ratio(t)
        return _at(cls, 719163 * 86400000000 + _divide(n * 1000000, d), None)
    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_day(n))
    @classmethod
    def fromisoformat(cls, text):
        if __rr_unknown(text):
            return __rr_ask('datetime', 'datetime.fromisoformat', (text,), None)
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        at = 8 if text[:8].isdigit() else 10
        day = _iso_date(text[:at], text)
        return cls(*day, *(_iso_time(text[at + 1:], text) if len(text) > at else []))
    @classmethod
    def strptime(cls, text, format):
        if __rr_any_unknown((text, format)):
            return __rr_ask('datetime', 'datetime.strptime', (text, format), None)
        *fields, offset, zone = __rr_strptime(text, format)
        tz = None
        if offset is not None:
            tz = timezone(timedelta(seconds=offset), zone) if zone is not None else (timezone(timedelta(seconds=offset)) if offset else timezone.utc)
        return cls(*fields, tz)
    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if __rr_any_unknown((date, time)):
            return __rr_ask('datetime', 'datetime.combine', (date, time), None)
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo if tzinfo is True else tzinfo)
    def _fields(self):
        return (self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond)
    def _all(self):
        return self.toordinal() * 86400000000 + ((self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond
    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)
    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)
    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)
    def date(self):
        return _date(self.year, self.month, self.day)
    def time(self):
        return _time(self.hour, self.minute, self.second, self.microsecond)
    def timetz(self):
        return _time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)
    def timestamp(self):
        offset = self.utcoffset()
        return (self._all() - (0 if offset is None else offset._all()) - 719163 * 86400000000) / 1000000
    def astimezone(self, tz=None):
        if tz is None:
            tz = timezone.utc
        if __rr_unknown(tz):
            return __rr_ask('datetime', 'datetime.astimezone', (repr(self), tz), None)
        offset = self.utcoffset()
        utc = self._all() - (0 if offset is None else offset._all())
        if not isinstance(tz, timezone):
            __rr_not_simulated('astimezone to a zone of the program')
        return _at(type(self), utc + tz.utcoffset(self)._all(), tz)
    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        given = (year, month, day, hour, minute, second, microsecond)
        if __rr_any_unknown(given) or __rr_unknown(tzinfo):
            return __rr_ask('datetime', 'datetime.replace', (repr(self), *given), None)
        return type(self)(*[own if new is None else new for own, new in zip(self._fields(), given)], self.tzinfo if tzinfo is True else tzinfo)
    def timetuple(self):
        return __rr_struct_time(self._fields(), -1)
    def utctimetuple(self):
        return __rr_struct_time(self.astimezone(timezone.utc)._fields(), 0) if self.tzinfo is not None else __rr_struct_time(self._fields(), 0)
    def isoformat(self, sep='T', timespec='auto'):
        offset = self.utcoffset()
        return date.isoformat(self) + sep + _time_text(self, timespec) + ('' if offset is None else _offset_text(offset))
    def strftime(self, format):
        offset = self.utcoffset()
        return __rr_strftime(format, self._fields(), None if offset is None else offset.days * 86400 + offset.seconds, self.tzname())
    def __str__(self):
        return self.isoformat(' ')
    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        return 'datetime.datetime(' + ', '.join([str(p) for p in parts]) + (', tzinfo=' + repr(self.tzinfo) if self.tzinfo is not None else '') + ')'
    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._all() - (0 if offset is None else offset._all()))
    def __add__(self, other):
        if __rr_unknown(other) or not isinstance(other, timedelta):
            return NotImplemented
        return _at(type(self), self._all() + other._all(), self.tzinfo)
    __radd__ = __add__
    def __sub__(self, other):
        if __rr_unknown(other):
            return NotImplemented
        if isinstance(other, timedelta):
            return _at(type(self), self._all() - other._all(), self.tzinfo)
        if isinstance(other, datetime):
            mine = self.utcoffset()
            others = other.utcoffset()
            if (mine is None) != (others is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return _delta(timedelta, self._moment() - other._moment())
        return NotImplemented
    def _moment(self):
        offset = self.utcoffset()
        return self._all() - (0 if offset is None else offset._all())
    def __eq__(self, other):
        if __rr_unknown(other) or not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._moment() == other._moment()
    def _order(self, other):
        if not isinstance(other, datetime):
            _cannot_compare(self, other)
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._moment() - other._moment()

date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
`;
