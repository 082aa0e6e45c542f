"""Runs threading programs in this interpreter under given schedules.

Reads JSON from the standard input: a list of {source, threads, steps, stuck}. `steps` says which thread
executes which line next; a thread is held by its line events before each of them, so that one thread
runs at a time. `stuck` maps a thread to the line at which it is left for ever. Writes what was left.
"""
import builtins
import json
import sys
import threading

FILE = '<program>'
PATIENCE = 3


class Abandon(BaseException):
    """Ends a thread that is left at a line for ever."""


class Runner:
    def __init__(self, index, function, lines, arrived):
        self.index = index
        self.function = function
        self.lines = lines
        self.position = 0
        self.at = None
        self.over = False
        self.abandoned = False
        self.failure = None
        self.printed = []
        self.go = threading.Semaphore(0)
        self.arrived = arrived

    def trace(self, frame, event, arg):
        if frame.f_code.co_filename != FILE:
            return None
        if event == 'line' and not self.abandoned and self.position < len(self.lines) and frame.f_lineno == self.lines[self.position]:
            self.position += 1
            self.at = frame.f_lineno
            self.arrived.release()
            self.go.acquire()
            self.at = None
            if self.abandoned:
                raise Abandon
        return self.trace

    def run(self):
        sys.settrace(self.trace)
        try:
            self.function()
        except Abandon:
            pass
        except BaseException as e:
            self.failure = type(e).__name__ + (': ' + str(e) if str(e) else '')
        finally:
            sys.settrace(None)
            self.over = True
            self.arrived.release()


def content(scope):
    box = scope['box']
    return {
        'x': repr(scope['x']), 'y': repr(scope['y']), 'items': repr(scope['items']), 'table': repr(scope['table']),
        'members': sorted(repr(v) for v in scope['members']), 'line': repr(list(scope['line'])),
        'jobs': repr(list(scope['jobs'].queue)), 'box': sorted([k, repr(v)] for k, v in vars(box).items()),
        'locks': [scope['lock'].locked(), scope['other'].locked()], 'done': scope['done'].is_set(), 'slots': scope['slots']._value,
    }


def execute(job, code):
    runners = []
    by_thread = {}

    def record(*args):
        by_thread[threading.get_ident()].printed.append(' '.join(map(str, args)))

    scope = {'__name__': 'program', '__builtins__': {**vars(builtins), 'print': record}}
    exec(code, scope)
    arrived = threading.Semaphore(0)
    for index in range(job['threads']):
        lines = [line for thread, line in job['steps'] if thread == index]
        stuck = job['stuck'].get(str(index))
        if stuck is not None:
            lines.append(stuck)
        runner = Runner(index, scope['t%d' % index], lines, arrived)
        runners.append(runner)

        def start(runner=runner):
            by_thread[threading.get_ident()] = runner
            runner.run()

        threading.Thread(target=start, daemon=True).start()
        if not arrived.acquire(timeout=PATIENCE):
            return {'problem': 'thread %d did not come to its first operation' % index}
    for number, (thread, line) in enumerate(job['steps']):
        runner = runners[thread]
        if runner.at != line:
            return {'problem': 'step %d: thread %d is at line %s, not %d' % (number, thread, runner.at, line), 'failure': runner.failure}
        runner.go.release()
        if not arrived.acquire(timeout=PATIENCE):
            return {'problem': 'step %d: thread %d hangs in line %d' % (number, thread, line)}
    result = content(scope)
    result['threads'] = [{'over': r.over, 'failure': r.failure, 'printed': list(r.printed)} for r in runners]
    for runner in runners:
        if not runner.over:
            runner.abandoned = True
            runner.go.release()
            arrived.acquire(timeout=PATIENCE)
    return result


out = []
last = None
for job in json.load(sys.stdin):
    if last is None or last[0] != job['source']:
        last = (job['source'], compile(job['source'], FILE, 'exec'))
    out.append(execute(job, last[1]))
json.dump(out, sys.stdout)
