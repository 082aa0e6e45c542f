/**
 * What a query asks for and what a change sets, read from arguments as the libraries take them:
 * keywords, objects with operators, comparisons of columns, SQL with parameters.
 */
import { sqlClauses, type SqlTerm } from '../../program/database-verbs.ts';
import type { Keywords } from '../language.ts';
import { Opaque, type Value } from '../values.ts';
import { chainOf, type Chain, type Names } from './chain.ts';
import type { Change, Condition } from './tables.ts';

export interface Values extends Names {
  /** Pairs of a dict or plain object, null for anything else. */
  entries(v: Value): [string, Value][] | null;
  /** Elements of a list, tuple or array, null for anything else. */
  items(v: Value): readonly Value[] | null;
  /** Columns of an instance of a model class of the program, null for anything else. */
  columns(v: Value): ReadonlyMap<string, Value> | null;
  show(v: Value): string;
}

/** Calls along a chain that narrow what it asks for. */
const narrows =
  /^(filter|filter_by|where|andWhere|orWhere|whereNot|exclude|eq|match|get|aget|first|find\w*|exists|aexists|exist|count\w*|get_\w+|acount|select_related|update_one|update_many|updateOne|updateMany|updateBy|update|delete\w*|upsert|destroy|increment|decrement|replace\w*|all|one|remove|update_or_create|having|whereIn|andWhereIn|whereNull)$/;

/** Names of arguments that hold the condition, and of such that hold something else. */
const holdsCondition = /^(where|filter|query|criteria|conditions?|selector)$/;
const notConditions =
  /^(data|values?|create|update|select|include|attributes|order|orderBy|order_by|sort|take|limit|skip|offset|transaction|session|lean|raw|returning|defaults?|upsert|new|runValidators|lock|populate|relations|projection|options|using|relationLoadStrategy|cache|rejectOnEmpty|paranoid|individualHooks|strict|array_filters|isolationLevel|with|columns|extras|distinct)$/;

export function conditionOf(chain: Chain, values: Values): Condition {
  const c: Condition = { equal: new Map(), others: [] };
  const last = chain.links.length - 1;
  chain.links.forEach((link, i) => {
    if (link.args === null || !narrows.test(link.name)) return;
    if (/^(whereNot|exclude)$/.test(link.name)) {
      c.others.push(`not ${[...link.args, ...(link.keywords ?? new Map<string, Value>()).values()].map((v) => values.show(v)).join(', ')}`);
      return;
    }
    readArguments(link.name, link.args, link.keywords, values, c, i === last);
  });
  return c;
}

function readArguments(name: string, args: readonly Value[], keywords: Keywords, values: Values, c: Condition, isLast: boolean): void {
  for (const [k, v] of keywords ?? []) {
    if (holdsCondition.test(k)) read(v, values, c);
    else if (!(notConditions.test(k) || (isLast && k === 'defaults')) && !/^(update|update_many|aupdate)$/.test(name))
      lookup(k, v, values, c);
  }
  // `.update(…)` of a filtered query sets; `.update(filter, changes)` of a collection narrows with the first.
  if (/^(update|aupdate)$/.test(name) && args.length < 2 && !args.some((a) => values.entries(a)?.some(([k]) => k === 'where') === true))
    return;
  const [first, second, third] = args;
  const listed = /^(?:and|or)?[wW]hereIn$/.test(name) && second !== undefined ? values.items(second) : null;
  if (typeof first === 'string' && listed !== null) {
    const [only, ...more] = listed;
    if (more.length === 0 && only !== undefined) c.equal.set(bare(first), only);
    else (c.oneOf ??= new Map()).set(bare(first), listed);
    return;
  }
  if (typeof first === 'string' && args.length >= 2) {
    if (third !== undefined && typeof second === 'string') {
      if (/^(=|==|===|eq|is)$/i.test(second)) c.equal.set(first, third);
      else c.others.push(`${first} ${second} ${values.show(third)}`);
    } else if (/=\s*(:\w+|\?|\$\d+)/.test(first)) readSqlCondition(first, [second], values, c);
    else c.equal.set(bare(first), second);
    return;
  }
  const byKey = /^(get|aget|findById\w*|findByPk|find_by_id|get_or_404|find)$/.test(name);
  // Of `update(where, data)` and `get(Model, id)` one argument is the condition.
  const narrowing =
    /^(update\w*|upsert|replace\w*|find\w*And\w*|increment|decrement|destroy|delete\w*|get_or_create|update_or_create|findOrCreate)$/.test(
      name,
    )
      ? args.slice(0, 1)
      : args;
  for (const a of narrowing) {
    if (values.className(a) !== null) continue;
    if (isScalar(a, values) && byKey) c.equal.set('id', a);
    else if (typeof a === 'string' && /[=<>]/.test(a)) c.others.push(a);
    else if (!(a instanceof Opaque && args.length > 1 && a === first && byKey)) read(a, values, c);
  }
}

