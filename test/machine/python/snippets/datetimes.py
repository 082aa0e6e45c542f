from datetime import *
a = datetime(2024, 1, 31, 12, 30); print(a, a + timedelta(days=1, hours=13), a.isoformat(), a - datetime(2024,1,1), repr(a), a.date(), a.time(), a.weekday(), a.strftime('%Y-%m-%d %H:%M:%S'), a.replace(day=2))
d = timedelta(hours=25, seconds=3); print(d, d.total_seconds(), d.days, d.seconds, d * 2, d / 2, d > timedelta(1), repr(d), -d, abs(-d), d // timedelta(hours=1), d % timedelta(hours=1), divmod(d, timedelta(hours=2)), d / timedelta(hours=1), 1.5 * d, timedelta(seconds=0.1) * 3, timedelta(0), bool(timedelta()), timedelta(milliseconds=1.5), timedelta(weeks=-1, microseconds=7))
print(date(2024,2,29) + timedelta(1), date(2024,1,1).isoformat(), (date(2024,3,1)-date(2024,2,1)).days, date(2024,1,1) < date(2024,1,2), date.fromisoformat('2024-05-06'), datetime.fromisoformat('2024-05-06T07:08:09'), datetime.fromisoformat('2024-05-06 07:08:09.123+02:00'), datetime.fromisoformat('2024-05-06'), datetime.fromisoformat('20240506T070809Z'))
u = datetime(2024,1,1,tzinfo=timezone.utc); print(u, u.isoformat(), u.timestamp(), u.tzinfo, datetime.fromtimestamp(0, timezone.utc), u.astimezone(timezone(timedelta(hours=2))), repr(u), u == datetime(2024,1,1,2,tzinfo=timezone(timedelta(hours=2))))
print(datetime.strptime('2024-01-02 03:04', '%Y-%m-%d %H:%M'), datetime.min, datetime.max, hash(a) == hash(datetime(2024,1,31,12,30)), {a: 1}[a], datetime.combine(date(2024,1,1), time(1,2)), datetime.strptime('02/Jan/2024:03:04:05 +0100', '%d/%b/%Y:%H:%M:%S %z'), datetime.strptime('3:04 PM', '%I:%M %p'))
for f in (lambda: u - a, lambda: u < a, lambda: a < date(2024,1,1), lambda: date(2024,1,1) < a, lambda: date(2024, 2, 30), lambda: datetime(2024, 13, 1), lambda: datetime.strptime('x', '%Y'), lambda: datetime.strptime('2024x', '%Y'), lambda: date.fromisoformat('2024-1-1'), lambda: date(2024,1,1) + 1, lambda: timedelta('x'), lambda: date.max + timedelta(1), lambda: a - 5, lambda: time(25)):
    try: print(f())
    except (TypeError, ValueError, OverflowError) as e: print(type(e).__name__, e)
print(a == date(2024,1,31), time(1,2,3), time(1,2) < time(1,3), a.timetuple()[:3], a.isocalendar()[1], a.isocalendar().week, a.toordinal(), a.ctime(), f'{a:%H:%M} {a}', date(2024,1,1) == date(2024,1,1), a != u, a.isoformat(timespec='minutes'), a.strftime('%a %b %d %j %p %I %y %A %B %f'), time(1,2,3,4).isoformat(), repr(time(1)), repr(date(2024,1,2)), sorted([date(2024,2,1), date(2024,1,1)])[0], max(timedelta(1), timedelta(2)))
print(isinstance(a, date), timezone.utc, timezone(timedelta(hours=-5, minutes=-30)), repr(timezone.utc), timedelta.max, datetime.resolution, sum([timedelta(1), timedelta(2)], timedelta()), u.utcoffset(), u.tzname(), a.utcoffset(), u.strftime('%z %Z'), date.fromordinal(738916), a.isoweekday(), a.timestamp() - datetime(2024,1,31).timestamp())
class MyDate(date): pass
print(type(MyDate(2024,1,1) + timedelta(1)).__name__, MyDate(2024,1,1).year)
import time as t
print(t.gmtime(0)[:6], t.strftime('%Y', t.gmtime(0)), t.gmtime(86400).tm_mday, t.strftime('%d/%m/%Y %H:%M', t.gmtime(1e9)), t.asctime(t.gmtime(0)), t.strptime('2024-01-02', '%Y-%m-%d').tm_yday, len(t.localtime()), isinstance(t.time(), float))
import calendar
print(calendar.timegm((1970, 1, 2, 0, 0, 0)))
