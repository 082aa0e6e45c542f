/**
 * Python: one operation that cannot be pulled apart in place of a test and an action: `pop(k, None)`,
 * `setdefault`, `exist_ok=True`, `missing_ok=True`, mode `'x'`; failing that, try the action and catch
 * what the test was to prevent.
 */
import type { Expr, Stmt } from '../program/program.ts';
import type { Draft } from './edit.ts';
import { indentAt, lineStart, startsLine, trimEnd } from './layout.ts';
import { qualified } from './python-names.ts';
import { chainTo, contains, someExpr, statementAt, testOf, textOf, type Site } from './site.ts';

export function oneOperation(site: Site): Draft[] {
  if (site.module.language !== 'python') return [];
  const found = testOf(site);
  if (!found || !contains(found.statement.span, site.candidate.act)) return [];
  const { statement } = found;
  const replaced = atomicCall(site, statement);
  if (!replaced) return [];
  const end = trimEnd(site.text, statement.span);
  return [
    { title: `Use one operation that cannot be interrupted: ${replaced}`, edits: [{ start: statement.span.start, end, text: replaced }] },
  ];
}

function only(statement: Extract<Stmt, { kind: 'if' }>): Stmt | null {
  return statement.then.length === 1 && statement.else.length === 0 ? (statement.then[0] ?? null) : null;
}

function atomicCall(site: Site, statement: Extract<Stmt, { kind: 'if' }>): string | null {
  const action = only(statement);
  if (!action) return null;
  const t = (e: Expr): string => textOf(site, e.span);
  const { test } = statement;
  const membership =
    test.kind === 'compare' && test.rest.length === 1 && test.rest[0]
      ? { key: test.first, op: test.rest[0].op, of: test.rest[0].right }
      : null;
  if (membership?.op === 'in' && action.kind === 'delete' && action.targets.length === 1) {
    const target = action.targets[0];
    if (target?.kind === 'index' && t(target.object) === t(membership.of) && t(target.index) === t(membership.key))
      return `${t(membership.of)}.pop(${t(membership.key)}, None)`;
  }
  if (membership?.op === 'not in' && action.kind === 'assign' && action.targets.length === 1 && isCheap(action.value)) {
    const target = action.targets[0];
    if (target?.kind === 'index' && t(target.object) === t(membership.of) && t(target.index) === t(membership.key)) {
      return `${t(membership.of)}.setdefault(${t(membership.key)}, ${t(action.value)})`;
    }
  }
  const exists = existsTest(site, test);
  if (!exists || action.kind !== 'expr' || action.value.kind !== 'call') return null;
  const { callee, args } = action.value;
  if (callee.kind !== 'attr') return null;
  if (exists.negated && (callee.name === 'makedirs' || callee.name === 'mkdir')) {
    if (exists.method === 'os' && args[0] && t(args[0].value) === exists.path)
      return `${t(callee.object)}.makedirs(${[...args.map((a) => textOf(site, argSpan(a))), 'exist_ok=True'].join(', ')})`;
    if (exists.method === 'path' && callee.name === 'mkdir' && t(callee.object) === exists.path)
      return `${exists.path}.mkdir(${[...args.map((a) => (a.kind === 'keyword' ? `${a.name}=${t(a.value)}` : t(a.value))), 'exist_ok=True'].join(', ')})`;
  }
  if (!exists.negated && exists.method === 'path' && callee.name === 'unlink' && args.length === 0 && t(callee.object) === exists.path)
    return `${exists.path}.unlink(missing_ok=True)`;
  return null;
}

function argSpan(a: { kind: string; value: Expr }): { start: number; end: number } {
  return a.value.span;
}

/** Evaluating it for nothing costs nothing and has no effect: literals, empty containers. */
function isCheap(e: Expr): boolean {
  if (e.kind === 'const') return true;
  if (e.kind === 'list' || e.kind === 'set' || e.kind === 'tuple') return e.items.every((i) => i !== null && isCheap(i.value));
  if (e.kind === 'dict') return e.entries.every((x) => x.key !== null && isCheap(x.key) && isCheap(x.value));
  if (e.kind === 'name') return true;
  return (
    e.kind === 'call' &&
    e.args.length === 0 &&
    e.callee.kind === 'name' &&
    e.callee.ref.kind === 'global' &&
    /^(list|dict|set|tuple|deque|object)$/.test(e.callee.ref.name)
  );
}

