/**
 * The runtimes table against the interpreters of this computer: two threads run \`x = s.v; GAP;
 * s.v = x + 1\`. What a real interpreter loses the machine must find possible on it, and what the
 * machine finds possible the real one must be seen to lose.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { frontEnd, runtime } from '../python/run.ts';
import { byDpor } from '../programs/systems.ts';
import { loadProgram } from '../../../src/core/machine/load.ts';
import type { RuntimeName } from '../../../src/core/machine/runtimes.ts';
import { createSystem } from '../../../src/core/machine/system.ts';
import { pythons, versionOf } from './threading.ts';

const always = 'lost on all';
const upTo39 = 'lost up to 3.9';
const upTo310 = 'lost up to 3.10';
type Expected = typeof always | typeof upTo39 | typeof upTo310;

const gaps: [gap: string, expected: Expected][] = [
  ['pass', upTo39],
  ['s.v += 1', upTo39],
  ['s.d["k"] += 1', upTo39],
  ['y = 1 if x else 2', upTo39],
  ['y = x < 3', upTo39],
  ['y = f"{x}"', upTo39],
  ['a, b = x, 1', upTo39],
  ['y = items[0:1]', upTo39],
  ['y = "k" in table', upTo39],
  ['call()', always],
  ['f()', always],
  ['y = prop.p', always],
  ['for i in (1, 2): pass', always],
  ['y = [i for i in items]', always],
  ['abs(x)', always],
  ['int("3")', always],
  ['sorted(items)', always],
  ['ord("a")', always],
  ['max(x, 1)', always],
  ['hash(x)', always],
  ['repr(x)', always],
  ['math.floor(1.5)', always],
  ['str(x)', always],
  ['list(items)', always],
  ['"-".join(["a", "b"])', always],
  ['P()', always],
  ['y = -x', upTo39],
  ['y = not x', upTo39],
  ['y = x is None or x == 1', upTo39],
  ['y = [x, x + 1]', upTo39],
  ['y = {"k": x}', upTo39],
  ['y = items[0] + 1', upTo39],
  ['y = "%s" % x', upTo39],
  ['y = text + "d"', upTo39],
  ['del items[3:]', upTo39],
  ['table["k"] = x', upTo39],
  ['table.get("k")', always],
  ['text.upper()', always],
  ['len(items)', upTo310],
  ['isinstance(x, int)', upTo310],
  ['type(x)', upTo310],
  ['items.append(1)', upTo310],
  ['time.sleep(0)', always],
];

/** Whether some interleaving that the runtime allows ends with an update lost. */
function losesInMachine(gap: string, name: RuntimeName): boolean {
  const body = gap.includes('+= 1') ? [gap] : ['x = s.v', gap, 's.v = x + 1'];
  const source = `import math, threading, time
class S:
    v = 0
    d = None
s = S()
s.d = {"k": 0}
text = "abc"
class P:
    @property
    def p(self):
        return 1
prop = P()
f = lambda: 1
def call():
    return 1
def work(s, items, table):
${body.map((line) => `    ${line}`).join('\n')}
threads = [threading.Thread(target=work, args=(s, [1, 2, 3], {"k": 0})) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
total = max(s.v, s.d["k"])
`;
  const { module, problems } = frontEnd.parse('program.py', source);
  if (problems[0]) throw new Error(problems[0].message);
  const options = { runtime: name, loopBound: 200, fuel: 100_000, recursionLimit: 1000 };
  const { outcomes, result } = byDpor(createSystem(loadProgram({ language: 'python', modules: [module] }, runtime, options), runtime));
  expect(result.complete).toBe(true);
  return [...outcomes.keys()].some((o) => /^total=1$/m.test(o));
}

function losesInPython(python: string, tried: readonly string[], rounds: number): boolean[] {
  const input = JSON.stringify({
    gaps: tried.map((gap) => ({ gap, ...(gap.includes('sleep') ? { iterations: 300 } : {}) })),
    rounds,
    iterations: 30_000,
  });
  const probe = new URL('./runtimes_probe.py', import.meta.url).pathname;
  const r = spawnSync(python, [probe], { input, encoding: 'utf8', timeout: 300_000 });
  expect(r.stderr).toBe('');
  return JSON.parse(r.stdout) as boolean[];
}

const names: Record<string, RuntimeName> = {
  '3.9': 'cpython-3.9',
  '3.10': 'cpython-3.10',
  '3.11': 'cpython-3.11',
  '3.12': 'cpython-3.12',
  '3.13': 'cpython-3.13',
};

it.each(Object.entries(names))('the machine has the table for %s', (version, name) => {
  const minor = Number(version.split('.')[1]);
  for (const [gap, expected] of gaps) {
    const lost = expected === always || minor <= 9 || (minor === 10 && expected === upTo310);
    expect([gap, losesInMachine(gap, name)]).toEqual([gap, lost]);
  }
});

describe.each(Object.entries(names))('on %s', (version, name) => {
  const python = pythons().find((p) => versionOf(p) === version);
  it.skipIf(python === undefined)('real threads lose what the machine says they can', { timeout: 600_000 }, () => {
    const all = gaps.map(([gap]) => gap);
    const can = all.filter((gap) => losesInMachine(gap, name));
    const cannot = all.filter((gap) => !can.includes(gap));
    const lost = (tried: readonly string[], rounds: number): string[] => {
      const seen = losesInPython(python as string, tried, rounds);
      return tried.filter((_, i) => seen[i]);
    };
    expect(lost(cannot, 4)).toEqual([]);
    // Seen to be lost takes luck: more rounds, which end with the first loss.
    expect(lost(can, 300)).toEqual(can);
  });
});
