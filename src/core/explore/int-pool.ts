/**
 * Growing of the flat integer arrays that the explorers keep their path in. Everything the search
 * remembers per step lives in such pools, so that a step allocates nothing once they are warm.
 */

export type Ints = Int32Array<ArrayBuffer>;

/** A pool of at least `size` integers with the old contents kept; capacity at least doubles. */
export function grown(pool: Ints, size: number, fill = 0): Ints {
  const larger = new Int32Array(Math.max(size, pool.length * 2, 16));
  larger.set(pool);
  if (fill !== 0) {
    larger.fill(fill, pool.length);
  }
  return larger;
}
