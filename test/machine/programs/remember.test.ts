/**
 * A system that remembers steps is the system it was made of: it has the same executions, and each
 * of them, made again step by step on a fresh machine, gives the same events and the same end.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exploreDpor } from '../../../src/core/explore/dpor.ts';
import { remembering } from '../../../src/core/machine/remember.ts';
import type { MachineEvent, MachineSystem } from '../../../src/core/machine/system.ts';
import { threadingProgram } from './generate.ts';
import { outcome, systemOf } from './systems.ts';

const numRuns = Number(process.env['RACE_REPLAY_RUNS'] ?? 60);
const folder = new URL('./classics/', import.meta.url);

/** Everything an event says, by names that two machines share. */
function text(event: MachineEvent): string {
  const accesses = event.accesses.map((a) => `${a.kind} ${a.object.id}.${String(a.key)} ${a.needs} ${a.held} ${a.changed} ${a.lane}`);
  return `${event.process}/${event.alternative} lane ${event.lane} [${accesses.join()}] +${event.spawned.join()} -${event.joined.join()}`;
}

function explore(system: MachineSystem, most: number, visit: () => void): [executions: number, redundant: number] {
  const search = exploreDpor(
    system,
    () => {
      visit();
      return 'continue';
    },
    { executions: most, stepsPerExecution: 400 },
  );
  search.run();
  search.abandon();
  const { executions, redundant } = search.result();
  return [executions, redundant];
}

/** Explores both ways and compares; how many steps were known. */
function compare(source: string, most = 400): number {
  const inner = systemOf(source, 3);
  const system = remembering(inner);
  const fresh = systemOf(source, 3);
  const remembered = explore(system, most, () => {
    system.settle();
    fresh.reset();
    for (const event of system.path) {
      expect(fresh.isEnabled(event.process)).toBe(true);
      expect(text(event)).toBe(text(fresh.step(event.process, event.alternative)));
    }
    expect(system.enabled()).toEqual(fresh.enabled());
    expect(system.blocked().map((b) => b.process)).toEqual(fresh.blocked().map((b) => b.process));
    expect(outcome(inner)).toBe(outcome(fresh));
  });
  expect(inner.depth()).toBe(0);
  expect(explore(systemOf(source, 3), most, () => undefined)).toEqual(remembered);
  // And with nobody looking on the way, when the machine is hardly ever brought up to date.
  expect(explore(remembering(systemOf(source, 3)), most, () => undefined)).toEqual(remembered);
  return system.counts.known;
}

it('where an exception was first thrown, although the steps that hand it on are known', () => {
  // Found by the generated programs: the block that is left gives a lock back, which is a step of its own.
  compare(`import threading
x = 0
items = [0, 1]
seen = []
lock = threading.Lock()
other = threading.Lock()
again = threading.RLock()
def t0():
    with again:
        with again:
            items[1] = 0
def t1():
    global x
    with lock:
        with other:
            x = 0
    seen.append(items[1])
    if x == 0:
        seen.append(str(items))
def t2():
    global x
    with lock:
        items.pop()
        x = x + 1
    items.append(x)
for f in (t0, t1, t2):
    threading.Thread(target=f).start()
`);
});

it('generated programs', { timeout: 600_000 }, () => {
  let known = 0;
  fc.assert(
    fc.property(threadingProgram(3, 3), (source) => {
      known += compare(source, 150);
    }),
    { numRuns },
  );
  expect(known).toBeGreaterThan(numRuns * 10);
});

describe('the classics', () => {
  it.each(readdirSync(folder).filter((f) => f.endsWith('.py')))('%s', { timeout: 60_000 }, (file) => {
    compare(readFileSync(new URL(file, folder), 'utf8'), 200);
  });
});

const programs: Record<string, string> = {
  'a dictionary grows while it is iterated': `
import threading
d = {'a': 1}
seen = []
def grow():
    d['b'] = 2
def look():
    for k in d:
        seen.append(k)
`,
  'clocks and the state of threads': `
import threading, time
log = []
other = threading.Thread(target=lambda: time.sleep(1))
other.start()
def grow():
    log.append(time.time())
    log.append(other.is_alive())
def look():
    other.join(0.5)
    log.append(len(threading.enumerate()))
`,
  'queues, conditions and semaphores': `
import threading, queue
q = queue.Queue(1)
c = threading.Condition()
s = threading.Semaphore(1)
ready = []
def grow():
    q.put(1)
    with c:
        ready.append(1)
        c.notify_all()
    q.put(2)
def look():
    with s:
        q.get()
    with c:
        while not ready:
            c.wait()
    q.get()
`,
  'lists that move': `
import threading
l = [1, 2, 3]
out = []
def grow():
    l.insert(0, 9)
    l.pop()
    del l[1]
    l[1:2] = [7, 8]
def look():
    out.append(l[0])
    out.append(l[-1])
    out.append(l[2])
    l[0] = 5
`,
  'objects, generators, exceptions, threads of threads': `
import threading
class Box:
    n = 0
    def bump(self):
        self.n += 1
box = Box()
def count(upto):
    for i in range(upto):
        yield i + box.n
def child():
    box.bump()
def grow():
    t = threading.Thread(target=child)
    t.start()
    t.join()
    if box.n == 2:
        raise ValueError(box.n)
def look():
    try:
        for v in count(2):
            box.n = v
            if v > 2:
                raise KeyError(v)
    except KeyError as e:
        print(e)
`,
};

describe('what steps may depend on', () => {
  it.each(Object.keys(programs))('%s', { timeout: 60_000 }, (name) => {
    compare(`${programs[name]}
ts = [threading.Thread(target=f) for f in (grow, look)]
for t in ts: t.start()
for t in ts: t.join()
`);
  });
});
