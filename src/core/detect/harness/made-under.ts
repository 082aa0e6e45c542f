/** Arguments under which a function comes to a place: to where it makes another (`if size == 0: def wrapper…`), or to an act. */
import type { Expr, FunctionDef, Span, Stmt } from '../../program/program.ts';
import { type ModuleInfo, refName } from '../module-info.ts';

/** By parameter of `outer`, an argument with which its body comes to where `inner` is made. */
export function madeUnder(info: ModuleInfo, outer: FunctionDef, inner: FunctionDef): Map<string, string> {
  const { given, refused } = asked(info, outer, testsBefore(outer.body, inner.span) ?? []);
  for (const [name, texts] of refused) if (!given.has(name)) given.set(name, otherThan(texts));
  return given;
}

/**
 * By parameter with a default, an argument with which a call comes to a place in the function, which it does not by that
 * default: `if sid is not None: … else: <here>`. Null: the default is what it takes.
 */
export function comesUnder(info: ModuleInfo, fn: FunctionDef, place: Span): Map<string, string | null> {
  const out = new Map<string, string | null>();
  const { given, refused } = asked(info, fn, [...leftBefore(fn.body, place), ...(testsBefore(fn.body, place) ?? [])]);
  for (const { name, default: value } of fn.params) {
    if (value === null) continue;
    const byDefault = info.text(value.span);
    const text = given.get(name);
    const not = refused.get(name) ?? [];
    if (text !== undefined) out.set(name, text === byDefault ? null : text);
    else if (not.includes('None') && byDefault === 'False') out.set(name, 'True');
    else if (not.includes(byDefault) && byDefault !== 'None') out.set(name, otherThan(not));
  }
  return out;
}

/** What the tests ask of the parameters of a function: what they are, and what they are not. */
function asked(info: ModuleInfo, fn: FunctionDef, tests: readonly Test[]): { given: Map<string, string>; refused: Map<string, string[]> } {
  const given = new Map<string, string>();
  const params = new Set(fn.params.map((p) => p.name));
  const refused = new Map<string, string[]>();
  for (const { test, holds } of tests) require(info, test, holds, params, given, refused);
  return { given, refused };
}

/** Tests at the top of a body whose other outcome leaves it before the place: `if not detail: return names`. */
function leftBefore(body: readonly Stmt[], place: Span): Test[] {
  const isLeft = (branch: readonly Stmt[]): boolean => /^(?:return|raise)$/.test(branch.at(-1)?.kind ?? '');
  return body.flatMap((s): Test[] => {
    if (s.kind !== 'if' || s.span.end > place.start) return [];
    if (isLeft(s.then)) return [{ test: s.test, holds: false }];
    return isLeft(s.else) ? [{ test: s.test, holds: true }] : [];
  });
}

interface Test {
  test: Expr;
  holds: boolean;
}

/** What was tested on the way to a place; null when it is not in there. */
function testsBefore(body: readonly Stmt[], inner: Span): Test[] | null {
  for (const s of body) {
    if (s.span.start > inner.start || s.span.end < inner.end) continue;
    if (s.kind !== 'if') return 'body' in s && Array.isArray(s.body) ? (testsBefore(s.body, inner) ?? []) : [];
    for (const [branch, holds] of [
      [s.then, true],
      [s.else, false],
    ] as const) {
      const further = testsBefore(branch, inner);
      if (further !== null) return [{ test: s.test, holds }, ...further];
    }
    return [];
  }
  return null;
}

function require(
  info: ModuleInfo,
  test: Expr,
  holds: boolean,
  params: ReadonlySet<string>,
  given: Map<string, string>,
  refused: Map<string, string[]>,
): void {
  const isParam = (e: Expr): e is Extract<Expr, { kind: 'name' }> => e.kind === 'name' && params.has(refName(e.ref));
  const set = (name: string, text: string): void => {
    if (!given.has(name)) given.set(name, text);
  };
  const refuse = (name: string, text: string): void => {
    refused.set(name, [...(refused.get(name) ?? []), text]);
  };
  if (test.kind === 'unary' && test.op === 'not') return require(info, test.operand, !holds, params, given, refused);
  // All parts of what holds hold, and none of an alternative that does not.
  if (test.kind === 'logical' && (test.op === 'and') === holds) {
    require(info, test.left, holds, params, given, refused);
    require(info, test.right, holds, params, given, refused);
    return;
  }
  if (isParam(test)) return holds ? refuse(refName(test.ref), 'None') : set(refName(test.ref), 'None');
  if (test.kind === 'call' && info.text(test.callee.span) === 'callable' && test.args[0] !== undefined && isParam(test.args[0].value)) {
    const name = refName(test.args[0].value.ref);
    return holds ? set(name, `opaque('${name}')`) : refuse(name, 'None');
  }
  const [only, ...more] = test.kind === 'compare' ? test.rest : [];
  if (test.kind !== 'compare' || only === undefined || more.length > 0 || !isParam(test.first) || only.right.kind !== 'const') return;
  const isSame = only.op === '==' || only.op === 'is';
  if (!isSame && only.op !== '!=' && only.op !== 'is not') return;
  (isSame === holds ? set : refuse)(refName(test.first.ref), info.text(only.right.span));
}

/** An argument that is none of these. */
function otherThan(texts: readonly string[]): string {
  const numbers = texts.filter((t) => /^-?\d+$/.test(t)).map(Number);
  if (numbers.length > 0) return String(Math.max(...numbers) + 1);
  return texts.some((t) => /^['"]/.test(t)) ? "'other'" : texts.includes('False') ? 'True' : texts.includes('True') ? 'False' : '1';
}
