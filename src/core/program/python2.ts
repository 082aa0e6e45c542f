/** Modules that Python 2 had by another name, for source that was never renamed. */
const renamed: Readonly<Record<string, string>> = { Queue: 'queue', thread: '_thread', dummy_threading: 'threading' };

/** `Queue.Empty` → `queue.Empty`. */
export function currentName(qualified: string): string {
  const [module = '', ...rest] = qualified.split('.');
  const name = Object.hasOwn(renamed, module) ? renamed[module] : undefined;
  return name === undefined ? qualified : [name, ...rest].join('.');
}