function isScalar(v: Value, values: Values): boolean {
  if (v instanceof Opaque) return v.from?.kind !== 'operation' && comparison(v) === null && values.entries(v) === null;
  return typeof v === 'number' || typeof v === 'string' || typeof v === 'bigint';
}

/** `User.email == email` and `eq(users.email, email)`: a column and what it must be. */
function comparison(v: Opaque): { column: string; value: Value; operator: string } | null {
  const { from } = v;
  if (from?.kind === 'operation') {
    const column = from.left instanceof Opaque && from.left.from?.kind === 'part' ? from.left.from.name : null;
    return column === null ? null : { column, value: from.right, operator: from.operator };
  }
  if (from?.kind === 'call') {
    const name = chainOf(v).links.at(-1)?.name ?? '';
    const [left, right] = from.args;
    if (/^(eq|ne|gt|gte|lt|lte|like|ilike|inArray|isNull)$/.test(name) && left instanceof Opaque && left.from?.kind === 'part')
      return { column: left.from.name, value: right ?? null, operator: name === 'eq' || name === 'isNull' ? '==' : name };
  }
  return null;
}

function read(v: Value, values: Values, c: Condition): void {
  if (v instanceof Opaque) {
    const { from } = v;
    if (from?.kind === 'operation' && /^(&|and)$/.test(from.operator)) {
      read(from.left, values, c);
      read(from.right, values, c);
      return;
    }
    const compared = comparison(v);
    if (compared) {
      if (compared.operator === '==' || compared.operator === '===') c.equal.set(compared.column, compared.value);
      else c.others.push(`${compared.column} ${compared.operator} ${values.show(compared.value)}`);
      return;
    }
    if (from?.kind === 'call' && /^(and|and_|Q|all)$/.test(chainOf(v).links.at(-1)?.name ?? '')) {
      for (const a of from.args) read(a, values, c);
      for (const [k, x] of from.keywords ?? []) lookup(k, x, values, c);
      return;
    }
    c.others.push(v.name);
    return;
  }
  const listed = values.items(v);
  if (listed) {
    for (const x of listed) read(x, values, c);
    return;
  }
  for (const [k, x] of values.entries(v) ?? []) {
    if (holdsCondition.test(k) || k === 'AND' || k === '$and') read(x, values, c);
    else if (!notConditions.test(k)) lookup(k, x, values, c);
  }
}

