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
    wall += 10;
    cpu += 10;
    expect(now()).toBe(10);
    wall += 100;
    cpu += 20;
    expect(now()).toBe(30);
    // Several processors at once.
    wall += 10;
    cpu += 40;
    expect(now()).toBe(40);
    // Too little for the system to be asked again; it is not lost.
    wall += 1;
    cpu += 1;
    expect(now()).toBe(40);
    wall += 9;
    cpu += 9;
    expect(now()).toBe(50);
  });
  it('is the wall clock where a process cannot ask', () => {
    let wall = 3;
    const now = cpuClock(() => wall, null);
    wall = 8;
    expect(now()).toBe(8);
  });
});
