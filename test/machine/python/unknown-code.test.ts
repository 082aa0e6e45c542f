/** What is known of code that is not here: what decorators of other libraries leave, and names like those of modules. */
import { describe, expect, it } from 'vitest';
import { runPython } from './run.ts';

function printed(text: string): string {
  const { output, failures, unsupported } = runPython(text);
  expect({ failures, unsupported }).toEqual({ failures: [], unsupported: null });
  return output;
}

describe('unknown code', () => {
  it('arguments of a class that attrs made become its attributes', () => {
    const text = `
import attr, attrs
@attr.s
class A:
    x = attr.ib()
    y = attr.ib(default=3)
    z = attr.ib(factory=list)
    _q = attr.ib(default=None)
a = A(1, q=5)
a.z.append(1)
print(a.x, a.y, a.z, a._q, A(2).z)
@attrs.define
class B:
    n: int
    m: dict = attrs.field(factory=dict)
    def __attrs_post_init__(self): self.k = self.n + 1
b = B(n=4)
print(b.n, b.m, b.k)
`;
    expect(printed(text)).toBe('1 3 [1] 5 []\n4 {} 5\n');
  });

  it('a class without such a decorator takes no arguments', () => {
    expect(runPython('class A: pass\nA(1)').failures).toEqual(['TypeError: A() takes no arguments']);
  });

  it('what a decorator put on a function is unknown, not missing', () => {
    const text = `
from celery import app
@app.task
def send(x): return x + 1
send.delay(3)
print(send(1), send.name)
`;
    expect(printed(text)).toMatch(/^2 </);
  });

  it('a parameter may be called as a module is', () => {
    const text = `
import outside
def work(queue): return queue.get()
print(work(outside.queue))
`;
    expect(printed(text)).toMatch(/^<.*get\(\)>/);
  });

  it('what the clock says is a question, what is made of dates is computed', () => {
    const text = `
from datetime import datetime, timedelta
start = datetime(2024, 1, 1)
print(datetime.now() - start, start - datetime.now(), start + timedelta(days=1))
`;
    expect(printed(text)).toBe(
      '<(datetime.datetime.now() - datetime.datetime(2024, 1, 1, 0, 0))> <(datetime.datetime(2024, 1, 1, 0, 0) - datetime.datetime.now())> 2024-01-02 00:00:00\n',
    );
  });
});
