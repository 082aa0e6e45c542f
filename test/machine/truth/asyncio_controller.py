"""Runs asyncio programs in this interpreter under given schedules.

Reads JSON from the standard input: a list of {source, schedule}. In a schedule -1 is a batch of the
event loop (one call of _run_once) and another number opens a gate between two batches: the task that
waits there goes on at once. Writes the lines that each program logged.
"""
import asyncio
import json
import os
import sys


class Stuck(BaseException):
    """Nothing can ever happen again."""

    def __init__(self, job, why='stuck'):
        job.log(why)
        # What is cancelled on the way out is no part of the execution.
        job.over = True


class GatedLoop(asyncio.SelectorEventLoop):
    job = None

    def _run_once(self):
        job = self.job
        while job.position < len(job.schedule) and job.schedule[job.position] >= 0:
            gate = job.schedule[job.position]
            job.position += 1
            job.open(self, gate)
        if job.position < len(job.schedule):
            job.position += 1
            if not self._ready:
                raise Stuck(job, 'nothing is ready')
        elif not self._ready:
            raise Stuck(job)
        super()._run_once()


class Policy(asyncio.DefaultEventLoopPolicy):
    job = None

    def new_event_loop(self):
        loop = GatedLoop()
        loop.job = self.job
        loop.set_exception_handler(lambda loop, context: None)
        return loop


class Job:
    def __init__(self, schedule):
        self.schedule = schedule
        self.position = 0
        self.lines = []
        self.gates = []
        self.over = False

    def log(self, *words):
        if not self.over:
            self.lines.append(' '.join(map(str, words)))

    async def gate(self, v):
        n = len(self.gates)
        self.log('gate', n)
        future = asyncio.get_running_loop().create_future()
        self.gates.append(future)
        await future
        self.log('open', n)
        return v

    async def refuse(self, v):
        await self.gate(v)
        raise ValueError(f'refused {v}')

    def open(self, loop, n):
        if n >= len(self.gates) or self.gates[n].done():
            raise Stuck(self, 'gate %d is not waiting' % n)
        before = len(loop._ready)
        self.gates[n].set_result(None)
        # Its waiter was the last of the batch before: it runs ahead of what that batch scheduled.
        if len(loop._ready) == before + 1:
            loop._ready.pop()._run()


def run(code, schedule):
    job = Job(schedule)
    Policy.job = job
    scope = {'__name__': '__main__', 'log': job.log, 'gate': job.gate, 'refuse': job.refuse}
    try:
        exec(code, scope)
    except Stuck:
        pass
    except BaseException as e:
        job.log('uncaught %s%s' % (type(e).__name__, ': %s' % e if str(e) else ''))
    # What is left behind must not speak any more.
    job.over = True
    return job.lines


sys.unraisablehook = lambda unraisable: None
asyncio.set_event_loop_policy(Policy())
out = []
last = None
for job in json.load(sys.stdin):
    if last is None or last[0] != job['source']:
        last = (job['source'], compile(job['source'], '<program>', 'exec'))
    out.append(run(last[1], job['schedule']))
sys.stdout.write(json.dumps(out))
sys.stdout.flush()
# Without the finalizers of what was left behind.
os._exit(0)
