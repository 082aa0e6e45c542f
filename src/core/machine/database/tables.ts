/**
 * A virtual data base: tables whose rows are shared state, each operation one step, as one statement
 * is. Which rows were there before is unknown: whether one that is asked for was is a data choice, made
 * once per question; a row that was there has unknown columns, the same for everybody who looks.
 * A row that was read is a copy: changing it changes nothing until it is saved.
 */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { HeapObject, Opaque, type OutsidePlace, type Value } from '../values.ts';

export class Table extends HeapObject {
  readonly type = 'table';
  readonly name: string;
  readonly rows: TableRow[] = [];
  /** Rows that were, or were not, there before, by the question that was asked for them. */
  readonly initial = new Map<string, TableRow | null>();
  constructor(name: string) {
    super();
    this.name = name;
    this.label = name;
  }
  references(visit: (value: Value) => void): void {
    for (const r of this.rows) for (const v of r.columns.values()) visit(v);
  }
  override outside(show: (value: Value) => string): OutsidePlace {
    return { kind: 'table', name: this.name, value: showRows(this, show), tell: String };
  }
}

export class TableRow {
  /** What is known of it. */
  readonly columns: Map<string, Value>;
  /** Columns that were changed since it was found or made. */
  readonly updated = new Map<string, true>();
  /** Columns nobody has said anything about are parts of this. */
  readonly unknown: Opaque;
  deleted = false;
  constructor(columns: Map<string, Value>, unknown: Opaque) {
    this.columns = columns;
    this.unknown = unknown;
  }
}

class Database extends HeapObject {
  readonly type = 'data base';
  readonly tables = new Map<string, Table>();
  references(visit: (value: Value) => void): void {
    for (const t of this.tables.values()) visit(t);
  }
}

/** What of a row is asked for. */
export interface Condition {
  /** Columns that must be equal. */
  equal: Map<string, Value>;
  /** Columns that must be one of several. */
  oneOf?: Map<string, readonly Value[]>;
  /** Conditions that are not understood, as text. */
  others: string[];
}

export const everything: Condition = { equal: new Map(), others: [] };

/** What the languages do differently. */
export interface TableLanguage {
  /** true, false or STOP: are two values the same? Asks for unknown ones. */
  same(m: Machine, a: Value, b: Value): Value;
  /** A part of an unknown value: the same each time. */
  part(m: Machine, o: Opaque, name: string): Value;
  /** `old + delta`. */
  add(m: Machine, old: Value, delta: number): Value;
  show(v: Value): string;
}

export function tableNamed(m: Machine, name: string): Table {
  const database = m.observe('tables', () => new Database());
  const key = name.toLowerCase().replace(/_/g, '').replace(/s$/, '');
  let table = database.tables.get(key);
  if (!table) {
    table = m.adopt(new Table(name));
    m.trail.mapSet(database.tables, key, table);
  }
  if (!table.shared) m.share(table);
  return table;
}

/** Rows of the table as text: what a step shows before and after. */
export function showRows(table: Table, show: (value: Value) => string): string {
  const rows = table.rows.filter((r) => !r.deleted).map((r) => `{${[...r.columns].map(([k, v]) => `${k}: ${show(v)}`).join(', ')}}`);
  return rows.length > 8 ? `[${rows.slice(0, 8).join(', ')}, … ${String(rows.length - 8)} more]` : `[${rows.join(', ')}]`;
}

export function conditionText(c: Condition, language: TableLanguage): string {
  const listed = [...(c.oneOf ?? [])].map(([k, all]) => `${k} in ${all.map((v) => language.show(v)).join(', ')}`);
  return [...[...c.equal].map(([k, v]) => `${k} = ${language.show(v)}`), ...listed, ...c.others].join(' and ');
}

/** `version + 1` and `version`: unknown, but not the same. */
function isShifted(a: Value, b: Value): boolean {
  const { from } = a instanceof Opaque ? a : { from: null };
  if (from?.kind !== 'operation' || !(b instanceof Opaque) || !/^[+-]$/.test(from.operator)) return false;
  return from.left instanceof Opaque && from.left.name === b.name && typeof from.right === 'number' && from.right !== 0;
}

function isPartOf(v: Value, row: TableRow): boolean {
  return v instanceof Opaque && v.from?.kind === 'part' && v.from.of === row.unknown;
}

