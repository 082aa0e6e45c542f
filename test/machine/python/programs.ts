/** Random straight-line Python programs over ints, floats, strings, lists, dicts and sets. */
import fc from 'fast-check';

const variables = ['a', 'b', 'c', 'd'];
const variable = fc.constantFrom(...variables);
const small = fc.integer({ min: -20, max: 20 });
const text = fc.constantFrom("''", "'a'", "'ab c'", "'Hello'", "'x,y,,z'", "'é\\n'", "'12'", '"it\'s"', "' pad '");

const leaf: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: variable },
  { weight: 4, arbitrary: small.map(String) },
  { weight: 2, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '0.5',
      '2.0',
      '-1.25',
      '1e3',
      'True',
      'False',
      'None',
      '10**20',
      '[]',
      '{}',
      '()',
      '[1, 2, 3]',
      "{'k': 1, 'm': [2]}",
      '(1, 2)',
      '{1, 2, 3}',
    ),
  },
);

const binary = fc.constantFrom(
  '+',
  '-',
  '*',
  '//',
  '%',
  '/',
  '&',
  '|',
  '^',
  '<',
  '<=',
  '==',
  '!=',
  '>',
  '>=',
  'and',
  'or',
  'in',
  'not in',
  'is not',
);
const unary = fc.constantFrom('-', 'not ', '+', '~');
const call = fc.constantFrom(
  'len',
  'str',
  'repr',
  'bool',
  'int',
  'list',
  'tuple',
  'sorted',
  'sum',
  'max',
  'min',
  'abs',
  'type',
  'float',
  'round',
  'any',
  'all',
  'hex',
  'chr',
  'ord',
  'reversed',
);
const method = fc.constantFrom(
  'upper()',
  'split()',
  "split(',')",
  'strip()',
  'pop()',
  'copy()',
  'keys()',
  'items()',
  "get('k')",
  "get('q', 5)",
  'index(2)',
  'count(1)',
  "join(['p', 'q'])",
  "replace('a', 'zz')",
  'append(7)',
  'sort()',
  'reverse()',
  "find('l')",
  'title()',
  'isdigit()',
  "startswith('H')",
  'insert(1, 9)',
  'extend([4])',
  "setdefault('n', 0)",
  'union([9])',
  'zfill(6)',
  "center(9, '*')",
  'values()',
  'bit_length()',
  'is_integer()',
);
const format = fc.constantFrom('', ':>6', ':<6', ':^7', '!r', ':5', ':.2f', ':05d', ':x', ':,', '!s:>8');

export const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.tuple(tie('e'), binary, tie('e')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(unary, tie('e')).map(([op, x]) => `(${op}${x})`),
    fc.tuple(call, tie('e')).map(([f, x]) => `${f}(${x})`),
    fc.tuple(tie('e'), method).map(([x, f]) => `(${x}).${f}`),
    fc.tuple(tie('e'), small).map(([x, i]) => `(${x})[${i}]`),
    fc
      .tuple(tie('e'), fc.option(small), fc.option(small), fc.option(fc.constantFrom(1, -1, 2, -2)))
      .map(([x, i, j, k]) => `(${x})[${i ?? ''}:${j ?? ''}${k === null ? '' : `:${k}`}]`),
    fc.tuple(variable, format).map(([x, f]) => `f"<{${x}${f}}>"`),
    fc.tuple(tie('e'), tie('e'), tie('e')).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
    fc.array(tie('e'), { maxLength: 3 }).map((xs) => `[${xs.join(', ')}]`),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => `{${x}: ${y}}`),
    tie('e').map((x) => `[i for i in ${x}]`),
  ),
})).e;

const statement = fc.oneof(
  fc.tuple(variable, expression).map(([v, e]) => `${v} = ${e}`),
  fc.tuple(variable, fc.constantFrom('+=', '-=', '*=', '//=', '|=', '%='), leaf).map(([v, op, e]) => `${v} ${op} ${e}`),
  fc.tuple(variable, small, expression).map(([v, i, e]) => `${v}[${i}] = ${e}`),
  fc.tuple(variable, small).map(([v, i]) => `del ${v}[${i}]`),
  expression.map((e) => `print(${e})`),
  variable.map((v) => `x, *y = ${v}\n    print(x, y)`),
);

/** Every statement in a try of its own, printing type and text of what it raises; then all variables. */
export const program: fc.Arbitrary<string> = fc
  .tuple(fc.array(expression, { minLength: 4, maxLength: 4 }), fc.array(statement, { minLength: 3, maxLength: 12 }))
  .map(([initial, body]) => {
    const lines = variables.map((v, i) => `${v} = ${i}`);
    const guard = (s: string): string => `try:\n    ${s}\nexcept Exception as error:\n    print(type(error).__name__, '|', error)`;
    return [
      ...lines,
      ...variables.map((v, i) => guard(`${v} = ${initial[i] ?? '0'}`)),
      ...body.map(guard),
      guard(`print(${variables.join(', ')})`),
    ].join('\n');
  });
