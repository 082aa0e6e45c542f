/**
 * JavaScript: whoever comes second waits for the promise of whoever came first. The promise is kept
 * synchronously, in a field or variable beside the state, by key where the state is looked up by key.
 */
import { listsOf } from '../detect/visit.ts';
import type { Candidate } from '../detect/candidate.ts';
import type { Expr, FunctionDef, Span, Stmt } from '../program/program.ts';
import type { Edit, Draft } from './edit.ts';
import { freeName, indentAt, indentLines, lineStart, nextLine, startsLine, trimEnd } from './layout.ts';
import { chainTo, contains, someExpr, statementAt, testOf, textOf, type Site } from './site.ts';

export function singleFlight(site: Site): Draft[] {
  const { candidate } = site;
  if (site.module.language === 'python' || !site.fn.isAsync || site.fn.isGenerator) return [];
  if (candidate.rule !== 'double-init' && candidate.rule !== 'get-or-create') return [];
  const found = testOf(site);
  if (!found || !candidate.gap) return [];
  const proposal = contains(found.statement.span, candidate.act) ? wrapBody(site, found.statement) : wrapTail(site, found.statement);
  return proposal ? [proposal] : [];
}

/** `if (!x) { …await… x = … }`: the body runs once, the others wait for it. */
function wrapBody(site: Site, statement: Extract<Stmt, { kind: 'if' }>): Draft | null {
  const body = statement.then;
  const first = body[0];
  const last = body.at(-1);
  if (!first || !last || holdsJump(body)) return null;
  const { text } = site;
  const { eol, unit } = site.layout;
  const inner = innerLines(site, statement, { start: first.span.start, end: trimEnd(text, last.span) });
  if (!inner) return null;
  const key = keyOf(site, statement.test);
  if (!sameForAll(site, { start: first.span.start, end: last.span.end }, key)) return null;
  const home = homeFor(site, 'void', key);
  if (!home) return null;
  const indent = indentAt(text, first.span.start);
  const edits: Edit[] = [...home.edits];
  const head =
    home.key === null
      ? [`${home.ref} ??= (async () => {`]
      : [`if (!${home.ref}.has(${home.key})) {`, `${unit}${home.ref}.set(${home.key}, (async () => {`];
  const tail =
    home.key === null
      ? [`})().finally(() => {`, `${unit}${home.ref} = undefined;`, `});`, `await ${home.ref};`]
      : [`${unit}})().finally(() => ${home.ref}.delete(${home.key})));`, `}`, `await ${home.ref}.get(${home.key});`];
  const depth = home.key === null ? unit : unit + unit;
  edits.push({ start: inner.from, end: inner.from, text: head.map((l) => indent + l + eol).join('') });
  edits.push(...indentLines(site.module, inner.from, inner.to, depth));
  edits.push({ start: inner.to, end: inner.to, text: tail.map((l) => indent + l + eol).join('') });
  return { title: 'Let callers that come meanwhile wait for the same promise', edits };
}

/** `if (has) return …; const v = await …; set(v); return v`: the tail runs once, the others get its promise. */
function wrapTail(site: Site, statement: Extract<Stmt, { kind: 'if' }>): Draft | null {
  const list = site.fn.body;
  const at = list.indexOf(statement);
  const first = list[at + 1];
  const last = list.at(-1);
  if (at < 0 || !first || !last || last.kind !== 'return' || last.value === null || statement.else.length > 0) return null;
  const { text } = site;
  const { eol, unit } = site.layout;
  if (!startsLine(text, first.span.start) || someExpr(site.fn, { start: first.span.start, end: last.span.end }, (e) => e.kind === 'yield'))
    return null;
  const from = lineStart(text, first.span.start);
  const to = nextLine(text, trimEnd(text, last.span));
  const result = resultType(site.fn);
  const key = keyOf(site, statement.test) ?? keyBefore(site, statement);
  if (!sameForAll(site, { start: first.span.start, end: last.span.end }, key)) return null;
  const home = homeFor(site, result, key);
  if (!home) return null;
  const indent = indentAt(text, first.span.start);
  const running = freeName(text, ['running', 'pending', 'started']);
  const begun = freeName(text, ['started', 'begun', 'promise']);
  const edits: Edit[] = [...home.edits];
  if (home.key === null) {
    edits.push({ start: from, end: from, text: `${indent}${home.ref} ??= (async () => {${eol}` });
    edits.push(...indentLines(site.module, from, to, unit));
    edits.push({
      start: to,
      end: to,
      text: [`})().finally(() => {`, `${unit}${home.ref} = undefined;`, `});`, `return ${home.ref};`].map((l) => indent + l + eol).join(''),
    });
  } else {
    const head = [
      `const ${running} = ${home.ref}.get(${home.key});`,
      `if (${running} !== undefined) return ${running};`,
      `const ${begun} = (async () => {`,
    ];
    edits.push({ start: from, end: from, text: head.map((l) => indent + l + eol).join('') });
    edits.push(...indentLines(site.module, from, to, unit));
    edits.push({
      start: to,
      end: to,
      text: [`})().finally(() => ${home.ref}.delete(${home.key}));`, `${home.ref}.set(${home.key}, ${begun});`, `return ${begun};`]
        .map((l) => indent + l + eol)
        .join(''),
    });
  }
  return { title: 'Let callers that come meanwhile wait for the same promise', edits };
}

