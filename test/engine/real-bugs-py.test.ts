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

describe('what says that contexts overlap', () => {
  const trick = (stop: string): string => `from processes import ProcessWatcher

class Trick:
    def __init__(self, command):
        self.command = command
        self.watcher = None

    def start(self):
        self.watcher = ProcessWatcher(self.command, self._restart)
        self.watcher.start()

    def stop(self):
${stop}

    def on_event(self, event):
        self._restart()

    def _restart(self):
        self.stop()
        self.start()
`;
  it('is a method that is handed to a watcher, which is started', () => {
    const stop = '        if self.watcher is not None:\n            self.watcher.stop()\n            self.watcher = None';
    expect(found(trick(stop))).toEqual(['check-then-act 13→15']);
  });
  it('is no reason to warn of what is done with a copy', () => {
    const stop = '        watcher, self.watcher = self.watcher, None\n        if watcher is not None:\n            watcher.stop()';
    expect(found(trick(stop)).filter((f) => f.startsWith('check-then-act'))).toEqual([]);
  });

  const storage = (expire: string): string => `import threading

class Storage:
    def __init__(self):
        self.events = {}
        self.lock = threading.Lock()
        self.timer = threading.Timer(0.01, self.__expire)
        self.timer.start()

    def __expire(self):
        for key in list(self.events):
${expire}

    def forget(self, key):
        with self.lock:
            self.events.pop(key, None)
`;
  it('is a hidden method that a timer calls', () => {
    expect(found(storage('            if self.events[key] < 3:\n                del self.events[key]'))).toContain('check-then-act 12→13');
    expect(found(storage('            self.events.pop(key, None)'))).toEqual([]);
  });

  const client = (close: string): string => `class Client:
    def __init__(self, jobs):
        self.task = None
        self.jobs = jobs

    def in_background(self, target):
        from threading import Thread
        thread = Thread(target=target, daemon=True)
        thread.start()
        return thread

    def connect(self):
        self.task = self.in_background(self._loop)

    def _loop(self):
        self.jobs.work()
        self.task = None

    def close(self):
${close}
`;
  it('is a method of the file that starts a thread for what it is given', () => {
    expect(found(client('        if self.task is not None:\n            self.task.join()'))).toEqual(['check-then-act 20→21']);
    expect(found(client('        task = self.task\n        if task is not None:\n            task.join()'))).toEqual([]);
  });

  const addresses = (sync: string): string => `from django.http import HttpResponse
from .models import Address

def confirm(request, key):
    sync(request.user)
    return HttpResponse(key)

def sync(user):
${sync}
`;
  it('is a file that answers requests, where rows are concerned', () => {
    const sync = '    if not Address.objects.filter(user=user).exists():\n        Address.objects.create(user=user, email=user.email)';
    expect(found(addresses(sync))).toEqual(['db-check-then-act 9→10']);
    expect(found(addresses('    Address.objects.get_or_create(user=user, email=user.email)'))).toEqual([]);
  });
});

describe('a lock of another file that does not say so', () => {
  const counter = (guard: string): string => `import threading
from . import state

_lock = threading.Lock()
_count = 0

def used():
    global _count
    with ${guard}:
        _count += 1
`;
  it('lets one in at a time', () => {
    expect(found(counter('state.mini_gil'))).toEqual([]);
    expect(found(counter("state.timed('used')"))).toEqual(['lost-update 10→10']);
  });
  it('is one and the same, whoever comes to it first', () => {
    const text = `import threading
from .util import state_lock

class Event:
    """Listeners are called by several threads."""
    def __init__(self, listener):
        self._mutex = None
        self._done = False
        self._listener = listener

    def _get_mutex(self):
        with state_lock:
            if self._mutex is not None:
                return self._mutex
            self._mutex = threading.Lock()
            return self._mutex

    def _once(self):
        with self._get_mutex():
            if not self._done:
                try:
                    self._listener()
                finally:
                    self._done = True

    def once(self):
        if not self._done:
            self._once()
`;
    expect(found(text)).toEqual([]);
    expect(found(text.replace('with state_lock', 'if self._listener'))).toContain('double-init 13→15');
  });
});