/** `os.path.exists(p)`, `os.path.isfile(p)`, `p.exists()`, with or without `not`. */
function existsTest(site: Site, test: Expr): { negated: boolean; path: string; method: 'os' | 'path' } | null {
  if (test.kind === 'unary' && test.op === 'not') {
    const inner = existsTest(site, test.operand);
    return inner && { ...inner, negated: !inner.negated };
  }
  if (test.kind !== 'call' || test.callee.kind !== 'attr' || !/^(exists|isfile|isdir|is_file|is_dir|lexists)$/.test(test.callee.name))
    return null;
  const [argument] = test.args;
  if (argument) return { negated: false, path: textOf(site, argument.value.span), method: 'os' };
  return { negated: false, path: textOf(site, test.callee.object.span), method: 'path' };
}

/** `if TEST: ACT; REST` becomes `try: ACT` / `except …:` / `else: REST`. */
export function tryInstead(site: Site): Draft[] {
  if (site.module.language !== 'python') return [];
  const proposal = insteadOfIf(site) ?? insteadOfWhile(site);
  return proposal ? [proposal] : [];
}

function insteadOfIf(site: Site): Draft | null {
  const found = testOf(site);
  if (!found) return null;
  const { statement } = found;
  const { text } = site;
  if (!startsLine(text, statement.span.start) || /^elif\b/.test(text.slice(statement.span.start))) return null;
  const at = statement.then.findIndex((s) => contains(s.span, site.candidate.act));
  const action = statement.then[0];
  if (at !== 0 || !action) return null;
  // Nothing but a simple statement is tried: the handler must not swallow what comes after.
  const opens = action.kind === 'with' && action.items.length === 1;
  if (!opens && !isSimple(action)) return null;
  const failure = failureOf(site, statement.test, action);
  if (!failure) return null;
  const { eol, unit } = site.layout;
  const indent = indentAt(text, statement.span.start);
  const body = linesOf(site, [action], indent + unit);
  const rest = statement.then.slice(1);
  const otherwise = statement.else.length === 0 ? `${indent}${unit}pass` : linesOf(site, statement.else, indent + unit);
  if (body === null || otherwise === null) return null;
  const tail = rest.length === 0 ? '' : linesOf(site, rest, indent + unit);
  if (tail === null) return null;
  const actionText = failure.rewrite(body);
  const out = [`try:`, actionText, `${indent}except ${failure.name}:`, otherwise, ...(tail === '' ? [] : [`${indent}else:`, tail])].join(
    eol,
  );
  return {
    title: `Try it and catch ${failure.name} instead of testing first`,
    edits: [...failure.edits, { start: statement.span.start, end: trimEnd(text, statement.span), text: out }],
  };
}

/** `while q: x = q.pop(); …` becomes `while True: try: x = q.pop()` / `except IndexError: break`. */
function insteadOfWhile(site: Site): Draft | null {
  const chain = chainTo(site.fn.body, site.candidate.check);
  const statement = statementAt(chain.at(-1));
  if (statement?.kind !== 'while' || statement.orElse.length > 0 || !contains(statement.test.span, site.candidate.check)) return null;
  const { text } = site;
  const action = statement.body[0];
  if (!action || !contains(action.span, site.candidate.act) || !isSimple(action) || !startsLine(text, action.span.start)) return null;
  const failure = failureOf(site, statement.test, action);
  if (!failure) return null;
  const { eol, unit } = site.layout;
  const indent = indentAt(text, action.span.start);
  const body = linesOf(site, [action], indent + unit);
  if (body === null) return null;
  const out = [`try:`, failure.rewrite(body), `${indent}except ${failure.name}:`, `${indent}${unit}break`].join(eol);
  return {
    title: `Take until ${failure.name} instead of testing first`,
    edits: [
      ...failure.edits,
      { start: statement.test.span.start, end: statement.test.span.end, text: 'True' },
      { start: action.span.start, end: trimEnd(text, action.span), text: out },
    ],
  };
}

function isSimple(s: Stmt): boolean {
  return s.kind === 'expr' || s.kind === 'assign' || s.kind === 'delete' || s.kind === 'return';
}

interface Failure {
  /** Exception that says the test would have been false. */
  name: string;
  edits: { start: number; end: number; text: string }[];
  rewrite: (body: string) => string;
}

