/** What is worked out of an object and a name once, and kept as long as the object is. */
export function keptBy<O extends object, T extends NonNullable<unknown>>(workOut: (of: O, name: string) => T): (of: O, name: string) => T {
  const kept = new WeakMap<O, Map<string, T>>();
  return (of, name) => {
    let known = kept.get(of);
    if (known === undefined) kept.set(of, (known = new Map()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = workOut(of, name)));
    return found;
  };
}
