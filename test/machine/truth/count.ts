/** How much is put on trial: a sample in the tests, thousands of programs in `npm run truth`. */

/** Programs per language: RACE_REPLAY_TRUTH=2000 for a thorough run. */
export const count = Number(process.env['RACE_REPLAY_TRUTH'] ?? 120);
/** Schedules of each program. */
export const schedules = 3;
export const seed = Number(process.env['RACE_REPLAY_SEED'] ?? 1);

/** Numbers from a linear congruential generator (Numerical Recipes' constants). */
export function generator(state: number): (below: number) => number {
  let n = state >>> 0;
  return (below) => {
    n = (Math.imul(n, 1664525) + 1013904223) >>> 0;
    return Math.floor((n / 2 ** 32) * below);
  };
}

/** Tells a run's figures. */
export function tell(what: string, programs: number, trials: number, mismatches: number): void {
  console.log(`truth: ${what}: ${programs} programs, ${trials} schedules, ${mismatches} mismatches`);
}
