/**
 * Calls of data-base libraries, carried out on the virtual tables: what the names along a call say is
 * taken at its word, and told as an assumption. Language-neutral; how a call is waited for is not here.
 */
import { columnsAsked, handlesSqlOf, lastOf } from './sql.ts';
import { type Does } from '../../program/database-verbs.ts';
import { STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { HeapObject, Opaque, type Value } from '../values.ts';
import { chainOf, queryOf, tableIn, tableOf, type Chain } from './chain.ts';
import { changesOf, columnsOf, conditionOf, sqlParts, type Values } from './conditions.ts';
import {
  conditionText,
  insert,
  looked,
  remove,
  select,
  tableNamed,
  update,
  type Change,
  type Condition,
  type Table,
  type TableLanguage,
  type TableRow,
} from './tables.ts';

export interface QueryLanguage extends TableLanguage, Values {
  list(m: Machine, items: Value[]): Value;
  tuple(m: Machine, items: Value[]): Value;
  /** An unknown value with a name. */
  unknown(m: Machine, name: string): Opaque;
  /** What a query for one row gives when there is none. */
  readonly none: Value;
  isFunction(v: Value): boolean;
  /** Is what the running call gives waited for? */
  isAwaited(m: Machine): boolean;
}

/** What a call gives. `failed`: there is no such row, and the caller asked for an error then. */
export interface Given {
  value: Value;
  failed?: string;
  /** Must be waited for, whatever the language thinks of such calls. */
  sync?: boolean;
}

/** A row as a program has it: a copy of the columns at the time it was read. */
export class RowCopy extends HeapObject {
  readonly type = 'row';
  readonly table: Table;
  /** Null: not in the table yet. */
  row: TableRow | null;
  readonly dirty = new Map<string, boolean>();
  /** Assignments reach the table without a call of `save` (a unit of work that is committed). */
  readonly writesThrough: boolean;
  /** Columns by their place, where the statement names them. */
  order: readonly string[] = [];
  constructor(table: Table, row: TableRow | null, writesThrough: boolean) {
    super();
    this.table = table;
    this.row = row;
    this.writesThrough = writesThrough;
  }
  references(visit: (value: Value) => void): void {
    visit(this.table);
  }
}

/** Rows that a statement gave, or how many it changed. */
export class QueryResult extends HeapObject {
  readonly type = 'query result';
  readonly rows: readonly Value[];
  readonly count: Value;
  /** `SELECT COUNT(*)`: the one value of the one row. */
  readonly scalar: Value;
  /** Destructured it is `[rows, fields]` (mysql2). */
  readonly isPair: boolean;
  constructor(rows: readonly Value[], count: Value, scalar: Value, isPair = false) {
    super();
    this.rows = rows;
    this.count = count;
    this.scalar = scalar;
    this.isPair = isPair;
  }
  references(visit: (value: Value) => void): void {
    for (const r of this.rows) visit(r);
  }
}

/** Results of cursors: `cursor.execute(…)` then `cursor.fetchone()`. */
const cursors = new WeakMap<Machine, Map<number, QueryResult>>();

/** Calls that make a query without running it. */
const builds =
  /^(filter|filter_by|where|andWhere|orWhere|whereNot|exclude|order_by|orderBy|select_related|prefetch_related|select_for_update|with_for_update|forUpdate|join|leftJoin|innerJoin|leftJoinAndSelect|options|limit|offset|skip|take|query|only|defer|distinct|annotate|values|set|createQueryBuilder|from|into)$/;

/** Unknown objects that were asked for rows: whatever they are called, they are tables. */
const receivers = new WeakMap<Machine, Map<number, true>>();

/** What the call of an unknown function gives when it talks to a data base, undefined when it does not. */
export function databaseCall(
  m: Machine,
  f: Opaque,
  args: readonly Value[],
  keywords: Keywords,
  l: QueryLanguage,
  isPair = true,
): Given | 'stop' | undefined {
  const { from } = f;
  const name = from?.kind === 'part' ? from.name : lastOf(f.name);
  const receiver = from?.kind === 'part' ? from.of : null;
  if (receiver instanceof Opaque) {
    if (receiver.model instanceof RowCopy) return onRow(m, receiver, receiver.model, name, args, keywords, l);
    if (receiver.model instanceof QueryResult) return onResult(m, receiver.model, name, l);
    const last = cursors.get(m)?.get(receiver.id);
    if (last && /^fetch/.test(name) && handlesSqlOf(name, args, keywords, l) === null) return onResult(m, last, name, l);
  }
  if (args.some((a) => l.isFunction(a))) return undefined;
  const sql = handlesSqlOf(name, args, keywords, l);
  if (sql !== null) {
    const parts = sqlParts(sql.text, sql.parameters, l);
    const table = tableNamed(m, sql.statement.table);
    if (m.mustStop()) return 'stop';
    const given = perform(m, table, sql.statement.does, parts.condition, columnsIn(parts.changes), parts.changes, false, l);
    if (given === 'stop') return 'stop';
    if (sql.statement.does === 'rows')
      for (const row of l.items(given.value) ?? [])
        if (row instanceof Opaque && row.model instanceof RowCopy) row.model.order = columnsAsked(sql.text);
    return shaped(m, name, sql.statement.does, given, receiver, l, l.language === 'javascript' && isPair && /\?/.test(sql.text), sql.text);
  }
  const chain = chainOf(f);
  const last = chain.links[chain.links.length - 1];
  if (last === undefined) return undefined;
  chain.links[chain.links.length - 1] = { name: last.name, args, keywords };
  const statement = args[0];
  if (/^(execute|scalar|scalars|exec|fetch_one|fetch_all|fetch_val|fetchrow|fetchval)$/.test(name) && statement instanceof Opaque) {
    const inner = statementChain(statement, l);
    const what = statementOf(inner, l);
    if (what !== null) {
      const table = tableNamed(m, what.table);
      if (m.mustStop()) return 'stop';
      const condition = conditionOf(inner, l);
      const given = perform(m, table, what.does, condition, columnsOf(inner, l), valuesOf(inner, l), true, l);
      if (given === 'stop') return 'stop';
      return shaped(m, name, what.does, given, receiver, l);
    }
  }
  // `db.insert(users)` before `.values(…)`.
  const [only] = args;
  const names =
    /^(insert|update|delete)$/.test(name) &&
    l.language === 'javascript' &&
    args.length === 1 &&
    only instanceof Opaque &&
    only.model === null &&
    only.from?.kind !== 'call' &&
    !l.isAwaited(m);
  // `select(User).where(…).exists()` is a part of a statement.
  const isPart = name === 'exists' && l.language === 'python' && chain.links.find((k) => k.args !== null)?.name === 'select';
  if ((names || isPart || builds.test(name)) && receiver instanceof Opaque && (names || isPart || tableOf(chain, l, false) !== null)) {
    // Says what is asked for; nothing happens yet.
    const o = l.unknown(m, `${f.name}(${args.map((a) => l.show(a)).join(', ')})`);
    o.definite = true;
    o.from = { kind: 'call', callee: f, args, keywords };
    return { value: o, sync: true };
  }
  let tables = receivers.get(m);
  if (!tables) receivers.set(m, (tables = new Map()));
  const query = queryOf(chain, l, receiver instanceof Opaque && tables.has(receiver.id));
  if (query === null) return undefined;
  if (receiver instanceof Opaque && !tables.has(receiver.id)) m.trail.mapSet(tables, receiver.id, true);
  const { does } = query;
  if (does === 'insert' || does === 'save' || does === 'delete' || does === 'update') {
    const [entity] = args;
    if (
      entity instanceof Opaque &&
      entity.model instanceof RowCopy &&
      /^(add|add_all|merge|save|persist|delete|remove|destroy|softRemove)$/.test(name)
    )
      return onRow(m, entity, entity.model, does === 'delete' ? 'delete' : 'save', [], null, l);
  }
  const table = tableNamed(m, query.table);
  if (m.mustStop()) return 'stop';
  // `repository.create({…})` makes an entity that is saved later.
  if (
    l.language === 'javascript' &&
    name === 'create' &&
    !l.isAwaited(m) &&
    receiver instanceof Opaque &&
    /^[a-z_]/.test(lastOf(receiver.name))
  ) {
    const columns = columnsOf(chain, l);
    return { value: copyOf(m, table, null, columns, false, l), sync: true };
  }
  const condition = conditionOf(chain, l);
  const through = isUnitOfWork(chain);
  return perform(m, table, rowKind(does, chain, l), condition, columnsOf(chain, l), changesOf(chain, l), through, l, name);
}

/** An unknown value that is waited for: `await knex('users').where({ id })`, `await db.select().from(users)`. */
export function databaseAwait(m: Machine, o: Opaque, l: QueryLanguage): Given | 'stop' | undefined {
  if (o.from?.kind !== 'call') return undefined;
  const chain = chainOf(o);
  const what = statementOf(chain, l);
  if (what === null) return undefined;
  const table = tableNamed(m, what.table);
  return perform(m, table, what.does, conditionOf(chain, l), columnsOf(chain, l), valuesOf(chain, l), false, l);
}

/** What says which rows: of `select(exists().where(User.name == name))` and `select(select(User).where(…).exists())` the part inside. */
function statementChain(statement: Opaque, l: QueryLanguage): Chain {
  const chain = chainOf(statement);
  const first = chain.links.find((k) => k.args !== null);
  const [inner] = first?.args ?? [];
  if (l.language !== 'python' || !(inner instanceof Opaque) || first === undefined || !/^(select|exists)$/.test(first.name)) return chain;
  const asked = chainOf(inner).links.filter((k) => k.args !== null);
  if (first.name === 'select' && asked.some((k) => k.name === 'exists')) return statementChain(inner, l);
  // `exists(select(User).where(…))`
  if (first.name !== 'exists' || asked[0]?.name !== 'select') return chain;
  return { ...chain, links: [...chainOf(inner).links, { name: 'exists', args: [], keywords: null }] };
}

/** `select(User).where(…)`, `insert(users).values(…)`, `db.select().from(users)`, `knex('users').where(…)`. */
function statementOf(chain: Chain, l: QueryLanguage): { does: Does; table: string } | null {
  let does: Does | null = null;
  for (const link of chain.links) {
    if (link.args === null) continue;
    if (/^(select|from|from_|query)$/.test(link.name)) does ??= 'rows';
    else if (/^(insert|insert_into)$/.test(link.name)) does = 'insert';
    else if (link.name === 'update') does = 'update';
    else if (/^(delete|del)$/.test(link.name)) does = 'delete';
    else if (/^(on_conflict\w*|onConflict\w*|onDuplicateKeyUpdate|on_duplicate_key_update)$/.test(link.name) && does === 'insert')
      does = 'upsert';
    else if (/^(where\w*|filter|filter_by)$/.test(link.name)) does ??= 'rows';
  }
  if (does === null) return null;
  const first = chain.links.find((k) => k.args !== null);
  if (first !== undefined && /^(select|exists)$/.test(first.name) && first.args?.some((a) => /\bcount\(/.test(l.show(a))) === true)
    does = 'count';
  if (l.language === 'python' && does === 'rows' && chain.links.some((k) => k.name === 'exists' && k.args !== null)) does = 'exists';
  const table = tableOf(chain, l, false) ?? innerTable(chain, l);
  return table === null ? null : { does, table };
}

function innerTable(chain: Chain, l: QueryLanguage): string | null {
  for (const link of chain.links)
    if (/^(select|insert|update|delete|from|from_|select_from|into|query|knex|db|table)$/.test(link.name)) {
      for (const a of link.args ?? []) {
        const table = tableIn(a, l);
        if (table !== null) return table;
      }
    }
  return l.language === 'python' ? tableOfColumn(chain, l) : null;
}

/** The table of a column that is all there is: `select(func.count(User.id))`, `exists().where(User.name == name)`. */
function tableOfColumn(chain: Chain, l: QueryLanguage): string | null {
  for (const link of chain.links) {
    if (!/^(select|where|filter)$/.test(link.name)) continue;
    for (const a of link.args ?? []) {
      if (!(a instanceof Opaque)) continue;
      const column = a.from?.kind === 'operation' ? a.from.left : a.from?.kind === 'call' ? a.from.args[0] : undefined;
      const table = column instanceof Opaque && column.from?.kind === 'part' ? tableIn(column, l) : null;
      if (table !== null) return table;
    }
  }
  return null;
}

function valuesOf(chain: Chain, l: QueryLanguage): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const link of chain.links) {
    if (!/^(values|set|update)$/.test(link.name) || link.args === null) continue;
    const part = changesOf({ root: null, links: [link] }, l);
    for (const [k, v] of part) changes.set(k, v);
  }
  return changes;
}