function failureOf(site: Site, test: Expr, action: Stmt): Failure | null {
  const same = (body: string): string => body;
  const plain = (name: string): Failure => ({ name, edits: [], rewrite: same });
  const source = textOf(site, action.span);
  const exists = existsTest(site, test);
  if (exists) {
    if (!source.includes(exists.path)) return null;
    const opens = someExpr(
      site.fn,
      action.span,
      (e) => e.kind === 'call' && e.callee.kind === 'name' && e.callee.ref.kind === 'global' && e.callee.ref.name === 'open',
    );
    if (!exists.negated) return plain('FileNotFoundError');
    const mode = /(,\s*(?:mode\s*=\s*)?)(['"])w(b?\+?|\+?b?)\2/;
    if (opens && mode.test(source)) return { name: 'FileExistsError', edits: [], rewrite: (body) => body.replace(mode, '$1$2x$3$2') };
    return null;
  }
  if (test.kind === 'compare' && test.rest.length === 1 && test.rest[0]?.op === 'in') {
    const key = textOf(site, test.first.span);
    const of = textOf(site, test.rest[0].right.span);
    return source.includes(`${of}[${key}]`) || source.includes(`${of}.pop(${key})`)
      ? plain('KeyError')
      : source.includes(`${of}.remove(${key})`)
        ? plain(site.candidate.sharedName === of && /set\(|\{/.test(definitionText(site, of)) ? 'KeyError' : 'ValueError')
        : null;
  }
  // `not q.empty()`, then q.get().
  if (
    test.kind === 'unary' &&
    test.op === 'not' &&
    test.operand.kind === 'call' &&
    test.operand.callee.kind === 'attr' &&
    test.operand.callee.name === 'empty'
  ) {
    const queue = textOf(site, test.operand.callee.object.span);
    if (!source.includes(`${queue}.get`)) return null;
    const name = site.fn.isAsync ? qualified(site.module, 'asyncio', 'QueueEmpty') : qualified(site.module, 'queue', 'Empty');
    return {
      name: name.text,
      edits: name.edits,
      rewrite: (body) =>
        body.replace(new RegExp(`(await\\s+)?${escape(queue)}\\.get(_nowait)?\\((block=False|False)?\\)`), `${queue}.get_nowait()`),
    };
  }
  const container = emptinessOf(site, test);
  if (container === null) return null;
  if (new RegExp(`${escape(container)}\\.(pop|popleft)\\((-1|0)?\\)|${escape(container)}\\[(-1|0)\\]`).test(source))
    return plain('IndexError');
  if (new RegExp(`${escape(container)}\\.popitem\\(|${escape(container)}\\.pop\\(`).test(source)) return plain('KeyError');
  return null;
}

/** `q`, `len(q)`, `len(q) > 0`: the container that is tested for being empty. */
function emptinessOf(site: Site, test: Expr): string | null {
  if (test.kind === 'name' || test.kind === 'attr') return textOf(site, test.span);
  if (
    test.kind === 'call' &&
    test.callee.kind === 'name' &&
    test.callee.ref.kind === 'global' &&
    test.callee.ref.name === 'len' &&
    test.args[0]
  )
    return textOf(site, test.args[0].value.span);
  if (
    test.kind === 'compare' &&
    test.rest.length === 1 &&
    (test.rest[0]?.op === '>' || test.rest[0]?.op === '!=') &&
    textOf(site, test.rest[0].right.span) === '0'
  )
    return emptinessOf(site, test.first);
  return null;
}

function definitionText(site: Site, name: string): string {
  return new RegExp(`^\\s*${escape(name)}\\s*(?::[^=]*)?=(.*)$`, 'm').exec(site.text)?.[1] ?? '';
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The statements' own text with another indentation; null when they do not stand on lines of their own. */
export function linesOf(site: Site, list: readonly Stmt[], indent: string): string | null {
  const { text } = site;
  const first = list[0];
  const last = list.at(-1);
  if (!first || !last) return '';
  const end = trimEnd(text, last.span);
  if (!startsLine(text, first.span.start))
    return list.length === 1 && !text.slice(first.span.start, end).includes('\n') ? indent + text.slice(first.span.start, end) : null;
  const old = indentAt(text, first.span.start);
  const source = text.slice(lineStart(text, first.span.start), end);
  return source
    .split(/\r?\n/)
    .map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line.trim() === '' ? '' : line))
    .join(site.layout.eol);
}
