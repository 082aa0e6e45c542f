import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrontEndResult } from '../../../src/core/program/program.ts';
import { printModule } from '../../../src/core/program/print.ts';
import type { PythonParse } from '../../../src/frontends/python/index.ts';
import { frontEnd } from './front-end.ts';

const source = `import threading
from queue import Queue

stack = [2, 4, 6]  # shared 😀
lock = threading.Lock()

class Account:
    """Holds é and 𝒳."""
    limit: int = 3

    def __init__(self, owner, *rest, balance=0, **extra):
        self.owner, self.balance = owner, balance
        self.__log = [f"{x!r:>{balance}}" for x in rest if x]

    @property
    def rich(self):
        return self.balance > 1_000 and not self.owner in ('', None)

    async def withdraw(self, amount):
        if self.balance >= amount:
            await self.audit(amount)
            self.balance -= amount
        else:
            raise ValueError("not enough: {}".format(amount)) from None

def thread1():
    while 1:
        try:
            with lock, open('x') as f:
                value = stack[0]
        except (IndexError, OSError) as error:
            print(error)
            continue
        finally:
            pass
        match value:
            case [1, *others] | {"k": others}:
                del stack[0]
            case Account(owner=o) if o:
                yield o
            case _:
                lambda a, b=1: (a := b)

if __name__ == '__main__':
    threading.Thread(target=thread1, args=()).start()
`;

/** Every node has a span inside the text, ids are indices, no two places share a node. */
function checkResult({ module, problems }: FrontEndResult): void {
  const { length } = module.text;
  const seen = new Set<object>();
  const visit = (node: unknown, key: string): void => {
    if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
    if (key === 'parent' || key === 'owner' || key === 'variable' || key === 'ref' || key === 'variables') return;
    if (seen.has(node)) throw new Error(`a node is shared, under ${key}`);
    seen.add(node);
    if (Array.isArray(node)) {
      for (const item of node) visit(item, key);
      return;
    }
    const { span } = node as { span?: { start: number; end: number } };
    if (span !== undefined && !(0 <= span.start && span.start <= span.end && span.end <= length))
      throw new Error(`span ${span.start}-${span.end} of ${key} outside 0-${length}`);
    for (const [name, value] of Object.entries(node)) if (name !== 'span' && name !== 'nameSpan') visit(value, name);
  };
  visit(module.body, 'body');
  const reached = module.functions.every((fn, i) => fn.id === i && seen.has(fn));
  if (!reached) throw new Error('a listed function is not in the tree, or its id is not its index');
  for (const problem of problems) {
    if (problem.message === '' || problem.span.start > problem.span.end || problem.span.end > length)
      throw new Error(`bad problem ${JSON.stringify(problem)}`);
  }
  printModule(module);
}

const edit = fc.record({
  at: fc.nat(source.length),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom(
      '',
      '(',
      ')',
      '[',
      '"',
      '"""',
      "f'{",
      ':',
      '\n',
      '\n    ',
      '\n\n\n',
      '\\',
      '\t',
      '#',
      '*',
      'def f(',
      'class A:',
      'async ',
      'lambda',
      '=',
      '\0',
      '😀',
      '\ud800',
      '\r',
      'match x:\n case',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.nat(source.length - 60).map((i) => source.slice(i, i + 60)),
  ),
});