function columnsIn(changes: ReadonlyMap<string, Change>): Map<string, Value> {
  const columns = new Map<string, Value>();
  for (const [k, c] of changes) columns.set(k, 'set' in c ? c.set : c.add);
  return columns;
}

/** Does `get` give nothing when there is no row, or fail? */
function rowKind(does: Does, chain: Chain, l: QueryLanguage): Does {
  const last = chain.links[chain.links.length - 1];
  if (does === 'rowOrFail' && l.language === 'python' && last?.name === 'get') {
    const ofSession = (last.args?.length ?? 0) >= 2 || chain.links.some((k) => k.name === 'query');
    return ofSession ? 'row' : 'rowOrFail';
  }
  if (does === 'row' && last?.name === 'scalar' && chain.links.some((k) => k.args?.some((a) => /\bcount\(/.test(l.show(a))) === true))
    return 'count';
  return does;
}

function isUnitOfWork(chain: Chain): boolean {
  const last = chain.links[chain.links.length - 1];
  if (last?.name === 'get' && (last.args?.length ?? 0) >= 2) return true;
  return chain.links.some((k) => /^(query|select|execute|scalar|scalars|session|scoped_session)$/i.test(k.name));
}

function perform(
  m: Machine,
  table: Table,
  does: Does | 'upsert',
  condition: Condition,
  columns: Map<string, Value>,
  changes: ReadonlyMap<string, Change>,
  through: boolean,
  l: QueryLanguage,
  name = '',
): Given | 'stop' {
  assume(m, table);
  m.breaker |= 16;
  switch (does) {
    case 'insert':
    case 'save': {
      const row = insert(m, l, table, columns);
      return { value: copyOf(m, table, row, row.columns, through, l) };
    }
    case 'count': {
      const inserted = countable(m, table, condition, l);
      if (inserted === null) return 'stop';
      looked(m, l, table);
      return { value: counted(m, table, condition, inserted, l) };
    }
    case 'aggregate': {
      const inserted = countable(m, table, condition, l);
      if (inserted === null) return 'stop';
      looked(m, l, table);
      return { value: aggregated(m, table, condition, inserted, l) };
    }
    default:
  }
  const found = select(m, l, table, condition);
  if (found === null) return 'stop';
  const rows = found;
  const [first] = rows;
  switch (does) {
    case 'row':
    case 'rowOrFail':
      looked(m, l, table);
      if (first !== undefined) return { value: copyOf(m, table, first, first.columns, through, l) };
      return does === 'row' ? { value: l.none } : { value: l.none, failed: `no ${table.name} with ${conditionText(condition, l)}` };
    case 'exists':
      looked(m, l, table);
      return { value: first !== undefined };
    case 'rows':
      looked(m, l, table);
      return {
        value: l.list(
          m,
          rows.map((r) => copyOf(m, table, r, r.columns, through, l)),
        ),
      };
    case 'update':
    case 'increment':
    case 'decrement':
      if (rows.length > 0) update(m, l, table, rows, changes);
      else looked(m, l, table);
      return { value: rows.length };
    case 'delete':
      if (rows.length > 0) remove(m, l, table, rows);
      else looked(m, l, table);
      return { value: rows.length };
    case 'updateAndGet': {
      if (first === undefined) {
        looked(m, l, table);
        return { value: l.none };
      }
      if (/delete|remove/i.test(name)) remove(m, l, table, [first]);
      else update(m, l, table, [first], changes);
      return { value: copyOf(m, table, first, first.columns, through, l) };
    }
    case 'getOrCreate': {
      const row = first ?? insert(m, l, table, new Map([...condition.equal, ...columns]));
      if (first !== undefined) looked(m, l, table);
      return { value: l.tuple(m, [copyOf(m, table, row, row.columns, through, l), first === undefined]) };
    }
    default: {
      if (first !== undefined) {
        update(m, l, table, [first], changes);
        return { value: copyOf(m, table, first, first.columns, through, l) };
      }
      const row = insert(m, l, table, new Map([...condition.equal, ...columns]));
      return { value: copyOf(m, table, row, row.columns, through, l) };
    }
  }
}

function assume(m: Machine, table: Table): void {
  m.assume(`\`${table.name}\` was taken for a table of a data base without a constraint, each statement taking effect by itself`);
  m.noteBound('data base', `\`${table.name}\` is a model of a data base: what it held before is not known`);
}

/** Rows that were put there during the execution. */
function countable(m: Machine, table: Table, condition: Condition, l: QueryLanguage): number | null {
  const before = new Set([...table.initial.values()]);
  const question = conditionText(condition, l);
  // How many were there before is a number of its own.
  if (!table.initial.has(question)) m.trail.mapSet(table.initial, question, null);
  const found = select(m, l, table, condition);
  return found === null ? null : found.filter((r) => !before.has(r)).length;
}

const bases = new WeakMap<Table, Map<string, Opaque>>();

function counted(m: Machine, table: Table, condition: Condition, inserted: number, l: QueryLanguage): Value {
  let known = bases.get(table);
  if (!known) bases.set(table, (known = new Map()));
  const question = conditionText(condition, l);
  let base = known.get(question);
  if (base === undefined) {
    base = l.unknown(m, `rows of ${table.name}${question === '' ? '' : ` with ${question}`} before`);
    base.numeric = true;
    m.trail.mapSet(known, question, base);
  }
  if (inserted === 0) return base;
  const sum = l.unknown(m, `(${base.name} + ${String(inserted)})`);
  sum.numeric = true;
  sum.from = { kind: 'operation', operator: '+', left: base, right: inserted };
  return sum;
}

/** Sums and the like: unknown, the same as long as the rows are, and others when rows have come. */
function aggregated(m: Machine, table: Table, condition: Condition, inserted: number, l: QueryLanguage): Value {
  const question = conditionText(condition, l);
  const more = inserted === 0 ? '' : ` and ${String(inserted)} more`;
  const o = l.unknown(m, `figures of ${table.name}${question === '' ? '' : ` with ${question}`}${more}`);
  o.definite = true;
  o.same = o.name;
  return o;
}

/** A row as the program has it. */
function copyOf(
  m: Machine,
  table: Table,
  row: TableRow | null,
  columns: ReadonlyMap<string, Value>,
  through: boolean,
  l: QueryLanguage,
): Opaque {
  const copy = l.unknown(m, row?.unknown.name ?? `${table.name}()`);
  copy.definite = true;
  copy.model = m.adopt(new RowCopy(table, row, through));
  for (const [k, v] of columns) copy.parts.set(k, v);
  return copy;
}

/** A column of a row nobody has said anything about. */
export function columnOf(m: Machine, o: Opaque, name: string, l: TableLanguage): Value {
  if (!(o.model instanceof RowCopy) || o.model.row === null) return undefined;
  return l.part(m, o.model.row.unknown, name);
}

/** The columns of a row in the order in which the statement asks for them; null where it does not say, or for anything else. */
export function columnsInOrder(m: Machine, o: Opaque, l: TableLanguage): Value[] | null {
  const { model } = o;
  if (!(model instanceof RowCopy) || model.order.length === 0 || model.order.includes('')) return null;
  return model.order.map((name) => o.parts.get(name) ?? columnOf(m, o, name, l));
}

/** `row.column = v`. STOP when the step must end first. */
export function assignColumn(m: Machine, o: Opaque, name: string, v: Value, l: TableLanguage): Value {
  const { model } = o;
  if (!(model instanceof RowCopy)) return undefined;
  if (model.writesThrough && model.row !== null) {
    if (m.mustStop()) return STOP;
    m.breaker |= 16;
    update(m, l, model.table, [model.row], new Map([[name, { set: v }]]));
  } else m.trail.mapSet(model.dirty, name, true);
  m.trail.mapSet(o.parts, name, v);
  return undefined;
}

function onRow(
  m: Machine,
  o: Opaque,
  copy: RowCopy,
  name: string,
  args: readonly Value[],
  keywords: Keywords,
  l: QueryLanguage,
): Given | 'stop' | undefined {
  if (
    !/^(a?save|a?delete|destroy|remove|delete_instance|update|updateOne|increment|decrement|reload|refresh|a?refresh_from_db)$/.test(name)
  )
    return undefined;
  if (m.mustStop()) return 'stop';
  m.breaker |= 16;
  assume(m, copy.table);
  const set = (changes: ReadonlyMap<string, Change>): Given => {
    if (copy.row === null) {
      const row = insert(m, l, copy.table, new Map([...o.parts].map(([k, v]) => [k, v])));
      m.trail.set(copy, 'row', row);
    } else update(m, l, copy.table, [copy.row], changes);
    for (const [k, c] of changes) if ('set' in c) m.trail.mapSet(o.parts, k, c.set);
    for (const k of [...copy.dirty.keys()]) m.trail.mapSet(copy.dirty, k, false);
    return { value: o };
  };
  if (/save$/.test(name)) return set(new Map([...copy.dirty].filter(([, is]) => is).map(([k]) => [k, { set: o.parts.get(k) } as Change])));
  if (/^update/.test(name)) return set(changesOf({ root: null, links: [{ name, args, keywords }] }, l));
  if (/^(in|de)crement$/.test(name)) {
    const [column, by] = args;
    const amount =
      typeof by === 'number' ? by : typeof l.entries(by)?.find(([k]) => k === 'by')?.[1] === 'number' ? Number(l.entries(by)?.[0]?.[1]) : 1;
    return typeof column === 'string' ? set(new Map([[column, { add: name === 'increment' ? amount : -amount }]])) : { value: o };
  }
  if (/^(reload|refresh|a?refresh_from_db)$/.test(name)) {
    looked(m, l, copy.table);
    for (const [k, v] of copy.row?.columns ?? []) m.trail.mapSet(o.parts, k, v);
    return { value: o };
  }
  if (copy.row !== null) remove(m, l, copy.table, [copy.row]);
  return { value: o };
}

/** What a driver's function gives for a statement: rows, a row, a number, or a result that has them. */
function shaped(m: Machine, name: string, does: Does, given: Given, receiver: Value, l: QueryLanguage, isPair = false, text = ''): Given {
  const isLook = does === 'rows' || does === 'count' || does === 'aggregate' || does === 'exists' || does === 'row';
  const rows = does === 'rows' ? (l.items(given.value) ?? []) : [];
  if (/^(fetchrow|fetch_one|get|one|oneOrNone|queryOne)$/.test(name))
    return { value: does === 'rows' ? (rows[0] ?? l.none) : isLook ? rowOf(m, given.value, l) : given.value };
  if (/^(fetchval|fetch_val|scalar)$/.test(name)) {
    const [first] = rows;
    if (does !== 'rows' || !(first instanceof Opaque)) return { value: does === 'rows' ? l.none : given.value };
    // What is in the one column that was asked for.
    const column = /^\W*SELECT\s+(?:\w+\.)?(\w+)\s+FROM\b/i.exec(text)?.[1];
    return { value: column === undefined ? first : (first.parts.get(column) ?? columnOf(m, first, column, l) ?? first) };
  }
  if (/^(fetch|fetch_all|all|any|many|manyOrNone|each|\$queryRaw|\$queryRawUnsafe|sql|scalars)$/.test(name) && isLook && name !== 'scalars')
    return { value: does === 'rows' ? given.value : l.list(m, [rowOf(m, given.value, l)]) };
  if (/^\$executeRaw/.test(name)) return given;
  const shown = does === 'rows' ? [...rows] : isLook ? [rowOf(m, given.value, l)] : [];
  const result = m.adopt(
    new QueryResult(
      shown,
      isLook ? shown.length : typeof given.value === 'number' ? given.value : 1,
      does === 'rows' ? undefined : given.value,
      isPair,
    ),
  );
  if (receiver instanceof Opaque) {
    let known = cursors.get(m);
    if (!known) cursors.set(m, (known = new Map()));
    m.trail.mapSet(known, receiver.id, result);
  }
  const o = l.unknown(m, `result of ${name}`);
  o.definite = true;
  o.model = result;
  return { value: o };
}

/** `SELECT COUNT(*)`: the row with the number in it. */
function rowOf(m: Machine, value: Value, l: QueryLanguage): Value {
  const row = l.unknown(m, 'row');
  row.definite = true;
  row.model = m.adopt(new QueryResult([], 1, value));
  return row;
}

function onResult(m: Machine, result: QueryResult, name: string, l: QueryLanguage): Given | undefined {
  const [first] = result.rows;
  // `await cur.fetchone()`: cursors of asynchronous drivers are waited for once more.
  const sync = l.language === 'javascript' || !l.isAwaited(m);
  if (name === 'scalar_one_or_none' && result.scalar !== undefined) return { value: result.scalar, sync };
  if (/^(fetchone|first|one_or_none|scalar_one_or_none|maybe_one)$/.test(name)) return { value: first ?? l.none, sync };
  if (/^(one|scalar_one)$/.test(name))
    return first === undefined && result.scalar === undefined
      ? { value: l.none, failed: 'no row was found', sync }
      : { value: result.scalar ?? first, sync };
  if (/^(scalar|fetchval)$/.test(name)) return { value: result.scalar ?? first ?? l.none, sync };
  if (/^(fetchall|all|fetchmany)$/.test(name)) return { value: l.list(m, [...result.rows]), sync };
  if (/^(scalars|mappings|unique|unwrap)$/.test(name)) {
    const o = l.unknown(m, 'result');
    o.definite = true;
    o.model = result;
    return { value: o, sync };
  }
  return undefined;
}

/** What destructuring or iterating a result gives; null for anything else. */
export function elementsOfResult(m: Machine, o: Opaque, l: QueryLanguage): Value[] | null {
  const { model } = o;
  if (!(model instanceof QueryResult)) return null;
  if (!model.isPair) return [...model.rows];
  if (model.rows.length > 0 || model.scalar === undefined) return [l.list(m, [...model.rows]), l.list(m, [])];
  const changed = l.unknown(m, o.name);
  changed.definite = true;
  changed.model = model;
  return [changed, l.list(m, [])];
}

/** `result.rows`, `result.rowCount`, `result[0]`; undefined when it has no such part. */
export function partOfResult(m: Machine, o: Opaque, name: string, l: QueryLanguage): Value {
  if (!(o.model instanceof QueryResult)) return undefined;
  const { rows, count, scalar } = o.model;
  if (/^(rows|recordset|data)$/.test(name)) return l.list(m, [...rows]);
  if (
    /^(rowCount|rowcount|affectedRows|affected|changes|count|modifiedCount|matchedCount|deletedCount|modified_count|matched_count|deleted_count|numAffectedRows|rowsAffected|length)$/.test(
      name,
    )
  )
    return scalar !== undefined && rows.length === 0 && name === 'count' ? scalar : count;
  if (scalar !== undefined && rows.length === 0) return scalar;
  const index = /^\[?(\d+)\]?$/.exec(name);
  return index ? rows[Number(index[1])] : undefined;
}
