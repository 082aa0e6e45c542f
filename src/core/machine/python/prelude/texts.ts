/** string and textwrap in Python. */
export const textPreludes: Readonly<Record<string, string>> = {
  string: `
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\\'()*+,-./:;<=>?@[\\\\]^_\`{|}~'
whitespace = ' \\t\\n\\r\\x0b\\x0c'
printable = digits + ascii_letters + punctuation + whitespace
_first = ascii_letters + '_'

def capwords(s, sep=None):
    return (sep or ' ').join([w.capitalize() for w in s.split(sep)])

class Template:
    delimiter = '$'
    def __init__(self, template):
        self.template = template
    def _filled(self, mapping, is_safe):
        text = self.template
        out = ''
        at = 0
        while True:
            found = text.find('$', at)
            if found < 0:
                return out + text[at:]
            out += text[at:found]
            at = found + 1
            if text[at:at + 1] == '$':
                out += '$'
                at += 1
                continue
            is_braced = text[at:at + 1] == '{'
            end = start = at + 1 if is_braced else at
            while end < len(text) and (text[end] in _first or (end > start and text[end] in digits)):
                end += 1
            name = text[start:end]
            if not name or (is_braced and text[end:end + 1] != '}'):
                if is_safe:
                    out += '$'
                    continue
                lines = text[:found].split('\\n')
                raise ValueError('Invalid placeholder in string: line ' + str(len(lines)) + ', col ' + str(len(lines[-1]) + 1))
            whole = text[found:end + 1 if is_braced else end]
            at = found + len(whole)
            if is_safe:
                try:
                    out += str(mapping[name])
                except KeyError:
                    out += whole
            else:
                out += str(mapping[name])
    def _mapping(self, mapping, kws):
        if mapping is None:
            return kws
        if kws:
            return {**mapping, **kws}
        return mapping
    def substitute(self, mapping=None, /, **kws):
        return self._filled(self._mapping(mapping, kws), False)
    def safe_substitute(self, mapping=None, /, **kws):
        return self._filled(self._mapping(mapping, kws), True)

class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)
    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
`,
  textwrap: `
def dedent(text):
    lines = text.split('\\n')
    margin = None
    for l in lines:
        if l.strip():
            indent = l[:len(l) - len(l.lstrip())]
            if margin is None:
                margin = indent
            else:
                n = 0
                while n < len(margin) and n < len(indent) and margin[n] == indent[n]:
                    n += 1
                margin = margin[:n]
    return '\\n'.join([l[len(margin or ''):] if l.strip() else '' for l in lines])

def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return ''.join([prefix + l if predicate(l) else l for l in text.splitlines(True)])

def _chunks(text):
    out = []
    for c in text:
        if out and (c == ' ') == (out[-1][-1] == ' '):
            out[-1] += c
        else:
            out.append(c)
    return out

class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=' [...]'):
        if fix_sentence_endings or max_lines is not None or not drop_whitespace:
            __rr_not_simulated('textwrap with such options')
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.break_long_words = break_long_words
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
    def wrap(self, text):
        if self.width <= 0:
            raise ValueError('invalid width ' + repr(self.width) + ' (must be > 0)')
        text = text.expandtabs(self.tabsize)
        for c in '\\t\\n\\x0b\\x0c\\r':
            text = text.replace(c, ' ')
        if self.break_on_hyphens and [w for w in text.split() if '-' in w.strip('-')]:
            __rr_not_simulated('wrapping text at hyphens')
        chunks = _chunks(text)
        chunks.reverse()
        lines = []
        while chunks:
            line = []
            length = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if lines and not chunks[-1].strip():
                chunks.pop()
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                space = 1 if width < 1 else width - length
                if self.break_long_words:
                    line.append(chunks[-1][:space])
                    chunks[-1] = chunks[-1][space:]
                elif not line:
                    line.append(chunks.pop())
            if line and not line[-1].strip():
                line.pop()
            if line:
                lines.append(indent + ''.join(line))
        return lines
    def fill(self, text):
        return '\\n'.join(self.wrap(text))

def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)

def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)

def shorten(text, width, *, placeholder=' [...]'):
    if len(placeholder.lstrip()) > width:
        raise ValueError('placeholder too large for max width')
    text = ' '.join(text.strip().split())
    if len(text) <= width:
        return text
    out = ''
    for word in text.split(' '):
        longer = out + ' ' + word if out else word
        if len(longer) + len(placeholder) > width:
            break
        out = longer
    return out + placeholder if out else placeholder.lstrip()
`,
};