function apply(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const start = Math.min(at, text.length);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

describe('no input breaks the front end', () => {
  it('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 200 })), (text) => {
        checkResult(frontEnd.parse('any.py', text));
      }),
      { numRuns: 300 },
    );
  });

  it('takes any sequence of Python tokens', () => {
    const token = fc.constantFrom(
      'def',
      'class',
      'if',
      'else',
      ':',
      '\n',
      '    ',
      '\n    ',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      'x',
      'y',
      '=',
      ',',
      '.',
      '*',
      '**',
      'lambda',
      'for',
      'in',
      'async',
      'await',
      'yield',
      'match',
      'case',
      '_',
      'with',
      'as',
      'try',
      'except',
      'del',
      'import',
      'from',
      '"',
      'f"',
      '1',
      '-',
      'not',
      'global',
      'nonlocal',
      'return',
      '@',
      ':=',
      '->',
      'print',
      'exec',
      'type',
      '|',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), fc.constantFrom('', ' '), (tokens, glue) => {
        checkResult(frontEnd.parse('tokens.py', tokens.join(glue)));
      }),
      { numRuns: 500 },
    );
  });

  it('takes damaged sources', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        checkResult(frontEnd.parse('damaged.py', edits.reduce(apply, source)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same after edits as when parsed afresh', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        let text = source;
        let state: PythonParse = frontEnd.parseIncremental('edited.py', text, null).state;
        for (const one of edits) {
          text = apply(text, one);
          const next = frontEnd.parseIncremental('edited.py', text, state);
          state = next.state;
          const fresh = frontEnd.parse('edited.py', text);
          checkResult(next.result);
          // Recovery from errors may legitimately differ; what is correct may not.
          if (fresh.problems.length > 0) continue;
          expect(next.result.problems).toEqual([]);
          expect(printModule(next.result.module)).toBe(printModule(fresh.module));
          expect(spans(next.result)).toEqual(spans(fresh));
        }
        frontEnd.release(state);
      }),
      { numRuns: 150 },
    );
  });

  const deep: Record<string, string> = {
    parentheses: `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\ny = 1\n`,
    'unclosed parentheses': `x = ${'('.repeat(10_000)}\ny = 1\n`,
    lists: `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\ny = 1\n`,
    calls: `x = ${'f('.repeat(10_000)}${')'.repeat(10_000)}\ny = 1\n`,
    'attribute chains': `x = a${'.b()'.repeat(10_000)}\ny = 1\n`,
    sums: `x = 1${' + 1'.repeat(10_000)}\ny = 1\n`,
    nots: `x = ${'not '.repeat(10_000)}1\ny = 1\n`,
    lambdas: `x = ${'lambda: '.repeat(5_000)}1\ny = 1\n`,
    ifs: `${Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('')}${' '.repeat(1_000)}pass\ny = 1\n`,
    elifs: `if x:\n    pass\n${'elif y:\n    pass\n'.repeat(5_000)}y = 1\n`,
    cases: `match x:\n${'    case 1: pass\n'.repeat(5_000)}y = 1\n`,
    targets: `${'('.repeat(5_000)}x${',)'.repeat(5_000)} = 1\ny = 1\n`,
    assignments: `${'x = '.repeat(10_000)}1\ny = 1\n`,
    'one line': `x = [${'1, '.repeat(200_000)}]\ny = 1\n`,
    'a long string': `x = "${'a😀'.repeat(300_000)}"\ny = 1\n`,
    'f-strings': `x = ${'f"{'.repeat(500)}1${'}"'.repeat(500)}\ny = 1\n`,
  };

  it.each(Object.entries(deep))('takes ten thousand %s', (_, text) => {
    const result = frontEnd.parse('deep.py', text);
    printModule(result.module);
    for (const problem of result.problems) expect(problem.span.end).toBeLessThanOrEqual(text.length);
  });

  it('keeps what follows something nested too deeply', () => {
    const { module, problems } = frontEnd.parse('deep.py', deep['sums'] ?? '');
    expect(problems.map((p) => p.message)).toEqual(['nested more than 400 levels deep']);
    expect(module.body.body.map((s) => s.kind)).toEqual(['unsupported', 'assign']);
  });

  it('takes fifty thousand lines, and an edit in them costs little', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `def f${i}(x):\n    if x in cache:\n        del cache[x]\n    return x\n\n`);
    const first = frontEnd.parseIncremental('big.py', lines.join(''), null);
    expect(first.result.problems).toEqual([]);
    expect(first.result.module.functions).toHaveLength(10_001);
    lines[5_000] = 'def edited(x):\n    return 1\n';
    const second = frontEnd.parseIncremental('big.py', lines.join(''), first.state);
    frontEnd.release(second.state);
    expect(second.result.problems).toEqual([]);
    expect(second.result.module.functions[5_001]?.name).toBe('edited');
  });
});

function spans({ module }: FrontEndResult): string[] {
  const text = (span: { start: number; end: number }): string => module.text.slice(span.start, span.end);
  return [...module.functions.map((fn) => text(fn.nameSpan)), ...module.body.body.map((s) => text(s.span))];
}
