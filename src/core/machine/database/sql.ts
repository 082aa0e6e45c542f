/** Calls that are handed SQL as text: `db.execute("SELECT …", (x,))`, `pool.query('…', [x])`, `` sql`…` ``. */
import { endingName } from '../../program/guard-names.ts';
import { runsSql, sqlStatement, type Sql } from '../../program/database-verbs.ts';
import { Opaque, type Value } from '../values.ts';
import type { Keywords } from '../language.ts';
import type { Values } from './conditions.ts';

/** `./pool.pool.query` → `query`. */
export function lastOf(name: string): string {
  return endingName(name);
}

export interface SqlCall {
  statement: Sql;
  text: string;
  parameters: readonly Value[];
}

/** The statement a call of that name is handed, null when there is none. */
export function handlesSqlOf(name: string, args: readonly Value[], keywords: Keywords, l: Values): SqlCall | null {
  const [head] = args;
  // A template with a tag, whatever the tag is called.
  const strings = l.items(head);
  if (strings !== null && strings.length === args.length && strings.every((s) => typeof s === 'string')) {
    const text = strings.map((part, i) => (i === 0 ? part : `$${String(i)}${part as string}`)).join('');
    const statement = sqlStatement(text);
    return statement && { statement, text, parameters: args.slice(1) };
  }
  if (!runsSql.test(name)) return null;
  // `db.fetch_one(query="…", values={…})`
  const named = (...names: string[]): Value => names.map((n) => keywords?.get(n)).find((v) => v !== undefined);
  const [first = named('query', 'sql', 'statement'), second = named('values', 'params', 'parameters')] = args;
  const text = textOf(first, l);
  if (text === null) return null;
  const statement = sqlStatement(text);
  if (statement === null) return null;
  const listed = l.items(second);
  const config = first instanceof Opaque ? null : l.entries(first)?.find(([k]) => k === 'values')?.[1];
  const bare = config === undefined || config === null;
  const handed = args.length > 1 || second === undefined ? args.slice(1) : [second];
  return { statement, text, parameters: listed ?? (bare ? handed : (l.items(config) ?? [])) };
}

/** Text, `text("…")`, or `{ text, values }`. */
function textOf(v: Value, l: Values): string | null {
  if (typeof v === 'string') return v;
  if (v instanceof Opaque) {
    if (v.from?.kind === 'operation') return joined(v.from.operator, v.from.left, v.from.right, l);
    if (v.from?.kind !== 'call') return null;
    const [inner] = v.from.args;
    return typeof inner === 'string' ? inner : null;
  }
  const text = l.entries(v)?.find(([k]) => k === 'text' || k === 'sql')?.[1];
  return typeof text === 'string' ? text : null;
}

/** `"SELECT … FROM " + schema + ".users"`, `"INSERT INTO %s.users …" % schema`, of which a part is not known. */
function joined(operator: string, left: Value, right: Value, l: Values): string | null {
  if (operator === '%') return textOf(left, l)?.replace(/%%/g, '%') ?? null;
  const before = operator === '+' ? textOf(left, l) : null;
  return before === null ? null : before + (textOf(right, l) ?? (right instanceof Opaque ? right.name : ''));
}

/** The columns that a query asks for, in their order; empty text for what is no column by itself, nothing for all of them. */
export function columnsAsked(text: string): string[] {
  const list = /^\W*SELECT\s+(?:DISTINCT\s+)?([^*;]+?)\s+FROM\b/i.exec(text)?.[1];
  if (list === undefined) return [];
  const parts = list.split(/,(?![^()]*\))/);
  return parts.map((part) => /^\s*(?:["'`]?\w+["'`]?\.)?["'`]?(\w+)["'`]?(?:\s+(?:AS\s+)?\w+)?\s*$/i.exec(part)?.[1] ?? '');
}
