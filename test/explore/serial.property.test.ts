/** Serial executions against brute force: exactly the interleavings that switch at boundaries. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exploreSerial } from '../../src/core/explore/serial.ts';
import { Model, type Program } from './model.ts';
import { oneLock } from './programs.ts';
import { randomProgram } from './random-programs.ts';

const numRuns = Number(process.env['RACE_REPLAY_CASES'] ?? 200);

/** Every second step of a process begins an operation; an arbitrary but fixed rule. */
function boundaryRule(schedule: readonly number[]): (process: number) => boolean {
  return (process) => schedule.filter((other) => other === process).length % 2 === 0;
}

function bruteForce(program: Program, limit: number): string[] | null {
  const system = new Model(program);
  const found: string[] = [];
  const schedule: number[] = [];
  const taken: number[] = [];
  const visit = (): void => {
    const enabled = [...system.enabled()];
    if (enabled.length === 0) {
      found.push(JSON.stringify([schedule, taken]));
    }
    const last = schedule.at(-1);
    const free = last === undefined || !enabled.includes(last) || boundaryRule(schedule)(last);
    for (const process of enabled) {
      if ((free || process === last) && found.length < limit) {
        const alternatives = system.alternatives(process);
        for (let alternative = 0; alternative < alternatives; alternative++) {
          system.step(process, alternative);
          schedule.push(process);
          taken.push(alternative);
          visit();
          schedule.pop();
          taken.pop();
          system.undo();
        }
      }
    }
  };
  visit();
  return found.length < limit ? found : null;
}

describe('serial executions', () => {
  it('are those of brute force, each once', () => {
    fc.assert(
      fc.property(randomProgram('simple', 3), (program) => {
        const expected = bruteForce(program, 3000);
        if (expected === null) {
          return;
        }
        const system = new Model(program);
        const found: string[] = [];
        const schedule = { now: [] as number[] };
        const stepping = system.step.bind(system);
        const undoing = system.undo.bind(system);
        system.step = (process, alternative) => {
          schedule.now.push(process);
          return stepping(process, alternative);
        };
        system.undo = () => {
          schedule.now.pop();
          undoing();
        };
        const search = exploreSerial(
          system,
          (execution) => {
            const choices = execution.choices();
            found.push(JSON.stringify([choices.map((c) => c.process), choices.map((c) => c.alternative)]));
            return 'continue';
          },
          { atBoundary: (process) => boundaryRule(schedule.now)(process) },
        );
        expect(search.run()).toBe('done');
        expect(search.result().complete).toBe(true);
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns },
    );
  });

  it('of n whole-process operations are the n! orders', () => {
    const system = new Model(oneLock(4));
    const search = exploreSerial(system, () => 'continue', { atBoundary: () => false });
    search.run();
    expect(search.result()).toMatchObject({ executions: 24, complete: true, maxDepth: 8 });
  });
});
