/** Answers that are worked out once of an object, such as a module, and a name, and are carried over when the object is edited. */

interface Table {
  carry(before: object, after: object, isTouched: (name: string) => boolean): boolean;
}

const tables: Table[] = [];

/** What is worked out of an object and a name once, and kept as long as the object is. */
export function keptBy<O extends object, T extends NonNullable<unknown>>(workOut: (of: O, name: string) => T): (of: O, name: string) => T {
  const kept = new WeakMap<O, Map<string, T>>();
  const answer = (of: O, name: string): T => {
    let known = kept.get(of);
    if (known === undefined) kept.set(of, (known = new Map()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = workOut(of, name)));
    return found;
  };
  tables.push({
    carry(before, after, isTouched) {
      const now = new Map<string, T>();
      for (const [name, found] of kept.get(before as O) ?? []) if (!isTouched(name)) now.set(name, found);
      kept.set(after as O, now);
      return [...(kept.get(before as O) ?? [])].every(([name, found]) => now.has(name) || isAlike(found, answer(after as O, name)));
    },
  });
  return answer;
}

/**
 * Takes over to `after`, the next version of an object, the answers about `before` whose names an edit did not touch. True
 * when all others, worked out again, are what they were.
 */
export function carryOver(before: object, after: object, isTouched: (name: string) => boolean): boolean {
  return tables.every((table) => table.carry(before, after, isTouched));
}

/** The same content: of sets, maps, lists, plain objects; of anything else, the same value. */
export function isAlike(a: unknown, b: unknown, same: (a: unknown, b: unknown) => boolean = Object.is): boolean {
  if (same(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...(a as Map<unknown, unknown>)].every(([key, value]) => b.has(key) && isAlike(value, b.get(key), same));
  }
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...(a as Set<unknown>)].every((item) => b.has(item));
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return x.length === y.length && x.every(([key, value]) => key in b && isAlike(value, (b as Record<string, unknown>)[key], same));
}
