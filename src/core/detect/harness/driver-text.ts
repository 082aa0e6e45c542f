/** The text of drivers: what is common to all of them, and how values are written. */

/** What the contexts of a driver are called, in order. */
export const ordinals = ['first', 'second', 'third', 'fourth'];

/** `values` as the bodies give them, with `await` where it takes one; `isAsync` says which bodies are coroutines. */
export function pythonText(lines: readonly string[], values: readonly string[], isAsync: readonly boolean[], compares: boolean): string {
  const bodies = values.map((value, i) => {
    const name = ordinals[i] ?? '';
    const result = compares ? `got['${name}'] = ` : 'return ';
    // What is entered and left is a statement.
    return `${isAsync[i] === true ? 'async ' : ''}def ${name}():\n    ${/^(async )?with /.test(value) ? value.replace(/pass$/, `${result}item`) : result + value}\n`;
  });
  const end = compares ? ["print('the same object:', got.get('first') is got.get('second'))"] : [];
  return [
    'import target',
    '',
    ...lines,
    ...(compares ? ['got = {}'] : []),
    '',
    '',
    bodies.join('\n\n'),
    '',
    `concurrently(${values.map((_, i) => ordinals[i] ?? '').join(', ')})`,
    ...end,
    '',
  ].join('\n');
}

/** The same code, run by an event loop from the beginning. */
export function insideLoop(text: string): string {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const body = rest.map((line) => (line === '' ? '' : `    ${line.replace(/^concurrently\(/, 'await concurrently(')}`));
  while (body[0] === '') body.shift();
  return ['import asyncio', first, '', '', 'async def main():', ...body, '', '', 'asyncio.run(main())', ''].join('\n');
}

export function javascriptText(lines: readonly string[], calls: readonly string[], compares: boolean): string {
  const bodies = calls.map((call, i) =>
    compares ? `  async () => {\n    got.${ordinals[i] ?? ''} = await ${call};\n  },` : `  () => ${call},`,
  );
  const end = compares ? ["console.log('the same object:', got.first === got.second);"] : [];
  const isImport = (line: string): boolean => line.startsWith('import ');
  return [
    "import * as target from 'target';",
    ...lines.filter(isImport),
    '',
    ...lines.filter((line) => !isImport(line)),
    ...(compares ? ['const got = {};'] : []),
    '',
    'await concurrently(',
    ...bodies,
    ');',
    ...end,
    '',
  ].join('\n');
}

/** Names that a driver uses itself. */
const ownNames = /^(target|first|second|third|got|concurrently|opaque|functionAt|react|print|console|emit|mount|made)$/;

/** The variable for an argument of that name. */
export function variableFor(name: string): string {
  return ownNames.test(name) ? `${name}Given` : name;
}

/** Declares something handed in of which nothing is known. */
export function unknownLine(name: string, py: boolean): string {
  return py ? `${name} = opaque('${name}')` : `const ${name} = opaque('${name}');`;
}

/** A different literal of the same type; what is no literal stays. */
export function another(text: string): string {
  if (/^-?\d+$/.test(text)) return String(Number(text) + 1);
  return /^(['"])[\w. /-]*\1$/.test(text) ? text.replace(/(\.\w+)?(['"])$/, '2$1$2') : text;
}

export function lowerFirst(name: string, py: boolean): string {
  const lower = py ? name.replace(/(?<!^)([A-Z][a-z])/g, '_$1').toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
  return lower.replace(/^_+/, '') === name || lower === '' ? `${lower}_1` : lower.replace(/^_+/, '');
}

export function stage(call: string): string {
  return `await concurrently(() => ${call});`;
}
