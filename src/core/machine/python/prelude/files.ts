/** os, os.path, pathlib, open and friends over the virtual file system. */
export const filePreludes: Readonly<Record<string, string>> = {
  'os.path': `
sep = '/'
def _text(p):
    if __rr_is_opaque(p):
        return __rr_fs_text(p)
    return p if isinstance(p, str) else str(p)
def exists(p):
    return __rr_fs_kind(_text(p)) is not None
lexists = exists
def isfile(p):
    return __rr_fs_kind(_text(p)) == 'file'
def isdir(p):
    return __rr_fs_kind(_text(p)) == 'dir'
def islink(p):
    return False
def getsize(p):
    size = __rr_fs_size(_text(p))
    return 4096 if size < 0 else size
def getmtime(p):
    __rr_fs_size(_text(p))
    return __rr_fs_time(_text(p))
def join(a, *rest):
    out = _text(a)
    for p in rest:
        is_name = __rr_is_opaque(p) and out
        p = _text(p)
        if is_name and p.startswith('/'):
            p = p[1:]
        if p.startswith('/'):
            out = p
        elif not out or out.endswith('/'):
            out += p
        else:
            out += '/' + p
    return out
def basename(p):
    return _text(p)[_text(p).rfind('/') + 1:]
def dirname(p):
    head = _text(p)[:_text(p).rfind('/') + 1]
    return head.rstrip('/') if head.strip('/') else head
def split(p):
    return dirname(p), basename(p)
def splitext(p):
    p = _text(p)
    base = basename(p)
    i = base.rfind('.')
    if i <= 0:
        return p, ''
    return p[:len(p) - len(base) + i], base[i:]
def abspath(p):
    return __rr_fs_normal(_text(p))
realpath = abspath
normpath = abspath
def isabs(p):
    return _text(p).startswith('/')
def expanduser(p):
    return _text(p).replace('~', '/work')
def expandvars(p):
    return _text(p)
`,
  os: `
import os.path as path
sep = '/'
linesep = '\\n'
name = 'posix'
class _Environ(dict):
    def get(self, k, default=None):
        if dict.__contains__(self, k):
            return dict.__getitem__(self, k)
        return __rr_setting(k, default)
    def __missing__(self, k):
        return __rr_setting(k, None, True)
environ = _Environ({'HOME': '/work', 'PATH': '/usr/bin', 'USER': 'user'})
O_CREAT = 64
O_EXCL = 128
O_WRONLY = 1
O_RDWR = 2
O_RDONLY = 0
O_TRUNC = 512
O_APPEND = 1024
F_OK = 0
R_OK = 4
W_OK = 2
error = OSError
def fspath(p):
    return path._text(p)
def getenv(k, default=None):
    return environ.get(k, default)
def getcwd():
    return '/work'
def chdir(p):
    __rr_not_simulated('os.chdir')
def getpid():
    return 4242
def cpu_count():
    return 4
def access(p, mode=0):
    return __rr_fs_kind(fspath(p)) is not None
def remove(p):
    __rr_fs_remove(fspath(p))
unlink = remove
def rename(a, b):
    __rr_fs_rename(fspath(a), fspath(b))
replace = rename
def mkdir(p, mode=511):
    __rr_fs_mkdir(fspath(p), False)
def makedirs(p, mode=511, exist_ok=False):
    head, tail = path.split(fspath(p).rstrip('/'))
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
    try:
        mkdir(p)
    except OSError:
        if not exist_ok or not path.isdir(p):
            raise
def rmdir(p):
    __rr_fs_rmdir(fspath(p))
def listdir(p='.'):
    return __rr_fs_list(fspath(p))
class stat_result:
    def __init__(self, size, mode, time=1700000000.0):
        self.st_size = size
        self.st_mode = mode
        self.st_mtime = self.st_atime = self.st_ctime = time
        self.st_mtime_ns = self.st_atime_ns = self.st_ctime_ns = 1700000000000000000
        self.st_uid = self.st_gid = 0
        self.st_nlink = 1
_Stat = stat_result
def stat(p, *, dir_fd=None, follow_symlinks=True):
    if isinstance(p, int):
        return fstat(p)
    size = __rr_fs_size(fspath(p))
    return stat_result(size, 16877 if size == -1 else 33188, __rr_fs_time(fspath(p)))
lstat = stat
def fstat(fd):
    f = _open_files.get(fd)
    if f is None:
        return __rr_ask('os', 'fstat', (fd,), None)
    f.flush()
    return stat(f.name)
def urandom(n):
    return bytes(n)
def fsync(fd):
    pass
_open_files = {}
def open(p, flags, mode=511):
    p = fspath(p)
    if flags & O_CREAT:
        __rr_fs_create(p, 'x' if flags & O_EXCL else 'w' if flags & O_TRUNC else 'a')
    f = _File(p, 'a' if flags & O_APPEND else 'r+' if flags & 3 else 'r', True)
    fd = 3 + len(_open_files)
    _open_files[fd] = f
    return fd
def write(fd, data):
    f = _open_files.get(fd)
    if f is None:
        return len(data)
    f.write(data)
    f.flush()
    return len(data)
def read(fd, n):
    f = _open_files.get(fd)
    if f is None:
        return __rr_ask('os', 'read', (fd, n), None)
    return f.read(n)
def lseek(fd, at, whence):
    f = _open_files.get(fd)
    if f is None:
        return __rr_ask('os', 'lseek', (fd, at, whence), None)
    return f.seek(at, whence)
def ftruncate(fd, size):
    f = _open_files.get(fd)
    if f is None:
        return __rr_ask('os', 'ftruncate', (fd, size), None)
    f.truncate(size)
def removedirs(p):
    rmdir(p)
    head, tail = path.split(fspath(p).rstrip('/'))
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)
def close(fd):
    f = _open_files.get(fd)
    if f is not None:
        f.close()
def fdopen(fd, mode='r', *args, **kwargs):
    f = _open_files.get(fd)
    if f is None:
        return __rr_ask('os', 'fdopen', (fd, mode), None)
    return _File(f.name, 'a' if f.mode == 'a' else 'r+' if f.mode == 'r+' else 'r', 'b' in mode) if 'w' not in mode else _File(f.name, 'w+', 'b' in mode)
def fchmod(fd, mode):
    pass
def chmod(p, mode, *, dir_fd=None, follow_symlinks=True):
    stat(p)
def symlink(target, p, target_is_directory=False, *, dir_fd=None):
    __rr_fs_create(fspath(p), 'x')
def link(source, p, **options):
    stat(source)
    __rr_fs_create(fspath(p), 'x')
def kill(pid, sig):
    pass
def _exit(code):
    raise SystemExit(code)
class DirEntry:
    def __init__(self, base, name):
        self.name = name
        self.path = path.join(base, name)
    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)
    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)
    def is_symlink(self):
        return False
    def stat(self, *, follow_symlinks=True):
        return stat(self.path)
    def __fspath__(self):
        return self.path
class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._entries)
    def close(self): pass
    def __enter__(self):
        return self
    def __exit__(self, *args): pass
def scandir(p='.'):
    return _Scan([DirEntry(p, n) for n in listdir(p)])
def walk(top, topdown=True, onerror=None, followlinks=False):
    try:
        names = listdir(top)
    except OSError as e:
        if onerror is not None:
            onerror(e)
        return
    top = fspath(top)
    dirs = [n for n in names if path.isdir(path.join(top, n))]
    files = [n for n in names if n not in dirs]
    if topdown:
        yield top, dirs, files
    for d in dirs:
        yield from walk(path.join(top, d), topdown, onerror)
    if not topdown:
        yield top, dirs, files

class _File:
    def __init__(self, p, mode, binary, is_temporary=False):
        self.name = p
        self.mode = mode
        self.closed = False
        self._binary = binary
        # Nobody else will have it: what is written takes effect at once.
        self._is_temporary = is_temporary
        self._empty = b'' if binary else ''
        self._newline = b'\\n' if binary else '\\n'
        self._m_buffer = self._empty
        self._m_text = None
        self._m_at = 0
        self._m_written = self._empty
    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
    # Of a text with unknown parts there are no bytes.
    def _raw(self, text):
        if __rr_unknown_text(text) is not None:
            return text
        return __rr_file_bytes(text) if self._binary else __rr_file_decoded(text)
    def _store(self, data, mode):
        __rr_fs_write(self.name, __rr_file_text(data) if self._binary else data, mode)
    def _load(self):
        self._check()
        if 'r' not in self.mode and '+' not in self.mode:
            import io
            raise io.UnsupportedOperation('not readable')
        if self._m_text is None:
            self.flush()
            self._m_text = self._raw(__rr_fs_read(self.name))
        return self._m_text
    def read(self, n=-1):
        text = self._load()
        if __rr_unknown_text(text) is not None:
            return text
        end = len(text) if n is None or n < 0 else self._m_at + n
        part = text[self._m_at:end]
        self._m_at = min(len(text), end)
        return part
    def readinto(self, b):
        part = self.read(len(b))
        b[:len(part)] = part
        return len(part)
    def readline(self, size=-1):
        text = self._load()
        if __rr_unknown_text(text) is not None:
            return text.readline()
        if self._m_at >= len(text):
            return self._empty
        i = text.find(self._newline, self._m_at)
        end = len(text) if i < 0 else i + 1
        if size >= 0:
            end = min(end, self._m_at + size)
        part = text[self._m_at:end]
        self._m_at = end
        return part
    def readlines(self, hint=-1):
        return list(self)
    def __iter__(self):
        if self.mode[0] == 'r':
            text = self._load()
            if __rr_unknown_text(text) is not None:
                return iter(text)
        return self
    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line
    def write(self, s):
        self._check()
        if self.mode[0] == 'r' and '+' not in self.mode:
            import io
            raise io.UnsupportedOperation('not writable' if not self._binary else 'write')
        unknown = __rr_unknown_text(s)
        if unknown is not None:
            self._m_buffer += unknown.encode() if self._binary else unknown
        elif self._binary:
            if isinstance(s, str):
                raise TypeError("a bytes-like object is required, not 'str'")
            self._m_buffer += bytes(s)
        else:
            if not isinstance(s, str):
                raise TypeError('write() argument must be str, not ' + type(s).__name__)
            self._m_buffer += s
        if self._is_temporary:
            self.flush()
        return len(s)
    def writelines(self, lines):
        for l in lines:
            self.write(l)
    def flush(self):
        if self._m_buffer:
            data = self._m_buffer
            self._m_buffer = self._empty
            if self.mode[0] == 'a':
                self._store(data, 'a')
            elif self._m_text is not None:
                self._m_text = self._m_text[:self._m_at] + data + self._m_text[self._m_at + len(data):]
                self._m_at += len(data)
                self._store(self._m_text, 'w')
            elif self.mode[0] == 'r':
                self._m_text = self._raw(__rr_fs_read(self.name))
                self._m_text = self._m_text[:self._m_at] + data + self._m_text[self._m_at + len(data):]
                self._m_at += len(data)
                self._store(self._m_text, 'w')
            else:
                self._m_written += data
                self._m_at += len(data)
                self._store(self._m_written, 'w')
    def seek(self, at, whence=0):
        self.flush()
        if whence == 1:
            at += self._m_at
        elif whence == 2:
            at += len(self._m_written if self.mode[0] != 'r' and self._m_text is None and '+' not in self.mode else self._load())
        self._m_at = at
        if self.mode[0] != 'r' and '+' not in self.mode:
            self._m_written = self._m_written[:at]
        return at
    def tell(self):
        self.flush()
        return self._m_at
    def truncate(self, size=None):
        self.flush()
        size = self._m_at if size is None else size
        text = __rr_fs_read(self.name)
        unknown = __rr_unknown_text(text)
        text = (self._raw(text) if unknown is None else unknown.encode() if self._binary else unknown)[:size]
        self._m_text = text if self._m_text is not None else None
        self._m_written = text
        self._store(text, 'w')
        return size
    def fileno(self):
        return 3
    def isatty(self):
        return False
    def readable(self):
        return 'r' in self.mode or '+' in self.mode
    def writable(self):
        return self.mode[0] != 'r' or '+' in self.mode
    def seekable(self):
        return True
    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True
    def __enter__(self):
        self._check()
        return self
    def __exit__(self, *args):
        self.close()

def open_file(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None, __rr_temporary=False):
    if isinstance(file, int):
        return fdopen(file, mode)
    p = fspath(file)
    kind = mode.replace('b', '').replace('t', '')
    if not kind or kind[0] not in 'rwax':
        raise ValueError("invalid mode: '" + mode + "'")
    if kind[0] == 'r':
        k = __rr_fs_kind(p)
        if k is None:
            __rr_fs_read(p)
        if k == 'dir':
            __rr_fs_read(p)
    else:
        __rr_fs_create(p, kind[0])
    return _File(p, kind, 'b' in mode, __rr_temporary)
`,
  pathlib: `
import os
class PurePath:
    def __init__(self, *parts):
        s = os.path.join(*parts) if parts else '.'
        while len(s) > 1 and s.endswith('/'):
            s = s[:-1]
        self._s = s if s else '.'
    def __str__(self): return self._s
    def __repr__(self): return 'PosixPath(' + repr(self._s) + ')'
    def __fspath__(self): return self._s
    def __truediv__(self, other): return type(self)(self._s, other) if self._s != '.' else type(self)(other)
    def __rtruediv__(self, other): return type(self)(other, self._s)
    def __eq__(self, other): return isinstance(other, PurePath) and self._s == other._s
    def __lt__(self, other): return self._s < other._s
    def __hash__(self): return hash(self._s)
    def joinpath(self, *parts): return type(self)(self._s, *parts)
    @property
    def name(self): return os.path.basename(self._s)
    @property
    def stem(self): return os.path.splitext(self.name)[0]
    @property
    def suffix(self): return os.path.splitext(self.name)[1]
    @property
    def parent(self):
        d = os.path.dirname(self._s)
        return type(self)(d if d else '.')
    @property
    def parts(self):
        p = tuple([x for x in self._s.split('/') if x])
        return ('/',) + p if self._s.startswith('/') else p
    def with_suffix(self, suffix): return type(self)(os.path.splitext(self._s)[0] + suffix)
    def with_name(self, name): return self.parent / name
    def with_stem(self, stem): return self.with_name(stem + self.suffix)
    @property
    def suffixes(self): return ['.' + part for part in self.name.lstrip('.').split('.')[1:]]
    @property
    def parents(self):
        found = []
        here = self
        while here.parent._s != here._s:
            here = here.parent
            found.append(here)
        return tuple(found)
    def as_posix(self): return self._s
    def is_absolute(self): return self._s.startswith('/')
    def is_relative_to(self, other):
        other = os.fspath(other)
        return other == '.' or self._s == other or self._s.startswith(other if other.endswith('/') else other + '/')
    def relative_to(self, other):
        other = os.fspath(other)
        if not self.is_relative_to(other):
            raise ValueError(repr(self._s) + ' is not in the subpath of ' + repr(other))
        return self if other == '.' else type(self)(self._s[len(other):].lstrip('/') or '.')
class Path(PurePath):
    def exists(self): return os.path.exists(self._s)
    def is_file(self): return os.path.isfile(self._s)
    def is_dir(self): return os.path.isdir(self._s)
    def is_symlink(self): return os.path.islink(self._s)
    def stat(self, *, follow_symlinks=True): return os.stat(self._s)
    def lstat(self): return os.lstat(self._s)
    def chmod(self, mode, *, follow_symlinks=True): os.chmod(self._s, mode)
    def symlink_to(self, target, target_is_directory=False): os.symlink(target, self._s)
    def hardlink_to(self, target): os.link(target, self._s)
    def samefile(self, other): return os.path.abspath(self._s) == os.path.abspath(os.fspath(other))
    def expanduser(self): return type(self)(os.path.expanduser(self._s))
    def open(self, mode='r', *args, **kwargs): return os.open_file(self._s, mode)
    def read_text(self, encoding=None, errors=None, newline=None):
        with os.open_file(self._s) as f:
            return f.read()
    def write_text(self, data, encoding=None, errors=None, newline=None):
        with os.open_file(self._s, 'w') as f:
            return f.write(data)
    def read_bytes(self):
        with os.open_file(self._s, 'rb') as f:
            return f.read()
    def write_bytes(self, data):
        with os.open_file(self._s, 'wb') as f:
            return f.write(data)
    def mkdir(self, mode=511, parents=False, exist_ok=False):
        if parents:
            os.makedirs(self._s, exist_ok=exist_ok)
            return
        try:
            os.mkdir(self._s)
        except FileExistsError:
            if not exist_ok or not self.is_dir():
                raise
    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._s)
        except FileNotFoundError:
            if not missing_ok:
                raise
    def rmdir(self): os.rmdir(self._s)
    def touch(self, mode=438, exist_ok=True):
        __rr_fs_create(self._s, 'a' if exist_ok else 'x')
    def rename(self, target):
        os.rename(self._s, str(target))
        return type(self)(str(target))
    def replace(self, target):
        os.replace(self._s, str(target))
        return type(self)(str(target))
    def iterdir(self):
        for n in os.listdir(self._s):
            yield self / n
    def glob(self, pattern):
        import glob
        for p in glob.iglob(os.path.join(self._s, pattern), recursive=True):
            yield type(self)(p[:-1] if p.endswith('/') and len(p) > 1 else p)
    def rglob(self, pattern):
        return self.glob('**/' + pattern)
    def resolve(self, strict=False): return type(self)(os.path.abspath(self._s))
    absolute = resolve
    @classmethod
    def cwd(cls): return cls('/work')
    @classmethod
    def home(cls): return cls('/work')
PosixPath = Path
PurePosixPath = PurePath
`,
  io: `
class UnsupportedOperation(OSError, ValueError):
    pass
class StringIO:
    def __init__(self, text='', newline=None):
        self._m_text = text
        self._m_at = 0
        self.closed = False
    def write(self, s):
        self._m_text = self._m_text[:self._m_at] + s + self._m_text[self._m_at + len(s):]
        self._m_at += len(s)
        return len(s)
    def getvalue(self): return self._m_text
    def read(self, n=-1):
        end = len(self._m_text) if n is None or n < 0 else self._m_at + n
        part = self._m_text[self._m_at:end]
        self._m_at += len(part)
        return part
    def readline(self):
        i = self._m_text.find('\\n', self._m_at)
        return self.read(len(self._m_text) - self._m_at if i < 0 else i + 1 - self._m_at)
    def readlines(self, hint=-1):
        return list(self)
    def writelines(self, lines):
        for line in lines:
            self.write(line)
    def tell(self): return self._m_at
    def truncate(self, size=None):
        size = self._m_at if size is None else size
        self._m_text = self._m_text[:size]
        return size
    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line
    def seek(self, at, whence=0):
        self._m_at = at if whence == 0 else len(self._m_text)
        return self._m_at
    def flush(self): pass
    def close(self): self.closed = True
    def __enter__(self): return self
    def __exit__(self, *args): self.close()
`,
  tempfile: `
import os
def gettempdir():
    return '/tmp'
tempdir = None
def mkdtemp(suffix=None, prefix=None, dir=None):
    p = os.path.join(str(dir) if dir is not None else '/tmp', (prefix or 'tmp') + format(__rr_unique(), 'x') + (suffix or ''))
    os.mkdir(p)
    return p
def mkstemp(suffix='', prefix='tmp', dir=None, text=False):
    p = os.path.join(str(dir) if dir is not None else '/tmp', (prefix or 'tmp') + format(__rr_unique(), 'x') + (suffix or ''))
    return os.open(p, os.O_RDWR | os.O_CREAT | os.O_EXCL), p
def mktemp(suffix='', prefix='tmp', dir=None):
    return os.path.join('/tmp' if dir is None else dir, prefix + format(__rr_unique(), 'x') + suffix)
class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
    def __enter__(self): return self.name
    def __exit__(self, *args): self.cleanup()
    def cleanup(self):
        import shutil
        shutil.rmtree(self.name)
class _Deleted(os._File):
    def close(self):
        if not self.closed:
            os._File.close(self)
            try:
                os.unlink(self.name)
            except FileNotFoundError:
                pass
def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None, delete_on_close=True):
    p = os.path.join(str(dir) if dir is not None else '/tmp', (prefix or 'tmp') + format(__rr_unique(), 'x') + (suffix or ''))
    __rr_fs_create(p, 'x')
    return (_Deleted if delete else os._File)(p, mode.replace('b', '').replace('t', ''), 'b' in mode)
def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    return NamedTemporaryFile(mode, buffering, encoding, newline, suffix, prefix, dir)
def SpooledTemporaryFile(max_size=0, mode='w+b', *args, **kwargs):
    return TemporaryFile(mode)
`,
  // Each operation is handed to a thread: it takes effect some time after the call.
  aiofiles: `
import os
import asyncio
class _AsyncFile:
    def __init__(self, f):
        self._f = f
    async def read(self, n=-1):
        await asyncio.sleep(0.001)
        return self._f.read(n) if n is not None and n >= 0 else self._f.read()
    async def readline(self):
        await asyncio.sleep(0.001)
        return self._f.readline()
    async def readlines(self):
        await asyncio.sleep(0.001)
        return self._f.readlines()
    async def write(self, s):
        await asyncio.sleep(0.001)
        return self._f.write(s)
    async def writelines(self, lines):
        await asyncio.sleep(0.001)
        for s in lines:
            self._f.write(s)
    async def seek(self, at, whence=0):
        return self._f.seek(at, whence)
    async def tell(self):
        return self._f.tell()
    async def flush(self):
        await asyncio.sleep(0.001)
        self._f.flush()
    async def truncate(self, size=None):
        await asyncio.sleep(0.001)
        return self._f.truncate(size) if size is not None else self._f.truncate()
    async def close(self):
        await asyncio.sleep(0.001)
        self._f.close()
    def __aiter__(self):
        return self
    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line
class _Opening:
    def __init__(self, file, mode='r', *args, **kwargs):
        self._file = file
        self._mode = mode
        self._opened = None
    async def _open(self):
        await asyncio.sleep(0.001)
        self._opened = _AsyncFile(os.open_file(self._file, self._mode))
        return self._opened
    def __await__(self):
        return self._open().__await__()
    async def __aenter__(self):
        return await self._open()
    async def __aexit__(self, *args):
        await self._opened.close()
def open(file, mode='r', *args, **kwargs):
    return _Opening(file, mode)
`,
  'aiofiles.ospath': `
import os
import asyncio
async def exists(p):
    await asyncio.sleep(0.001)
    return os.path.exists(p)
async def isfile(p):
    await asyncio.sleep(0.001)
    return os.path.isfile(p)
async def isdir(p):
    await asyncio.sleep(0.001)
    return os.path.isdir(p)
async def getsize(p):
    await asyncio.sleep(0.001)
    return os.path.getsize(p)
`,
  'aiofiles.os': `
import os
import asyncio
import aiofiles.ospath as path
async def remove(p):
    await asyncio.sleep(0.001)
    os.remove(p)
unlink = remove
async def rename(a, b):
    await asyncio.sleep(0.001)
    os.rename(a, b)
async def replace(a, b):
    await asyncio.sleep(0.001)
    os.replace(a, b)
async def mkdir(p, *args, **kwargs):
    await asyncio.sleep(0.001)
    os.mkdir(p)
async def makedirs(p, mode=511, exist_ok=False):
    await asyncio.sleep(0.001)
    os.makedirs(p, mode, exist_ok)
async def rmdir(p):
    await asyncio.sleep(0.001)
    os.rmdir(p)
async def listdir(p='.'):
    await asyncio.sleep(0.001)
    return os.listdir(p)
async def stat(p):
    await asyncio.sleep(0.001)
    return os.stat(p)
`,
  shutil: `
import os
class Error(OSError):
    pass
class SameFileError(Error):
    pass
def rmtree(p, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    p = os.fspath(p)
    try:
        for n in os.listdir(p):
            q = os.path.join(p, n)
            if os.path.isdir(q):
                rmtree(q, ignore_errors)
            else:
                os.unlink(q)
        os.rmdir(p)
    except OSError:
        if not ignore_errors:
            raise
def copyfileobj(a, b, length=0):
    b.write(a.read())
def copyfile(a, b, *, follow_symlinks=True):
    if os.path.abspath(a) == os.path.abspath(b):
        raise SameFileError(repr(a) + ' and ' + repr(b) + ' are the same file')
    with os.open_file(a, 'rb') as f:
        data = f.read()
    with os.open_file(b, 'wb') as f:
        f.write(data)
    return b
def _inside(a, b):
    return os.path.join(b, os.path.basename(os.fspath(a).rstrip('/'))) if os.path.isdir(b) else b
def copy(a, b, *, follow_symlinks=True):
    return copyfile(a, _inside(a, b))
copy2 = copy
def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    ignored = ignore(os.fspath(src), names) if ignore is not None else set()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for n in names:
        if n in ignored:
            continue
        a = os.path.join(src, n)
        b = os.path.join(dst, n)
        if os.path.isdir(a):
            copytree(a, b, ignore=ignore, dirs_exist_ok=dirs_exist_ok)
        else:
            copy_function(a, b)
    return dst
def ignore_patterns(*patterns):
    import fnmatch
    def ignored(path, names):
        out = set()
        for p in patterns:
            out.update(fnmatch.filter(names, p))
        return out
    return ignored
def move(a, b, copy_function=copy2):
    b = _inside(a, b)
    __rr_fs_move(os.fspath(a), os.fspath(b))
    return b
`,
  stat: `
S_IFDIR, S_IFREG, S_IFLNK, S_IFCHR, S_IFBLK, S_IFIFO, S_IFSOCK = 16384, 32768, 40960, 8192, 24576, 4096, 49152
S_IRUSR, S_IWUSR, S_IXUSR, S_IRWXU = 256, 128, 64, 448
S_IRGRP, S_IWGRP, S_IXGRP, S_IRWXG = 32, 16, 8, 56
S_IROTH, S_IWOTH, S_IXOTH, S_IRWXO = 4, 2, 1, 7
ST_MODE, ST_SIZE, ST_MTIME = 0, 6, 8
def S_IFMT(mode): return mode & 61440
def S_IMODE(mode): return mode & 4095
def S_ISDIR(mode): return S_IFMT(mode) == S_IFDIR
def S_ISREG(mode): return S_IFMT(mode) == S_IFREG
def S_ISLNK(mode): return S_IFMT(mode) == S_IFLNK
def S_ISCHR(mode): return S_IFMT(mode) == S_IFCHR
def S_ISBLK(mode): return S_IFMT(mode) == S_IFBLK
def S_ISFIFO(mode): return S_IFMT(mode) == S_IFIFO
def S_ISSOCK(mode): return S_IFMT(mode) == S_IFSOCK
`,
  fnmatch: `
def _class(pattern, at):
    # The end of a class of characters that begins at at, or -1.
    end = at + 1
    if pattern[end:end + 1] == '!':
        end += 1
    if pattern[end:end + 1] == ']':
        end += 1
    return pattern.find(']', end)
def _has(chars, c):
    i = 0
    while i < len(chars):
        if i + 2 < len(chars) and chars[i + 1] == '-':
            if chars[i] <= c <= chars[i + 2]:
                return True
            i += 3
        else:
            if chars[i] == c:
                return True
            i += 1
    return False
def _matches(text, pattern):
    if not pattern:
        return not text
    if pattern[0] == '*':
        for i in range(len(text) + 1):
            if _matches(text[i:], pattern[1:]):
                return True
        return False
    if not text:
        return False
    if pattern[0] == '[':
        end = _class(pattern, 0)
        if end > 0:
            negated = pattern[1] == '!'
            if _has(pattern[2 if negated else 1:end], text[0]) == negated:
                return False
            return _matches(text[1:], pattern[end + 1:])
    return (pattern[0] == '?' or pattern[0] == text[0]) and _matches(text[1:], pattern[1:])
def fnmatchcase(name, pat):
    if __rr_unknown(name) or __rr_unknown(pat):
        return __rr_ask('fnmatch', 'fnmatch', (name, pat), None)
    return _matches(name, pat)
fnmatch = fnmatchcase
def filter(names, pat):
    return [n for n in names if fnmatchcase(n, pat)]
`,
  glob: `
import os
import fnmatch
def has_magic(s):
    return '*' in s or '?' in s or '[' in s
def escape(pathname):
    return ''.join(['[' + c + ']' if c in '*?[' else c for c in pathname])
def _names(base):
    try:
        return os.listdir(base or '.')
    except OSError:
        return []
def _join(base, name):
    return os.path.join(base, name) if base else name
def _below(base):
    yield base
    for n in _names(base):
        p = _join(base, n)
        if not n.startswith('.') and os.path.isdir(p):
            yield from _below(p)
def _found(base, parts, recursive):
    if not parts:
        yield base
        return
    part, *rest = parts
    if part == '**' and recursive:
        if not rest:
            for d in _below(base):
                yield d + '/' if d == base and d and not d.endswith('/') else d
                for n in _names(d):
                    if not n.startswith('.') and not os.path.isdir(_join(d, n)):
                        yield _join(d, n)
            return
        for d in _below(base):
            yield from _found(d, rest, recursive)
    elif has_magic(part):
        for n in _names(base):
            if fnmatch.fnmatch(n, part) and (part[0] == '.' or not n.startswith('.')):
                p = _join(base, n)
                if not rest or os.path.isdir(p):
                    yield from _found(p, rest, recursive)
    else:
        p = _join(base, part)
        if os.path.exists(p) and (not rest or os.path.isdir(p)):
            yield from _found(p, rest, recursive)
def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    if root_dir is not None or include_hidden:
        __rr_not_simulated('glob with such options')
    if __rr_unknown(pathname):
        return iter(__rr_ask('glob', 'glob', (pathname,), None))
    base = '/' if pathname.startswith('/') else ''
    return _found(base, [p for p in pathname.split('/') if p], recursive)
def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))
`,
};
