/**
 * Random small Python threading programs: two or three threads over shared globals, a list, a
 * dictionary, an object's attributes, locks, and what synchronises them. They end, and whatever they
 * do wrong (a KeyError, a deadlock) is an outcome like any other.
 */
import fc from 'fast-check';

const small = fc.integer({ min: 0, max: 2 });
const variable = fc.constantFrom('x', 'y');
const cell = fc.constantFrom('x', 'y', 'box.a', 'box.b', 'items[0]', 'items[1]', 'items[-1]', 'table["k"]');

const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(cell, small).map(([c, n]) => [`${c} = ${n}`]) },
  { weight: 3, arbitrary: fc.tuple(variable, cell).map(([v, c]) => [`${v} = ${c} + 1`]) },
  { weight: 3, arbitrary: fc.tuple(cell, small).map(([c, n]) => [`${c} += ${n}`]) },
  { weight: 2, arbitrary: cell.map((c) => [`t = ${c}`, 'seen.append(t)']) },
  fc.constantFrom(
    ['items.append(x)'],
    ['items.pop()'],
    ['items.insert(0, 7)'],
    ['items.sort()'],
    ['n = len(items)', 'y = n'],
    ['del items[0]'],
    ['items[:] = [5, 6]'],
  ),
  fc.constantFrom(
    ['table["j"] = x'],
    ['table.pop("k", None)'],
    ['x = table.get("j", 9)'],
    ['x = table.setdefault("j", y)'],
    ['y = len(table)'],
    ['if "j" in table:', '    x = table["j"]'],
    ['for k in list(table):', '    y = k'],
    ['table.clear()'],
  ),
  fc.constantFrom(
    ['t = str(items)', 'seen.append(t)'],
    ['t = f"{table}"', 'seen.append(t)'],
    ['t = "%s" % [items]', 'seen.append(t)'],
    ['print(items)'],
  ),
  fc.constantFrom(['members.add(1)'], ['members.discard(1)'], ['if 1 in members:', '    x = 8']),
);

const guarded = fc
  .tuple(cell, small, line, fc.boolean())
  .map(([c, n, body, otherwise]) => [`if ${c} == ${n}:`, ...indent(body), ...(otherwise ? ['else:', '    y = 5'] : [])]);
const loop = fc.tuple(cell, small, line).map(([c, n, body]) => ['k = 0', `while ${c} == ${n} and k < 2:`, ...indent(body), '    k += 1']);
const locked = fc
  .tuple(fc.constantFrom('lock', 'other', 'again'), fc.array(line, { minLength: 1, maxLength: 2 }))
  .map(([l, body]) => [`with ${l}:`, ...indent(body.flat())]);
const nested = fc
  .tuple(fc.constantFrom(['lock', 'other'], ['other', 'lock'], ['again', 'again']), line)
  .map(([[a, b], body]) => [`with ${a}:`, `    with ${b}:`, ...indent(indent(body))]);
const attempt = line.map((body) => ['try:', ...indent(body), 'except (LookupError, TypeError) as e:', '    seen.append(type(e).__name__)']);
const tried = line.map((body) => ['if lock.acquire(False):', ...indent(body), '    lock.release()']);
const signals = fc.constantFrom(
  ['done.set()'],
  ['done.wait()'],
  ['if done.is_set():', '    x = 6'],
  ['jobs.put(x)'],
  ['y = jobs.get()'],
  ['with ready:', '    x = 4', '    ready.notify()'],
  ['with ready:', '    while x != 4:', '        ready.wait()'],
  ['slots.acquire()', 'y = 3', 'slots.release()'],
);

const statement = fc.oneof(
  { weight: 6, arbitrary: line },
  { weight: 3, arbitrary: guarded },
  { weight: 1, arbitrary: loop },
  { weight: 3, arbitrary: locked },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: attempt },
  { weight: 1, arbitrary: tried },
  { weight: 2, arbitrary: signals },
);

function indent(lines: readonly string[]): string[] {
  return lines.map((l) => `    ${l}`);
}

/** Source text of a program; `operations` is the most statements one thread may have. */
export function threadingProgram(threads: number, operations: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.array(statement, { minLength: 1, maxLength: operations }), { minLength: 2, maxLength: threads }), fc.boolean())
    .map(([bodies, join]) =>
      [
        'import threading, queue',
        'class Box:',
        '    def __init__(self):',
        '        self.a = 0',
        '        self.b = 1',
        'x = 0',
        'y = 1',
        'box = Box()',
        'items = [0, 1]',
        'table = {"k": 0}',
        'members = set()',
        'seen = []',
        'lock = threading.Lock()',
        'other = threading.Lock()',
        'again = threading.RLock()',
        'done = threading.Event()',
        'ready = threading.Condition()',
        'slots = threading.Semaphore(1)',
        'jobs = queue.Queue()',
        ...bodies.flatMap((body, i) => [`def t${i}():`, '    global x, y', ...indent(body.flat())]),
        ...bodies.map((_, i) => `th${i} = threading.Thread(target=t${i})`),
        ...bodies.map((_, i) => `th${i}.start()`),
        ...(join ? bodies.map((_, i) => `th${i}.join()`) : []),
        ...(join ? ['print(x, y)'] : []),
        '',
      ].join('\n'),
    );
}
