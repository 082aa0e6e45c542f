/**
 * A seeded pseudo-random number generator (sfc32, by Chris Doty-Humphrey; passes PractRand), since
 * the core has no Math.random and every search must be repeatable.
 */

export interface Prng {
  /** An integer from 0 to `limit - 1`; `limit` is at least 1. */
  below(limit: number): number;
}

/** A generator whose numbers depend on nothing but the seed, an integer. */
export function prng(seed: number): Prng {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) {
    next();
  }
  return {
    below: (limit) => Math.floor((next() / 4294967296) * limit),
  };
}
