/** Patterns of races found in Python libraries, and the same programs as their authors mended them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

describe('one instance that a constructor keeps on its class', () => {
  const monitor = (init: string): string => `import threading

class Monitor:
    class _Shared:
        def __init__(self):
            self.observers = []

    instance = None
    _lock = threading.Lock()

    def __init__(self):
${init}

    def __getattr__(self, name):
        return getattr(self.instance, name)
`;
  it('is made twice', () => {
    expect(found(monitor('        if not Monitor.instance:\n            Monitor.instance = Monitor._Shared()'))).toEqual([
      'double-init 12→13',
    ]);
  });
  it('is made under a lock', () => {
    const locked =
      '        with Monitor._lock:\n            if not Monitor.instance:\n                Monitor.instance = Monitor._Shared()';
    expect(found(monitor(locked))).toEqual([]);
  });
  it('may be made twice by a library when one is as good as another', () => {
    expect(
      found(
        monitor("        if not Monitor.instance:\n            Monitor.instance = re.compile('a')").replace('import', 'import re\nimport'),
      ),
    ).toEqual([]);
  });
});

describe('what a listing gave', () => {
  const cleaning = (body: string): string => `"""Old spool files are removed by several processes."""
import os, glob, tempfile
from pathlib import Path

${body}
`;
  it.each([
    ['listdir', 'def clean(folder):\n    for name in os.listdir(folder):\n        os.remove(os.path.join(folder, name))', '6→7'],
    [
      'scandir',
      'def clean(folder):\n    with os.scandir(folder) as found:\n        for entry in found:\n            os.unlink(entry.path)',
      '6→8',
    ],
    ['iterdir', 'def clean(folder):\n    for path in Path(folder).iterdir():\n        path.unlink()', '6→7'],
    ['glob', "def clean(folder):\n    for path in sorted(glob.glob(os.path.join(folder, '*.log'))):\n        os.remove(path)", '6→7'],
    [
      'its age',
      'def clean(folder, limit):\n    for name in os.listdir(folder):\n        path = os.path.join(folder, name)\n        if os.path.getmtime(path) < limit:\n            os.remove(path)',
      '8→9',
    ],
  ])('is gone when it is used: %s', (_name, body, lines) => {
    expect(found(cleaning(body))).toContain(`file-toctou ${lines}`);
  });
  it.each([
    [
      'an error that is expected',
      'def clean(folder):\n    for name in os.listdir(folder):\n        try:\n            os.remove(os.path.join(folder, name))\n        except FileNotFoundError:\n            pass',
    ],
    ['missing_ok', 'def clean(folder):\n    for path in Path(folder).iterdir():\n        path.unlink(missing_ok=True)'],
    [
      'a folder of its own',
      'def work():\n    folder = tempfile.mkdtemp()\n    for name in os.listdir(folder):\n        os.remove(os.path.join(folder, name))',
    ],
    ['only reads', 'def sizes(folder):\n    return [open(os.path.join(folder, name)).read() for name in os.listdir(folder)]'],
  ])('is used safely: %s', (_name, body) => {
    expect(found(cleaning(body))).toEqual([]);
  });
});

describe('what is not there any more', () => {
  it('is asked about and removed by somebody who does not mind', () => {
    const text = `"""Removed by several processes."""
import os

def clear(path):
    if os.path.exists(path):
        try:
            os.remove(path)
        except FileNotFoundError:
            pass
`;
    expect(found(text)).toEqual([]);
    expect(found(text.replace('FileNotFoundError', 'PermissionError'))).toEqual(['file-toctou 5→7']);
  });
});

describe('a name of a library that is set for a while', () => {
  const swapped = (guard: string): string => `import os
import threading

_swap = threading.Lock()

def expand(settings, text):
    ${guard}:
        before = os.environ
        os.environ = settings
        try:
            return os.path.expandvars(text)
        finally:
            os.environ = before
`;
  it('is put back to what another had put there', () => {
    expect(found(swapped('if text'))).toEqual(['lost-update 8→13']);
  });
  it('is put back under a lock', () => {
    expect(found(swapped('with _swap'))).toEqual([]);
  });
  it('may be set by somebody who puts nothing back', () => {
    expect(found('import sys, threading\n_lock = threading.Lock()\n\ndef quiet(stream):\n    sys.stderr = stream\n')).toEqual([]);
  });
});
