/** The modules of the standard library that are simulated, by name. Each file of modules/ adds its own. */
import { Native, type NativeTraits } from '../language.ts';
import type { Value } from '../values.ts';
import { PyModule } from './objects.ts';

const modules = new Map<string, { values: Map<string, Value>; prelude: string | null; module: PyModule }>();

function entry(name: string): { values: Map<string, Value>; prelude: string | null; module: PyModule } {
  let e = modules.get(name);
  if (!e) {
    const values = new Map<string, Value>();
    e = { values, prelude: null, module: new PyModule(name, values, null) };
    modules.set(name, e);
  }
  return e;
}

/** Declares names of a module. */
export function defineModule(name: string, values: Readonly<Record<string, Value>>, prelude: string | null = null): void {
  const e = entry(name);
  for (const [k, v] of Object.entries(values)) e.values.set(k, v);
  if (prelude !== null) {
    e.prelude = prelude;
    e.module = new PyModule(name, e.values, prelude);
  }
}

export function libraryModule(name: string): PyModule | null {
  return modules.get(name)?.module ?? null;
}

export function isLibraryPackage(name: string): boolean {
  for (const k of modules.keys()) if (k.startsWith(`${name}.`)) return true;
  return false;
}

export function native(name: string, fn: Native['fn'], traits: NativeTraits = {}): Native {
  return new Native(name, fn, traits);
}

/** Names that pasted code uses without importing them: the module and attribute they likely mean. */
export const likely: ReadonlyMap<string, readonly [string, string | null]> = new Map<string, readonly [string, string | null]>([
  ['sleep', ['time', 'sleep']],
  ['thread', ['_thread', 'start_new_thread']],
  ['start_new_thread', ['_thread', 'start_new_thread']],
  ['allocate_lock', ['_thread', 'allocate_lock']],
  ...['Thread', 'Lock', 'RLock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier', 'Timer', 'current_thread'].map(
    (n): [string, [string, string]] => [n, ['threading', n]],
  ),
  ...['randint', 'random', 'choice', 'shuffle', 'uniform', 'randrange', 'sample'].map((n): [string, [string, string]] => [
    n,
    ['random', n === 'random' ? '' : n],
  ]),
  ...['deque', 'defaultdict', 'Counter', 'OrderedDict', 'namedtuple'].map((n): [string, [string, string]] => [n, ['collections', n]]),
  ...['Queue', 'LifoQueue', 'PriorityQueue'].map((n): [string, [string, string]] => [n, ['queue', n]]),
  ...['ThreadPoolExecutor', 'as_completed'].map((n): [string, [string, string]] => [n, ['concurrent.futures', n]]),
  ...['dataclass', 'field'].map((n): [string, [string, string]] => [n, ['dataclasses', n]]),
  ...['contextmanager', 'asynccontextmanager', 'suppress'].map((n): [string, [string, string]] => [n, ['contextlib', n]]),
  ...['lru_cache', 'wraps', 'partial', 'reduce'].map((n): [string, [string, string]] => [n, ['functools', n]]),
  ...['Optional', 'List', 'Dict', 'Any', 'Tuple', 'Set', 'Callable', 'Union', 'Iterable'].map((n): [string, [string, string]] => [
    n,
    ['typing', n],
  ]),
  ['perf_counter', ['time', 'perf_counter']],
  ['monotonic', ['time', 'monotonic']],
  ['Path', ['pathlib', 'Path']],
  ['Enum', ['enum', 'Enum']],
  ['ABC', ['abc', 'ABC']],
  ['abstractmethod', ['abc', 'abstractmethod']],
  ...[
    'asyncio',
    'threading',
    'time',
    'os',
    'json',
    'queue',
    'logging',
    'sys',
    'random',
    'collections',
    'itertools',
    'functools',
    'contextlib',
    'math',
    'uuid',
    'datetime',
    'concurrent',
    're',
    'tempfile',
    'shutil',
    'typing',
    'enum',
    'dataclasses',
    '_thread',
  ].map((n): [string, [string, null]] => [n, [n, null]]),
]);
