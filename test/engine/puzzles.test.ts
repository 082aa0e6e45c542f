/**
 * The bundled puzzles: each works one after the other, can be made to fail, and takes as many context
 * switches as a search says that leaves nothing out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MachineSystem } from '../../src/core/machine/system.ts';
import { stuckKind } from '../../src/core/oracle/judge.ts';
import { contextSwitches } from '../../src/core/explore/bounded.ts';
import type { DriveSession, Engine } from '../../src/engine/api.ts';
import type { DriveState } from '../../src/protocol/panel.ts';
import { systemOf } from '../machine/programs/systems.ts';
import { control, file, loadEngine, options, root } from './load.ts';

/** How a puzzle ends when it was made to fail: kind, and what the program then holds. */
const puzzles: Readonly<Record<string, { kind: string; switches: number; left: [name: string, value: RegExp] | null }>> = {
  'last_seat.py': { kind: 'assertion', switches: 4, left: ['tickets', /^\['(Ann|Bob)', '(Ann|Bob)'\]$/] },
  'search_box.ts': { kind: 'exception', switches: 3, left: null },
  'philosophers.py': { kind: 'deadlock', switches: 3, left: null },
  'careful_bank.py': { kind: 'assertion', switches: 4, left: ['balance', /^(10|20)$/] },
  'smallest_total.py': { kind: 'assertion', switches: 7, left: ['total', /^2$/] },
};

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const start = (name: string): DriveSession =>
  engine.drive({ file: file(`media/puzzles/${name}`), line: null }, { step: 0, moves: null, goal: 'failure' }, options, control);

const hasFailed = (system: MachineSystem): boolean => system.machine.failures.length > 0 || stuckKind(system) !== null;

/** Whether some execution with at most that many switches fails: each is run, whatever it touches. */
function failsWithin(system: MachineSystem, most: number): boolean {
  const descend = (): boolean => {
    if (contextSwitches(system.path) > most) return false;
    const enabled = [...system.enabled()];
    if (enabled.length === 0) return hasFailed(system);
    return enabled.some((process) => {
      system.step(process, 0);
      const found = descend();
      system.undo();
      return found;
    });
  };
  return descend();
}

/** The switches of every execution that a person can drive to, and whether it fails. */
function* driven(session: DriveSession, state: DriveState): Generator<DriveState> {
  if (state.ending !== 'running') yield state;
  else
    for (const { lane, enabled } of state.choices) {
      if (!enabled) continue;
      yield* driven(session, session.move(lane, 0, control));
      session.undo(control);
    }
}

it('are those in media/puzzles', () => {
  expect(readdirSync(join(root, 'media/puzzles')).sort()).toEqual(Object.keys(puzzles).sort());
});

describe.each(Object.entries(puzzles))('%s', (name, { kind, switches, left }) => {
  it('works when nobody is preempted', () => {
    expect(start(name).run({ strategy: 'serial' }, control).ending).toBe('safe');
  });

  it('begins where there is something to choose', () => {
    const { choices, ending } = start(name).state(control);
    expect(ending).toBe('running');
    expect(choices.filter(({ enabled }) => enabled).length).toBeGreaterThan(1);
  });

  it('fails in the way that the task asks for', () => {
    const state = start(name).run({ strategy: 'violation' }, control);
    expect(state.ending).toBe('violation');
    expect(state.trace.violation?.kind).toBe(kind);
    expect(state.trace.violation?.story).not.toBe('');
    if (left !== null) expect(state.trace.outcome.observed[left[0]]).toMatch(left[1]);
    expect(state.reached).toEqual({ switches, fewest: switches, proved: true });
  });

  it('begins with its task, as the list of puzzles has it', () => {
    expect(readFileSync(join(root, 'media/puzzles', name), 'utf8')).toMatch(/^(#|\/\/) [A-Z].*\.\n/);
  });
});

it('tells of everybody who waits in a deadlock', () => {
  const { trace } = start('philosophers.py').run({ strategy: 'violation' }, control);
  expect(trace.violation?.story).toBe('dine, dine 2 and dine 3 wait for one another, and none can ever go on.');
  const last = [1, 2, 3].map((lane) => trace.steps.findLast((step) => step.lane === lane)?.suspended);
  expect(last).toEqual(['dine 2', 'dine 3', 'dine'].map((name) => `waits for the lock, held by ${name}`));
});

describe('fewer switches than are said to be enough', () => {
  it.each(Object.entries(puzzles).filter(([name]) => name.endsWith('.py')))(
    '%s: none fails',
    (name, { switches }) => {
      const system = systemOf(readFileSync(join(root, 'media/puzzles', name), 'utf8'));
      expect(failsWithin(system, switches - 1)).toBe(false);
      expect(failsWithin(system, switches)).toBe(true);
    },
    120_000,
  );

  it('search_box.ts: none of all its orders', () => {
    const session = start('search_box.ts');
    const ends = [...driven(session, session.state(control))];
    const failing = ends.filter(({ ending }) => ending === 'violation').map(({ reached }) => reached?.switches ?? 0);
    // Six orders of three answers; the last one is right in two of them.
    expect([ends.length, failing.length]).toEqual([6, 4]);
    expect(Math.min(...failing)).toBe(puzzles['search_box.ts']?.switches);
  });
});
