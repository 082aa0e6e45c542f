/**
 * Queries that are built link by link and run when they are waited for: `await knex('jobs').where({ id }).select('state')`, also
 * where a variable holds the first part of them.
 */
import type { Expr, Span } from '../../program/program.ts';
import { visitFunction } from '../visit.ts';
import type { Walk } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** Links that a query may end with. */
const links =
  /^(?:(?:and|or)?[wW]here(?:Not|In|NotIn|Null|NotNull|Between|Exists|Raw)?|select|column|columns|limit|offset|orderBy|orderByRaw|groupBy|distinct|join|leftJoin|innerJoin|forUpdate|forShare|skipLocked|noWait)$/;
/** Links that say what is asked of which table. */
const tables = /^(?:from|into|table)$/;
const waits = /(?:\bawait|\breturn|\byield|=>)\s*\(?\s*$/;

export interface BuiltQuery {
  table: string;
  /** The rows are locked, and the lock is kept: in a transaction it lasts, otherwise the statement's end gives it back. */
  locks: boolean;
  /** What runs it: the call of `then`, where it is not waited for in another way. */
  span: Span;
}

const handled = new WeakMap<Expr, Span>();

/** `query.then(…)`: the call as a whole is what runs the query. */
export function noteHandled(query: Expr, by: Span): void {
  handled.set(query, by);
}

/** The query that a call runs; null when it is none, or only a part of one. */
export function builtQuery(w: Walk, e: Call): BuiltQuery | null {
  if (w.info.language !== 'javascript' || e.callee.kind !== 'attr' || !links.test(e.callee.name)) return null;
  const { text } = w.info.module;
  const by = handled.get(e);
  if (by === undefined && !waits.test(text.slice(Math.max(0, e.span.start - 20), e.span.start))) return null;
  const parts: string[] = [w.info.text(e.span)];
  let table = tableOf(e);
  const root = rootOf(e);
  if (table === null && root.kind === 'name' && root.ref.kind === 'variable')
    for (const value of valuesOf(w, root.ref.variable)) {
      table ??= tableOf(value);
      parts.push(w.info.text(value.span));
    }
  if (table === null) return null;
  const isLocked = parts.some((p) => /\.for(?:Update|Share|NoKeyUpdate)\(/.test(p));
  return { table, span: by ?? e.span, locks: isLocked && isInTransaction(w, parts.join(' ')) };
}

/** By its name, or by what it is handed to. */
function isInTransaction(w: Walk, query: string): boolean {
  if (/\btransacting\(|\b(?:tx|trx|transaction)\s*(?:[.(]|\)\s*\.)/i.test(query)) return true;
  const { module } = w.info;
  for (let f: Walk['fn'] | null = w.fn; f !== null && f.kind !== 'module'; f = f.parent)
    if (/transaction\w*\(\s*(?:async\s*)?$/i.test(module.text.slice(Math.max(0, f.span.start - 40), f.span.start))) return true;
  return false;
}

/** The table that `knex('jobs')`, `db.from('jobs')` is of, at the beginning of a chain. */
function tableOf(e: Expr): string | null {
  let current = e;
  let hasLink = false;
  for (;;) {
    if (current.kind === 'attr') current = current.object;
    else if (current.kind === 'call') {
      const [first, ...more] = current.args;
      const name = first?.value.kind === 'const' && first.value.value.type === 'string' ? first.value.value.value : null;
      const { callee } = current;
      if (callee.kind === 'attr' && tables.test(callee.name) && name !== null) return name;
      const isRoot = callee.kind === 'name' || (callee.kind === 'attr' && !links.test(callee.name) && rootOf(callee).kind !== 'call');
      if (isRoot) return hasLink && name !== null && more.length === 0 && /^\w[\w.]*$/.test(name) ? name : null;
      hasLink = true;
      current = callee;
    } else return null;
  }
}

function rootOf(e: Expr): Expr {
  let current = e;
  while (current.kind === 'attr' || current.kind === 'call') current = current.kind === 'attr' ? current.object : current.callee;
  return current;
}

/** What a variable of the function is set to. */
function valuesOf(w: Walk, variable: object): Expr[] {
  const found: Expr[] = [];
  visitFunction(w.fn, {
    stmt(s) {
      if (s.kind !== 'assign') return;
      for (const t of s.targets) if (t.kind === 'name' && t.ref.kind === 'variable' && t.ref.variable === variable) found.push(s.value);
    },
    expr(x) {
      if (x.kind === 'assign' && x.target.kind === 'name' && x.target.ref.kind === 'variable' && x.target.ref.variable === variable)
        found.push(x.value);
    },
  });
  return found;
}
