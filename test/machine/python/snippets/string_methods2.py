print('hello world'.capitalize(), 'HELLO'.casefold(), 'abc'.encode(), b'abc'.decode(), 'äö'.encode('utf-8'), list('abc'))
print('abcabc'.translate(str.maketrans('ab', 'xy')), 'They\'re'.title(), '{}'.format('x'), 'a{0}b{1}c{0}'.format(1, 2), '{x}-{y}'.format(x=1, y=2))
print('%s is %d years and %.2f' % ('Bob', 42, 3.14159), '%5d|%-5d|%05d' % (42, 42, 42), '%x %X %o' % (255, 255, 8), '%r' % 'x', '%%' % ())
print('%(a)s %(b)d' % {'a': 1, 'b': 2}, '%s' % (1,), '%s' % [1, 2], '%5s|%-5s|' % ('a', 'b'))
