import contextlib, io, re, random, datetime, string, textwrap, statistics, fractions, decimal, uuid, time, os, sys, tempfile, pathlib, shutil
buf = io.StringIO(); buf.write('line1\nline2\n'); print('x', file=buf); print(buf.readlines(), buf.getvalue().count('\n'))
print(textwrap.dedent('  a\n    b\n'), statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]))

with tempfile.TemporaryDirectory() as td:
    p = pathlib.Path(td) / 'sub' / 'f.txt'; p.parent.mkdir(parents=True, exist_ok=True); p.write_text('hello\nworld'); print(p.read_text().splitlines(), p.name, p.suffix, p.stem, p.exists(), p.parent.name, [x.name for x in p.parent.iterdir()])
    with open(p, 'a') as f: f.write('!')
    with open(p) as f: print([l.strip() for l in f])
    os.rename(p, p.with_suffix('.md')); print(os.path.exists(p), os.path.basename(str(p.with_suffix('.md'))), os.path.splitext('a.b.c'), os.path.join('a', 'b'), sorted(os.listdir(p.parent)))
    try: open(os.path.join(td, 'nope'))
    except FileNotFoundError as e: print(e.errno, type(e).__name__)
print(sys.version_info >= (3, 8), sys.maxsize > 0, isinstance(time.time(), float), isinstance(uuid.uuid4().hex, str), len(str(uuid.uuid4())))
