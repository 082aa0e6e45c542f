/** Answers that are worked out once of an object, such as a module, and a name, and are carried over when the object is edited. */

/** A part of the text of an object, before an edit and after it: the rest is the same. */
export interface Edited {
  before: string;
  after: string;
}

interface Table {
  carry(before: object, after: object, edited: Edited): boolean;
}

const tables: Table[] = [];

/**
 * What is worked out of an object and a name once, and kept as long as the object is. What it says must come from where the
 * words of the name stand in the object's text, where it has one. `isSum`: it is put together of what each part of the text says by itself.
 */
export function keptBy<O extends object, T extends NonNullable<unknown>>(
  workOut: (of: O, name: string) => T,
  isSum = false,
): (of: O, name: string) => T {
  const kept = new WeakMap<O, Map<string, T>>();
  const answer = (of: O, name: string): T => {
    let known = kept.get(of);
    if (known === undefined) kept.set(of, (known = new Map()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = workOut(of, name)));
    return found;
  };
  tables.push({
    carry(before, after, edited) {
      const known = kept.get(before as O);
      if (known === undefined) return true;
      const now = new Map<string, T>();
      kept.set(after as O, now);
      const says = (text: string, name: string): T => workOut({ ...(after as O), text }, name);
      for (const [name, found] of known)
        if (!isTouched(name, edited) || (isSum && isAlike(says(edited.before, name), says(edited.after, name)))) now.set(name, found);
      return [...known].every(([name, found]) => now.has(name) || isAlike(found, answer(after as O, name)));
    },
  });
  return answer;
}

/**
 * Takes over to `after`, the next version of an object, the answers about `before` whose names an edit did not touch. True
 * when all others, worked out again, are what they were.
 */
export function carryOver(before: object, after: object, edited: Edited): boolean {
  return tables.every((table) => table.carry(before, after, edited));
}

/** Does a word of the name stand in what was edited? */
function isTouched(name: string, { before, after }: Edited): boolean {
  const parts = name.split(/[^\w$]+/).filter((part) => part !== '' && part !== 'this' && part !== 'self');
  return parts.length === 0 || parts.some((part) => before.includes(part) || after.includes(part));
}

/** The same content: of sets, maps, lists, plain objects; of anything else, the same value. */
export function isAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...(a as Map<unknown, unknown>)].every(([key, value]) => b.has(key) && isAlike(value, b.get(key)));
  }
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...(a as Set<unknown>)].every((item) => b.has(item));
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return x.length === y.length && x.every(([key, value]) => key in b && isAlike(value, (b as Record<string, unknown>)[key]));
}
