/** Calls that are handed SQL as text: `db.execute("SELECT …", (x,))`, `pool.query('…', [x])`, `` sql`…` ``. */
import { runsSql, sqlStatement, type Sql } from '../../program/database-verbs.ts';
import { Opaque, type Value } from '../values.ts';
import type { Values } from './conditions.ts';

/** `./pool.pool.query` → `query`. */
export function lastOf(name: string): string {
  return /([\w$]+)$/.exec(name)?.[1] ?? '';
}

export interface SqlCall {
  statement: Sql;
  text: string;
  parameters: readonly Value[];
}

/** The statement a call of that name is handed, null when there is none. */
export function handlesSqlOf(name: string, args: readonly Value[], l: Values): SqlCall | null {
  if (!runsSql.test(name)) return null;
  const [first, second] = args;
  const strings = l.items(first);
  if (strings !== null && strings.length > 0 && strings.every((s) => typeof s === 'string')) {
    const text = strings.join('?');
    const statement = sqlStatement(text);
    return statement && { statement, text, parameters: args.slice(1) };
  }
  const text = textOf(first, l);
  if (text === null) return null;
  const statement = sqlStatement(text);
  if (statement === null) return null;
  const listed = l.items(second);
  const config = first instanceof Opaque ? null : l.entries(first)?.find(([k]) => k === 'values')?.[1];
  return { statement, text, parameters: listed ?? (config === undefined || config === null ? args.slice(1) : (l.items(config) ?? [])) };
}

/** Text, `text("…")`, or `{ text, values }`. */
function textOf(v: Value, l: Values): string | null {
  if (typeof v === 'string') return v;
  if (v instanceof Opaque) {
    if (v.from?.kind !== 'call') return null;
    const [inner] = v.from.args;
    return typeof inner === 'string' ? inner : null;
  }
  const text = l.entries(v)?.find(([k]) => k === 'text' || k === 'sql')?.[1];
  return typeof text === 'string' ? text : null;
}
