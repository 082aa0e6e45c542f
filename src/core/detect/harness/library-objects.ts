/** Objects of the standard library that a call is handed, by the annotation of the parameter: what a caller would make. */
import type { ModuleInfo } from '../module-info.ts';

/** How one is made under a name, by the qualified name of its class. Only those that nobody waits for in vain. */
const made: Readonly<Record<string, (name: string) => readonly string[]>> = {
  // What it stands for is done: who waits for it goes on.
  'concurrent.futures.Future': (name) => [
    'import concurrent.futures',
    `${name} = concurrent.futures.Future()`,
    `${name}.set_result('result')`,
  ],
  'threading.Lock': (name) => ['import threading', `${name} = threading.Lock()`],
  // A relative one, which a folder and a file may have.
  'pathlib.Path': (name) => ['import pathlib', `${name} = pathlib.Path('data')`],
  'threading.RLock': (name) => ['import threading', `${name} = threading.RLock()`],
};

/** The lines that make it; null where the annotation names none of them. */
export function libraryObject(info: ModuleInfo, annotation: string, name: string): readonly string[] | null {
  const written = /^[\s"']*(?:Optional\[)?[\s"']*([A-Za-z_][\w.]*)/.exec(annotation)?.[1];
  if (info.language !== 'python' || written === undefined) return null;
  const [first = '', ...rest] = written.split('.');
  const imported = info.imports.get(first);
  return imported === undefined ? null : (made[[imported, ...rest].join('.')]?.(name) ?? null);
}
