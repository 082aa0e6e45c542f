s = 'Hello, World'
print(s.upper(), s.lower(), s.title(), s.swapcase(), s[0], s[-1], s[1:5], s[::-1], s[::2], len(s))
print(s.find('o'), s.rfind('o'), s.index('W'), s.count('l'), s.replace('l', 'L', 1), s.split(', '), 'a b  c'.split(), ' x '.strip())
print('abc'.center(9, '*'), 'abc'.ljust(5) + '|', 'abc'.rjust(5), '42'.zfill(5), '-42'.zfill(5), 'a-b-c'.partition('-'), 'a-b-c'.rpartition('-'))
print('x'.join(['a', 'b', 'c']), 'abc' * 3, 'b' in 'abc', 'abc' < 'abd', 'a,b,,c'.split(','), 'a\nb\r\nc'.splitlines(), 'abc'.startswith(('x', 'a')))
print('123'.isdigit(), 'abc'.isalpha(), 'ab1'.isalnum(), ' '.isspace(), 'ABC'.isupper(), 'prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'))
print(repr('it\'s'), repr("a\"b"), repr('a\nb\t\\'), repr('é\x00'), 'tab\texpand'.expandtabs(4), 'a b c d'.rsplit(' ', 2), 'a b c d'.split(None, 2))
