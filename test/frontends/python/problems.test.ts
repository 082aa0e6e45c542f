import { describe, expect, it } from 'vitest';
import type { Stmt } from '../../../src/core/program/program.ts';
import { frontEnd } from './front-end.ts';

/** Each problem as `message @ the text it is at`. */
function problemsOf(text: string): string[] {
  return frontEnd.parse('bad.py', text).problems.map((p) => `${p.message} @ ${text.slice(p.span.start, p.span.end)}`);
}

function outline(statements: Stmt[]): string[] {
  return statements.map((s) => (s.kind === 'assign' && s.value.kind === 'function' ? `def ${s.value.fn.name}` : s.kind));
}

describe('syntax errors', () => {
  it.each([
    ['x = (1, 2\ny = 3\n', "unclosed '(' @ ("],
    ['x = 1)\n', "unmatched ')' @ )"],
    ['x = [1)\n', "closing parenthesis ')' does not match opening parenthesis '[' @ )"],
    ['x = "abc\n', 'unterminated string literal @ "abc'],
    ['x = """abc\n', 'unterminated triple-quoted string literal @ """'],
    ['if x\n    y = 1\n', "expected ':' @ x"],
    ['def f()\n    pass\n', "expected ':' @ )"],
    ['with open(x) as f  # why\n    pass\n', "expected ':' @ f"],
    ['def f():\nx = 1\n', 'expected an indented block @ :'],
    ['x = 1\n  y = 2\n', 'unexpected indent @ y'],
    ['def f():\n    if x:\n        y\n      z\n', 'unexpected indent @ z'],
    ['x = 1 +\ny = 2\n', "expected something after '+' @ +"],
    ['x =\ny = 2\n', 'invalid syntax: the line ends too early @ ='],
    ['f() = 1\n', 'cannot assign to this expression @ f() '],
    ['x = $\n', "invalid character '$' @ $"],
    ['x = 1 2\n', "invalid syntax at '1' @ 1"],
    ['return 1\n', "'return' outside function @ return 1"],
    ['for x in y: pass\nbreak\n', "'break' outside loop @ break"],
    ['x = yield\n', "'yield' outside function @ yield"],
    ['def f():\n    await g()\n', "'await' outside async function @ await g()"],
    ['del f()\n', 'cannot delete function call @ f()'],
    ['try:\n    x\n', "expected 'except' or 'finally' block @ try:\n    x"],
    ['f(a=1, 2)\n', 'positional argument follows keyword argument @ 2'],
    ['def f(a, a): pass\n', "duplicate argument 'a' in function definition @ a"],
    ['x = 08\n', 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers @ 08'],
    ['x = "\\x4"\n', 'truncated \\xXX escape @ \\x4'],
    ['x = b"é"\n', 'bytes can only contain ASCII literal characters @ é'],
    ['x = "a" b"b"\n', 'cannot mix bytes and nonbytes literals @ "a" b"b"'],
    ['*a = b\n', 'starred assignment target must be in a list or tuple @ *a'],
    ['match x:\n    case y: pass\n    case 1: pass\n', 'wildcard or capture makes remaining patterns unreachable @ case y: pass'],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it('does not let a line being typed swallow the next one', () => {
    const { module, problems } = frontEnd.parse('bad.py', 'def f():\n    a = b =\n    c = 1\n    return c\n');
    expect(problems).toHaveLength(1);
    expect(module.functions[1]?.body.map((s) => s.kind)).toEqual(['unsupported', 'return']);
  });

  it('keeps the functions that have no error', () => {
    const text =
      'def a():\n    return 1\n\ndef b():\n    x = = 2\n    return x\n\nclass C:\n    def m(self):\n        return self.(\n    def n(self):\n        return 2\n\ndef d():\n    return 4\n';
    const { module, problems } = frontEnd.parse('bad.py', text);
    expect(problems.length).toBeGreaterThan(0);
    expect(module.functions.map((fn) => fn.name)).toEqual(expect.arrayContaining(['a', 'd', 'n']));
    expect(module.functions.find((fn) => fn.name === 'd')?.body.map((s) => s.kind)).toEqual(['return']);
  });

  it('makes only the statement with the error unsupported', () => {
    const { module } = frontEnd.parse('bad.py', 'def b():\n    y = 1\n    x = = 2\n    return x\n\ndef c(): pass\n');
    expect(outline(module.body.body)).toEqual(['def b', 'def c']);
    expect(module.functions[1]?.body.map((s) => s.kind)).toEqual(['assign', 'unsupported', 'return']);
  });

  it('takes back what a rejected statement had begun', () => {
    const { module } = frontEnd.parse('bad.py', 'x = [lambda: 1, (yield)]\ny = lambda: 2\n');
    expect(module.functions.map((fn) => fn.name)).toEqual(['<module>', '<lambda>']);
    expect(module.globals.map((g) => g.name)).toEqual(['y']);
  });
});
