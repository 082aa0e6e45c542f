/** Driving an execution by hand: moves, reasons, undo, and running on by a strategy. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import type { SourceFile } from '../../src/engine/api.ts';
import type { DriveFrom } from '../../src/protocol/lsp.ts';
import type { DriveState, RunOn } from '../../src/protocol/panel.ts';
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

const locked = `import threading
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

/** Two locks taken in opposite orders. */
const crossed = `import threading
a = threading.Lock()
b = threading.Lock()
def one():
    with a:
        with b:
            pass
def two():
    with b:
        with a:
            pass
threading.Thread(target=one).start()
threading.Thread(target=two).start()
`;

interface Driven {
  state(): DriveState;
  /** The first lane of that name which may move moves. */
  move(name: RegExp): DriveState;
  moveLane(lane: number): DriveState;
  undo(): DriveState;
  rewind(step: number): DriveState;
  run(how: RunOn): DriveState;
}

function drive(source: SourceFile, from: Partial<DriveFrom> = {}): Driven {
  const session = engine.drive({ file: source, line: null }, { step: 0, moves: null, goal: 'race', ...from }, options, control);
  return {
    state: () => session.state(control),
    move(name) {
      const lane = session.state(control).choices.find((c) => c.enabled && name.test(c.name))?.lane;
      if (lane === undefined) throw new Error(`no lane ${String(name)} may move`);
      return session.move(lane, 0, control);
    },
    moveLane: (lane) => session.move(lane, 0, control),
    undo: () => session.undo(control),
    rewind: (step) => session.rewind(step, control),
    run: (how) => session.run(how, control),
  };
}

const steps = (state: DriveState): string => JSON.stringify(state.trace.steps);
const lanes = (state: DriveState): number[] => state.trace.steps.map((step) => step.lane);

describe('driving', () => {
  it('starts with only the main lane, and moves it', () => {
    const session = drive(python(counter));
    const first = session.state();
    expect(first.ending).toBe('running');
    expect(first.choices.filter((c) => c.enabled).map((c) => c.name)).toEqual(['main']);
    expect(session.move(/main/).trace.steps.length).toBeGreaterThan(first.trace.steps.length);
  });

  it('takes back a move exactly, and running on as one', () => {
    const session = drive(python(counter));
    const one = session.move(/main/);
    const before = steps(one);
    session.move(/main/);
    expect(steps(session.undo())).toBe(before);
    expect(session.run({ strategy: 'serial' }).trace.steps.length).toBeGreaterThan(one.trace.steps.length + 3);
    expect(steps(session.undo())).toBe(before);
  });

  it.each([
    ['counter', python(counter)],
    ['a counter with a lock', python(locked)],
    ['the stack', file('media/samples/stack.py')],
    ['a ticket server', file('media/samples/ticket_server.py')],
  ])('changes something that shows with each move, or says what came of it: %s', (_name, source) => {
    const session = drive(source);
    let state = session.state();
    for (let move = 0; state.ending === 'running' && move < 40; move++) {
      const before = steps(state);
      const mayMove = state.choices.filter(({ enabled }) => enabled);
      state = session.moveLane(mayMove[(move * 7) % mayMove.length]?.lane ?? -1);
      expect(state.quiet === null).toBe(steps(state) !== before);
      if (state.quiet === null) continue;
      const { lane, inside: statement, reason } = state.quiet;
      expect(statement === '').toBe(reason !== '');
      if (statement === '') expect(reason).toMatch(/has ended|bound/);
      // It shows where the lane is: the last step is of the statement it goes on in.
      else expect(state.trace.steps.at(-1)).toMatchObject({ lane });
    }
  });

  it('goes back to before a step of the driven execution, not of the witness', () => {
    const session = drive(python(counter));
    const driven = session.run({ strategy: 'serial' });
    const back = session.rewind(6);
    expect(back.trace.steps.length).toBeLessThanOrEqual(6);
    expect(JSON.stringify(driven.trace.steps.slice(0, back.trace.steps.length).map((step) => step.text))).toBe(
      JSON.stringify(back.trace.steps.map((step) => step.text)),
    );
    expect(back.ending).toBe('running');
    expect(steps(session.undo())).toBe(steps(driven));
  });

  it('goes on with a driven execution from its schedule', () => {
    const session = drive(python(counter));
    const names = [/main/, /main/, /add$/, /add 2/];
    const before = names.map((name) => session.move(name)).at(-1);
    const schedule = before?.trace.schedule ?? '';
    expect(schedule).toMatch(/^rr1:./);
    expect(steps(drive(python(counter), { moves: schedule }).state())).toBe(steps(before as DriveState));
  });

  it('says which lock a lane waits for', () => {
    const session = drive(python(locked));
    const may = (name: RegExp): boolean => session.state().choices.some((c) => c.enabled && name.test(c.name));
    for (let i = 0; i < 12 && may(/main/); i++) session.move(/main/);
    session.move(/add$/);
    session.move(/add$/);
    session.move(/add 2/);
    const blocked = session.state().choices.find((c) => c.name === 'add 2');
    expect(blocked?.enabled).toBe(false);
    expect(blocked?.reason).toMatch(/lock/);
  });

  it('calls a deadlock a violation, which no order of calls has', () => {
    const session = drive(python(crossed));
    const ended = session.run({ strategy: 'violation' });
    expect(ended.ending).toBe('violation');
    expect(ended.choices.some((c) => c.enabled)).toBe(false);
    expect(ended.trace.violation?.kind).toBe('deadlock');
    expect(drive(python(crossed)).run({ strategy: 'serial' }).ending).toBe('safe');
  });
});

