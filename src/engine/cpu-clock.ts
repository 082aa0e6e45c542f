/**
 * A clock for budgets: milliseconds in which this process had the processor, so that what is found does
 * not depend on what else the machine is doing. It never runs faster than the wall clock (a process may
 * use several processors at once), which it falls back to where a process cannot ask.
 */
export function cpuClock(wall: () => number, cpuMicroseconds: (() => number) | null): () => number {
  if (cpuMicroseconds === null) return wall;
  let elapsed = 0;
  let lastWall = wall();
  let lastCpu = cpuMicroseconds();
  return () => {
    const now = wall();
    // Asking the system costs more than reading the wall clock.
    if (now - lastWall >= finest) {
      const cpu = cpuMicroseconds();
      elapsed += Math.min(now - lastWall, (cpu - lastCpu) / 1000);
      lastWall = now;
      lastCpu = cpu;
    }
    return elapsed;
  };
}

/** Milliseconds. */
const finest = 20;