/** Does the row meet the condition? true, false or STOP. */
function meets(m: Machine, language: TableLanguage, row: TableRow, c: Condition): Value {
  let known = 0;
  let result = true;
  for (const [column, wanted] of c.equal) {
    const has = row.columns.get(column);
    if (has === undefined) continue;
    known++;
    if (isShifted(has, wanted) || isShifted(wanted, has)) return false;
    const same = language.same(m, has, wanted);
    if (same === STOP) return STOP;
    if (same !== true) return false;
  }
  // Rows found by different columns are different rows, unless one is asked for by what the other holds.
  if (known === 0 && c.equal.size > 0 && ![...c.equal.values()].some((wanted) => isPartOf(wanted, row))) return false;
  for (const [column, wanted] of c.equal) {
    if (row.columns.has(column)) continue;
    const same = language.same(m, language.part(m, row.unknown, column), wanted);
    if (same === STOP) return STOP;
    if (same !== true) result = false;
  }
  for (const [column, all] of c.oneOf ?? []) {
    const has = row.columns.get(column) ?? language.part(m, row.unknown, column);
    let isOne = false;
    for (const wanted of all) {
      const same: Value = isOne ? false : language.same(m, has, wanted);
      if (same === STOP) return STOP;
      isOne ||= same === true;
    }
    if (!isOne) return false;
  }
  for (const other of c.others) {
    // `next_run_at <= now()`, of a row whose `next_run_at` was set since: that is how a row is claimed.
    const claimed = [...row.updated.keys()].find((k) => new RegExp(`\\b${k.replace(/\W/g, '\\$&')}\\b`, 'i').test(other));
    if (claimed !== undefined) {
      m.assume(`a row of which \`${claimed}\` was set is taken not to meet \`${other}\` any more`);
      return false;
    }
    const what = `${row.unknown.name}: ${other}`;
    const answer = m.chooseOnce(`meets ${String(row.unknown.id)} ${other}`, what, ['true', 'false']);
    if (answer < 0) return STOP;
    if (answer === 1) result = false;
  }
  return result;
}

/**
 * The rows that meet a condition, one that was there before among them when there was one. Null when a
 * question must be asked first; nothing has changed then.
 */
export function select(m: Machine, language: TableLanguage, table: Table, c: Condition): TableRow[] | null {
  const found: TableRow[] = [];
  for (const row of table.rows) {
    if (row.deleted) continue;
    const meetsIt = meets(m, language, row, c);
    if (meetsIt === STOP) return null;
    if (meetsIt === true) found.push(row);
  }
  if (found.length > 0 || c.equal.size + c.others.length + (c.oneOf?.size ?? 0) === 0) return found;
  // Rows that were read before are asked for by what they are.
  if (c.oneOf !== undefined) return found;
  const question = conditionText(c, language);
  const known = table.initial.get(question);
  if (known !== undefined || isIdentified(table, c)) return found;
  const answer = m.chooseOnce(`row ${table.name} ${question}`, `a row of ${table.name} with ${question} was there before`, ['no', 'yes']);
  if (answer < 0) return null;
  if (answer === 0) {
    m.trail.mapSet(table.initial, question, null);
    return found;
  }
  const row = new TableRow(new Map(c.equal), unknownRow(m, `${table.name}(${question})`));
  m.trail.mapSet(table.initial, question, row);
  m.trail.push(table.rows, row);
  return [row];
}

/** The row with that identity is known, and is another than what is asked for: there is no second one. */
function isIdentified(table: Table, c: Condition): boolean {
  return [...c.equal].some(
    ([column, wanted]) => /^(id|_id|pk|uuid)$/.test(column) && table.rows.some((row) => row.columns.get(column) === wanted),
  );
}

function unknownRow(m: Machine, name: string): Opaque {
  const o = m.adopt(new Opaque(name));
  o.label = name;
  return o;
}

export function looked(m: Machine, language: TableLanguage, table: Table): void {
  m.peeked = true;
  m.read(table, 'rows', showRows(table, language.show));
}

function changed(m: Machine, language: TableLanguage, table: Table, change: () => void): void {
  m.peeked = true;
  const before = showRows(table, language.show);
  change();
  m.write(table, 'rows', showRows(table, language.show), before);
}

export function insert(m: Machine, language: TableLanguage, table: Table, columns: ReadonlyMap<string, Value>): TableRow {
  const name = `${table.name}#${String(table.rows.length + 1)}`;
  const row = new TableRow(new Map(columns), unknownRow(m, name));
  for (const v of columns.values()) m.escape(table, v);
  changed(m, language, table, () => {
    m.trail.push(table.rows, row);
  });
  return row;
}

/** A value to set, or a number to add to what is there. */
export type Change = { set: Value } | { add: number };

export function update(
  m: Machine,
  language: TableLanguage,
  table: Table,
  rows: readonly TableRow[],
  changes: ReadonlyMap<string, Change>,
): void {
  changed(m, language, table, () => {
    for (const row of rows)
      for (const [column, change] of changes) {
        const v =
          'set' in change ? change.set : language.add(m, row.columns.get(column) ?? language.part(m, row.unknown, column), change.add);
        m.escape(table, v);
        m.trail.mapSet(row.columns, column, v);
        if (!row.updated.has(column)) m.trail.mapSet(row.updated, column, true);
      }
  });
}

export function remove(m: Machine, language: TableLanguage, table: Table, rows: readonly TableRow[]): void {
  changed(m, language, table, () => {
    for (const row of rows) m.trail.set(row, 'deleted', true);
  });
}
