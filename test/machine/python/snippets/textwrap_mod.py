import textwrap
print(textwrap.fill('the quick brown fox jumps', 10)); print(textwrap.wrap('aaa bbb ccc', 7), textwrap.shorten('hello big world', 11), textwrap.shorten('hello world', 20))
print(textwrap.indent('a\n\nb', '> ', lambda l: True))
print(textwrap.wrap('a longwordthatdoesnotfit b', 6), textwrap.wrap(''), textwrap.fill('x y', initial_indent='* ', subsequent_indent='  ', width=5))