describe('a stale act', () => {
  it('that no longer matters when the program ends is no violation on the way', () => {
    const harmless = `import threading
total = 0
def add():
    global total
    seen = total
    total = seen + 1
threads = [threading.Thread(target=add), threading.Thread(target=add)]
for t in threads:
    t.start()
for t in threads:
    t.join()
total = 0
`;
    const session = drive(python(harmless));
    for (let moves = 0; moves < 30 && session.state().choices.every((c) => c.name !== 'add 2'); moves++) session.move(/main/);
    const state = session.run({ strategy: 'round-robin' });
    const reads = state.trace.steps.filter((step) => step.text === 'seen = total').map((step) => step.accesses[0]?.value);
    // The update was lost: both read the same.
    expect(reads).toEqual(['0', '0']);
    expect(state.ending).toBe('safe');
    expect(state.trace.outcome.observed['total']).toBe('0');
  });
});

describe('running on', () => {
  it('one after the other ends safely: nobody is preempted', () => {
    const state = drive(python(counter)).run({ strategy: 'serial' });
    expect(state.ending).toBe('safe');
    expect(state.trace.outcome.observed['total']).toBe('2');
    expect(state.ran).toMatchObject({ how: { strategy: 'serial' }, search: null });
    expect(state.reached).toBeNull();
  });

  it('in turns switches at every step where another lane may move', () => {
    const session = drive(python(counter));
    session.move(/main/);
    session.move(/main/);
    const from = session.state();
    const after = session.run({ strategy: 'round-robin' });
    const rest = lanes(after).slice(from.trace.steps.length);
    // One move may be more than one step of the trace.
    expect(rest.filter((lane, at) => lane !== rest[at - 1])).toEqual([1, 2, 1, 2]);
    // Both read before either writes: the update is lost.
    expect(after.ending).toBe('violation');
    expect(after.trace.violation?.rule).toBe('lost-update');
  });

  it('at random is the same walk for the same seed, and not for every seed', () => {
    const walk = (seed: number): string => steps(drive(file('media/samples/stack.py')).run({ strategy: 'random', seed }));
    expect(walk(5)).toBe(walk(5));
    expect(new Set([1, 2, 3, 4, 5, 6].map(walk)).size).toBeGreaterThan(1);
  });

  it('keeps the moves that were made: the violation is found from here', () => {
    const session = drive(python(counter));
    const before = ['main', 'main', 'add'].map((name) => session.move(new RegExp(name))).at(-1);
    const state = session.run({ strategy: 'violation' });
    const kept = before?.trace.steps ?? [];
    expect(state.trace.steps.slice(0, kept.length).map((s) => s.text)).toEqual(kept.map((s) => s.text));
    expect(state.ending).toBe('violation');
    // It stops where it has gone wrong.
    expect(state.trace.violation?.actStep).toBe(state.trace.steps.length - 1);
    expect(state.reached).toMatchObject({ proved: true });
  });

  it('says so when nothing from here fails, and stays', () => {
    const session = drive(python(counter));
    // The first to run has ended before the second begins.
    while (session.state().choices.some((c) => c.enabled && /main/.test(c.name))) session.move(/main/);
    for (let first = true; first; first = session.state().choices.some((c) => c.enabled && c.name === 'add')) session.move(/add$/);
    const before = session.state();
    const state = session.run({ strategy: 'violation' });
    expect(state.ending).toBe('running');
    expect(steps(state)).toBe(steps(before));
    expect(state.ran).toMatchObject({ moves: 0, search: { exhausted: true } });
    expect(state.ran?.search?.executions).toBeGreaterThan(0);
  });

  it('a program that is right has no violation from its start', () => {
    const state = drive(python(locked)).run({ strategy: 'violation' });
    expect(state.ending).toBe('running');
    expect(state.ran?.search).toMatchObject({ exhausted: true });
  });

  it('compares a way that fails with the one with the fewest switches, which it shows', () => {
    const session = drive(python(counter));
    session.move(/main/);
    session.move(/main/);
    const turns = session.run({ strategy: 'round-robin' });
    expect(turns.ending).toBe('violation');
    const { switches, fewest, proved } = turns.reached ?? { switches: 0, fewest: 0, proved: false };
    expect(proved).toBe(true);
    expect(switches).toBeGreaterThan(fewest);
    const shortest = session.run({ strategy: 'shortest' });
    expect(shortest.ending).toBe('violation');
    expect(shortest.reached).toEqual({ switches: fewest, fewest, proved: true });
    // As many as the search for the replay found.
    const trace = engine.simulate({ file: python(counter), line: null }, options, control);
    expect(trace.explored.fewestSwitches).toBe(true);
    expect(fewest).toBeLessThanOrEqual(trace.contextSwitches);
  });

  it('reaches only what the program itself says is wrong, when that is the goal', () => {
    const program = `import threading
total = 0
def add():
    global total
    total += 1
    total += 1
threads = [threading.Thread(target=add), threading.Thread(target=add)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert total > 2
`;
    const session = drive(python(program), { goal: 'failure' });
    const state = session.run({ strategy: 'violation' });
    expect(state.ending).toBe('violation');
    expect(state.trace.outcome.observed['total']).toBe('2');
    expect(state.trace.violation?.kind).toBe('assertion');
  });
});
