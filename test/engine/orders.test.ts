/** Failures that serial orders have too: those that depend on the order, and those that do not. */
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

const engine = await loadEngine();
const simulate = (file: SourceFile): ReturnType<typeof engine.simulate> => engine.simulate({ file, line: null }, options, control);

const started = (load: string, serve: string, end = ''): string => `
from threading import Thread
config = None
def load():
    global config
    ${load}
def serve():
    ${serve}
a = Thread(target=load)
b = Thread(target=serve)
a.start()
b.start()
${end}
`;

describe('a failure that some serial orders have', () => {
  it('is an order violation when others do not have it', () => {
    const file = python(started('config = {"port": 80}', 'print(config["port"])'));
    const trace = simulate(file);
    expect([trace.verdict, trace.violation?.kind]).toEqual(['violation', 'order-violation']);
    expect(trace.violation?.story).toMatch(
      /^serve fails with TypeError.* in the order main → serve → load, but not in the order main → load → serve/,
    );
    expect(trace.serialWitness?.order).toBe('main → load → serve');
  });
  it('is none when an event makes the order', () => {
    const text = started('config = {"port": 80}; ready.set()', 'ready.wait(); print(config["port"])').replace(
      'config = None',
      'from threading import Event\nready = Event()\nconfig = None',
    );
    expect(simulate(python(text)).verdict).toBe('verified');
  });
  it('is a plain bug when every order has it, and no warning', () => {
    const file = python(started('config = 1', 'raise ValueError("always")'));
    const trace = simulate(file);
    expect([trace.verdict, trace.violation?.kind]).toEqual(['violation', 'every-order']);
    expect(trace.violation?.story).toMatch(/ValueError: always whatever the order: this is not a race/);
    expect(engine.check(file, options, control).findings).toEqual([]);
  });
  it('does not depend on the order when it depends on what was drawn', () => {
    const file = python(started('config = 1', 'assert random.randint(0, 1) == 0').replace('config = None', 'import random\nconfig = None'));
    expect(simulate(file).violation?.kind).toBe('every-order');
  });
  it('depends on the order only under some draws', () => {
    const file = python(
      started('config = 1', 'if random.randint(0, 1) == 1:\n        assert config == 1').replace(
        'config = None',
        'import random\nconfig = None',
      ),
    );
    expect(simulate(file).violation?.kind).toBe('order-violation');
  });
  it('is not one on an event loop whose order is fixed', () => {
    const text = `let config: { port: number } | null = null;
async function serve() { await null; console.log(config!.port); }
async function load() { await null; await null; config = { port: 80 }; }
void serve();
void load();
`;
    const trace = simulate(typescript(text));
    expect(trace.violation?.kind).not.toBe('order-violation');
    expect(trace.verdict).toBe('violation');
  });
});