/** `email = x`, `email__iexact = x`, `{ email: { equals: x } }`. */
function lookup(key: string, v: Value, values: Values, c: Condition): void {
  const django = /^(\w+?)__(\w+)$/.exec(key);
  if (django && values.language === 'python') {
    const [, column = '', operator = ''] = django;
    if (/^(exact|iexact|id|pk)$/.test(operator)) c.equal.set(column, v);
    else if (operator === 'isnull' && v === true) c.equal.set(column, null);
    else c.others.push(`${key} ${values.show(v)}`);
    return;
  }
  const inner = values.entries(v);
  if (inner !== null && inner.length > 0 && inner.every(([k]) => /^(\$?\w+)$/.test(k))) {
    const [[operator, value] = ['', undefined]] = inner;
    if (inner.length === 1 && /^(equals|\$eq|eq|is|iexact)$/.test(operator)) c.equal.set(key, value);
    else if (inner.some(([k]) => /^(\$\w+|not|in|notIn|lt|lte|gt|gte|contains|startsWith|endsWith|mode|has)$/.test(k)))
      c.others.push(`${key} ${inner.map(([k, x]) => `${k} ${values.show(x)}`).join(' ')}`);
    else for (const [k, x] of inner) c.equal.set(`${key}.${k}`, x);
    return;
  }
  if (/^(\$or|OR|\$nor|NOT|\$not)$/.test(key)) c.others.push(`${key} ${values.show(v)}`);
  else c.equal.set(key, v);
}

function bare(column: string): string {
  return column.replace(/^.*\./, '');
}

/** What is created: `create(a=1)`, `create({a: 1})`, `create({data: {a: 1}})`, `insert().values(a=1)`, `add(User(a=1))`. */
export function columnsOf(chain: Chain, values: Values): Map<string, Value> {
  const columns = new Map<string, Value>();
  for (const link of chain.links) {
    if (link.args === null) continue;
    if (link === chain.links[chain.links.length - 1] || /^(values|insert|insert_into)$/.test(link.name)) {
      for (const [k, v] of link.keywords ?? []) if (k !== 'data' && k !== 'defaults') columns.set(k, v);
      const data = link.keywords?.get('data');
      for (const v of data === undefined ? link.args.slice(0, 1) : [data]) addColumns(v, values, columns);
    }
  }
  return columns;
}

function addColumns(v: Value, values: Values, columns: Map<string, Value>): void {
  const own = values.columns(v);
  if (own) {
    for (const [k, x] of own) columns.set(k, x);
    return;
  }
  const listed = values.items(v);
  if (listed) {
    if (listed[0] !== undefined) addColumns(listed[0], values, columns);
    return;
  }
  if (v instanceof Opaque && v.from?.kind === 'call') {
    for (const [k, x] of v.from.keywords ?? []) columns.set(k, x);
    if (v.from.args[0] !== undefined) addColumns(v.from.args[0], values, columns);
    return;
  }
  const entries = values.entries(v) ?? [];
  const isWrapped = wraps(entries);
  for (const [k, x] of entries) {
    if (isWrapped && (k === 'data' || k === 'values')) addColumns(x, values, columns);
    else columns.set(k, x);
  }
}

/** `{data: {…}, include: …}`: what is stored is in one of them. A table may have a column of that name, too. */
function wraps(entries: readonly (readonly [string, Value])[]): boolean {
  return entries.every(([k]) => /^(data|values|where|select|include|omit|skipDuplicates|transaction|returning)$/.test(k));
}

/** What an update sets. */
export function changesOf(chain: Chain, values: Values): Map<string, Change> {
  const changes = new Map<string, Change>();
  const last = chain.links[chain.links.length - 1];
  if (last === undefined) return changes;
  const { args, keywords } = last;
  for (const [k, v] of keywords ?? [])
    if (k === 'data' || k === 'values') addChanges(v, values, changes);
    else if (!notConditions.test(k) && !holdsCondition.test(k)) changes.set(k, changeOf(v, k, values));
  const given = args ?? [];
  // `update(where, data)`, `update(data, {where})`, `update({where, data})`, `update({a: 1})`.
  const [first, second] = given;
  const firstEntries = values.entries(first);
  const isBuilt = chain.links.some(({ name }) => /^(where|andWhere|filter|filter_by)$/.test(name));
  const isWrapped = !isBuilt && firstEntries !== undefined && firstEntries !== null && wraps(firstEntries);
  const whole = (isWrapped ? firstEntries.find(([k]) => k === 'data')?.[1] : undefined) ?? firstEntries?.find(([k]) => k === '$set')?.[1];
  if (whole !== undefined && given.length === 1) addChanges(whole, values, changes);
  else if (second !== undefined && values.entries(second)?.some(([k]) => k === 'where') === true) addChanges(first, values, changes);
  else if (given.length >= 2) addChanges(second, values, changes);
  else if (first !== undefined) addChanges(first, values, changes);
  for (const link of chain.links.slice(0, -1))
    if (link.name === 'set' || link.name === 'values') addChanges(link.args?.[0], values, changes);
  return changes;
}

