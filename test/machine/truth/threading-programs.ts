/**
 * Random threading programs of which every line makes at most one visible operation, so that a real
 * interpreter can be stopped before each of them by its line events.
 */
import fc from 'fast-check';

const number = fc.constantFrom('0', '1', '2', '3', '-1', 'a', 'b');
const name = fc.constantFrom('x', 'y');
const key = fc.constantFrom('"k"', '"j"', '1', 'a');
const index = fc.constantFrom('0', '1', '2', '-1', '-2', 'a');
const local = fc.constantFrom('a', 'b');

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(local, name).map(([l, n]) => `${l} = ${n}`) },
  { weight: 4, arbitrary: fc.tuple(name, number, fc.constantFrom('', ' + 1', ' * 2', ' - 3')).map(([n, v, e]) => `${n} = ${v}${e}`) },
  { weight: 3, arbitrary: fc.tuple(local, index).map(([l, i]) => `${l} = items[${i}]`) },
  { weight: 3, arbitrary: fc.tuple(index, number).map(([i, v]) => `items[${i}] = ${v}`) },
  { weight: 2, arbitrary: fc.tuple(local, key).map(([l, k]) => `${l} = table[${k}]`) },
  { weight: 3, arbitrary: fc.tuple(key, number).map(([k, v]) => `table[${k}] = ${v}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(local, fc.constantFrom('box.a', 'box.b', 'getattr(box, "c", 5)', 'hasattr(box, "a")'))
      .map(([l, e]) => `${l} = ${e}`),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('box.a', 'box.b', 'box.c'), number).map(([t, v]) => `${t} = ${v}`) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'items.append(#)',
          'items.insert(0, #)',
          'items.insert(-1, #)',
          'items.remove(#)',
          'items.extend([#, 4])',
          'items[0:1] = [#, #]',
          'members.add(#)',
          'members.discard(#)',
          'members.remove(#)',
          'table.update({"j": #})',
          'line.append(#)',
          'line.appendleft(#)',
          'jobs.put(#)',
          'del table[#]',
          'del items[#]',
          'line.rotate(#)',
          'items.pop(#)',
        ),
        number,
      )
      .map(([t, v]) => t.replaceAll('#', v)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'items.sort()',
      'items.reverse()',
      'items.clear()',
      'table.clear()',
      'del box.a',
      'done.set()',
      'done.clear()',
      'done.wait()',
      'slots.acquire()',
      'slots.release()',
      'members.clear()',
      'items[:] = [8, 9]',
      'del items[1:]',
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        local,
        fc.constantFrom(
          'len(items)',
          'len(table)',
          'sum(items)',
          'max(items)',
          'items.pop()',
          'items.index(1)',
          'items.count(1)',
          'table.get("j", 7)',
          'table.setdefault("j", 6)',
          'table.pop("k", 5)',
          'table.pop("j")',
          '1 in items',
          '"j" in table',
          '2 in members',
          'len(members)',
          'len(line)',
          'line.pop()',
          'line.popleft()',
          'line[0]',
          'jobs.get()',
          'jobs.qsize()',
          'jobs.empty()',
          'done.is_set()',
          'lock.locked()',
          'slots.acquire(False)',
          'lock.acquire(False)',
          'int(str(x))',
          'len(items[1:])',
        ),
      )
      .map(([l, e]) => `${l} = ${e}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'print(items[0:2])',
      'print(sorted(items))',
      'print(list(table))',
      'print(list(table.items()))',
      'print(str(items))',
      'print(dict(table))',
      'print(list(line))',
      'print(f"{x}")',
      'print(tuple(items))',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'lock.acquire()',
      'lock.release()',
      'again.acquire()',
      'again.release()',
      'other.acquire()',
      'other.release()',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'print(a)',
      'print(a, b)',
      'a, b = b, a',
      'a = a + 1',
      'b = [a, b][1]',
      'assert a == 0',
      'a = "s"',
      'b = 10 // a',
    ),
  },
);

type Block = string[];
const lines = fc.array(operation, { minLength: 1, maxLength: 2 });
const statement: fc.Arbitrary<Block> = fc.oneof(
  { weight: 8, arbitrary: operation.map((o) => [o]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'x == 0',
          'y > 0',
          'a == 0',
          'items[0] == 1',
          'items',
          'table',
          '"k" in table',
          'box.a != 0',
          'members',
          'not lock.locked()',
        ),
        lines,
        fc.option(lines),
      )
      .map(([c, body, rest]) => [`if ${c}:`, ...body.map(indent), ...(rest ? ['else:', ...rest.map(indent)] : [])]),
  },
  {
    weight: 1,
    arbitrary: lines.map((body) => [
      'try:',
      ...body.map(indent),
      'except (LookupError, ValueError) as e:',
      '    print(type(e).__name__, e)',
      'else:',
      '    print("fine")',
      'finally:',
      '    b = 1',
    ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x < 2', 'len(items) < 4', 'a < 2', 'box.a == 0'), lines)
      .map(([c, body]) => ['n = 0', `while ${c}:`, ...body.map(indent), '    n = n + 1', '    if n == 2:', '        break']),
  },
  { weight: 1, arbitrary: lines.map((body) => ['lock.acquire()', 'try:', ...body.map(indent), 'finally:', '    lock.release()']) },
  { weight: 1, arbitrary: lines.map((body) => ['for v in range(2):', '    a = v', ...body.map(indent)]) },
  {
    weight: 1,
    arbitrary: lines.map((body) => ['for v in list(items):', '    b = v', '    if v == 7:', '        continue', ...body.map(indent)]),
  },
);

function indent(text: string): string {
  return `    ${text}`;
}

export interface TruthProgram {
  source: string;
  threads: number;
}

export const truthProgram: fc.Arbitrary<TruthProgram> = fc
  .array(fc.array(statement, { minLength: 2, maxLength: 5 }), { minLength: 2, maxLength: 3 })
  .map((threads) => ({
    threads: threads.length,
    source: [
      'import threading',
      'import queue',
      'from collections import deque',
      'class Box:',
      '    def __init__(self):',
      '        self.a = 0',
      '        self.b = 1',
      'x = 0',
      'y = 1',
      'box = Box()',
      'items = [1, 2]',
      'table = {"k": 0}',
      'members = {2}',
      'line = deque([5])',
      'jobs = queue.Queue()',
      'lock = threading.Lock()',
      'other = threading.Lock()',
      'again = threading.RLock()',
      'done = threading.Event()',
      'slots = threading.Semaphore(1)',
      ...threads.flatMap((body, i) => [`def t${i}():`, '    global x, y', '    a = 0', '    b = 1', ...body.flat().map(indent)]),
      'if __name__ == "__main__":',
      ...threads.map((_, i) => `    threading.Thread(target=t${i}, name="t${i}").start()`),
      '',
    ].join('\n'),
  }));
