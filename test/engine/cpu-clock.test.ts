/** Budgets count the time in which the process had the processor. */
import { describe, expect, it } from 'vitest';
import { cpuClock } from '../../src/engine/cpu-clock.ts';

describe('the clock of budgets', () => {
  it('stands still while others have the processor, and never runs ahead of the wall clock', () => {
    let wall = 0;
    let cpu = 0;
    const now = cpuClock(
      () => wall,
      () => cpu * 1000,
    );
    wall += 100;
    cpu += 100;
    expect(now()).toBe(100);
    wall += 1000;
    cpu += 200;
    expect(now()).toBe(300);
    // Several processors at once.
    wall += 100;
    cpu += 400;
    expect(now()).toBe(400);
    // Too little for the system to be asked again; it is not lost.
    wall += 1;
    cpu += 1;
    expect(now()).toBe(400);
    wall += 99;
    cpu += 99;
    expect(now()).toBe(500);
  });
  it('is the wall clock where a process cannot ask', () => {
    let wall = 3;
    const now = cpuClock(() => wall, null);
    wall = 8;
    expect(now()).toBe(8);
  });
});