/** One call can stand for another: what differs between calls is only the key, or how to make the value. */
function sameForAll(site: Site, span: Span, key: string | null): boolean {
  if (key !== null) return true;
  const params = new Set(site.fn.params.map((p) => p.name));
  return !someExpr(site.fn, span, (e) => {
    if (e.kind !== 'name' || e.ref.kind !== 'variable' || !params.has(e.ref.variable.name)) return false;
    return !/^\s*\(/.test(site.text.slice(e.span.end, e.span.end + 8));
  });
}

function resultType(fn: FunctionDef): string {
  const match = /^\s*Promise\s*<([\s\S]*)>\s*$/.exec(fn.returnAnnotation ?? '');
  return match?.[1]?.trim() ?? 'any';
}

/** Leaves the body by something that a function around it would change the meaning of. */
function holdsJump(list: readonly Stmt[]): boolean {
  return list.some((s) => s.kind === 'return' || s.kind === 'break' || s.kind === 'continue' || listsOf(s).some(holdsJump));
}

/** The lines of a braced body that stand alone. */
function innerLines(site: Site, statement: Stmt, span: Span): { from: number; to: number } | null {
  const { text } = site;
  if (!startsLine(text, span.start)) return null;
  const before = text.slice(statement.span.start, span.start);
  if (!/\{\s*$/.test(before.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ''))) return null;
  const to = nextLine(text, span.end);
  return { from: lineStart(text, span.start), to };
}

/** The key of `map.has(k)`, `map.get(k)`, `obj[k]`, `k in obj` in a test. */
function keyOf(site: Site, test: Expr): string | null {
  let key: string | null = null;
  someExpr(site.fn, test.span, (e) => {
    key ??= keyIn(site, e);
    return false;
  });
  return key;
}

function keyIn(site: Site, e: Expr): string | null {
  const simple = (x: Expr | undefined): string | null =>
    x && (x.kind === 'name' || x.kind === 'attr' || x.kind === 'const') ? textOf(site, x.span) : null;
  if (
    e.kind === 'call' &&
    e.callee.kind === 'attr' &&
    (e.callee.name === 'has' || e.callee.name === 'get') &&
    textOf(site, e.callee.object.span).endsWith(site.candidate.sharedName)
  )
    return simple(e.args[0]?.value);
  if (e.kind === 'index' && textOf(site, e.object.span).endsWith(site.candidate.sharedName)) return simple(e.index);
  if (e.kind === 'compare' && e.rest[0]?.op === 'in' && textOf(site, e.rest[0].right.span).endsWith(site.candidate.sharedName))
    return simple(e.first);
  return null;
}

/** `const hit = cache.get(k); if (hit) …`: the key of the look-up the test is about. */
function keyBefore(site: Site, statement: Stmt): string | null {
  let key: string | null = null;
  someExpr(site.fn, { start: site.fn.span.start, end: statement.span.start }, (e) => {
    key = keyIn(site, e) ?? key;
    return false;
  });
  return key;
}

interface Home {
  ref: string;
  key: string | null;
  edits: Edit[];
}

/** Where the promise is kept: a field of the class, or a variable beside the state. */
function homeFor(site: Site, result: string, key: string | null): Home | null {
  const { candidate, text } = site;
  const typed = site.module.language === 'typescript';
  const stem = candidate.sharedName.replace(/^[#_]+/, '');
  const name = freeName(text, [`${stem}Pending`, `${stem}InFlight`]);
  const { eol } = site.layout;
  const map = typed ? `new Map<unknown, Promise<${result}>>()` : 'new Map()';
  if (candidate.owner !== null && /^this\./.test(candidate.shared)) {
    const anchor = candidate.owner.members.find((m) => m.kind === 'field' && m.name === candidate.sharedName) ?? candidate.owner.members[0];
    if (!anchor || candidate.owner.body !== null || !startsLine(text, anchor.span.start)) return null;
    const at = anchor.kind === 'field' ? nextLine(text, trimEnd(text, anchor.span)) : lineStart(text, anchor.span.start);
    const indent = indentAt(text, anchor.span.start);
    const visibility = typed ? 'private ' : '';
    const field =
      key === null
        ? typed
          ? `${visibility}${name}: Promise<${result}> | undefined;`
          : `${name} = undefined;`
        : `${visibility}${typed ? 'readonly ' : ''}${name} = ${map};`;
    return {
      ref: `this.${name}`,
      key,
      edits: [{ start: at, end: at, text: `${indent}${field}${eol}${anchor.kind === 'field' ? '' : eol}` }],
    };
  }
  const home = declarationOf(site, candidate);
  if (!home) return null;
  const at = home.after ? nextLine(text, trimEnd(text, home.statement.span)) : lineStart(text, home.statement.span.start);
  const declaration = key === null ? (typed ? `let ${name}: Promise<${result}> | undefined;` : `let ${name};`) : `const ${name} = ${map};`;
  return { ref: name, key, edits: [{ start: at, end: at, text: `${indentAt(text, home.statement.span.start)}${declaration}${eol}` }] };
}

function declarationOf(site: Site, candidate: Candidate): { statement: Stmt; after: boolean } | null {
  const name = candidate.shared.split(/[.[]/)[0] ?? candidate.sharedName;
  for (let fn: FunctionDef | null = site.fn.parent; fn; fn = fn.parent) {
    for (const s of fn.body) {
      const declared =
        (s.kind === 'assign' &&
          s.declares &&
          s.targets.some((t) => t.kind === 'name' && (t.ref.kind === 'variable' ? t.ref.variable.name : t.ref.name) === name)) ||
        (s.kind === 'declare' && s.variables.some((r) => (r.kind === 'variable' ? r.variable.name : r.name) === name));
      if (declared && startsLine(site.text, s.span.start)) return { statement: s, after: true };
    }
  }
  const top = statementAt(chainTo(site.module.body.body, site.fn.span)[0]) ?? site.module.body.body.find((s) => s.kind !== 'import');
  return top && startsLine(site.text, top.span.start) ? { statement: top, after: false } : null;
}
