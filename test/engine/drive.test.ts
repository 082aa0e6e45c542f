/** Driving an execution by hand: moves, reasons, undo, and running on. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, file, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const counter = `import threading
total = 0
def add():
    global total
    seen = total
    total = seen + 1
threading.Thread(target=add).start()
threading.Thread(target=add).start()
`;

describe('driving', () => {
  it('starts with only the main lane, and moves it', () => {
    const session = engine.drive({ file: python(counter), line: null }, 0, options, control);
    const first = session.state();
    expect(first.ending).toBe('running');
    expect(first.choices.filter((c) => c.enabled).map((c) => c.name)).toEqual(['main']);
    const next = session.move(first.choices.find((c) => c.enabled)?.lane ?? -1, 0);
    expect(next.trace.steps.length).toBeGreaterThan(first.trace.steps.length);
  });

  it('hits the race along the witness and says so', () => {
    const session = engine.drive({ file: python(counter), line: null }, 0, options, control);
    const state = session.run('witness', 1);
    expect(state.ending).toBe('violation');
    expect(state.trace.violation?.rule).toBe('lost-update');
    expect(state.choices.every((c) => !c.enabled && c.reason !== '')).toBe(true);
  });

  it('ends safely when nobody is preempted', () => {
    const session = engine.drive({ file: python(counter), line: null }, 0, options, control);
    const state = session.run('to-end', 1);
    expect(state.ending).toBe('safe');
    expect(state.trace.outcome.observed['total']).toBe('2');
  });

  it('takes back a move exactly', () => {
    const session = engine.drive({ file: python(counter), line: null }, 0, options, control);
    const lane = (): number => session.state().choices.find((c) => c.enabled)?.lane ?? -1;
    session.move(lane(), 0);
    const before = JSON.stringify(session.state().trace.steps);
    session.move(lane(), 0);
    expect(JSON.stringify(session.undo().trace.steps)).toBe(before);
  });

  it('is the same random walk for the same seed', () => {
    const walk = (seed: number): string =>
      JSON.stringify(
        engine.drive({ file: file('media/samples/stack.py'), line: null }, 0, options, control).run('random', seed).trace.steps,
      );
    expect(walk(5)).toBe(walk(5));
  });

  it('says which lock a lane waits for', () => {
    const text = `import threading
lock = threading.Lock()
total = 0
def add():
    global total
    with lock:
        seen = total
        total = seen + 1
threading.Thread(target=add).start()
threading.Thread(target=add).start()
`;
    const session = engine.drive({ file: python(text), line: null }, 0, options, control);
    const enabled = (name: RegExp): number => session.state().choices.find((c) => c.enabled && name.test(c.name))?.lane ?? -1;
    for (let i = 0; i < 12 && enabled(/main/) >= 0; i++) session.move(enabled(/main/), 0);
    const one = enabled(/add/);
    session.move(one, 0);
    session.move(one, 0);
    const other = session.state().choices.find((c) => c.lane !== one && /add/.test(c.name));
    session.move(other?.lane ?? -1, 0);
    const blocked = session.state().choices.find((c) => c.lane === other?.lane);
    expect(blocked?.enabled).toBe(false);
    expect(blocked?.reason).toMatch(/lock/);
  });
});
