/**
 * Random asyncio programs in which everything that comes from outside comes through a gate: the task
 * that waits at one goes on when the schedule opens it, in the machine and in a real event loop.
 */
import fc from 'fast-check';

const value = fc.constantFrom('0', '1', '2', 'x', 'y', 'a');
const awaited = fc.oneof(
  { weight: 5, arbitrary: value.map((v) => `gate(${v})`) },
  { weight: 1, arbitrary: value.map((v) => `refuse(${v})`) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'asyncio.sleep(0, 3)',
      'plain(4)',
      'twice(5)',
      'asyncio.create_task(gate(6))',
      'asyncio.ensure_future(twice(7))',
      'asyncio.gather(gate(1), gate(2))',
      'asyncio.gather(gate(1), refuse(2), gate(3))',
      'asyncio.gather(gate(1), refuse(2), return_exceptions=True)',
      'asyncio.gather(plain(1), twice(2))',
      'asyncio.shield(gate(8))',
      'asyncio.wait_for(gate(9), None)',
      'first(gate(1), gate(2))',
      'first(gate(1), plain(2))',
      'memo()',
      'abandon(gate(1))',
      'abandon(twice(2))',
      'queue.get()',
      'grouped(gate(1), gate(2))',
      'grouped(gate(1), refuse(2), plain(3))',
      'asks()',
      'asyncio.create_task(asks())',
    ),
  },
);

const { context } = fc.letrec<{ context: string[][]; block: string[]; statement: string[] }>((tie) => {
  const block = tie('block').map((lines) => lines.map((line) => `    ${line}`));
  return {
    statement: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      awaited.map((v) => [`a = await ${v}`, 'log("got", show(a))']),
      awaited.map((v) => [`log("value", show(await ${v}))`]),
      value.map((v) => [`x = ${v}`]),
      fc
        .constantFrom(
          'a = x; log("read", a)',
          'y = x',
          'x = 1',
          'a = x + await gate(1); x = a',
          'a = 1 + await gate(1)',
          'items.append(x)',
          'items.append(await gate(x))',
          'log("items", items)',
          'table["k"] = a',
          'table.pop("k", None)',
          'await asyncio.sleep(0)',
          'done.set()',
          'done.clear()',
          'await done.wait(); log("done")',
          'slots.release()',
          'await slots.acquire(); log("slot")',
          'await queue.put(x); log("put", queue.qsize())',
          'queue.put_nowait(0)',
          'log("locked", lock.locked(), queue.empty())',
          'tasks.append(asyncio.create_task(gate(x)))',
          'log("cancelled", tasks[-1].cancel() if tasks else None)',
          'log("over", [t.done() for t in tasks])',
          'asyncio.get_running_loop().call_soon(log, "soon", x)',
          'tasks[-1].add_done_callback(lambda t: log("callback", t.cancelled())) if tasks else None',
          'raise ValueError("own")',
          'return a',
          'who.set(x); log("who", who.get())',
          'asyncio.get_running_loop().call_soon(lambda: log("asked", who.get()))',
          'await box.add(x); log("box", box.sum)',
        )
        .map((line) => [line]),
      fc.constantFrom<string[]>(
        ['if "k" not in table:', '    made = await gate(a)', '    table["k"] = made', '    log("made", len(table))'],
        ['if items:', '    await gate(0)', '    log("last", items.pop() if items else "gone")'],
        [
          'values = source(2)',
          'try:',
          '    async for v in values:',
          '        log("from", v)',
          '        if v == x:',
          '            break',
          'finally:',
          '    await values.aclose()',
        ],
        ['log("list", [v async for v in source(2)])'],
        ['for v in range(2):', '    await gate(v)', '    log("turn", v, x)'],
        ['while y < 2:', '    y = y + 1', '    await gate(y)'],
        ['async with scope("s") as s:', '    log("in", s)', '    a = await gate(1)'],
        ['for t in asyncio.as_completed([asyncio.create_task(gate(1)), asyncio.create_task(gate(2))]):', '    log("as", await t)'],
      ),
      block.map((b) => ['async with lock:', ...b]),
      block.map((b) => ['async with slots:', ...b]),
      block.map((b) => [
        'try:',
        ...b,
        'except ValueError as e:',
        '    log("caught", e)',
        'except asyncio.CancelledError:',
        '    log("was cancelled")',
        '    raise',
        'finally:',
        '    log("finally", x)',
      ]),
      block.map((b) => ['try:', ...b, 'finally:', '    await gate("f")', '    log("finally")']),
      fc.tuple(block, block).map(([b, c]) => ['if x == a:', ...b, 'else:', ...c]),
      block.map((b) => ['async with cond:', ...b, '    cond.notify_all()']),
      block.map((b) => ['async with cond:', '    await cond.wait()', '    log("woken")', ...b]),
    ),
    block: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((s) => s.flat()),
    context: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }),
  };
});

const beginning = `import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar


def show(v):
    return f"{type(v).__name__}({v})" if isinstance(v, BaseException) else repr(v)


async def plain(v):
    return v


async def twice(v):
    await gate(v)
    return await gate(v)


async def first(*aws):
    done, pending = await asyncio.wait([asyncio.ensure_future(a) for a in aws], return_when=asyncio.FIRST_COMPLETED)
    for t in pending:
        t.cancel()
    return sorted(t.result() for t in done)


async def grouped(*aws):
    try:
        async with asyncio.TaskGroup() as tg:
            ts = [tg.create_task(aw) for aw in aws]
    except* ValueError as eg:
        results = [str(e) for e in eg.exceptions]
    else:
        results = [t.result() for t in ts]
    return results


who = ContextVar("who", default="-")


async def asks():
    await gate("w")
    return who.get()


async def abandon(aw):
    t = asyncio.ensure_future(aw)
    await asyncio.sleep(0)
    t.cancel()
    try:
        return await t
    except asyncio.CancelledError:
        return "abandoned"


async def source(n):
    try:
        for i in range(n):
            yield await gate(i)
    finally:
        log("closed")


@asynccontextmanager
async def scope(name):
    log("enter", name)
    try:
        yield await gate(name)
    finally:
        log("leave", name)


class Box:
    def __init__(self):
        self.sum = 0

    async def add(self, v):
        before = self.sum
        await gate(v)
        self.sum = before + 1


known = None


async def memo():
    global known
    if known is None:
        known = await gate("m")
    return known


x = 0
y = 1
items = [1, 2]
table = {}
tasks = []
box = Box()
`;

/** The text of a module that runs its contexts with asyncio.run; \`log\`, \`gate\` and \`refuse\` are given. */
export const asyncioProgram: fc.Arbitrary<string> = fc.array(context, { minLength: 2, maxLength: 3 }).map((contexts) => {
  let n = 0;
  const bodies = contexts.map((body, i) =>
    [`async def c${i}():`, '    global x, y', '    a = 0', ...body.flat().map((line) => `    ${line}`)].join('\n'),
  );
  const names = contexts.map((_, i) => `asyncio.create_task(c${i}(), name="c${i}")`).join(', ');
  return `${beginning}

${bodies.join('\n\n\n')}


async def main():
    global lock, slots, done, cond, queue
    lock = asyncio.Lock()
    slots = asyncio.Semaphore(1)
    done = asyncio.Event()
    cond = asyncio.Condition()
    queue = asyncio.Queue(1)
    for t in [${names}]:
        try:
            log("ended", show(await t))
        except Exception as e:
            log("failed", show(e))


asyncio.run(main())
`.replace(/log\("(?=[a-z])/g, () => `log("${++n} `);
});