function addChanges(v: Value, values: Values, changes: Map<string, Change>): void {
  for (const [k, x] of values.entries(v) ?? []) {
    if (k === '$set' || k === '$setOnInsert') addChanges(x, values, changes);
    else if (k === '$inc')
      for (const [c, by] of values.entries(x) ?? []) changes.set(c, typeof by === 'number' ? { add: by } : { set: by });
    else if (k.startsWith('$')) for (const [c, y] of values.entries(x) ?? []) changes.set(c, { set: y });
    else changes.set(k, changeOf(x, k, values));
  }
}

/** `F('stock') - 1`, `Item.stock - 1`, `{ decrement: 1 }`: computed by the data base. */
function changeOf(v: Value, column: string, values: Values): Change {
  if (v instanceof Opaque && v.from?.kind === 'operation') {
    const { operator, left, right } = v.from;
    if ((operator === '+' || operator === '-') && typeof right === 'number' && left instanceof Opaque && isColumn(left, column, values))
      return { add: operator === '-' ? -right : right };
  }
  const entries = values.entries(v);
  const [only] = entries ?? [];
  if (only !== undefined && entries?.length === 1 && typeof only[1] === 'number') {
    if (only[0] === 'increment') return { add: only[1] };
    if (only[0] === 'decrement') return { add: -only[1] };
  }
  return { set: v };
}

function isColumn(v: Opaque, column: string, values: Values): boolean {
  const { from } = v;
  if (from?.kind === 'call') return /(^|\.)F$/.test(chainOf(from.callee).links.at(-1)?.name ?? from.callee.name) && from.args[0] === column;
  // A column of the class, not of a row that was read.
  if (from?.kind !== 'part' || from.name !== column) return false;
  return from.of instanceof Opaque ? /(^|[./])[A-Z]\w*$|\.c$/.test(from.of.name) : values.className(from.of) !== null;
}

function readSqlCondition(text: string, parameters: readonly Value[], values: Values, c: Condition): void {
  addTerms(sqlClauses(`SELECT 1 FROM t WHERE ${text}`), parameters, values, c);
}

function addTerms(clauses: ReturnType<typeof sqlClauses>, parameters: readonly Value[], values: Values, c: Condition): void {
  for (const term of clauses.where) c.equal.set(term.column, sqlValue(term, parameters, values));
  c.others.push(...clauses.others);
}

function sqlValue(term: SqlTerm, parameters: readonly Value[], values: Values): Value {
  const { value } = term;
  if ('literal' in value) return value.literal;
  if ('parameter' in value) return parameters[value.parameter] ?? null;
  if ('named' in value) {
    for (const p of parameters) for (const [k, v] of values.entries(p) ?? []) if (k === value.named) return v;
    return `:${value.named}`;
  }
  return 'text' in value ? value.text : String(value.delta);
}

/** Condition and changes of a statement with its parameters. */
export function sqlParts(
  text: string,
  parameters: readonly Value[],
  values: Values,
): { condition: Condition; changes: Map<string, Change> } {
  const clauses = sqlClauses(text);
  const condition: Condition = { equal: new Map(), others: [] };
  addTerms(clauses, parameters, values, condition);
  const changes = new Map<string, Change>();
  for (const term of clauses.values)
    changes.set(term.column, 'delta' in term.value ? { add: term.value.delta } : { set: sqlValue(term, parameters, values) });
  return { condition, changes };
}
